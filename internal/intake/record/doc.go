// Package record reads and writes our own form for stories and archives that no
// other format is for: JSON, one story a file or a whole archive line by line,
// and CSV. docs/formats/records.md describes it.
//
// A record may hold text as bytes in whatever encoding they were, with what was
// found out about them. Readers of dumps put their stories down as records, and
// read their manuscripts from those: so that a story read again, alone, is the same.
//
// Start reading at Story.
package record
