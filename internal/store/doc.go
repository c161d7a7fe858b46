// Package store keeps the archive in one SQL database: SQLite by default,
// PostgreSQL where one machine is not enough.
//
// Stage 4 of intake → repair → catalogue → store → index → find → export.
//
// There is one text for every query, and no interface with two
// implementations; what the two databases do differently is in package database
// and nowhere else. One writer works at a time, on both, so that nothing is
// decided on what another is just changing, and the log of changes has no holes.
//
// It asks nobody's rights and knows no page: callers ask archive.Viewer first.
//
// A body is some immutable content, named by its SHA-256 and kept once however
// many works hold it. A revision is a work as it was between two changes.
//
// Start reading at Store.Write, then AddWork. Every query is a method of Tx. A
// new table is a new file in migrations; one that has landed is never edited.
package store
