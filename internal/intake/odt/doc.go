// Package odt reads OpenDocument texts, packed (ODT, and the older SXW) and flat
// (FODT), as LibreOffice and its relatives save them.
//
// Read makes one chapter of the text; intake makes chapters of its headings.
// What was deleted with its changes recorded is out, and so are comments,
// headers and tables of contents.
//
// styles.go says how a style looks, body.go goes through the text.
package odt
