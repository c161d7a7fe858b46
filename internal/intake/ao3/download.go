package ao3

import (
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"ficstead/internal/archive"
	"ficstead/internal/base/dom"
)

// readDownload reads a download, or the files of one put together again: then
// each of its three frames may be there several times. Titles are those of the
// table of contents, if there is one.
func readDownload(root *html.Node, kind string, titles map[string]bool) (archive.Manuscript, error) {
	d := &draft{}
	d.Kind = kind
	label := ""
	for _, preface := range dom.All(root, "#preface") {
		d.readPreface(preface, &label)
	}
	r := chapterReader{draft: d, titles: titles}
	frames := dom.All(root, "#chapters")
	if frames == nil {
		frames = dom.All(root, "body")
	}
	for _, frame := range frames {
		r.readFrame(frame)
	}
	r.close()
	for _, afterword := range dom.All(root, "#afterword") {
		d.readAfterword(afterword)
	}
	d.judgeSingle(r.headed)
	return d.finish()
}

// judgeSingle fills in what downloads before April 2023 leave unsaid: a work
// without chapter headings is a single one, and done.
func (d *draft) judgeSingle(headed bool) {
	if !headed && d.ChaptersPlanned == 0 && !d.Complete && len(d.Chapters) == 1 {
		d.ChaptersPlanned, d.Complete = 1, true
	}
}

// chapterReader makes chapters of what stands in the frame of the text: header,
// text, end notes, and the next header. A text may go on in the next file.
type chapterReader struct {
	draft   *draft
	current *chapterDraft
	headed  bool            // a header was seen
	titles  map[string]bool // of chapters, from elsewhere
}

func (r *chapterReader) readFrame(frame *html.Node) {
	for n := frame.FirstChild; n != nil; n = n.NextSibling {
		switch {
		case n.Type == html.TextNode && strings.TrimSpace(n.Data) != "":
			r.chapter().text.WriteString(dom.Outer(n))
		case n.Type == html.ElementNode:
			r.readElement(n)
		}
	}
}

func (r *chapterReader) readElement(n *html.Node) {
	switch {
	case strings.HasPrefix(dom.Attr(n, "id"), "endnotes"):
		r.readEndNotes(n)
	case isText(n):
		r.chapter().text.WriteString(content(n))
	case dom.Is(n, "#preface,#afterword"): // where the text has no frame of its own
	case dom.Is(n, "h2.toc-heading"), n.Data == "h2" && dom.Text(n) == r.draft.Title:
		// Nobody sees this one; it is there for tables of contents.
	case r.header(n) != nil:
		r.close()
		r.headed = true
		r.readHeader(n)
	case dom.IsBlank(n), dom.Is(n, "style,script"):
	default:
		r.chapter().text.WriteString(dom.Outer(n))
	}
}

// isText knows a text by the class that creators' texts have, which EPUB makers
// number: "userstuff2".
func isText(n *html.Node) bool {
	return n.Data == "div" && strings.HasPrefix(dom.Attr(n, "class"), "userstuff")
}

// header returns the heading of a chapter in n, or nil: by its class, or where
// an EPUB maker has renamed that, by what it says.
func (r *chapterReader) header(n *html.Node) *html.Node {
	if h := dom.First(n, "h2.heading,h3.heading"); h != nil {
		return h
	}
	h := dom.First(n, "h1,h2,h3")
	if h == nil || !strings.HasPrefix(dom.Text(n), dom.Text(h)) {
		return nil
	}
	if said := dom.Text(h); numbered.MatchString(said) || r.titles[said] {
		return h
	}
	return nil
}

// content prints a text, and the box around it where that turns the direction
// or the language.
func content(n *html.Node) string {
	inner := dom.Inner(n)
	box := ""
	for _, key := range []string{"dir", "lang"} {
		if value := dom.Attr(n, key); value != "" {
			box += " " + key + `="` + html.EscapeString(value) + `"`
		}
	}
	if box == "" {
		return inner
	}
	return "<div" + box + ">" + inner + "</div>"
}

func (r *chapterReader) chapter() *chapterDraft {
	if r.current == nil {
		r.current = &chapterDraft{}
	}
	return r.current
}

func (r *chapterReader) close() {
	if r.current != nil {
		r.draft.add(r.current)
	}
	r.current = nil
}

func (r *chapterReader) readHeader(n *html.Node) {
	c := r.chapter()
	label := ""
	heads := []*html.Node{n}
	if n.Data == "div" {
		heads = items(n)
	}
	title := r.header(n)
	for _, n := range heads {
		switch {
		case n == title:
			c.title = chapterTitle(dom.Text(n), len(r.draft.Chapters)+1)
		case dom.Is(n, ".endnote-link"):
		case isText(n):
			c.text.WriteString(content(n))
		case isLabel(n):
			label = dom.Text(n)
		case n.Data == "blockquote" && label == "Chapter Summary":
			c.summary.WriteString(dom.Inner(n))
		case n.Data == "blockquote":
			c.notes.WriteString(dom.Inner(n))
		case dom.Is(n, ".byline"):
			c.notes.WriteString("<p>" + dom.Inner(n) + "</p>")
		default:
			c.notes.WriteString(dom.Outer(n))
		}
	}
}

func (r *chapterReader) readEndNotes(n *html.Node) {
	c := r.chapter()
	for _, n := range items(n) {
		switch {
		case isLabel(n):
		case n.Data == "blockquote":
			c.endNotes.WriteString(dom.Inner(n))
		default:
			c.endNotes.WriteString(dom.Outer(n))
		}
	}
}

var numbered = regexp.MustCompile(`^Chapter (\d+)(?:\s*:\s*(.*))?$`)

// chapterTitle takes the number out of "Chapter 3: Title", if it is the right
// one. Until October 2025 the title stood alone; a heading without a title has
// always been "Chapter 3".
func chapterTitle(heading string, number int) string {
	m := numbered.FindStringSubmatch(heading)
	if m == nil || m[1] != strconv.Itoa(number) {
		return heading
	}
	return m[2]
}
