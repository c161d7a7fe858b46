// Package find answers questions about works: which they are, how many, in
// what order, and what tags they have.
//
// Stage 6 of intake → repair → catalogue → store → index → find → export.
//
// It is the only way to a list of works. Each question is asked by a Viewer,
// and nothing in an answer tells of a work the viewer may not see: no total, no
// count beside a tag, no tag that only such works have.
//
// Answers are kept in memory until the archive changes, by what was asked and by
// what the viewer may see. A question that looks at very many works waits for
// others like it (gate); light ones never do. Looking inside the text of stories
// is Inside's; what it finds goes through the index like all else.
//
// A Finder holds an index built from the store and follows the store's log of
// changes. The store is the truth; the index can be thrown away at any time.
//
// Start reading at Finder.Works. To add a filter: a field of Question, a line
// in ParseQuestion and Values, a line in listFilters.
package find
