package repair

import (
	"sort"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
)

// Manuscript mends all prose of m and finds where each mend stands in source,
// the decoded input. Mends that m brings along keep their place and learn their
// chapter. An empty source (of a ZIP format) leaves every At 0.
func Manuscript(m *archive.Manuscript, source string) {
	e := evidenceOf(m.Kind == "text", proseOf(m)...)
	view := project(source, m.Kind == "text")
	starts := make([]int, len(m.Chapters))
	var mends []archive.Mend
	notes := func(d *prose.Doc, chapter int) {
		is, found := e.mend(*d, chapter, false)
		*d = is
		mends = append(mends, view.locate(found)...)
	}
	notes(&m.Summary, 0)
	notes(&m.Notes, 0)
	for i := range m.Chapters {
		c := &m.Chapters[i]
		notes(&c.Summary, i+1)
		notes(&c.Notes, i+1)
		starts[i] = view.enter(beginning(c.Text))
		is, found := e.mend(c.Text, i+1, true)
		mends = append(mends, view.locate(found)...)
		if len(found) > 0 {
			c.Text, c.Words = is, is.Words()
		}
		notes(&c.EndNotes, i+1)
	}
	notes(&m.EndNotes, 0)
	place(m.Mends, starts, view)
	m.Mends = append(m.Mends, mends...)
}

// beginning is enough of a chapter's first text to know it by.
func beginning(d prose.Doc) string {
	const enough = 80
	for _, b := range d.Blocks() {
		if text := b.Text(); text != "" {
			return strings.ToValidUTF8(text[:min(len(text), enough)], "")
		}
	}
	return ""
}

// proseOf lists the text of all chapters: what the document's habits are read from.
func proseOf(m *archive.Manuscript) []prose.Doc {
	var docs []prose.Doc
	for _, c := range m.Chapters {
		docs = append(docs, c.Text)
	}
	return docs
}

// place gives mends that came with the manuscript what they could not know:
// those made before there were chapters the chapter that they stand in, and
// those made of chapters their place in the source.
func place(mends []archive.Mend, starts []int, view *projection) {
	var numbers, known []int // of the chapters that were found, and where they start
	for i, start := range starts {
		if start >= 0 {
			numbers, known = append(numbers, i+1), append(known, start)
		}
	}
	for i := range mends {
		m := &mends[i]
		switch {
		case m.Chapter == 0:
			if k := sort.SearchInts(known, m.At+1); k > 0 {
				m.Chapter = numbers[k-1]
			}
		case m.At == 0:
			if at := view.seek(m.Before, 0); at >= 0 {
				m.At = view.source(at)
			}
		}
	}
}
