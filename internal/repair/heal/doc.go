// Package heal finds in a second copy of a work what the first has lost without
// a trace: italics that a conversion dropped, scene breaks, spaces, paragraphs.
//
// Guessing could not bring those back; another copy knows them. The two are
// laid side by side paragraph by paragraph, by their letters alone, and where
// the letters are the same and the rest is not, the copy's paragraph is
// proposed, never applied without a person. Where the copies' words differ
// nothing is said: that is another version, and not damage.
//
// Start reading at Manuscript; align.go lays the copies side by side.
package heal
