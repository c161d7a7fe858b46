// Package decode makes characters of the bytes of a file, and undoes misreadings.
//
// It is the first half of repair, before anything knows what the file is. Bytes
// finds the encoding and mends what an earlier reader got wrong: UTF-8 read as
// something else (mojibake), Windows-1252 read as Latin-1 or as the code of old
// Macintoshes, lines of several encodings in one file. Misread tells the same for
// text that did not come as bytes, such as the chapters of books.
//
// It knows bytes and characters, no paragraphs and no markup. Start reading at
// decode.go, then text.go, which applies what the rules find. A rule looks at the
// whole text and lists edits; none sees what another did in the same round, so
// that refusing one leaves all others what they were.
package decode
