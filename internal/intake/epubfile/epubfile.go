package epubfile

import (
	"maps"
	"strings"

	"golang.org/x/net/html"

	"ficstead/internal/archive"
	"ficstead/internal/base/dom"
	"ficstead/internal/base/epub"
	"ficstead/internal/base/fanficfare"
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
		m.Chapters = append(m.Chapters, p.chapter(&m))
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

func (p part) chapter(m *archive.Manuscript) archive.Chapter {
	c := archive.Chapter{Number: len(m.Chapters) + 1, Title: p.title}
	first := p.pieces[0]
	c.Title = takeHeading(first, p.title)
	var text strings.Builder
	var own fanficfare.Notes
	p.unlink()
	for _, piece := range p.pieces {
		own.Take(piece)
		dom.RemoveAll(piece, "script,style")
		text.WriteString(dom.Inner(piece))
	}
	c.Summary, c.Notes, c.EndNotes = m.Prose(own.Summary), m.Prose(own.Before), m.Prose(own.After)
	c.Text = m.Prose(text.String())
	return c
}

// unlink takes the links to places in other chapters off their text: there is
// no address that would lead there in every form of the work.
func (p part) unlink() {
	here := map[string]*html.Node{}
	for _, piece := range p.pieces {
		maps.Copy(here, ids(piece))
	}
	for _, piece := range p.pieces {
		for a := range dom.Each(piece, "a[href^=#]") {
			if here[strings.TrimPrefix(dom.Attr(a, "href"), "#")] == nil {
				dom.SetAttr(a, "href", "")
			}
		}
	}
}
