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
// A Doc is what is indexed of a work. A Snapshot is the index at one moment: it
// is never changed, so any number of readers may use it; With makes the next
// one, which shares all that stayed the same. A row is the number of a work
// within sets and columns: its WorkID.
//
// A filter tag of a work is the canonical tag of one of its tags, or a metatag
// above that: a tag by which the work is found.
//
// Start reading at Snapshot.
package index
