package find

import (
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/find/query"
)

type (
	// Problem says what of a question was left out or unknown, in a sentence.
	Problem = errs.Problem
	// Range is a span of numbers; the zero Range is open.
	Range = query.Range
	// DateRange is a span of days; the zero DateRange is open.
	DateRange = query.Days
	// Sort is an order of works.
	Sort = query.Sort
	// Dir is the direction of an order.
	Dir = query.Dir
)

// Choice is yes, no, or either.
type Choice string

// The choices.
const (
	Either Choice = ""
	Yes    Choice = "yes"
	No     Choice = "no"
)

// Question is all that a listing can be asked. The zero Question asks for
// every work, newest first.
type Question struct {
	Query string // in the language of package query

	Include []archive.TagID // all of these
	Any     []archive.TagID // at least one of these
	Exclude []archive.TagID // none of these
	Focus   []archive.TagID // mainly about all of these relationships and characters

	Words, Chapters     Range
	Kudos, Hits         Range
	Comments, Bookmarks Range
	Updated, Posted     DateRange
	Complete, Crossover Choice
	OneShip             Choice // whether there is one relationship and no other
	Restricted          Choice

	Languages []string // one of these BCP 47 codes
	Creator   archive.CreatorID
	Series    archive.SeriesID
	Status    string // on the viewer's shelf

	Sort Sort  // "": as the query says, else Best if it has words, else ByUpdated
	Dir  Dir   // "": natural to the order
	Seed int64 // of the order Random: the same seed, the same order

	Page  int       // from 1; 0 is 1
	Per   int       // works on a page; 0 is 20
	After string    // the works behind those of an Answer, by its Next; Page is passed over
	Now   time.Time // what ages such as updated:<30d count from; zero is the present
}

// The sizes of a page that people may choose.
var pageSizes = [...]int{20, 50, 100}

// PageSizes lists the sizes of a page that people may choose, the usual one first.
func PageSizes() []int { return pageSizes[:] }

// maxTags bounds each list of tags: beyond what a person picks, and cheap.
const maxTags = 200
