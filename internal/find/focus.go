package find

import (
	"slices"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/text"
)

// focusOf returns the tags that w is mainly about: by the custom of all
// archives its first relationship and who is in it; the first character of a
// work without a relationship.
func focusOf(w archive.Work) []archive.TagID {
	ships, people := w.TagsOf(archive.Relationship), w.TagsOf(archive.CharacterTag)
	if len(ships) == 0 {
		if len(people) == 0 {
			return nil
		}
		return []archive.TagID{people[0].ID}
	}
	focus := []archive.TagID{ships[0].ID}
	names := strings.FieldsFunc(ships[0].Name, func(r rune) bool { return r == '/' || r == '&' })
	for i := range names {
		names[i] = text.Key(names[i])
	}
	for _, p := range people {
		if slices.Contains(names, text.Key(p.Name)) {
			focus = append(focus, p.ID)
		}
	}
	return focus
}
