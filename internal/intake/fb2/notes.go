package fb2

import (
	"fmt"
	"html"
	"strings"

	"ficstead/internal/base/xmltree"
)

// A note is told at the end of each chapter that refers to it. Its mark is what
// the book gives it.

// refer gathers the notes that a section refers to, each once.
func (r *reader) refer(n *xmltree.Node) (ids []string) {
	here := map[string]bool{}
	for a := range n.Each("a") {
		id, ok := strings.CutPrefix(href(a), "#")
		if ok && r.notes[id] != nil && !here[id] {
			here[id], r.told[id] = true, true
			ids = append(ids, id)
		}
	}
	return ids
}

// The names of places begin so.
const (
	noteMark = "fn-book-"
	refMark  = "fn-from-"
)

// link prints a link: to a note, or to the web. Others keep their text.
func (r *reader) link(a *xmltree.Node) string {
	to := href(a)
	said := r.inline(a)
	id, inside := strings.CutPrefix(to, "#")
	switch {
	case inside && r.notes[id] != nil:
		return fmt.Sprintf(`<sup><a id="%s" href="#%s">%s</a></sup>`, mark(refMark, id), mark(noteMark, id), strings.Trim(said, "[] "))
	case inside:
		return said
	}
	return `<a href="` + html.EscapeString(to) + `">` + said + "</a>"
}

// mark makes the name of a place of an id.
func mark(prefix, id string) string { return prefix + html.EscapeString(id) }

// tell prints notes.
func (r *reader) tell(ids []string) string {
	var out strings.Builder
	for i, id := range ids {
		if i == 0 {
			out.WriteString("<hr>")
		}
		out.WriteString(r.note(id))
	}
	return out.String()
}

func (r *reader) note(id string) string {
	n := r.notes[id]
	label := strings.Trim(titleOf(n), "[] .")
	if label == "" {
		label = "↩"
	}
	lead := fmt.Sprintf(`<a name="%s"></a><a href="#%s">%s</a> `, mark(noteMark, id), mark(refMark, id), html.EscapeString(label))
	text := r.section(n, 0)
	if rest, ok := strings.CutPrefix(text, "<p>"); ok {
		return "<p>" + lead + rest
	}
	return "<p>" + lead + "</p>" + text
}

// leftNotes tells the notes that nothing refers to behind the last chapter.
func (r *reader) leftNotes() {
	if len(r.m.Chapters) == 0 {
		return
	}
	var left []string
	for _, id := range r.order {
		if !r.told[id] {
			left = append(left, id)
		}
	}
	if len(left) > 0 {
		last := &r.m.Chapters[len(r.m.Chapters)-1]
		last.EndNotes = r.m.Prose(strings.TrimPrefix(r.tell(left), "<hr>"))
	}
}
