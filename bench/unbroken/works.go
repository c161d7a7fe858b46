package main

import (
	"os"
	"path/filepath"
	"strings"

	"ficstead/bench/rescue/truth"
)

// work is a work in pieces of one line each.
type work struct {
	ground, name string
	weight       float32 // how much is learnt from it
	pieces       []piece
}

// piece is a text in one line, and where its paragraphs began.
type piece struct {
	text   string
	begins map[int]bool
}

const (
	pieceWords = 2500
	generated  = 60  // works
	firstSeed  = 500 // that none of the bench has
)

// old are authors whose paragraphs are longer than those of today.
var old = []string{"austen", "edgeworth", "melville", "141", "48020", "969-0"}

// left are texts that are no stories.
var left = []string{"shakespeare", "bible", "blake", "milton", "whitman", "README"}

func works(corpus, novels string, part truth.Part) []work {
	var all []work
	for _, w := range append(truth.Books(corpus, part), truth.Passages(part)...) {
		all = append(all, inPieces(w))
	}
	n := generated
	if part == truth.Test {
		n = 20
	}
	for i := range n {
		all = append(all, inPieces(truth.Generate(part, uint64(firstSeed+i), pieceWords)))
	}
	paths, _ := filepath.Glob(filepath.Join(novels, "*.txt"))
	for _, path := range paths {
		name := strings.TrimSuffix(filepath.Base(path), ".txt")
		if data, err := os.ReadFile(path); err == nil && novels != "" && !among(name, left) {
			all = append(all, inPieces(novel(name, string(data))))
		}
	}
	return all
}

func among(name string, list []string) bool {
	for _, l := range list {
		if strings.HasPrefix(name, l) {
			return true
		}
	}
	return false
}

// novel reads text that has blank lines between its paragraphs.
func novel(name, text string) truth.Work {
	var c truth.Chapter
	for p := range strings.SplitSeq(strings.ReplaceAll(text, "\r", ""), "\n\n") {
		if p = strings.Join(strings.Fields(p), " "); p != "" {
			c.Text = append(c.Text, truth.Block{Text: p})
		}
	}
	return truth.Work{Ground: "novels", Name: name, Chapters: []truth.Chapter{c}}
}

// inPieces takes the paragraphs from a work, chapter by chapter.
func inPieces(w truth.Work) work {
	out := work{ground: w.Ground, name: w.Name, weight: 1}
	if among(w.Name, old) {
		out.weight = 0.3
	}
	for _, c := range w.Chapters {
		p := piece{begins: map[int]bool{}}
		var text strings.Builder
		words := 0
		end := func() {
			if p.text = text.String(); p.text != "" {
				out.pieces = append(out.pieces, p)
			}
			text.Reset()
			p, words = piece{begins: map[int]bool{}}, 0
		}
		for _, b := range c.Text {
			for line := range strings.SplitSeq(b.Text, "\n") {
				if line = strings.Join(strings.Fields(line), " "); line == "" {
					continue
				}
				if text.Len() > 0 {
					text.WriteByte(' ')
					p.begins[text.Len()] = true
				}
				text.WriteString(line)
				words += strings.Count(line, " ") + 1
			}
			if words >= pieceWords {
				end()
			}
		}
		end()
	}
	return out
}
