package rtf

import "ficstead/internal/base/paper"

// destination is where what is in a group goes.
type destination uint8

const (
	body destination = iota
	nowhere
	either    // a text told twice: in the old way, and in a group of its own
	info      // groups that say of the document
	title     // of it
	author    // of it
	fonts     // the table of them
	sheet     // the table of styles
	picture   // hexadecimal digits
	command   // what a field does
	itemLabel // what an item of a list begins with
)

// state is what holds within a group.
type state struct {
	to      destination
	instead destination   // where what is told twice goes
	out     *paper.Writer // where text goes; another within a note

	letters
	paragraph
	skip   int    // letters that stand for each \u, for programs that do not know it
	link   string // where text leads
	entry  bool   // a group within a table: one entry
	ignore bool   // the group said that it may be passed over, and not yet what it is
	fresh  bool   // nothing was in the group yet
}

// letters is how text looks.
type letters struct {
	paper.Format
	hidden, deleted bool
	font            int
	lang            int
}

// paragraph is what a paragraph is.
type paragraph struct {
	style   int
	outline int // level from 1, 0 if none
	align   string
	rtl     bool
	left    int // how far it stands in, in twentieths of a point
	first   int
	inTable bool
	below   bool // a line is drawn below
	boxed   bool
	newPage bool
	list    int
	level   int
}

// font is an entry in the table of fonts.
type font struct {
	name string
	page int // 0 for that of the document
}

// style is an entry in the table of styles.
type style struct {
	name    string
	outline int
	letters
}
