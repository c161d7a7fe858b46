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
	m        *archive.Manuscript
	authors  []archive.Creator
	chapters []archive.Chapter
	title    string
	notes    string
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
			p.chapters = append(p.chapters, archive.Chapter{Title: p.title, Notes: m.Prose(p.notes), Text: m.Prose(dom.Inner(n))})
			p.title, p.notes = "", ""
		default:
			return dom.Into
		}
		return dom.Over
	})
	return p.chapters
}

// named is the title of a chapter without the name that stands behind it.
func (p *printable) named(said string) string {
	for _, a := range p.authors {
		said = strings.TrimSuffix(said, " by "+a.Name)
	}
	return strings.TrimSpace(said)
}

// readNotes sorts a box of notes: what says that it is of the end belongs to the
// chapter above it, and what stands above the first title to the story.
func (p *printable) readNotes(n *html.Node) {
	said := labelOfNotes(n)
	switch {
	case strings.Contains(said, "end") && len(p.chapters) > 0:
		last := &p.chapters[len(p.chapters)-1]
		last.EndNotes = p.m.Prose(last.EndNotes.HTML() + dom.Inner(n))
	case strings.Contains(said, "story"):
		p.m.Notes = p.m.Prose(p.m.Notes.HTML() + dom.Inner(n))
	default:
		p.notes += dom.Inner(n)
	}
}

// labelOfNotes is what the label of a box of notes says.
func labelOfNotes(n *html.Node) string {
	box := dom.Closest(n, ".notes")
	return strings.ToLower(dom.Text(dom.First(box, ".label,.title")))
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
	e.before, e.after = m.Prose(p.notes), p.chapters[0].EndNotes
}
