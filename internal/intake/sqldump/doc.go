// Package sqldump reads the rows of tables from a dump of a database, without a
// database.
//
// It knows how MySQL and MariaDB write, and the programs around them: mysqldump,
// phpMyAdmin, Sequel Pro, and scripts that print an INSERT for each row. It is a
// tokenizer and no parser of SQL: it knows CREATE TABLE for the names of columns,
// INSERT for rows, and skips all other statements, whatever they would do.
//
// A dump that is damaged or cut gives the rows before, between and after; what
// could not be read is a Fault.
//
// Start reading at Reader.Rows.
package sqldump
