// Package backup writes the whole of an archive into one file, and makes archives
// of such files, in either database.
//
// A backup is logical: tables with rows, at one moment, and nothing of how a
// database keeps them. docs/formats/backup.md specifies it. What can be made anew,
// such as the index, is not in it. Contents are compared with their SHA-256 when
// they are written and when they are read.
//
// A file is believed nothing: every length in it is bounded, and memory is taken
// only for what was really read. That it is whole and unchanged is known at its
// end; until then what is made of it has no name yet.
//
// It does not know what a row means. Start reading at Write and Restore.
package backup
