// Package paper writes HTML as word processors mean it: rows of paragraphs that
// are headings, quotes or items by what they say of themselves, and runs of text
// that say how they look and not what they are.
//
// A reader of a format gives a Writer the runs of a paragraph and then says, by
// End, what paragraph that was. The Writer joins runs that were split, takes
// white space out of formatting at its ends, nests lists and quotes, puts notes
// at the end, and makes breaks of page breaks that no heading explains.
//
// It knows no format, and nothing of stories.
//
// Start reading at Writer.
package paper
