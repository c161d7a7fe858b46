// Package truth has works whose right form is known exactly: where each
// paragraph, scene break, italic span and note begins and ends.
//
// Some are written here (passages), some made by a grammar (generate.go), and
// some read from the corpus beside the checkout, if there is one.
package truth
