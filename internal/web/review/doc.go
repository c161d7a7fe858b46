// Package review is the pages where a person decides about the mends of a work
// and about what its file proposes: all of them by rule, and chapter by chapter
// beside what they were made of.
//
// It decides nothing and reads nothing: catalogue.Review does, with a reader from
// intake. A page shows what stands in the work now; a tick is what it would be
// once the form is sent.
//
// Start reading at pages.go, which names the addresses.
package review
