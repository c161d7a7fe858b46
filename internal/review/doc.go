// Package review finds where things stand: a mend in the chapters that are read,
// and a paragraph in the source that it came from.
//
// It looks for words and for nothing else, because everything else is what
// mending changes. What it cannot find it says it has not found; it changes
// nothing, and takes time that grows with the length of the text.
//
// Start reading at Places for mends, and at Beside for chapters beside their source.
package review
