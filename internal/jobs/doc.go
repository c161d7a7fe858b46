// Package jobs does the work that people do not wait for: it brings in the
// files they uploaded.
//
// The list of what is to be done is the store's: every file is kept there
// before anybody is told that it was received, and is taken off the list
// together with writing down what became of it. So a program that is killed
// goes on where it was, and does nothing twice that shows: a file that came in
// before its receipt was written is known when it comes again.
//
// An Importer works while Run does. Others Wake it when there is something new,
// and Watch an import to learn when it has moved.
package jobs
