// Package tables reads and fills whole tables, whatever stands in them, for
// backups. It knows neither works nor what a table means: names and types are
// what the database itself tells, so that no table can be forgotten.
//
// Of an archive's tables two kinds are left out: the list of migrations, which a
// backup's header has, and the index of texts, which can be made anew.
//
// Start reading at Tx.
package tables
