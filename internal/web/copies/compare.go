package copies

import (
	"fmt"
	"net/http"
	"regexp"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/repair/heal"
	"ficstead/internal/store"
	"ficstead/internal/web/address"
	"ficstead/internal/web/mends"
	"ficstead/internal/web/page"
	"ficstead/internal/web/words"
)

var compareView = page.New[comparePage](templates, "copies/compare")

// mostShown is how many differences one page shows: who needs more has seen enough.
const mostShown = 150

// comparePage is two copies side by side.
type comparePage struct {
	page.Frame
	Action, List string
	This, Other  side
	Rows         []row // facts of both
	Says         string
	Differences  []difference
	All          string // how many there are
	More         bool
	Apart, Mine  bool // a person keeps both; and the other may be changed by this viewer
}

// side is one of the two copies.
type side struct {
	page.Link
	Tongue page.Tongue
	By     string
}

// row is one fact of both copies.
type row struct {
	Label, This, Other string
	Differs            bool
}

// difference is one place.
type difference struct {
	*mends.Entry
	Chapter page.Link // of this one, if it has several
}

func (p *Pages) showComparison(w http.ResponseWriter, r *http.Request) error {
	var v comparePage
	err := p.Store.Read(r.Context(), func(tx *store.Tx) error {
		work, err := p.Own(tx, r)
		if err != nil {
			return err
		}
		other, l, err := p.other(tx, r, work.ID)
		if err != nil {
			return err
		}
		own, err := tx.Chapters(work.ID)
		if err != nil {
			return err
		}
		theirs, err := tx.Chapters(other.ID)
		v = newComparePage(work, other, own, theirs, l)
		v.Mine = p.Viewer(r).MayChange(other)
		return err
	})
	if err != nil {
		return err
	}
	v.Frame = p.Frame(r, "Compare “"+v.This.Label+"” with “"+v.Other.Label+"”", "browse")
	return compareView.Show(w, r, http.StatusOK, v)
}

func newComparePage(w, other archive.Work, own, theirs []archive.Chapter, l archive.Likeness) comparePage {
	v := comparePage{
		Action: address.Comparison(w.ID, other.ID), List: address.Copies(w.ID), Says: says(l, "the other"), Apart: l.Apart,
		This: sideOf(w), Other: sideOf(other),
	}
	v.Rows = rowsOf(w, other, own, theirs)
	list, all := heal.Differences(own, theirs, mostShown)
	for _, d := range list {
		v.Differences = append(v.Differences, newDifference(w, d))
	}
	v.All, v.More = words.Counted(all, "place", "places"), all > len(list)
	return v
}

func sideOf(w archive.Work) side {
	return side{page.Link{Href: address.Work(w.ID), Label: words.Title(w)}, page.TongueOf(w.Language), words.Byline(w)}
}

// tornMark is a mark whose other end was cut off with the rest of its sentence.
var tornMark = regexp.MustCompile(`</?(?:em|strong|u|s)>`)

func newDifference(w archive.Work, d heal.Difference) difference {
	e := &mends.Entry{Mend: archive.Mend{Before: d.Own, After: d.Other}}
	e.Show("", "")
	e.Pre, e.Post = tornMark.ReplaceAllString(e.Pre, ""), tornMark.ReplaceAllString(e.Post, "")
	at := difference{Entry: e}
	if len(w.Chapters) > 1 {
		at.Chapter = page.Link{Href: address.Chapter(w.ID, d.Chapter), Label: fmt.Sprintf("Chapter %d", d.Chapter)}
	}
	return at
}

// rowsOf lists the facts by which people judge which copy is the better one.
func rowsOf(w, other archive.Work, own, theirs []archive.Chapter) []row {
	a, b := counted(own), counted(theirs)
	rows := []row{
		{Label: "Chapters", This: words.Number(len(w.Chapters)), Other: words.Number(len(other.Chapters))},
		{Label: "Words", This: words.Number(w.Words), Other: words.Number(other.Words)},
		{Label: "Paragraphs", This: words.Number(a.paragraphs), Other: words.Number(b.paragraphs)},
		{Label: "Scene breaks", This: words.Number(a.breaks), Other: words.Number(b.breaks)},
		{Label: "Paragraphs with italics or bold", This: words.Number(a.marked), Other: words.Number(b.marked)},
		{Label: "Pictures", This: words.Number(a.pictures), Other: words.Number(b.pictures)},
		{Label: "Tags", This: words.Number(len(w.Tags)), Other: words.Number(len(other.Tags))},
		{Label: "Last updated", This: words.Day(w.Updated), Other: words.Day(other.Updated)},
		{Label: "Came from", This: w.Source.Site, Other: other.Source.Site},
		{Label: "Brought in", This: words.Day(w.Added), Other: words.Day(other.Added)},
	}
	for i := range rows {
		rows[i].Differs = rows[i].This != rows[i].Other
	}
	return rows
}

// counts is what a text has besides words.
type counts struct{ paragraphs, breaks, marked, pictures int }

func counted(chapters []archive.Chapter) (n counts) {
	for _, c := range chapters {
		n.pictures += len(c.Text.Images())
		for _, b := range c.Text.Blocks() {
			switch b.Kind() {
			case prose.Paragraph:
				n.paragraphs++
			case prose.Break:
				n.breaks++
			}
			for _, r := range b.Runs() {
				if r.Has("em") || r.Has("strong") {
					n.marked++
					break
				}
			}
		}
	}
	return n
}
