package repair

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/bounds"
	"ficstead/internal/base/prose"
	"ficstead/internal/repair/frame"
)

// Manuscript mends all prose of m and finds where each mend stands in source,
// the decoded input. Mends that m brings along keep their place and learn their
// chapter. An empty source (of a ZIP format) leaves every At 0.
func Manuscript(m *archive.Manuscript, source string, choices archive.Choices) {
	w := work{Manuscript: m, view: project(source, m.Kind == "text"), starts: make([]int, len(m.Chapters))}
	e := evidenceOf(choices, m.Kind == "text", proseOf(m)...)
	e.names = namesOf(m)
	for w.round = range evidenceRounds {
		w.settled = true
		if !w.mend(e) {
			break
		}
		before := e
		if e = before.again(proseOf(m)...); w.settled && e.equal(before) {
			break
		}
	}
	if e.memory.mends >= bounds.Mends {
		m.Warnings = append(m.Warnings, fmt.Sprintf("More than %d places look damaged; the others were left as they are.", bounds.Mends))
	}
	w.doubledChapters(choices)
	slices.SortStableFunc(w.mends, func(a, b archive.Mend) int { return a.Chapter - b.Chapter })
	place(m.Mends, w.starts, w.view)
	m.Mends = append(m.Mends, w.mends...)
}

// work is a manuscript being mended.
type work struct {
	*archive.Manuscript
	view    *projection
	round   int
	settled bool  // all rules have nothing left to do in what was gone over
	starts  []int // where the chapters begin in the source; -1 if unknown
	mends   []archive.Mend
}

// mend goes over all prose once and reports whether it changed any.
func (w *work) mend(e *evidence) bool {
	changed := w.part(e, &w.Summary, 0, false)
	changed = w.part(e, &w.Notes, 0, false) || changed
	w.view.chapter, w.view.last = 0, 0
	for i := range w.Chapters {
		c := &w.Chapters[i]
		changed = w.part(e, &c.Summary, i+1, false) || changed
		changed = w.part(e, &c.Notes, i+1, false) || changed
		if start := w.view.enter(beginning(c.Text)); w.round == 0 {
			w.starts[i] = start
		}
		if text := w.part(e, &c.Text, i+1, true); w.frame(e, i) || text {
			c.Words, changed = c.Text.Words(), true
		}
		changed = w.part(e, &c.EndNotes, i+1, false) || changed
	}
	return w.part(e, &w.EndNotes, 0, false) || changed
}

// part mends one piece of prose; story is false for notes and summaries.
func (w *work) part(e *evidence, d *prose.Doc, chapter int, story bool) bool {
	is, found, all := e.mend(*d, chapter, story)
	w.settled = w.settled && all
	w.keep(found)
	changed := !is.Equal(*d)
	*d = is
	return changed
}

// frame takes out of chapter i what stands around its story.
func (w *work) frame(e *evidence, i int) bool {
	c := &w.Chapters[i]
	title := c.Title
	if title == "" && len(w.Chapters) == 1 {
		title = w.Title
	}
	var found []find
	changed := frame.Chapter(c, i+1, title, func(m archive.Mend, key string) bool {
		m.Chapter = i + 1
		m = e.choices.Decide(m)
		found = append(found, find{Mend: m, key: key})
		return m.Applied
	})
	w.keep(found)
	return changed
}

// keep notes mends where they stand; what was asked once is not asked again.
func (w *work) keep(found []find) {
	for _, m := range w.view.locate(found) {
		if m.Applied || w.round == 0 {
			w.mends = append(w.mends, m)
		}
	}
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
