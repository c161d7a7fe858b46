package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
)

const (
	howManyWorks    = 60
	chaptersPerWork = 6
	wordsPerChapter = 2500
)

// writeWorks writes works in the shape of AO3 downloads, always the same ones.
func writeWorks(dir string) ([]string, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	rng := rand.New(rand.NewPCG(20, 26))
	var files []string
	for n := range howManyWorks {
		path := filepath.Join(dir, fmt.Sprintf("work-%03d.html", n))
		if err := os.WriteFile(path, []byte(workHTML(rng, n)), 0o644); err != nil {
			return nil, err
		}
		files = append(files, path)
	}
	return files, nil
}

func workHTML(rng *rand.Rand, n int) string {
	var b strings.Builder
	id := 900000 + n
	fmt.Fprintf(&b, `<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><meta charset="utf-8" /><title>Work %d</title></head><body>
<div id="preface"><h2 class="toc-heading">Preface</h2>
<p class="message"><b>Work %d</b><br />Posted originally on the <a href="https://archiveofourown.org/">Archive of Our Own</a> at <a href="https://archiveofourown.org/works/%d">https://archiveofourown.org/works/%d</a>.</p>
<div class="meta"><dl class="tags">
<dt>Rating:</dt><dd><a href="https://archiveofourown.org/tags/General">General Audiences</a></dd>
<dt>Fandom:</dt><dd><a href="https://archiveofourown.org/tags/L">The Lighthouse Sagas</a></dd>
<dt>Language:</dt><dd>English</dd>
<dt>Stats:</dt><dd>Published: 2020-01-02 Completed: 2021-03-04 Words: 15,000 Chapters: %d/%d</dd></dl>
<h1>Work %d</h1><div class="byline">by <a rel="author" href="https://archiveofourown.org/users/a/pseuds/a">a</a></div></div></div>
<div id="chapters" class="userstuff">
`, n, n, id, id, chaptersPerWork, chaptersPerWork, n)
	for c := 1; c <= chaptersPerWork; c++ {
		fmt.Fprintf(&b, "<div class=\"meta group\"><h2 class=\"heading\">Chapter %d: The %s</h2></div>\n<div class=\"userstuff\">%s</div>\n", c, word(rng), text(rng))
	}
	b.WriteString("</div><div id=\"afterword\"><h2 class=\"toc-heading\">Afterword</h2></div></body></html>\n")
	return b.String()
}

var vocabulary = strings.Fields(`lamp sea window letter stair kettle harbour winter rope hand voice door candle ledger crow
	rain garden mirror clock button morning bread road salt glass the a of and to in was that it she he not on for with as at`)

func word(rng *rand.Rand) string { return vocabulary[rng.IntN(len(vocabulary))] }

// text is paragraphs with some emphasis, and a scene break now and then.
func text(rng *rand.Rand) string {
	var b strings.Builder
	for words := 0; words < wordsPerChapter; {
		b.WriteString("<p>")
		for range 40 + rng.IntN(60) {
			switch rng.IntN(40) {
			case 0:
				b.WriteString("<em>" + word(rng) + "</em> ")
			case 1:
				b.WriteString("“" + word(rng) + ",” ")
			default:
				b.WriteString(word(rng) + " ")
			}
			words++
		}
		b.WriteString("</p>\n")
		if rng.IntN(8) == 0 {
			b.WriteString("<p>***</p>\n")
		}
	}
	return b.String()
}
