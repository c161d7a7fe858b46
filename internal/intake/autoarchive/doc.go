// Package autoarchive reads archives of the 1990s, which ran on the Automated
// Archive scripts: their ARCHIVE_DB.pl, or the tables that importers make of it.
//
// ARCHIVE_DB.pl is a program in Perl that assigns one hash. It is read as text
// and never run.
//
// Start reading at Open.
package autoarchive
