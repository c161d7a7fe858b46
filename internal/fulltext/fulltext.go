package fulltext

import "ficstead/internal/archive"

// Phrase is a word, or several side by side within one paragraph.
type Phrase struct {
	Text   string
	Exact  bool // as written; else an English word stands for all its forms
	Prefix bool // the last word may go on
}

// Passage is a place in a chapter where phrases stand.
type Passage struct {
	Work      archive.WorkID
	Chapter   int    // number, from 1
	Paragraph int    // from 1, of those that hold text
	Anchor    string // the id of the paragraph on the chapter's page
	Text      string // of the paragraph, or some of it
	Marks     []Span // what was asked for, in order, apart
	Before    bool   // the paragraph begins earlier
	After     bool   // and ends later
	Language  string // BCP 47, "" if unknown
	Dir       string // "ltr", "rtl" or "auto"
}

// Span is a stretch of a text, in bytes.
type Span struct{ From, To int }

// Recalled is where a line that was half remembered may stand.
type Recalled struct {
	Passage
	Score float64 // how much of the line stands there, up to 1
}

// Progress is how much of the text is indexed.
type Progress struct{ Done, Of int } // chapters

// Whole reports whether all of the text is indexed.
func (p Progress) Whole() bool { return p.Done >= p.Of }
