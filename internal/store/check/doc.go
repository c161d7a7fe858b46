// Package check compares what the archive keeps with what was kept: every
// content with its SHA-256, rows with the rows that they name, and what was
// derived with what it was derived from.
//
// Damage is told, in a sentence, and nothing is changed. It asks the store what
// no page needs, and is the only package beside it that does.
//
// Start reading at Store.
package check
