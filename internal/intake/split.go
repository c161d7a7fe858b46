package intake

import (
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/fiction"
	"ficstead/internal/base/prose"
	"ficstead/internal/intake/epubfile"
	"ficstead/internal/intake/htmlpage"
)

const (
	// sectionWords is how long the parts under headings are on average if the
	// headings are those of chapters without saying so.
	sectionWords = 400
	// foreWords is how long what stands before the first heading must be to be
	// a chapter of its own; shorter, it is notes.
	foreWords = 250
)

// split makes chapters of the headings in a page or book that came in one piece.
// Other readers know where chapters begin, and headings there are the author's.
func split(m *archive.Manuscript, choices archive.Choices) {
	if m.Kind != htmlpage.Kind && m.Kind != epubfile.Kind && !isOffice(m.Kind) || len(m.Chapters) != 1 {
		return
	}
	blocks := m.Chapters[0].Text.Blocks()
	starts := chapterStarts(blocks, m.Title)
	if len(starts) < 2 && isOffice(m.Kind) {
		starts = topHeadings(blocks)
	}
	if len(starts) < 2 {
		return
	}
	mend := choices.Decide(archive.Mend{
		Rule: "chapters", Chapter: 1, Before: line(blocks[starts[0]].Text()), After: "a chapter for each such heading", Confidence: 0.95, Applied: true,
	})
	m.Mends = append(m.Mends, mend)
	if !mend.Applied {
		return
	}
	whole := m.Chapters[0]
	m.Chapters = nil
	fore := prose.New(blocks[:starts[0]])
	switch {
	case fore.Words() >= foreWords:
		m.Chapters = append(m.Chapters, archive.Chapter{Text: fore})
	case !fore.IsEmpty() && line(fore.Text()) != m.Title:
		m.Notes = prose.New(append(append([]prose.Block{}, m.Notes.Blocks()...), blocks[:starts[0]]...))
	}
	for i, start := range starts {
		end := len(blocks)
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		m.Chapters = append(m.Chapters, section(blocks[start:end]))
	}
	m.Chapters[0].Notes = whole.Notes
	m.Chapters[len(m.Chapters)-1].EndNotes = whole.EndNotes
}

// section makes a chapter of a heading and what follows. A bare number takes
// the heading after it for its title.
func section(blocks []prose.Block) archive.Chapter {
	title := line(blocks[0].Text())
	rest := blocks[1:]
	if len(rest) > 1 && rest[0].Kind() == prose.Heading && namesChapter(title) {
		if h := fiction.HeadingOf(title); h.Title == "" && h.Number > 0 {
			title = strings.TrimRight(title, ".:) ") + ": " + line(rest[0].Text())
			rest = rest[1:]
		}
	}
	return archive.Chapter{Title: title, Text: prose.New(rest)}
}

// chapterStarts returns the blocks that begin chapters: the headings of one
// level, if they say so themselves or what stands between them is long enough;
// or else short lines that say so.
func chapterStarts(blocks []prose.Block, title string) []int {
	var levels [7][]int
	var lines []int
	for i, b := range blocks {
		said := line(b.Text())
		switch {
		case said == "" || strings.EqualFold(said, title):
		case b.Kind() == prose.Heading:
			levels[b.Level()] = append(levels[b.Level()], i)
		case b.Kind() == prose.Paragraph && len(said) < 100 && standsAlone(b) && namesChapter(said):
			lines = append(lines, i)
		}
	}
	best := lines
	named := len(lines)
	for _, starts := range levels {
		if n := countNamed(blocks, starts); len(starts) >= 2 && n*2 >= len(starts) && n >= named {
			best, named = starts, n
		}
	}
	if len(best) >= 2 {
		return best
	}
	for _, starts := range levels {
		if len(starts) >= 2 && prose.New(blocks[starts[0]:]).Words() >= sectionWords*len(starts) {
			return starts
		}
	}
	return nil
}

// topHeadings returns the headings of the first level that have text below them,
// which in documents are made to begin chapters, however short.
func topHeadings(blocks []prose.Block) (starts []int) {
	isTop := func(b prose.Block) bool { return b.Kind() == prose.Heading && b.Level() == 1 }
	for i, b := range blocks {
		if isTop(b) && line(b.Text()) != "" && i+1 < len(blocks) && !isTop(blocks[i+1]) {
			starts = append(starts, i)
		}
	}
	return starts
}

func countNamed(blocks []prose.Block, starts []int) int {
	n := 0
	for _, i := range starts {
		if namesChapter(line(blocks[i].Text())) {
			n++
		}
	}
	return n
}

// standsAlone reports whether a paragraph looks like a heading: it is centred,
// or all of it is strong.
func standsAlone(b prose.Block) bool {
	if b.Align() == "center" {
		return true
	}
	for _, r := range b.Runs() {
		if strings.TrimSpace(r.Text) != "" && !r.Has("strong") && !r.Has("u") {
			return false
		}
	}
	return true
}
