// Package kindle makes of a Kindle book what EPUBs are read from, so that both
// come out the same.
//
// Newer Kindle books hold the pages of an EPUB. Older ones have lost all names
// of elements: restore.go gives the downloads of AO3 and the books of FanFicFare
// theirs back, by what their pages say and in which order. Headings of other
// books are known by the table of contents.
package kindle
