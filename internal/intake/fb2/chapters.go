package fb2

import (
	"slices"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/xmltree"
)

// chapterWords is how long the sections within one are on average if they are
// chapters of a part; shorter, they are pieces of a chapter.
const chapterWords = 800

// maxParts bounds how deep parts lie within parts.
const maxParts = 6

// body reads a body: its sections are chapters.
func (r *reader) body(n *xmltree.Node) {
	sections := sectionsOf(n)
	if len(sections) == 0 {
		r.chapter("", "", n, nil)
		return
	}
	before := r.blocks(above(n), 0) // an epigraph, a dedication
	if len(r.m.Chapters) > 0 {
		title := titleOf(n)
		r.sections(sections, title, before, 0)
		return
	}
	r.sections(sections, "", before, 0)
}

// sections reads sections as chapters. What stands above them, and the title of
// the part that they are in, go to the first.
func (r *reader) sections(sections []*xmltree.Node, part, before string, depth int) {
	for i, s := range sections {
		if i > 0 {
			part, before = "", ""
		}
		inner := sectionsOf(s)
		if depth >= maxParts || !r.isPart(s, inner) {
			r.chapter(part, before, s, inner)
			continue
		}
		r.sections(inner, join(part, titleOf(s)), before+r.blocks(above(s), 0), depth+1)
	}
}

// isPart reports whether the sections within one are chapters.
func (r *reader) isPart(n *xmltree.Node, inner []*xmltree.Node) bool {
	titled, words := 0, 0
	for _, s := range inner {
		if s.Child("title") != nil {
			titled++
		}
		words += len(strings.Fields(s.Inner()))
	}
	return titled >= 2 && words >= chapterWords*len(inner) || titled >= 1 && len(inner) == 1 && titleOf(n) == ""
}

func sectionsOf(n *xmltree.Node) (found []*xmltree.Node) {
	for _, c := range n.Nodes {
		if c.Name == "section" {
			found = append(found, c)
		}
	}
	return found
}

// above is what stands in a section above the sections in it, but for its title.
func above(n *xmltree.Node) *xmltree.Node {
	rest := &xmltree.Node{}
	for _, c := range n.Nodes {
		if c.Name == "section" {
			break
		}
		if c.Name != "title" {
			rest.Nodes = append(rest.Nodes, c)
		}
	}
	return rest
}

// chapter makes a chapter of a section, with the sections in it.
func (r *reader) chapter(part, before string, n *xmltree.Node, inner []*xmltree.Node) {
	title, n := strongTitle(n)
	text := before + r.section(n, 0)
	c := archive.Chapter{Number: len(r.m.Chapters) + 1, Title: join(part, title)}
	if n.Name == "body" {
		c.Title = ""
	}
	c.Summary = r.m.Prose(r.blocks(n.Child("annotation"), 0))
	c.Text = r.m.Prose(text + r.tell(r.refer(n)))
	if !c.Text.IsEmpty() || !c.Summary.IsEmpty() {
		r.m.Chapters = append(r.m.Chapters, c)
	}
}

// longestTitle is how long a strong line may be to be a title, in bytes.
const longestTitle = 150

// strongTitle returns the title of a section, and the section. Converters write
// no titles but a paragraph that is strong, which is taken out.
func strongTitle(n *xmltree.Node) (string, *xmltree.Node) {
	if title := titleOf(n); title != "" || n.Name != "section" {
		return title, n
	}
	for i, c := range n.Nodes {
		if c.Name == "" && strings.TrimSpace(c.Text) == "" {
			continue
		}
		said := c.Line()
		if c.Name != "p" || said == "" || len(said) > longestTitle || c.Child("strong").Line() != said || i+1 == len(n.Nodes) {
			break
		}
		rest := *n
		rest.Nodes = slices.Delete(slices.Clone(n.Nodes), i, i+1)
		return said, &rest
	}
	return "", n
}

// section prints what is in a section, but for the title and annotation of the
// outermost. A title within is a heading, a section without one a scene.
func (r *reader) section(n *xmltree.Node, depth int) string {
	var out strings.Builder
	run := &xmltree.Node{}
	first := true
	for _, c := range n.Nodes {
		switch {
		case c.Name == "title" && depth == 0, c.Name == "annotation":
		case c.Name == "section":
			out.WriteString(r.blocks(run, depth))
			run = &xmltree.Node{}
			if c.Child("title") == nil && !first {
				out.WriteString("<hr>")
			}
			first = false
			out.WriteString(r.section(c, depth+1))
		default:
			run.Nodes = append(run.Nodes, c)
		}
	}
	out.WriteString(r.blocks(run, depth))
	return out.String()
}

// titleOf is the title of a section as one line.
func titleOf(n *xmltree.Node) (title string) {
	t := n.Child("title")
	if t == nil {
		return ""
	}
	for _, p := range t.Nodes {
		if p.Name == "p" {
			title = join(title, lineWithoutNotes(p))
		}
	}
	return title
}

// join joins the lines of a title, or of a part and a chapter.
func join(a, b string) string {
	switch {
	case a == "" || b == "":
		return a + b
	case strings.ContainsAny(a[len(a)-1:], ".:!?"):
		return a + " " + b
	}
	return a + ": " + b
}

func lineWithoutNotes(p *xmltree.Node) string {
	kept := &xmltree.Node{}
	for _, c := range p.Nodes {
		if c.Name != "a" {
			kept.Nodes = append(kept.Nodes, c)
		}
	}
	return kept.Line()
}
