// Package propose tells what a work that says little of itself seems to be: its
// language, fandom, characters, relationships, rating, warnings, series, and who
// wrote it.
//
// A proposal is a value, how sure it is, and a sentence why, with the words of
// the text that say so. It is never applied without a person. Nothing is
// proposed for a field that the work fills itself.
//
// What the names in a text mean it asks the archive: a character tag knows the
// fandoms of the works that have it, so the more an archive holds the more it
// recognises. It asks as a viewer, who learns nothing of works they may not see.
//
// Start reading at For.
package propose
