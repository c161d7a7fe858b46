package export

import (
	"fmt"
	"slices"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/epub"
	"ficstead/internal/base/prose"
)

// markup writes the parts of a work as AO3 writes them in a download: the same
// frames, classes and labels, so that whatever reads those reads ours. It is
// HTML and XHTML at once. The frames are div, never section, because readers
// of downloads know no other.
type markup struct {
	b     strings.Builder
	bound Bound
	mark  string // put behind ids that would stand twice in a file, "" or "-2"
	links links
	image func(src, alt string) string
	print func(prose.Doc, prose.Options) string
	taken map[string]bool // targets of notes in this file
	xml   bool
}

// links are how the parts of a work lead to each other: in one file by
// fragments, in an EPUB from file to file.
type links struct {
	end        string // the notes at the end of the work
	chapterEnd func(n int) string
}

func (m *markup) write(parts ...string) {
	for _, p := range parts {
		m.b.WriteString(p)
	}
}

// foreign says that words of ours are English, where the work is not.
func (m *markup) foreign() string {
	lang := m.bound.Work.Language
	if lang == "" || lang == "en" || strings.HasPrefix(lang, "en-") {
		return ""
	}
	return ` lang="en"`
}

// prose prints d. The targets of its notes keep their names, so that links from
// a text to its notes work and files read back the same, unless a name is
// taken in this file already.
func (m *markup) prose(d prose.Doc, prefix string) string {
	o := prose.Options{Image: m.image}
	names := anchors(d.HTML(), "")
	if slices.ContainsFunc(names, func(name string) bool { return m.taken[name] }) {
		o.Prefix = "fn-" + prefix + m.mark + "-"
	}
	for _, name := range names {
		m.taken[o.Prefix+name] = true
	}
	return m.print(d, o)
}

// notes writes a label and the notes under it.
func (m *markup) notes(label string, d prose.Doc, prefix string) {
	if !d.IsEmpty() {
		m.label(label)
		m.write(`<blockquote class="userstuff">`, m.prose(d, prefix), "</blockquote>\n")
	}
}

func (m *markup) label(label string) { m.write("<p", m.foreign(), ">", label, "</p>\n") }

func (m *markup) link(text, href, attributes string) {
	m.write("<a", attributes)
	if href != "" {
		m.write(` href="`, epub.Escape(href), `"`)
	}
	m.write(">", epub.Escape(text), "</a>")
}

// preface writes what stands before the text.
func (m *markup) preface() {
	w := m.bound.Work
	m.write(`<div id="preface`, m.mark, "\" class=\"preface\">\n<h2 class=\"toc-heading\"", m.foreign(), ">Preface</h2>\n")
	m.message()
	m.write("<div class=\"meta\">\n")
	m.table()
	m.write("<h1>", epub.Escape(titleOf(w)), "</h1>\n")
	m.byline()
	m.notes("Summary", w.Summary, "summary")
	if len(w.Recipient) > 0 || !w.Notes.IsEmpty() || !w.EndNotes.IsEmpty() {
		m.label("Notes")
		m.recipients()
		if !w.Notes.IsEmpty() {
			m.write(`<blockquote class="userstuff">`, m.prose(w.Notes, "notes"), "</blockquote>\n")
		}
		if !w.EndNotes.IsEmpty() {
			m.endLink("See the end of the work for ", m.links.end, !w.Notes.IsEmpty())
		}
	}
	m.write("</div>\n</div>\n")
}

func (m *markup) endLink(before, href string, more bool) {
	words := "notes"
	if more {
		words = "more notes"
	}
	m.write(`<div class="endnote-link"`, m.foreign(), ">", before)
	m.link(words, href, "")
	m.write("</div>\n")
}

// message says where the work comes from.
func (m *markup) message() {
	w := m.bound.Work
	m.write(`<p class="message"`, m.foreign(), "><b>", epub.Escape(titleOf(w)), "</b>")
	if address := safeLink(w.Source.URL); address != "" {
		site, name := "https://"+w.Source.Site+"/", w.Source.Site
		if w.Source.Site == archive.AO3 {
			name = "Archive of Our Own"
		}
		m.write("<br/>\nPosted originally on the ")
		if name == "" {
			site, name = "", "web"
		}
		m.link(name, site, "")
		m.write(" at ")
		m.link(address, address, "")
		m.write(".")
	}
	m.write("</p>\n")
}

