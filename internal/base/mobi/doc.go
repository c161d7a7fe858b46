// Package mobi reads the books of Kindles and of the Palm readers before them:
// MOBI to version 6, and KF8 (AZW3), packed with nothing, PalmDOC or HUFF/CDIC.
//
// A book is a Palm database (palm.go): a row of records, the first of which is a
// header (header.go). The next ones are the text, packed one by one (palmdoc.go,
// huff.go). In KF8 the text is a row of frames and the fragments that stand in
// them (kf8.go), as tables say (index.go). A file may hold a book twice, for old
// Kindles and new; the new one is taken.
//
// Locked books are told from others and not read. Everything is bounded: a book
// may be a stranger's.
//
// Start reading at Read.
package mobi
