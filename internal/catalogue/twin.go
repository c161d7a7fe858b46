package catalogue

import (
	"slices"

	"ficstead/internal/archive"
	"ficstead/internal/base/text"
	"ficstead/internal/store"
)

// findTwin decides about a candidate that nothing here is known to be by file or
// by address: works whose text is the same to the letter are looked at. Under
// the same title, and unless two addresses tell them apart, it is that work;
// otherwise it is kept apart, as a duplicate, because two people may have posted it.
func (c candidate) findTwin(tx *store.Tx) (decision, error) {
	works, err := tx.WorksWithText(c.work.Keeper, c.longest().Text.HTML())
	if err != nil {
		return decision{}, err
	}
	d := decision{verdict: unknown}
	for _, id := range works {
		known, err := tx.Work(id)
		if err != nil {
			return decision{}, err
		}
		chapters, err := tx.Chapters(id)
		if err != nil {
			return decision{}, err
		}
		if !slices.EqualFunc(chapters, c.chapters, sameText) {
			continue
		}
		if c.mayBe(known) {
			return c.compare(tx, known)
		}
		if c.isTwin(known) {
			d = decision{verdict: twin, twin: known.Title}
		}
	}
	return d, nil
}

// fewWords is below what the same text proves nothing, where title or address differ.
const fewWords = 200

// isTwin reports whether people should be told that c has the text of known. A
// site that has both under numbers of its own knows why.
func (c candidate) isTwin(known archive.Work) bool {
	return c.work.Words >= fewWords && !c.ofOneSite(known.Source)
}

// ofOneSite reports whether c and another work come from one site.
func (c candidate) ofOneSite(other archive.Source) bool {
	return c.work.Source.Site != "" && c.work.Source.Site == other.Site
}

// longest is the chapter that tells a work best from all others.
func (c candidate) longest() archive.Chapter {
	return slices.MaxFunc(c.chapters, func(a, b archive.Chapter) int { return a.Words - b.Words })
}

func sameText(a, b archive.Chapter) bool { return a.Text.HTML() == b.Text.HTML() }

// mayBe reports whether nothing but the text needs to tell that known is the same work.
func (c candidate) mayBe(known archive.Work) bool {
	apart := c.work.Source.Key != "" && known.Source.Key != ""
	return !apart && text.Key(c.work.Title) == text.Key(known.Title)
}
