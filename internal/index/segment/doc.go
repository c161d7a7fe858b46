// Package segment is an immutable, packed list of works: in which sets each is,
// its numbers, where it stands in every order, and enough of what is known of it
// to write it into another segment.
//
// A work is a row. Rows are numbered from First on, in the order of their main
// fandom, second fandom, date and id, so that works asked for together stand
// together. First is a multiple of 65,536, so bitmaps of several segments have no
// container in common, and a set of rows of all of them is one bitmap.
//
// All is flat arrays: what Builder made in memory and what Open finds in a file
// are the same. docs/formats/snapshot.md has the sections. Whoever keeps rows,
// sets or bitmaps of a segment keeps the Segment too, since they may lie in a
// mapped file.
//
// Works are found by filter tags, which a Numbering numbers. The up to 65,535
// most frequent of fandoms, characters, relationships and freeforms are heads:
// what a row has of them is two bytes each. The other tags of these kinds are
// tails. Rating, warnings, categories, language, traits and visibility together
// are a cell; few of all possible cells occur, so a row has only its number.
//
// Whether what lies in a mapped file is whole, only mapped.File.VerifyAll says.
// Until then reading what is damaged may answer wrongly or panic, like any index
// out of range; it never reads outside the file.
//
// Start reading at Segment, then Builder.
package segment
