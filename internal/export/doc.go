// Package export writes works in forms that people take away.
//
// Stage 7 of intake → repair → catalogue → store → index → find → export.
//
// A Book is one work, or several bound as one. Load reads it for a viewer; EPUB,
// HTML, Markdown and Text print it. Printing knows no clock and no chance: the
// same Book gives the same bytes, so that a download changes only when a work
// does. HTML is one file in the structure of an AO3 download, which other
// programs read and our own intake reads back without loss.
//
// To add a form, write one file with a function of a Book like Text.
package export
