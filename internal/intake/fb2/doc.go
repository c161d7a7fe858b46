// Package fb2 reads FictionBook 2, in any encoding that it declares.
//
// The format says what everything is, so that reading is translating: sections
// with titles are chapters (chapters.go), blocks and their look are HTML
// (body.go), and the notes, which are a body of their own, go to the end of the
// chapters that refer to them (notes.go).
package fb2
