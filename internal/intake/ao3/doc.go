// Package ao3 reads works of the Archive of Our Own, and of other archives that
// run its software: downloads as HTML and EPUB, and pages saved from a browser.
//
// All three hold the same things in the same order, so there is one reader for
// tables of tags, one for bylines and one for notes; download.go and page.go
// only know where they stand. What a file says is kept whole: what has no field
// of its own goes into the notes, and what cannot be read is told in a warning.
//
// The markup has changed over the years. Nothing is recognised by its class
// alone that EPUB makers rewrite, nor by labels that have been renamed.
//
// Start reading at Recognise.
package ao3
