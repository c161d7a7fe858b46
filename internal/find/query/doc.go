// Package query is the language people ask the archive questions in: its
// expressions, its one spelling, and the laws by which it is simplified.
//
// It knows nothing of indexes, tags or HTTP. Parse never fails: what it cannot
// read it leaves out, and says so in a sentence.
//
// An expression is a Q; a Query is an expression with the order its answers
// come in. Start reading at Q. To add a field: a line in fields (field.go), a
// type here if no type fits, a case in find.
package query
