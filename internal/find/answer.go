package find

import (
	"fmt"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
)

// Answer is what a question found.
type Answer struct {
	Total int
	IDs   []archive.WorkID // those on the page, in order

	// Facets counts, for each kind, the canonical tags of all works found: ten
	// at most, the most frequent first, then those chosen in the question.
	// A count is the total that including the tag would leave.
	Facets    map[archive.Kind][]Facet
	Languages []LanguageFacet

	// Tags are those that the question names, by the ids and names it uses:
	// for an id of a synonym, the synonym. What the viewer may not know is absent.
	Tags map[archive.TagID]archive.Tag

	// Passages are where what was looked for inside the text stands in the works
	// on the page. The text of a work goes through nobody's hands who may not see it.
	Passages map[archive.WorkID]Passages

	Ignored    []Problem     // what was left out, unknown, or taken otherwise than written
	DidYouMean []archive.Tag // for names in the query that are no tag, and for words that find nothing
	Without    []Without     // if nothing was found: filters to drop

	Sort             Sort // as it was used: Best only if there are words to fit
	Dir              Dir
	Page, Per, Pages int // Page is 0 for works behind a cursor; Pages is at least 1

	// Next and Previous are the cursors of the works behind and before those on
	// the page, "" at the ends: see Question.After. Previous is only of such a page.
	Next, Previous string
	Generation     int64 // of the index that answered: equal generations, equal answers
}

// size is about how many bytes of memory the answer takes.
func (a Answer) size() int {
	const each = 100 // of an entry, with what is around it
	n := each * (4 + len(a.Languages) + len(a.Tags) + len(a.DidYouMean))
	for _, facets := range a.Facets {
		n += each * len(facets)
	}
	for _, p := range a.Ignored {
		n += each + len(p.Message)
	}
	for _, w := range a.Without {
		q := w.Question
		n += 6*each + len(w.Value) + len(q.Query) + 8*(len(q.Include)+len(q.Any)+len(q.Exclude)+len(q.Focus))
	}
	return n
}

// Facet is a tag and how many of the works found have it.
type Facet struct {
	ID     archive.TagID
	Name   string
	Count  int
	Chosen Chosen
}

// LanguageFacet is a language and how many of the works found are in it.
type LanguageFacet struct {
	Code   string // BCP 47; "" for unknown
	Count  int
	Chosen bool
}

// Chosen is the part that a tag plays in a question.
type Chosen string

// The parts.
const (
	NotChosen Chosen = ""
	Included  Chosen = "include"
	AnyOf     Chosen = "any"
	Excluded  Chosen = "exclude"
)

// Without is a question with one filter less, and what it would find.
type Without struct {
	Filter   string // the parameter, such as "include" or "words"
	Value    string // as people know it: the name of a tag, a range, a part of the query
	Question Question
	Total    int // at least 1
}

// PageError is the NotFound of a page beyond the last.
type PageError struct{ Page, Pages int }

func (e PageError) Error() string {
	if e.Pages == 1 {
		return fmt.Sprintf("There is no page %d: all that was found is on one page.", e.Page)
	}
	return fmt.Sprintf("There is no page %d: the last one is %d.", e.Page, e.Pages)
}

// Unwrap says what kind of failure it is.
func (e PageError) Unwrap() error { return errs.NotFound }
