package damage

import (
	"math/rand/v2"

	"ficstead/bench/rescue/truth"
)

// Recipe is what is done to a work. The zero Recipe is a clean text file
// without italics.
type Recipe struct {
	Name string // the row of the scoreboard
	What string // in words

	Language string // the work is in it, and not in English

	HTML    bool // a page, not a text file
	Italics Italics
	Scenes  Scenes
	Layout  Layout
	Bytes   Bytes
	Joins   float64 // of the spaces between letters, the part that is lost

	Doubled    int  // percent of paragraphs that stand twice
	Again      bool // one chapter is there twice
	Spaces     bool // two after sentences
	ZeroWidth  bool
	Entities   Entities
	Heads      bool // running heads and page numbers
	Notes      bool // A/N and disclaimers at their places in the text
	Header     bool // "Title: …" above the text
	Characters bool // named in the header
	Headings   bool // "Chapter 1: …", else chapters are one text with scene breaks
}

// File is a damaged file and what should come of it.
type File struct {
	Recipe Recipe
	Name   string
	Data   []byte
	Truth  truth.Work
	// Lost says that scene breaks left no trace in the file.
	Lost bool
	// Undecodable says that some characters cannot be known any more.
	Undecodable bool
}

// Make damages w.
func (r Recipe) Make(w truth.Work, seed uint64) File {
	d := &damager{Recipe: r, Rand: rand.New(rand.NewPCG(seed, uint64(len(r.Name))<<8|uint64(len(w.Name)))), work: w}
	return d.file()
}

type damager struct {
	Recipe
	*rand.Rand
	work   truth.Work
	form   form   // of italics
	marker string // of scene breaks
	quote  quotes
}

// element is one paragraph or marker of the damaged text.
type element struct {
	lines []string
	scene bool // a marker
	space bool // a blank run instead of a marker
}

func (d *damager) file() File {
	d.prepare()
	w := d.want()
	data := d.print(d.elements(w))
	name := "story.txt"
	if d.HTML {
		name = "story.html"
	}
	return File{Recipe: d.Recipe, Name: name, Data: d.encode(data), Truth: w, Lost: d.Scenes == ScenesDropped, Undecodable: d.Bytes.lossy()}
}

// want is the work as it should come out: only with what the file has.
func (d *damager) want() truth.Work {
	w := d.work
	w.Source = nil
	var chapters []truth.Chapter
	for _, c := range w.Chapters {
		if !d.Notes {
			c.Notes, c.EndNotes = nil, nil
		}
		c.Notes = d.labelled(c.Notes, "A/N: ", "Author's note: ", "AN: ", "A/N - ", "Disclaimer: ")
		c.EndNotes = d.labelled(c.EndNotes, "A/N: ", "Author's notes: ", "End note: ")
		c.Text = append([]truth.Block(nil), c.Text...)
		if d.Bytes == C1 || d.Bytes == Windows || d.Bytes == MacForWindows {
			for i := range c.Text {
				c.Text[i].Text = typographic(c.Text[i].Text)
			}
		}
		if !d.Headings {
			c.Title = ""
			if len(chapters) > 0 {
				last := &chapters[0]
				last.Text = append(append(last.Text, truth.Block{Break: true}), c.Text...)
				continue
			}
		}
		chapters = append(chapters, c)
	}
	w.Chapters = chapters
	if !d.Header {
		w.Title, w.Author = "", ""
	}
	return w
}

// labelled writes a label before the first paragraph of notes, which it stays a
// part of.
func (d *damager) labelled(notes []truth.Block, labels ...string) []truth.Block {
	if len(notes) == 0 {
		return nil
	}
	label := labels[d.IntN(len(labels))]
	first := notes[0]
	first.Text = label + first.Text
	first.Italics, first.Inner = moved(first.Italics, len(label)), moved(first.Inner, len(label))
	return append([]truth.Block{first}, notes[1:]...)
}

func moved(spans []truth.Span, by int) []truth.Span {
	var out []truth.Span
	for _, s := range spans {
		out = append(out, truth.Span{From: s.From + by, To: s.To + by})
	}
	return out
}
