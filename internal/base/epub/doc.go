// Package epub reads and writes EPUB, the one place that knows the format.
//
// Read takes EPUB 2 and 3, and the broken ones that people have: without a
// container, with wrong addresses, bad XML, lost entries. What could not be
// read is said in Book.Damage; only what holds no text at all is an error.
// Write makes EPUB 3.3 with the NCX that old readers need, and the same bytes
// for the same Book.
//
// An address (Href) is the name of an entry from the root of the ZIP, decoded,
// such as "EPUB/chapter-1.xhtml". It is a label and never a path on a disk.
//
// It knows nothing of works and archives: export composes a Book, intake
// understands one. Start reading at Book.
package epub
