package record

import (
	"regexp"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/text"
)

// ratingNames are asked in this order, of the first word and then of the whole.
var ratingNames = []struct {
	pattern *regexp.Regexp
	rating  string
}{
	{regexp.MustCompile(`^(?:not rated|unrated|none|n/?a|nr)$`), archive.RatingNone},
	{regexp.MustCompile(`^(?:nc-? ?1[78]|x+|ma|fr-?ao|explicit|adults?|adults? only|18\+?|r-?18|a)$`), archive.RatingExplicit},
	{regexp.MustCompile(`^(?:r|m|mature|restricted|fr-?m|fr-?18|1[67]\+?)$`), archive.RatingMature},
	{regexp.MustCompile(`^(?:pg-? ?1[2-6]|t|teens?|teens? and up|young adult|ya|fr-?t|fr-?1[35]|1[2-5]\+?)$`), archive.RatingTeen},
	{regexp.MustCompile(`^(?:g|pg|u|k\+?|e|general|general audiences?|all ages|all|everyone|family|children|kids|pre-?teens?|fr-?[ck])$`), archive.RatingGeneral},
}

// RatingOf reads the name of a rating as old archives have it, which may explain
// itself: "R - Restricted". It is not ok if the name is none that is known.
func RatingOf(name string) (rating string, ok bool) {
	whole := strings.ToLower(strings.TrimSpace(name))
	head := whole
	for _, sep := range [...]string{" - ", " – ", ": ", " (", " = ", ", "} {
		head, _, _ = strings.Cut(head, sep)
	}
	first, _, _ := strings.Cut(head, " ")
	for _, s := range [...]string{whole, head, first} {
		s = strings.Trim(s, " .:*()[]")
		s = strings.TrimPrefix(s, "rated ")
		for _, r := range ratingNames {
			if r.pattern.MatchString(s) {
				return r.rating, true
			}
		}
	}
	return "", false
}

// Slug is a name as a part of a key.
func Slug(name string) string {
	words := strings.FieldsFunc(text.Key(name), func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > 127) })
	if len(words) == 0 {
		return "archive"
	}
	return strings.Join(words, "-")
}
