// Package bring is the pages around bringing stories in: the form, what became
// of each file, what was mended, and the record of a work: its originals, its
// revisions, and the way out.
//
// Start reading at pages.go, which names the addresses. It brings nothing in by
// itself: upload keeps what was sent, jobs works through it, and catalogue undoes it.
package bring
