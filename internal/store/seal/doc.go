// Package seal sums rows, so that a letter that changed in a title is found as
// surely as one that changed in a chapter.
//
// Contents are named by their SHA-256; a row has a column seal, 64 bits of the
// SHA-256 of its other columns. Writing sets it to 0, and the transaction seals
// what it wrote before it commits. Rows that are older than seals have -1, and are
// sealed a few at a time. It knows no database.
//
// Start reading at Tables.
package seal
