package htmlpage

import (
	"strings"

	"golang.org/x/net/html"

	"ficstead/internal/archive"
	"ficstead/internal/base/dom"
)

// printable gathers the chapters of a page for printers that holds several, each
// in a box of its own below its title.
type printable struct {
	m                    *archive.Manuscript
	authors              []archive.Creator
	chapters             []archive.Chapter
	title                string
	story, before, after strings.Builder // notes: on the story, and around the next chapter and the last
}

// takeApart takes out of the page what is around its text. It reports whether
// there are several chapters, and with that all is read.
func (e *efiction) takeApart(m *archive.Manuscript, root *html.Node) (all bool) {
	dom.RemoveAll(root, "#pagetitle,.jumpmenu,.infobox")
	if m.Chapters = e.readPrintable(m, root); m.Chapters != nil {
		e.fill(m)
		return true
	}
	e.takeNotes(m, root)
	return false
}

// readPrintable reads all chapters of such a page; nil if it is none.
func (e *efiction) readPrintable(m *archive.Manuscript, root *html.Node) []archive.Chapter {
	const least = 2
	body := dom.First(root, "body")
	if len(outermost(dom.All(body, "div.chapter"))) < least {
		return nil
	}
	p := printable{m: m, authors: e.authors}
	dom.Walk(body, func(n *html.Node) dom.Step {
		switch {
		case dom.Is(n, ".chaptertitle"):
			p.title = p.named(dom.Text(n))
		case dom.Is(n, ".noteinfo"):
			p.readNotes(n)
		case dom.Is(n, "div.chapter"):
			p.end()
			p.chapters = append(p.chapters, archive.Chapter{Title: p.title, Notes: m.Prose(p.before.String()), Text: m.Prose(dom.Inner(n))})
			p.title = ""
			p.before.Reset()
		default:
			return dom.Into
		}
		return dom.Over
	})
	p.end()
	m.Notes = m.Prose(p.story.String())
	return p.chapters
}

// end gives the last chapter what was said after it.
func (p *printable) end() {
	if n := len(p.chapters); n > 0 && p.after.Len() > 0 {
		p.chapters[n-1].EndNotes = p.m.Prose(p.after.String())
		p.after.Reset()
	}
}

// named is the title of a chapter without the name that stands behind it.
func (p *printable) named(said string) string {
	for _, a := range p.authors {
		said = strings.TrimSuffix(said, " by "+a.Name)
	}
	return strings.TrimSpace(said)
}

// readNotes sorts a box of notes by what it says it is.
func (p *printable) readNotes(n *html.Node) {
	said := strings.ToLower(dom.Text(dom.First(dom.Closest(n, ".notes"), ".label,.title")))
	into := &p.before
	switch {
	case strings.Contains(said, "end") && len(p.chapters) > 0:
		into = &p.after
	case strings.Contains(said, "story"):
		into = &p.story
	}
	into.WriteString(dom.Inner(n))
}

// takeNotes takes the boxes of notes out of a page of one chapter.
func (e *efiction) takeNotes(m *archive.Manuscript, root *html.Node) {
	p := printable{m: m, chapters: make([]archive.Chapter, 1)}
	for _, n := range outermost(dom.All(dom.First(root, "body"), ".noteinfo")) {
		p.readNotes(n)
		if box := dom.Closest(n, ".notes"); box != nil {
			n = box
		}
		dom.Remove(n)
	}
	p.end()
	e.before, e.after, m.Notes = m.Prose(p.before.String()), p.chapters[0].EndNotes, m.Prose(p.story.String())
}
