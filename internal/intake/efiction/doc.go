// Package efiction reads a dump of the database of an eFiction 3.x archive, with
// the folder of its stories, as a whole archive rescued.
//
// No database is asked: the dump is read as text by sqldump. Which of the many
// shapes of the schema it has, which tables are whose, where the text of each
// chapter is, and in which encoding each field was written, is told by the dump
// itself; each decision and each doubt is a Finding.
//
// Open reads the tables; Story makes one story of them. A story is put down as a
// record (package record) with its bytes as they were, and the manuscript is read
// from that: so the same is read again when somebody decides differently.
//
// What it must not do: run anything (profile fields hold PHP), hand out a
// password, or decide what becomes public.
//
// Start reading at Open.
package efiction
