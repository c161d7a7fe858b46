// Package index holds the sets of works that questions are answered from: for
// every tag, word, creator and language the works that have it; the numbers and
// dates of works in columns; their orders.
//
// Stage 5 of intake → repair → catalogue → store → index → find → export.
//
// It does not read the store and does not know what a question is. Rights are
// asked of archive.Viewer, once for each group of works that share keeper and
// visibility.
//
// A Doc is what is indexed of a work. An Expr says which works are asked for, as
// data, and Found is the works that answer it. How it is answered is decided here
// alone: the fewest first, as lists while they are few and as bitmaps else.
//
// A Snapshot is the index at one moment: segments of works, the large base first
// and behind it small ones of what changed later, and the rows that are live,
// which are those of no work that changed or went since. It is never changed, so
// any number of readers may use it. With makes the next one, at a cost in
// proportion to what changed; Rebuilt one with a base alone; WriteFile keeps that
// in a file, which OpenFile opens in a moment. A row is the number of a work within
// segments, sets and columns; when a work changes it gets another.
//
// A filter tag of a work is the canonical tag of one of its tags, or a metatag
// above that: a tag by which the work is found.
//
// Start reading at Snapshot.
package index
