// Package plain reads plain text files: a story as people mail it, with or
// without a block of headers above it.
//
// It is the reader of last resort: Match takes whatever has words and is not
// marked up. Read expects the text as repair.Text leaves it, with a blank line
// between paragraphs and each scene break on a line of its own; its caller, the
// registry in package intake, sees to that.
//
// What the text does not say, such as a title, is guessed only from the file's
// name, and told as a proposal. Start reading at plain.go.
package plain
