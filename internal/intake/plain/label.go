package plain

import (
	"strings"

	"ficstead/internal/archive"
)

// Label reads a line "Rating: PG" for readers of other formats. Name is the
// field that the label means, "" if that is not known here; ok says that there
// is a label at all.
func Label(line string) (name, value string, ok bool) {
	m := labelled.FindStringSubmatch(line)
	if m == nil || !startsUpper(m[1]) || len(strings.Fields(m[1])) > 3 {
		return "", "", false
	}
	return labels[labelKey(m[1])], strings.TrimSpace(m[2]), true
}

// Fill puts the value of a field into m. It reports false for what has no place
// but in the notes, which is the caller's to keep.
func Fill(m *archive.Manuscript, name, value string) bool {
	switch name {
	case "title":
		if value = unquote(value); value == "" {
			return false
		}
		m.Title = value
		return true
	case "author":
		return fillAuthors(m, splitNames(value))
	}
	return fillField(m, field{name: name, value: value})
}

// fillAuthors names the creators. Where the one of the page is known already, by
// the account that posted it, the name in the text is the pseud of that.
func fillAuthors(m *archive.Manuscript, names []string) bool {
	if len(names) == 1 && len(m.Creators) == 1 {
		if c := &m.Creators[0]; !strings.EqualFold(c.Name, names[0]) && c.Account == "" {
			c.Account, c.Name = c.Name, creator(names[0]).Name
		}
		return true
	}
	if len(names) == 0 || len(m.Creators) > 0 {
		return false
	}
	for _, name := range names {
		m.Creators = append(m.Creators, creator(name))
	}
	return true
}
