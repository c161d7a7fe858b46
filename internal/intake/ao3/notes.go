package ao3

import (
	"strings"

	"golang.org/x/net/html"

	"ficstead/internal/archive"
	"ficstead/internal/base/dom"
)

// items returns the things that stand in a frame, in order, whatever boxes the
// frame has: EPUB makers rename the boxes, and split them over files.
func items(frame *html.Node) []*html.Node {
	var found []*html.Node
	for _, n := range dom.Elements(frame) {
		isBox := n.Data == "div" && !dom.Is(n, ".byline,.endnote-link,.userstuff")
		switch {
		case isBox:
			found = append(found, items(n)...)
		case !dom.IsBlank(n):
			found = append(found, n)
		}
	}
	return found
}

// readPreface reads what stands before the text of a download.
func (d *draft) readPreface(preface *html.Node, label *string) {
	for _, n := range items(preface) {
		switch {
		case isMessage(n):
			d.readMessage(n)
		case n.Data == "dl":
			d.readTable(n)
		case n.Data == "h1":
			d.Title = dom.Text(n)
		case dom.Is(n, ".byline"):
			d.readByline(n)
		case dom.Is(n, ".toc-heading,.endnote-link"):
		case n.Data == "ul":
			d.readAssociations(n)
		case isLabel(n):
			*label = dom.Text(n)
		case *label == "Summary" && n.Data == "blockquote":
			d.summary.WriteString(dom.Inner(n))
		case n.Data == "blockquote":
			d.notes.WriteString(dom.Inner(n))
		default:
			d.notes.WriteString(dom.Outer(n))
		}
	}
}

// isLabel tells the archive's own words from a creator's: they stand outside of
// quotes, and are one of a few.
func isLabel(n *html.Node) bool {
	switch dom.Text(n) {
	case "Summary", "Notes", "End Notes", "Chapter Summary", "Chapter Notes", "Chapter End Notes":
		return n.Data == "p" || strings.HasPrefix(n.Data, "h")
	}
	return false
}

// readMessage reads "Posted originally on the <a>Archive</a> at <a>address</a>".
func (d *draft) readMessage(message *html.Node) {
	if d.Title == "" {
		d.Title = dom.Text(dom.First(message, "b"))
	}
	address := ""
	for a := range dom.Each(message, "a[href]") {
		address = dom.Attr(a, "href")
	}
	named := strings.Contains(dom.Text(message), "Archive of Our Own")
	if m := worksPath.FindStringSubmatch(address); m != nil {
		d.setSource(address, m[1], named)
	} else {
		d.Source = archive.ParseSource(address)
	}
}

// readAssociations reads the list of people a work is for and works it has to
// do with. The latter have no field: they open the notes.
func (d *draft) readAssociations(ul *html.Node) {
	var rest strings.Builder
	for li := range dom.Each(ul, "li") {
		if said := dom.Text(li); strings.HasPrefix(said, "For ") {
			d.addRecipients(li)
		} else if said != "" {
			d.absolute(li)
			rest.WriteString(dom.Outer(li))
		}
	}
	if rest.Len() > 0 {
		d.notes.WriteString("<ul>" + rest.String() + "</ul>")
	}
}

func (d *draft) addRecipients(li *html.Node) {
	links := dom.All(li, "a")
	for _, a := range links {
		if name := dom.Text(a); name != "" {
			d.Recipient = append(d.Recipient, name)
		}
	}
	if len(links) > 0 {
		return
	}
	said := strings.TrimSuffix(strings.TrimPrefix(dom.Text(li), "For "), ".")
	for name := range strings.SplitSeq(said, ", ") {
		if name = strings.TrimSpace(name); name != "" {
			d.Recipient = append(d.Recipient, name)
		}
	}
}

// absolute makes the links below n lead to the archive from anywhere.
func (d *draft) absolute(n *html.Node) {
	for a := range dom.Each(n, "a[href^=/]") {
		if !strings.HasPrefix(dom.Attr(a, "href"), "//") {
			dom.SetAttr(a, "href", d.resolve(dom.Attr(a, "href")))
		}
	}
}

// readAfterword reads the end notes and the works inspired by this one.
func (d *draft) readAfterword(afterword *html.Node) {
	for _, n := range items(afterword) {
		switch {
		case isMessage(n), dom.Is(n, ".toc-heading,.endnote-link"), isLabel(n):
		case n.Data == "blockquote":
			d.endNotes.WriteString(dom.Inner(n))
		case n.Data == "dl":
			d.absolute(n)
			d.endNotes.WriteString(list(n))
		default:
			d.absolute(n)
			d.endNotes.WriteString(dom.Outer(n))
		}
	}
}

// list prints a table of labels and links as paragraphs and lists, which read
// better among notes.
func list(dl *html.Node) string {
	var b strings.Builder
	open := false
	for _, n := range dom.Elements(dl) {
		if dd := n.Data == "dd"; dd != open {
			b.WriteString(map[bool]string{true: "<ul>", false: "</ul>"}[dd])
			open = dd
		}
		if n.Data == "dd" {
			b.WriteString("<li>" + dom.Inner(n) + "</li>")
		} else {
			b.WriteString("<p>" + dom.Inner(n) + "</p>")
		}
	}
	if open {
		b.WriteString("</ul>")
	}
	return b.String()
}
