package export

import (
	"ficstead/internal/archive"
)

// Book is what is taken away: one work, or several in order.
type Book struct {
	Title string // of several works; "" for one work, which has its own
	Works []Bound
}

// Bound is a work with all that its book needs. Callers must not change it.
type Bound struct {
	Work     archive.Work
	Chapters []archive.Chapter
	Images   map[string]archive.Attachment // by sum; one that is missing is printed as its description
}
