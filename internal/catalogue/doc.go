// Package catalogue decides what a manuscript is: a new work, one that is here
// already, or a newer copy of one; and keeps, changes and removes works.
//
// Stage 3 of intake → repair → catalogue → store → index → find → export.
//
// Every change is one function named by a verb, with who does it as a parameter,
// and is one transaction. It knows no formats and no pages. Who may do what is
// asked of archive.Viewer.
//
// Start reading at Keep; the decision itself is judge, a pure function.
package catalogue
