package query

import "slices"

// Sort is an order of works. "" leaves the choice to find.
type Sort string

// The orders.
const (
	ByUpdated   Sort = "updated"
	ByPosted    Sort = "posted"
	ByWords     Sort = "words"
	ByKudos     Sort = "kudos"
	ByHits      Sort = "hits"
	ByComments  Sort = "comments"
	ByBookmarks Sort = "bookmarks"
	ByTitle     Sort = "title"
	ByCreator   Sort = "creator"
	Best        Sort = "best"   // what fits the words best; without words, Loved
	Loved       Sort = "loved"  // well loved for how many readers it had
	Random      Sort = "random" // as a seed has it
)

// Sorts lists them in the order in which they are offered.
var Sorts = [...]Sort{ByUpdated, ByPosted, ByWords, ByKudos, ByHits, ByComments, ByBookmarks, ByTitle, ByCreator, Best, Loved, Random}

// ParseSort reads the name of an order.
func ParseSort(s string) (Sort, bool) {
	return Sort(s), slices.Contains(Sorts[:], Sort(s))
}

// Dir is the direction of an order. "" is the one natural to the order: names
// from A, all else from the most or newest.
type Dir string

// The directions.
const (
	Ascending  Dir = "asc"
	Descending Dir = "desc"
)

// ParseDir reads the name of a direction.
func ParseDir(s string) (Dir, bool) {
	return Dir(s), Dir(s) == Ascending || Dir(s) == Descending
}

// Of returns d, or if it is "" the direction natural to s.
func (d Dir) Of(s Sort) Dir {
	switch {
	case d != "":
		return d
	case s == ByTitle || s == ByCreator:
		return Ascending
	}
	return Descending
}
