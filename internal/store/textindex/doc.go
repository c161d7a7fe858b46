// Package textindex keeps the words of all chapters in SQL tables, and answers
// what stands where: with SQLite in a file of its own beside the archive, with
// PostgreSQL in tables of the archive's database. Both have the same tables and
// the same statements.
//
// It is never the truth. It follows the store's log of changes by a number of its
// own, and what is missing, old or damaged is made anew. No text is in it twice:
// passages are read from the store.
//
// Texts are indexed in segments that are never changed: only works that are gone
// or changed are crossed out in them. Segments of about one size are merged.
// Whatever is written is written in one transaction with the number of the last
// change that is in it, so that a process may be killed at any time.
//
// Works that may not be searched are found out anew for every answer, from the
// store: they are gone from answers before they are gone from the index.
//
// Start reading at Open, then CatchUp (fill.go, merge.go), Holding (ask.go),
// Passages and Recall.
package textindex
