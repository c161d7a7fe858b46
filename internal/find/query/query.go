package query

import (
	"strings"

	"ficstead/internal/archive"
)

// Q is an expression. It is one of the types below and no other: whoever
// switches over them panics on anything else.
type Q interface {
	// String is the one spelling of the expression. Parse reads it back.
	String() string
	// binds is how tightly the spelling holds together: 0 for Or, 1 for And, 2 for all else.
	binds() int
}

type (
	// And is answered by works that answer every part.
	And []Q
	// Or is answered by works that answer at least one part.
	Or []Q
	// Not is answered by works that do not answer Q.
	Not struct{ Q Q }
	// Const is answered by every work or by none.
	Const bool

	// Words is answered by works with these words side by side in one place.
	Words struct {
		In    Place
		Text  string
		Exact bool // in quotes: just so, not merely alike
	}
	// Tag is answered by works with the tag of this name, its synonyms or its subtags.
	Tag struct {
		Kind archive.Kind // 0: of any kind
		Name string
	}
	// Focus is answered by works that are mainly about the relationship or
	// character of this name, its synonyms or its subtags.
	Focus struct{ Name string }
	// Number is answered by works whose measure lies in the range.
	Number struct {
		Of    Measure
		Range Range
	}
	// Date is answered by works whose date lies among the days.
	Date struct {
		Of   Moment
		Days Days
	}
	// Flag is answered by works for which it is so, or is not.
	Flag struct {
		Of  Trait
		Yes bool
	}
	// Language is answered by works in a language, by its name or BCP 47 code.
	Language struct{ Name string }
	// Shelf is answered by works on the viewer's own shelf.
	Shelf struct{ Status string } // "": with any status
)

// Beginning returns what the word that is looked for begins with, if it was
// typed as "lant*".
func (q Words) Beginning() (string, bool) {
	s := strings.TrimRight(q.Text, "*")
	return s, !q.Exact && s != "" && s != q.Text
}

// Place is where words stand.
type Place uint8

// The places. Anywhere is title, creator, summary, notes and tags.
const (
	Anywhere Place = iota
	InTitle
	InCreator
	InSummary
	InSeries
	InStory // the text of the chapters
)

// Measure is a number that every work has.
type Measure uint8

// The measures.
const (
	WordCount Measure = iota
	Chapters
	Kudos
	Hits
	Comments
	Bookmarks
)

// Moment is a date of a work.
type Moment uint8

// The moments.
const (
	Updated Moment = iota
	Posted
)

// Trait is what a work is or is not.
type Trait uint8

// The traits.
const (
	Complete Trait = iota
	Crossover
	Restricted
	OneShip // with one relationship
)

// Query is what was typed: an expression, and the order its answers come in.
type Query struct {
	Q    Q
	Sort Sort // "" if not said
	Dir  Dir  // "" if not said
}

// String is the one spelling of q. Parse reads it back.
func (q Query) String() string {
	var parts []string
	if q.Q != nil && q.Q != Const(true) {
		parts = append(parts, q.Q.String())
	}
	if q.Sort != "" {
		parts = append(parts, "sort:"+string(q.Sort))
	}
	if q.Dir != "" {
		parts = append(parts, "dir:"+string(q.Dir))
	}
	return strings.Join(parts, " ")
}
