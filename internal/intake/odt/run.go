package odt

import (
	"strconv"
	"strings"

	"ficstead/internal/base/paper"
	"ficstead/internal/base/xmltree"
)

// inline reads what stands in a line. Link is the address that it leads to.
func (r *reader) inline(n *xmltree.Node, l look, link string) {
	for _, c := range n.Nodes {
		switch c.Name {
		case "":
			r.text(c.Text, l, link)
		case "text:s":
			count, err := strconv.Atoi(c.Attr("text:c"))
			if err != nil || count > 1000 {
				count = 1
			}
			r.text(strings.Repeat(" ", max(count, 1)), l, link)
		case "text:tab", "text:tab-stop":
			r.text("\t", l, link)
		case "text:line-break":
			r.out.Line()
		case "text:span":
			r.inline(c, l.over(r.styles.of("text", c.Attr("text:style-name"))), link)
		case "text:a":
			to := c.Attr("xlink:href")
			if !strings.Contains(to, ":") {
				to = ""
			}
			r.inline(c, l, to)
		case "text:note", "text:footnote", "text:endnote":
			r.noteAt(c)
		case "text:ruby":
			r.out.Ruby(c.Child("text:ruby-base").Line(), c.Child("text:ruby-text").Line(), r.format(l, link))
		case "draw:frame", "draw:image", "draw:a", "draw:g", "draw:text-box":
			r.drawing(c, r.format(l, link))
		case "office:annotation", "office:annotation-end", "text:tracked-changes", "text:hidden-text", "text:page-number", "text:script",
			"text:user-index-mark", "text:toc-mark", "office:change-info", "text:soft-page-break":
		default: // fields show what they were when the document was saved
			r.inline(c, l, link)
		}
	}
}

func (r *reader) text(s string, l look, link string) {
	if l.hidden || s == "" {
		return
	}
	if l.lang != "" {
		if r.letters == nil {
			r.letters = map[string]int{}
		}
		r.letters[l.lang] += len(s)
	}
	r.out.Text(s, r.format(l, link))
}

func (r *reader) format(l look, link string) paper.Format {
	return paper.Format{
		Italic: l.italic && !r.base.italic, Bold: l.bold && !r.base.bold, Underline: l.underline && !r.base.underline,
		Strike: l.strike && !r.base.strike, Super: l.raised == "super", Sub: l.raised == "sub", Link: link,
	}
}

// noteAt reads a note where the text refers to it.
func (r *reader) noteAt(n *xmltree.Node) {
	if r.note {
		return
	}
	for _, name := range [...]string{"text:note-body", "text:footnote-body", "text:endnote-body"} {
		if body := n.Child(name); body != nil {
			own := reader{document: r.document, out: r.out.Note(), note: true}
			own.blocks(body)
			return
		}
	}
}

// drawing shows the picture in a drawing, and keeps its text for later.
func (r *reader) drawing(n *xmltree.Node, f paper.Format) {
	if n.Name == "draw:text-box" {
		r.boxes = append(r.boxes, n)
		return
	}
	if n.Name == "draw:image" {
		r.image(n, "", f)
		return
	}
	alt := n.Child("svg:desc").Line()
	if alt == "" {
		alt = n.Child("svg:title").Line()
	}
	for _, c := range n.Nodes {
		switch c.Name {
		case "draw:image":
			if r.image(c, alt, f) {
				return // the others are the same in other formats
			}
		case "draw:text-box", "draw:frame", "draw:a", "draw:g":
			r.drawing(c, f)
		}
	}
}

func (r *reader) image(n *xmltree.Node, alt string, f paper.Format) bool {
	var data []byte
	if bytes := n.Child("office:binary-data"); bytes != nil {
		data = inlined(bytes)
	} else if name := n.Attr("xlink:href"); !strings.Contains(name, "://") {
		data = r.picture(strings.TrimPrefix(name, "#"))
	}
	if len(data) == 0 {
		return false
	}
	address := r.keep(data)
	r.out.Picture(address, alt, f)
	return address != ""
}