func (m *markup) table() {
	m.write("<dl class=\"tags\">\n")
	for _, f := range m.bound.facts() {
		m.write("<dt", m.foreign(), ">", f.label, ":</dt>\n<dd>")
		for i, v := range f.values {
			if i > 0 {
				m.write(", ")
			}
			m.write(v.before)
			switch f.label {
			case "Language", "Stats":
				m.write(epub.Escape(v.text))
			default: // also what leads nowhere is one link each, for names hold commas
				m.link(v.text, v.href, "")
			}
		}
		m.write("</dd>\n")
	}
	m.write("</dl>\n")
}

func (m *markup) byline() {
	if len(m.bound.Work.Creators) == 0 {
		return
	}
	m.write(`<div class="byline">by `)
	for i, c := range m.bound.Work.Creators {
		if i > 0 {
			m.write(", ")
		}
		address, rel := safeLink(c.URL), ` rel="author"`
		if address == "" && m.xml {
			rel = "" // an EPUB must not say so of what leads nowhere
		}
		m.link(c.String(), address, rel)
	}
	m.write("</div>\n")
}

func (m *markup) recipients() {
	if len(m.bound.Work.Recipient) == 0 {
		return
	}
	m.write("<ul class=\"associations\">\n<li>For ")
	for i, name := range m.bound.Work.Recipient {
		if i > 0 {
			m.write(", ")
		}
		m.link(name, "", "")
	}
	m.write(".</li>\n</ul>\n")
}

// chapter writes chapter c with all that belongs to it.
func (m *markup) chapter(c archive.Chapter) {
	if m.bound.isSingle() {
		m.write(`<h2 class="toc-heading">`, epub.Escape(titleOf(m.bound.Work)), "</h2>\n")
		m.text(c)
		return
	}
	m.write("<div class=\"meta group\">\n<h2 class=\"heading\">", epub.Escape(heading(c)), "</h2>\n")
	m.notes("Chapter Summary", c.Summary, m.id("summary", c))
	m.notes("Chapter Notes", c.Notes, m.id("notes", c))
	if !c.EndNotes.IsEmpty() {
		if c.Notes.IsEmpty() {
			m.label("Chapter Notes")
		}
		m.endLink("See the end of the chapter for ", m.links.chapterEnd(c.Number), !c.Notes.IsEmpty())
	}
	m.write("</div>\n")
	m.text(c)
	if !c.EndNotes.IsEmpty() {
		m.write(`<div class="meta" id="`, m.id("endnotes", c), "\">\n")
		m.notes("Chapter End Notes", c.EndNotes, m.id("end", c))
		m.write("</div>\n")
	}
}

func (m *markup) id(name string, c archive.Chapter) string {
	return fmt.Sprintf("%s%d%s", name, c.Number, m.mark)
}

func (m *markup) text(c archive.Chapter) {
	m.write("<!--chapter content-->\n<div class=\"userstuff\">", m.prose(c.Text, m.id("text", c)), "</div>\n<!--/chapter content-->\n")
}

// hasAfterword reports whether there is anything to say after the text.
func (b Bound) hasAfterword() bool {
	return !b.Work.EndNotes.IsEmpty() || b.Work.Source.Site == archive.AO3 && safeLink(b.Work.Source.URL) != ""
}

// afterword writes what stands after the text.
func (m *markup) afterword() {
	w := m.bound.Work
	m.write(`<div id="afterword`, m.mark, "\" class=\"afterword\">\n<h2 class=\"toc-heading\"", m.foreign(), ">Afterword</h2>\n")
	if !w.EndNotes.IsEmpty() {
		m.write("<div class=\"meta\">\n<div id=\"endnotes", m.mark, "\">\n")
		m.notes("End Notes", w.EndNotes, "end")
		m.write("</div>\n</div>\n")
	}
	if address := safeLink(w.Source.URL); address != "" && w.Source.Site == archive.AO3 {
		m.write(`<p class="message"`, m.foreign(), ">Please ")
		m.link("drop by the Archive and comment", address+"/comments/new", "")
		m.write(" to let the creator know if you enjoyed their work!</p>\n")
	}
	m.write("</div>\n")
}
