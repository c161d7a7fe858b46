package archive

import (
	"slices"
	"time"

	"ficstead/internal/base/errs"
	"ficstead/internal/base/prose"
)

// Manuscript is a work as a file tells it, unjudged: what is not in the file
// is zero. Readers of formats make it, repair mends it, catalogue decides.
type Manuscript struct {
	Kind     string // the format as recognised, such as "ao3-html", "epub", "text"
	Encoding string // of the bytes, such as "utf-8", "windows-1252"; "" for ZIP formats

	Title     string
	Creators  []Creator
	Recipient []string
	Language  string // BCP 47
	Tags      []Tag  // IDs are zero
	Series    []Part // IDs are zero
	// Collections are the names of the collections it was in at the source.
	Collections []string
	Summary     prose.Doc
	Notes       prose.Doc
	EndNotes    prose.Doc

	Chapters []Chapter
	// Numbers are those of Chapters within the work, rising, where the file holds
	// only some of them, as the pages of sites do; nil if it holds them all.
	Numbers         []int
	ChaptersPosted  int // by the source, in all; 0 if it does not say
	ChaptersPlanned int
	Complete        bool

	Posted, Updated time.Time
	WordsClaimed    int // as the source counted, 0 if it does not say

	Kudos, Hits, Comments, Bookmarks int // at the source, 0 if it does not say

	Source      Source
	Attachments []Attachment

	Mends     []Mend
	Proposals []Proposal
	Warnings  []string // whole sentences: what could not be read, and stands in the original only
}

// furniture are what pages have that nobody misses in a story.
var furniture = [...]string{
	"button", "datalist", "fieldset", "form", "input", "label", "legend", "link", "meta", "nav", "noframes", "noscript",
	"optgroup", "option", "select", "style", "script", "template", "textarea", "title", "head", "base", "svg",
}

// Prose reads a piece of HTML that belongs to m, and warns of what a reader of
// it would miss. Links that lead nowhere outside their page keep their text, and
// are no loss.
func (m *Manuscript) Prose(html string) prose.Doc {
	d, report := prose.ParseReport(html)
	report.Links = 0
	for _, name := range furniture {
		delete(report.Dropped, name)
	}
	for _, sentence := range report.Sentences() {
		if !slices.Contains(m.Warnings, sentence) {
			m.Warnings = append(m.Warnings, sentence)
		}
	}
	return d
}

// Mend is one thing that was put right, or could be.
type Mend struct {
	Rule       string  `json:"rule"`
	Chapter    int     `json:"chapter"` // from 1; 0 outside the chapters
	At         int     `json:"at"`      // code points from the start of the input, decoded and not mended; CR LF is one
	Before     string  `json:"before"`  // with a little text around where it helps a person
	After      string  `json:"after"`
	Confidence float64 `json:"confidence"` // 0 to 1
	Applied    bool    `json:"applied"`
	From       string  `json:"from,omitempty"` // the other copy that says so, if one does
}

// Proposal is a value for something the file does not say.
type Proposal struct {
	Field      string  `json:"field"`
	Value      string  `json:"value"`
	Confidence float64 `json:"confidence"`
	Because    string  `json:"because"` // a sentence
}

// Status is what became of one thing brought in.
type Status string

// The statuses of a receipt.
const (
	StatusNew       Status = "new"       // a work that was not here
	StatusSame      Status = "same"      // nothing in it that is not here already
	StatusUpdated   Status = "updated"   // a newer copy of a work that is here
	StatusDuplicate Status = "duplicate" // another copy of a work that is here, kept apart
	StatusRefused   Status = "refused"   // not taken in; Error says why and what to do
)

// Receipt says what became of one file, or of one file within a ZIP.
type Receipt struct {
	Source   string // path or name, with "archive.zip!inside/name.html" for members
	Kind     string
	Status   Status
	Work     WorkID // 0 if refused
	Title    string
	Mends    []Mend
	Warnings []string
	Error    string // one sentence: what is wrong and what to do
	Later    bool   `json:"-"` // it was refused for no fault of the file's, such as a full disk
}

// Refusal is the sentence that says why something is not taken in and what to
// do about it. It is an Invalid error.
type Refusal string

func (r Refusal) Error() string { return string(r) }

// Unwrap makes a Refusal Invalid.
func (r Refusal) Unwrap() error { return errs.Invalid }

// MendCount is how often a rule mended something.
type MendCount struct {
	Rule  string `json:"rule"`
	Count int    `json:"count"`
}

// CountMends sums applied mends by rule, in the order of their first use.
func CountMends(mends []Mend) []MendCount {
	var counts []MendCount
	at := map[string]int{}
	for _, m := range mends {
		if !m.Applied {
			continue
		}
		i, ok := at[m.Rule]
		if !ok {
			i = len(counts)
			at[m.Rule] = i
			counts = append(counts, MendCount{Rule: m.Rule})
		}
		counts[i].Count++
	}
	return counts
}
