package export

import (
	"strings"

	"ficstead/internal/base/prose"
)

// Text prints b as plain text: UTF-8, a paragraph a line, blank lines between,
// so that every program can wrap it as it likes.
func Text(b Book) ([]byte, error) {
	var out strings.Builder
	if len(b.Works) != 1 {
		out.WriteString(oneLine(b.title()) + "\n\n")
		for _, bound := range b.Works {
			out.WriteString("- " + oneLine(titleOf(bound.Work)) + "\n")
		}
		out.WriteString("\n\n")
	}
	for i, bound := range b.Works {
		if i > 0 {
			out.WriteString("\n\n")
		}
		bound.writeText(&out)
	}
	return []byte(out.String()), nil
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func (b Bound) writeText(out *strings.Builder) {
	w := b.Work
	out.WriteString(oneLine(titleOf(w)) + "\n")
	var names []string
	for _, c := range w.Creators {
		names = append(names, oneLine(c.String()))
	}
	if len(names) > 0 {
		out.WriteString("by " + strings.Join(names, ", ") + "\n")
	}
	out.WriteString("\n")
	for _, f := range b.facts() {
		var values []string
		for _, v := range f.values {
			values = append(values, oneLine(v.before+v.text))
		}
		out.WriteString(f.label + ": " + strings.Join(values, ", ") + "\n")
	}
	if len(w.Recipient) > 0 {
		out.WriteString("For: " + oneLine(strings.Join(w.Recipient, ", ")) + "\n")
	}
	if w.Source.URL != "" {
		out.WriteString("Source: " + oneLine(w.Source.URL) + "\n")
	}
	out.WriteString("\n")
	writeTextNotes(out, "Summary", w.Summary)
	writeTextNotes(out, "Notes", w.Notes)
	for _, c := range b.Chapters {
		out.WriteString("\n")
		if !b.isSingle() {
			out.WriteString(oneLine(heading(c)) + "\n\n")
		}
		writeTextNotes(out, "Chapter Summary", c.Summary)
		writeTextNotes(out, "Chapter Notes", c.Notes)
		if !c.Text.IsEmpty() {
			out.WriteString(strings.TrimRight(c.Text.Text(), "\n") + "\n\n")
		}
		writeTextNotes(out, "Chapter End Notes", c.EndNotes)
	}
	writeTextNotes(out, "End Notes", w.EndNotes)
}

func writeTextNotes(out *strings.Builder, label string, d prose.Doc) {
	if !d.IsEmpty() {
		out.WriteString(label + ":\n\n" + strings.TrimRight(d.Text(), "\n") + "\n\n")
	}
}
