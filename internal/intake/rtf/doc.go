// Package rtf reads Rich Text Format, of all the programs that write it.
//
// The bytes are cut into tokens (token.go): groups, words, letters. A group has
// a state (state.go), which it inherits from the one around it and which its end
// restores. A group goes to a destination: most to the text, some to the tables
// that say what follows means (tables.go), others nowhere. Groups are a stack of
// ours and not of the machine, so that their depth brings nothing down.
//
// A letter is known only with its encoding: the font's, else the document's.
// Read makes one chapter; intake makes chapters of its headings.
package rtf
