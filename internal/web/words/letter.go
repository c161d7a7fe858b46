package words

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"ficstead/internal/archive"
	"ficstead/internal/base/text"
)

// A Letter is the tags of an index that begin with it.
type Letter struct {
	Name string
	Tags []archive.Tag
}

// ByLetter sorts tags as a shelf does and groups them by the first letter of
// their names, whatever its marks.
func ByLetter(tags []archive.Tag) []Letter {
	tags = slices.Clone(tags)
	slices.SortStableFunc(tags, func(a, b archive.Tag) int { return cmp.Compare(sortKey(a.Name), sortKey(b.Name)) })
	var letters []Letter
	for _, t := range tags {
		name := firstLetter(t.Name)
		if len(letters) == 0 || letters[len(letters)-1].Name != name {
			letters = append(letters, Letter{Name: name})
		}
		last := &letters[len(letters)-1]
		last.Tags = append(last.Tags, t)
	}
	return letters
}

// sortKey passes over the article, as shelves do.
func sortKey(name string) string {
	key := text.Key(name)
	if firstLetter(name) == "#" {
		return " " + key
	}
	return withoutArticle(key)
}

func withoutArticle(key string) string {
	for _, article := range []string{"the ", "a ", "an "} {
		if rest, ok := strings.CutPrefix(key, article); ok && rest != "" {
			return rest
		}
	}
	return key
}

func firstLetter(name string) string {
	c, _ := utf8.DecodeRuneInString(withoutArticle(text.Key(name)))
	if !unicode.IsLetter(c) {
		return "#"
	}
	return string(unicode.ToUpper(c))
}
