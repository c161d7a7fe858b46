// Package zipfile reads ZIP files that strangers made.
//
// It makes its own pass over the directory, because the standard library opens
// bombs and paths out of the folder without a word. Nothing is unpacked to a
// disk: the name of an entry is a label and never a path, and every entry is
// read under bounds of bytes that really came out, whatever the file claims.
//
// What makes the whole file unsafe (a name with "..", overlapping entries, a
// link, too many entries) refuses it in Open. What is wrong with one entry
// (encrypted, damaged, packed in a way we do not read) is told by File.Read, so
// that the others can still be had. Start reading at Open.
package zipfile
