// Package archive defines the words the archive is spoken of in: Work,
// Chapter, Tag, Series, Creator, Manuscript, Mend, Viewer, and the rules that
// hold for them whatever stores or shows them.
//
// It does no I/O and knows no clock. It is the only vocabulary that intake,
// store, find and web share. Every rule about who may see or do what is a pure
// function of a Viewer and a thing, in viewer.go and nowhere else.
//
// Start reading at Work. A Manuscript is what a file says before anybody
// judged it; catalogue makes a Work of it.
package archive
