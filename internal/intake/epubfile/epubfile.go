package epubfile

import (
	"strings"

	"golang.org/x/net/html"

	"ficstead/internal/archive"
	"ficstead/internal/base/dom"
	"ficstead/internal/base/epub"
	"ficstead/internal/base/prose"
)

// Kind is the name of the format.
const Kind = "epub"

const noText archive.Refusal = "The EPUB holds no text to read, only pictures or a cover. Bring another format of the work."

// Read reads a book. Pages are its spine, parsed; they are used up. The error
// is a Refusal.
func Read(b *epub.Book, pages []*html.Node) (archive.Manuscript, error) {
	m := describe(b)
	if isFanFicFare(b) {
		readTitlePage(&m, b, pages)
	}
	for _, p := range parts(b, pages) {
		m.Chapters = append(m.Chapters, p.chapter(len(m.Chapters)+1))
	}
	if len(m.Chapters) == 0 {
		return archive.Manuscript{}, noText
	}
	for i, c := range m.Chapters {
		if isByline(c.Title, m.Creators) {
			m.Chapters[i].Title = ""
		}
	}
	if m.Complete && m.ChaptersPlanned == 0 {
		m.ChaptersPlanned = len(m.Chapters)
	}
	if len(m.Chapters) == 1 && fold(m.Chapters[0].Title) == fold(m.Title) {
		m.Chapters[0].Title = ""
	}
	return m, nil
}

// isByline reports whether a heading only says whom the book is by.
func isByline(heading string, creators []archive.Creator) bool {
	for _, c := range creators {
		if said := fold(heading); said == "by"+fold(c.Name) || said == fold(c.Name) {
			return true
		}
	}
	return false
}

// part is what becomes one chapter: pieces of pages, in order.
type part struct {
	title  string
	pieces []*html.Node // bodies, or boxes made of what was in one
}

func (p part) chapter(number int) archive.Chapter {
	c := archive.Chapter{Number: number, Title: p.title}
	first := p.pieces[0]
	c.Title = takeHeading(first, p.title)
	var text strings.Builder
	var own notes
	for _, piece := range p.pieces {
		for n := range dom.Each(piece, ".fff_head_notes") {
			own.read(n, &own.before)
		}
		for n := range dom.Each(piece, ".fff_foot_notes") {
			own.read(n, &own.after)
		}
		dom.RemoveAll(piece, ".fff_chapter_notes,script,style")
		text.WriteString(dom.Inner(piece))
	}
	c.Summary, c.Notes, c.EndNotes = prose.Parse(own.summary.String()), prose.Parse(own.before.String()), prose.Parse(own.after.String())
	c.Text = prose.Parse(text.String())
	return c
}
