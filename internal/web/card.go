package web

import (
	"html/template"
	"net/http"

	"ficstead/internal/archive"
	"ficstead/internal/store"
	"ficstead/internal/web/address"
	"ficstead/internal/web/page"
	"ficstead/internal/web/words"
)

var cardFragment = page.NewFragment[card](templates, "card")

// A card is a work on a shelf.
type card struct {
	Href    string
	Title   string
	Tongue  tongue
	By      []link
	Cover   template.HTML
	Fandom  string
	Line    string // how long, how far
	Rating  string
	Summary string
}

const cardSummary = 140 // characters

// newCard shows opening where the work has no summary.
func newCard(w archive.Work, opening string) card {
	c := card{
		Href: address.Work(w.ID), Title: words.Title(w), Tongue: page.TongueOf(w.Language), By: creatorLinks(w.Creators), Cover: template.HTML(words.Cover(w)),
		Summary: words.Clip(w.Summary.Text(), cardSummary), Line: words.Counted(w.Words, "word", "words") + " · " + words.ChapterCount(w),
	}
	if c.Summary == "" {
		c.Summary = words.Clip(opening, cardSummary)
	}
	if fandoms := w.TagsOf(archive.Fandom); len(fandoms) > 0 {
		c.Fandom = fandoms[0].Name
	}
	if ratings := w.TagsOf(archive.Rating); len(ratings) > 0 {
		c.Rating = words.Short(archive.Rating, ratings[0].Name)
	}
	return c
}

// cards returns works as the shelf shows them. Like a blurb, a card depends on
// the work alone and is kept.
func (s *Site) cards(r *http.Request, works []archive.Work) (cards []template.HTML, err error) {
	err = s.Store.Read(r.Context(), func(tx *store.Tx) error {
		cards = nil
		for _, w := range works {
			html, err := s.card(tx, w)
			if err != nil {
				return err
			}
			cards = append(cards, html)
		}
		return nil
	})
	return cards, err
}

func (s *Site) card(tx *store.Tx, w archive.Work) (template.HTML, error) {
	key := blurbKey{w.ID, w.Revision, w.Visibility}
	if html, ok := s.kept.cards.Get(key); ok {
		return template.HTML(html), nil
	}
	opening := ""
	if w.Summary.IsEmpty() && len(w.Chapters) > 0 {
		chapter, err := tx.Chapter(w.ID, 1)
		if err != nil {
			return "", err
		}
		opening = chapter.Text.Text()
	}
	html := cardFragment.HTML(newCard(w, opening))
	s.kept.cards.Add(key, keptBlurb(html))
	return html, nil
}
