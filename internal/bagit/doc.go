// Package bagit writes and validates bags as RFC 8493 has them: files below data/,
// with their sums beside them, as libraries and archives hand them on.
//
// It touches no disk: who writes gives it a place to write to, and who reads a
// list of names and a way to read one. Names from a bag are labels and never paths.
//
// Start reading at Writer and Validate.
package bagit
