// Package frame tells a chapter's story from what stands around it: lines of
// the site that it was copied from, its own heading once more, and the notes of
// its author.
//
// Like all of repair it never fails, tells each edit before it makes it, and
// makes it only if it may. It works on chapters whose paragraphs and scene
// breaks package repair has found. Nothing within a chapter is touched: only the
// first and last few paragraphs are looked at.
//
// Start reading at chapter.go.
package frame
