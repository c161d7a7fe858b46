// Package fulltext looks inside the text of chapters: it makes words of it,
// keeps where they stand in packed lists, finds phrases in them, shows the
// places, and finds the chapter of a line that is half remembered.
//
// It knows no database. Package store/textindex keeps its lists and asks it.
//
// Words are folded like all names here. An index holds every word as it is
// written; that English words stand for all their forms is found out when
// somebody asks, so that what is asked exactly is answered exactly. Scripts
// without spaces are indexed by pairs of characters.
//
// Start reading at Phrase, then Words (what is indexed), Builder and List (how
// it is kept), Find (who holds a phrase) and Line (what is half remembered).
package fulltext
