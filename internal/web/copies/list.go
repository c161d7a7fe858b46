package copies

import (
	"fmt"
	"net/http"

	"ficstead/internal/archive"
	"ficstead/internal/store"
	"ficstead/internal/web/address"
	"ficstead/internal/web/page"
	"ficstead/internal/web/words"
)

var listView = page.New[listPage](templates, "copies/list")

// listPage is the works that one is like, for its keeper.
type listPage struct {
	page.Frame
	Name, Href string
	Tongue     page.Tongue
	Copies     []line
}

// line is one copy.
type line struct {
	page.Link
	Tongue    page.Tongue
	By, Facts string
	Says      string // how the texts stand to each other
	Compare   string
	Apart     bool
}

func (p *Pages) showCopies(w http.ResponseWriter, r *http.Request) error {
	var v listPage
	err := p.Store.Read(r.Context(), func(tx *store.Tx) error {
		work, err := p.Own(tx, r)
		if err != nil {
			return err
		}
		likenesses, err := tx.Likenesses(work.ID)
		if err != nil {
			return err
		}
		var others []archive.Work
		var likes []archive.Likeness
		for _, l := range likenesses {
			other, err := tx.Work(l.Other)
			if err != nil {
				return err
			}
			if p.Viewer(r).MaySeeWork(other) {
				others, likes = append(others, other), append(likes, l)
			}
		}
		v = newListPage(work, others, likes)
		return nil
	})
	if err != nil {
		return err
	}
	v.Frame = p.Frame(r, "Copies of "+v.Name, "browse")
	return listView.Show(w, r, http.StatusOK, v)
}

func newListPage(w archive.Work, others []archive.Work, likes []archive.Likeness) listPage {
	v := listPage{Name: words.Title(w), Href: address.Work(w.ID), Tongue: page.TongueOf(w.Language)}
	for i, other := range others {
		v.Copies = append(v.Copies, line{
			Link: page.Link{Href: address.Work(other.ID), Label: words.Title(other)}, Tongue: page.TongueOf(other.Language),
			By: words.Byline(other), Facts: facts(other), Says: says(likes[i], "it"), Apart: likes[i].Apart,
			Compare: address.Comparison(w.ID, other.ID),
		})
	}
	return v
}

// facts are what people tell copies apart by at a glance.
func facts(w archive.Work) string {
	said := words.Counted(len(w.Chapters), "chapter", "chapters") + ", " + words.Counted(w.Words, "word", "words")
	if w.Source.Site != "" {
		said += ", from " + w.Source.Site
	}
	if t, label := words.LastDay(w); !t.IsZero() {
		said += ", " + label + " " + words.Day(t)
	}
	return said
}

// says tells how the texts stand to each other, a sentence in which the other
// copy is called it, or "the other".
func says(l archive.Likeness, it string) string {
	switch l.Alike {
	case archive.SameText:
		return fmt.Sprintf("The same story: %s of this one stands in %s.", percent(l.OfWork), it)
	case archive.Revised:
		return fmt.Sprintf("Another version: %s of this one stands in %s, and %s of %s in this one.", percent(l.OfWork), it, percent(l.OfOther), it)
	case archive.PartOf:
		return fmt.Sprintf("All of this one stands in %s, which goes on: %s of that is not here.", it, percent(1-l.OfOther))
	case archive.Contains:
		return fmt.Sprintf("All of %s stands in this one, which goes on: %s of this one is not there.", it, percent(1-l.OfWork))
	}
	return "They have little in common."
}

func percent(share float64) string { return fmt.Sprintf("%.0f %%", 100*share) }
