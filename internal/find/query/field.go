package query

import (
	"strings"

	"ficstead/internal/archive"
)

// fields maps the name of each field to what a value in it means. A nil Q is
// one that read handles itself.
var fields = map[string]Q{
	"title":        Words{In: InTitle},
	"creator":      Words{In: InCreator},
	"summary":      Words{In: InSummary},
	"series":       Words{In: InSeries},
	"text":         Words{In: InStory},
	"focus":        Focus{},
	"fandom":       Tag{Kind: archive.Fandom},
	"character":    Tag{Kind: archive.CharacterTag},
	"relationship": Tag{Kind: archive.Relationship},
	"tag":          Tag{},
	"rating":       Tag{Kind: archive.Rating},
	"warning":      Tag{Kind: archive.Warning},
	"category":     Tag{Kind: archive.Category},
	"freeform":     Tag{Kind: archive.Freeform},
	"lang":         Language{},
	"words":        Number{Of: WordCount},
	"chapters":     Number{Of: Chapters},
	"kudos":        Number{Of: Kudos},
	"hits":         Number{Of: Hits},
	"comments":     Number{Of: Comments},
	"bookmarks":    Number{Of: Bookmarks},
	"updated":      Date{Of: Updated},
	"posted":       Date{Of: Posted},
	"complete":     Flag{Of: Complete},
	"crossover":    Flag{Of: Crossover},
	"restricted":   Flag{Of: Restricted},
	"otp":          Flag{Of: OneShip},
	"status":       Shelf{},
	"in":           nil,
	"sort":         nil,
	"dir":          nil,
}

// aliases are other names that people type.
var aliases = map[string]string{
	"ship":      "relationship",
	"pairing":   "relationship",
	"char":      "character",
	"author":    "creator",
	"main":      "focus",
	"language":  "lang",
	"published": "posted",
}

// fieldNamed returns the name of the field that people call name.
func fieldNamed(name string) (string, bool) {
	name = strings.ToLower(name)
	if alias, ok := aliases[name]; ok {
		name = alias
	}
	_, ok := fields[name]
	return name, ok
}

func isField(name string) bool {
	_, ok := fieldNamed(name)
	return ok
}

// fieldOf spells the field that q is a value in, with its colon; "" for words
// that may stand anywhere.
func fieldOf(q Q) string {
	switch q := q.(type) {
	case Words:
		return [...]string{"", "title:", "creator:", "summary:", "series:", "text:"}[q.In]
	case Tag:
		return [...]string{"tag:", "rating:", "warning:", "category:", "fandom:", "relationship:", "character:", "freeform:"}[q.Kind]
	case Number:
		return q.Of.String() + ":"
	case Date:
		return q.Of.String() + ":"
	case Flag:
		return q.Of.String() + ":"
	case Focus:
		return "focus:"
	case Language:
		return "lang:"
	}
	return ""
}

// String is the measure's field.
func (m Measure) String() string {
	return [...]string{"words", "chapters", "kudos", "hits", "comments", "bookmarks"}[m]
}

// String is the moment's field.
func (m Moment) String() string { return [...]string{"updated", "posted"}[m] }

// String is the trait's field.
func (t Trait) String() string { return [...]string{"complete", "crossover", "restricted", "otp"}[t] }
