package fb2

import (
	"fmt"
	"html"
	"strconv"
	"strings"
	"unicode"

	"ficstead/internal/base/xmltree"
)

// blocks prints what is in a section, quote or poem. Depth is that of headings.
func (r *reader) blocks(n *xmltree.Node, depth int) string {
	if n == nil {
		return ""
	}
	var out strings.Builder
	for i, c := range n.Nodes {
		switch c.Name {
		case "p", "v":
			out.WriteString("<p>" + r.inline(c) + "</p>")
		case "text-author":
			out.WriteString(`<p align="right">` + r.inline(c) + "</p>")
		case "title":
			out.WriteString(fmt.Sprintf("<h%d>%s</h%[1]d>", min(depth+2, 6), html.EscapeString(titleOf(&xmltree.Node{Nodes: []*xmltree.Node{c}}))))
		case "subtitle":
			out.WriteString(r.subtitle(c, depth))
		case "empty-line":
			out.WriteString(r.empty(n.Nodes, i))
		case "epigraph", "cite", "annotation":
			out.WriteString("<blockquote>" + r.blocks(c, depth+1) + "</blockquote>")
		case "poem":
			out.WriteString("<blockquote>" + r.poem(c, depth) + "</blockquote>")
		case "image":
			if img := r.image(c); img != "" {
				out.WriteString("<p>" + img + "</p>")
			}
		case "table":
			out.WriteString("<table>" + r.table(c) + "</table>")
		case "section", "stanza":
			out.WriteString(r.blocks(c, depth))
		case "date":
			out.WriteString(`<p align="right">` + html.EscapeString(c.Line()) + "</p>")
		case "":
			if strings.TrimSpace(c.Text) != "" {
				out.WriteString("<p>" + html.EscapeString(c.Text) + "</p>")
			}
		}
	}
	return out.String()
}

// subtitle prints a scene break for a row of signs, else a heading.
func (r *reader) subtitle(n *xmltree.Node, depth int) string {
	said := n.Line()
	if !strings.ContainsFunc(said, func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }) {
		return "<hr>"
	}
	return fmt.Sprintf("<h%d>%s</h%[1]d>", min(depth+3, 6), r.inline(n))
}

// empty prints an empty line: a scene break between paragraphs, and nothing
// beside what stands apart by itself. Where they part all paragraphs they are
// left to repair.
func (r *reader) empty(row []*xmltree.Node, i int) string {
	if r.spaced {
		return "<p><br></p>"
	}
	before, after := beside(row, i, -1), beside(row, i, 1)
	if before == "p" && after == "p" {
		return "<hr>"
	}
	return ""
}

// beside returns the name of the element next to one, "" for none and for those
// on that side which are empty too: of several lines the last one counts.
func beside(row []*xmltree.Node, i, step int) string {
	for i += step; i >= 0 && i < len(row); i += step {
		name := row[i].Name
		if name == "" || name == "empty-line" && step < 0 {
			continue
		}
		return name
	}
	return ""
}

// poem prints stanzas as paragraphs of lines.
func (r *reader) poem(n *xmltree.Node, depth int) string {
	var out strings.Builder
	rest := &xmltree.Node{}
	for _, c := range n.Nodes {
		if c.Name != "stanza" {
			rest.Nodes = append(rest.Nodes, c)
			continue
		}
		out.WriteString(r.blocks(rest, depth+1))
		rest = &xmltree.Node{}
		var lines []string
		for _, v := range c.Nodes {
			switch v.Name {
			case "v":
				lines = append(lines, r.inline(v))
			case "title", "subtitle":
				out.WriteString(r.blocks(&xmltree.Node{Nodes: []*xmltree.Node{v}}, depth+1))
			}
		}
		out.WriteString("<p>" + strings.Join(lines, "<br>") + "</p>")
	}
	return out.String() + r.blocks(rest, depth+1)
}

func (r *reader) table(n *xmltree.Node) string {
	var out strings.Builder
	for row := range n.Each("tr") {
		out.WriteString("<tr>")
		for _, cell := range row.Nodes {
			if cell.Name != "td" && cell.Name != "th" {
				continue
			}
			out.WriteString("<" + cell.Name)
			for _, name := range [...]string{"colspan", "rowspan"} {
				if n, err := strconv.Atoi(cell.Attr(name)); err == nil && n > 1 {
					out.WriteString(fmt.Sprintf(` %s="%d"`, name, min(n, 100)))
				}
			}
			out.WriteString(">" + r.inline(cell) + "</" + cell.Name + ">")
		}
		out.WriteString("</tr>")
	}
	return out.String()
}

// marks are the elements of text, as HTML has them.
var marks = map[string]string{"emphasis": "em", "strong": "strong", "strikethrough": "s", "sub": "sub", "sup": "sup", "code": "code"}

// inline prints what stands in a line.
func (r *reader) inline(n *xmltree.Node) string {
	var out strings.Builder
	for _, c := range n.Nodes {
		switch {
		case c.Name == "":
			out.WriteString(html.EscapeString(c.Text))
		case marks[c.Name] != "":
			tag := marks[c.Name]
			out.WriteString("<" + tag + ">" + r.inline(c) + "</" + tag + ">")
		case c.Name == "a":
			out.WriteString(r.link(c))
		case c.Name == "image":
			out.WriteString(r.image(c))
		case c.Name == "br": // is not in the format, but in books
			out.WriteString("<br>")
		case c.Name == "style" && c.Attr("name") == "italic":
			out.WriteString("<em>" + r.inline(c) + "</em>")
		default:
			out.WriteString(r.inline(c))
		}
	}
	return out.String()
}

func (r *reader) image(n *xmltree.Node) string {
	alt := html.EscapeString(n.Attr("alt"))
	src := r.picture(href(n))
	if src == "" {
		return alt
	}
	return `<img src="` + src + `" alt="` + alt + `">`
}

// href is the address in a link, whatever the prefix of its space is.
func href(n *xmltree.Node) string {
	for _, a := range n.Attrs {
		if a.Name == "href" || strings.HasSuffix(a.Name, ":href") {
			return strings.TrimSpace(a.Value)
		}
	}
	return ""
}
