package rescues

import (
	"errors"
	"html/template"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/store"
	"ficstead/internal/web/address"
	"ficstead/internal/web/page"
	"ficstead/internal/web/words"
)

var (
	seriesFragment = page.NewFragment[seriesPart](templates, "rescued-series")
	bioFragment    = page.NewFragment[bioPart](templates, "rescued-bio")
)

// seriesPart is what an old archive said of a series.
type seriesPart struct {
	Summary template.HTML
	Open    bool
	Above   []page.Link
	Below   []page.Link
	Reviews template.HTML
}

// SeriesOf is what came along with a series, for its page, and whether the viewer
// may see a series within it. It is empty if the series comes from no rescue.
func (p *Pages) SeriesOf(tx *store.Tx, viewer archive.Viewer, id archive.SeriesID) (html template.HTML, below bool, err error) {
	s, err := tx.RescuedSeriesOf(id)
	if errors.Is(err, errs.NotFound) {
		return "", false, nil
	}
	if err != nil {
		return "", false, err
	}
	v := seriesPart{Summary: printed(s.Summary, 2), Open: s.Open}
	for _, part := range s.Parts {
		if part.Series == "" || !part.Confirmed {
			continue
		}
		child, err := tx.RescuedSeriesByKey(s.Rescue, part.Series)
		if errors.Is(err, errs.NotFound) {
			continue
		}
		if err != nil {
			return "", false, err
		}
		sees, err := seesSeries(tx, viewer, child, 0)
		if err != nil {
			return "", false, err
		}
		if sees && child.ID != 0 {
			v.Below = append(v.Below, page.Link{Href: address.Series(child.ID), Label: child.Title})
		}
	}
	above, err := tx.SeriesAbove(s)
	if err != nil {
		return "", false, err
	}
	for _, a := range above {
		v.Above = append(v.Above, page.Link{Href: address.Series(a.ID), Label: a.Title})
	}
	if len(s.Reviews) > 0 {
		rescue, err := tx.Rescue(s.Rescue)
		if err != nil {
			return "", false, err
		}
		v.Reviews = reviewsFragment.HTML(newReviewsPart(viewer, archive.Work{}, store.ReviewList{Rescue: rescue, Reviews: s.Reviews}, s.Reviews))
	}
	if v.Summary == "" && !v.Open && len(v.Above) == 0 && len(v.Below) == 0 && v.Reviews == "" {
		return "", false, nil
	}
	return seriesFragment.HTML(v), len(v.Below) > 0, nil
}

// deepest is how many series within each other are followed. People nest three.
const deepest = 20

// seesSeries reports whether the viewer may see a work in a series or in one within it.
func seesSeries(tx *store.Tx, viewer archive.Viewer, s store.RescuedSeries, depth int) (bool, error) {
	if depth > deepest {
		return false, nil
	}
	ids, err := tx.SeriesWorks(s.ID)
	if err != nil {
		return false, err
	}
	works, err := tx.Works(ids)
	if err != nil {
		return false, err
	}
	for _, w := range works {
		if viewer.MaySeeWork(w) {
			return true, nil
		}
	}
	for _, part := range s.Parts {
		if part.Series == "" || !part.Confirmed {
			continue
		}
		child, err := tx.RescuedSeriesByKey(s.Rescue, part.Series)
		if errors.Is(err, errs.NotFound) {
			continue
		}
		if err != nil {
			return false, err
		}
		if sees, err := seesSeries(tx, viewer, child, depth+1); sees || err != nil {
			return sees, err
		}
	}
	return false, nil
}

// bioPart is what people said of themselves at an old archive.
type bioPart struct {
	Of       page.Link
	Text     template.HTML
	Site     page.Link
	Day, ISO string // when they joined it
}

// BioOf is what came along with a creator, for the page of their works.
func (p *Pages) BioOf(tx *store.Tx, viewer archive.Viewer, id archive.CreatorID) (html template.HTML, err error) {
	people, err := tx.PeopleOfCreator(id)
	if err != nil || len(people) == 0 {
		return "", err
	}
	rescues, err := tx.Rescues()
	if err != nil {
		return "", err
	}
	for _, person := range people {
		for _, r := range rescues {
			if person.Rescue == r.ID && viewer.MaySee(r.Keeper, r.Visibility) {
				html += bioHTML(r, person.RescuedPerson)
			}
		}
	}
	return html, nil
}

func bioHTML(r store.Rescue, person archive.RescuedPerson) template.HTML {
	v := bioPart{Of: linkOf(r), Text: printed(person.Bio, 2), Day: words.Day(person.Joined), ISO: words.ISODay(person.Joined)}
	if strings.HasPrefix(person.Site, "http://") || strings.HasPrefix(person.Site, "https://") {
		v.Site = page.Link{Href: person.Site, Label: strings.TrimSuffix(person.Site[strings.Index(person.Site, "://")+3:], "/")}
	}
	return bioFragment.HTML(v)
}
