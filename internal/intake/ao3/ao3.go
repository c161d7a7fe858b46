package ao3

import (
	"strings"

	"golang.org/x/net/html"

	"ficstead/internal/archive"
	"ficstead/internal/base/dom"
)

// Shape is what a page turns out to be.
type Shape int

// The shapes of pages.
const (
	Foreign  Shape = iota // nothing of this archive
	Download              // a work as its "Download" button gives it
	Page                  // a work as a browser saves it
	Obstacle              // a page of the archive that holds no work
)

// Recognise tells what a page is, by what it holds and never by its address:
// mirrors have other addresses, and saved pages none at all.
func Recognise(root *html.Node) Shape {
	switch {
	case isDownload(root):
		return Download
	case dom.First(root, "#workskin") != nil && dom.First(root, "dl.work.meta") != nil:
		return Page
	case dom.First(root, "#main") != nil && isOfTheArchive(root):
		return Obstacle
	}
	return Foreign
}

// isDownload demands the frame of a download and one thing more that a page
// with an element called "preface" would not have by chance.
func isDownload(root *html.Node) bool {
	preface := dom.First(root, "#preface")
	if preface == nil {
		return false
	}
	return message(preface) != nil || dom.First(preface, "dl.tags") != nil && dom.First(root, "#chapters,#afterword") != nil
}

// message returns the line that says where a work is from, or nil.
func message(preface *html.Node) *html.Node {
	for p := range dom.Each(preface, "p") {
		if isMessage(p) && workNumber(p) != "" {
			return p
		}
	}
	return nil
}

// isMessage knows the archive's own lines by their class, which not all EPUB
// makers keep, or by their words.
func isMessage(n *html.Node) bool {
	if n.Data != "p" {
		return false
	}
	said := dom.Text(n)
	return dom.Is(n, "p.message") || strings.Contains(said, "Posted originally on the") || strings.Contains(said, "drop by the ") && strings.Contains(said, "rchive and comment")
}

func isOfTheArchive(root *html.Node) bool {
	return strings.Contains(dom.Title(root), "Archive of Our Own") ||
		dom.First(root, "a[href*=otwcode/otwarchive]") != nil
}

// Read reads a page of the given shape. The error is a Refusal.
func Read(root *html.Node, shape Shape) (archive.Manuscript, error) {
	switch shape {
	case Download:
		return readDownload(root, "ao3-html", nil)
	case Page:
		return readPage(root)
	}
	return archive.Manuscript{}, obstacle(root)
}

// draft is a manuscript in the making. Notes are gathered as HTML, for they
// come from several places, and parsed once.
type draft struct {
	archive.Manuscript
	summary, notes, endNotes strings.Builder
	posted                   int // chapters that there are, as the archive counts; 0 if it does not say
}

// chapterDraft is the same of one chapter.
type chapterDraft struct {
	title                          string
	summary, notes, endNotes, text strings.Builder
}

func (d *draft) add(c *chapterDraft) {
	d.Chapters = append(d.Chapters, archive.Chapter{
		Number:   len(d.Chapters) + 1,
		Title:    c.title,
		Summary:  d.Prose(c.summary.String()),
		Notes:    d.Prose(c.notes.String()),
		EndNotes: d.Prose(c.endNotes.String()),
		Text:     d.Prose(c.text.String()),
	})
}

func (d *draft) warn(sentence string) { d.Warnings = append(d.Warnings, sentence) }

// finish closes the notes and refuses a file without a text.
func (d *draft) finish() (archive.Manuscript, error) {
	d.Summary = d.Prose(d.summary.String())
	d.Notes = d.Prose(d.notes.String())
	d.EndNotes = d.Prose(d.endNotes.String())
	for _, c := range d.Chapters {
		if !c.Text.IsEmpty() {
			return d.Manuscript, nil
		}
	}
	return archive.Manuscript{}, archive.Refusal("The file has the header of a work but none of its text. Download the work again.")
}
