package intake

import (
	"fmt"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/store"
)

// Reread reads a kept file again, with what a person said about its mends. It is
// what Bring made of it the first time, but for pictures that stood beside it.
func Reread(o store.Original, choices archive.Choices) (archive.Manuscript, error) {
	m, _, err := readToKeep(o.Name, o.Data, choices, nil)
	if err != nil {
		return m, archive.Refusal(Sentence(err))
	}
	return m, nil
}

// Source is the decoded text of a kept file; of a book, whose text is in many
// files, it is what is read of them without mending anything.
func Source(o store.Original) (string, error) {
	m, source, err := read(o.Name, o.Data, archive.RefuseAll(), nil)
	if err != nil {
		return "", archive.Refusal(Sentence(err))
	}
	if source != "" {
		return source, nil
	}
	var b strings.Builder
	for _, c := range m.Chapters {
		b.WriteString(c.Title + "\n\n" + c.Text.Text() + "\n")
	}
	return b.String(), nil
}

// readToKeep reads a file and gives it the title that is likeliest, if it says none.
func readToKeep(name string, data []byte, choices archive.Choices, beside func(string) []byte) (archive.Manuscript, string, error) {
	m, source, err := read(name, data, choices, beside)
	if err == nil && m.Title == "" {
		m.Title = proposed(m, "title")
	}
	return m, source, err
}

// lostWords says that decisions about a work have nothing to decide in a copy.
func lostWords(n int) string {
	if n == 1 {
		return "One of your decisions about mends finds nothing in this copy; the review page tells which."
	}
	return fmt.Sprintf("%d of your decisions about mends find nothing in this copy; the review page tells which.", n)
}
