package web

import (
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/store"
	"ficstead/internal/web/answer"
	"ficstead/internal/web/look"
	"ficstead/internal/web/page"
	"ficstead/internal/web/words"
)

// kept is what has been rendered and may be needed again. All of it can be
// made anew at any time.
type kept struct {
	answers answer.Cache[answerKey, keptAnswer]
	blurbs  answer.Cache[blurbKey, keptBlurb]
	cards   answer.Cache[blurbKey, keptBlurb]
}

// Bounds in bytes. A chapter of 5,000 words takes about 45 KB with its
// compressed form, a blurb 3 KB.
const (
	answersBound = 16 << 20
	blurbsBound  = 8 << 20
	cardsBound   = 1 << 20
	answerBound  = 1 << 20 // larger pages are made each time
)

func (k *kept) bound() {
	k.answers.Bound, k.blurbs.Bound, k.cards.Bound = answersBound, blurbsBound, cardsBound
}

// An answerKey names a page as one person sees it in one look. So a kept page
// is only ever sent to whom it was made for.
type answerKey struct {
	path   string // with its parameters, if the page depends on them
	viewer archive.Viewer
	look   look.Look
	day    string // if the page depends on it
}

// keptAnswer is right as long as nothing in the store has changed since and,
// if it was found, the index is the same.
type keptAnswer struct {
	*answer.Answer
	change, generation int64
}

// A maker makes the answer to a request from what the store says.
type maker func(tx *store.Tx, r *http.Request) (*answer.Answer, error)

// keep answers what it made before as long as the store is the same, and asks
// make otherwise. It is for pages that depend on path, viewer, look and store.
func (s *Site) keep(make maker) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		key := answerKey{path: r.URL.Path, viewer: s.Viewer(r), look: page.LookOf(r)}
		if found, ok := s.kept.answers.Get(key); ok {
			change, err := s.fresh.change(r.Context(), s.Store)
			if err != nil {
				return err
			}
			if found.change == change {
				return found.Send(w, r, http.StatusOK)
			}
		}
		var made *answer.Answer
		err := s.Store.Read(r.Context(), func(tx *store.Tx) error {
			change, err := tx.LastChange()
			if err != nil {
				return err
			}
			made, err = make(tx, withoutQuery(r))
			if err == nil && made.Size() <= answerBound {
				s.kept.answers.Add(key, keptAnswer{Answer: made, change: change})
			}
			return err
		})
		if err != nil {
			return err
		}
		return made.Send(w, r, http.StatusOK)
	}
}

// maxKey bounds the addresses that pages are kept under, in bytes. Longer ones
// are asked once.
const maxKey = 1000

// keepFound is keep for pages that the finder has a part in: they depend on the
// parameters, the index and, because questions may tell ages, the day. Whoever has
// the page of all that is told so without making it. make gets the page's tag, ""
// if that does not tell what is on it.
func (s *Site) keepFound(w http.ResponseWriter, r *http.Request, make func(tag string) (*answer.Answer, error)) error {
	key := answerKey{r.URL.RequestURI(), s.Viewer(r), page.LookOf(r), words.ISODay(s.Now())}
	var now keptAnswer // what is made from here on is at least as new
	var err error
	now.change, err = s.fresh.change(r.Context(), s.Store)
	if err != nil {
		return err
	}
	now.generation = s.Finder.Generation()
	if found, ok := s.kept.answers.Get(key); ok && found.change == now.change && found.generation == now.generation {
		return found.Send(w, r, http.StatusOK)
	}
	inside, tag := looksInside(r), ""
	if !inside {
		if tag = answer.Tag(s.started, key, now.change, now.generation); answer.SendKnown(w, r, tag) {
			return nil
		}
	}
	if now.Answer, err = make(tag); err != nil {
		return err
	}
	if len(key.path) <= maxKey && now.Size() <= answerBound && !inside {
		s.kept.answers.Add(key, now)
	}
	return now.Send(w, r, http.StatusOK)
}

// looksInside reports whether a question may ask for the text of stories, which
// is indexed after the change that brought it.
func looksInside(r *http.Request) bool {
	return strings.Contains(strings.ToLower(r.URL.Query().Get("q")), "text:")
}

// withoutQuery keeps what is no part of the key out of what is kept.
func withoutQuery(r *http.Request) *http.Request {
	plain := r.Clone(r.Context())
	plain.URL.RawQuery = ""
	return plain
}

// A blurbKey changes whenever what a blurb shows does.
type blurbKey struct {
	work       archive.WorkID
	revision   int
	visibility archive.Visibility
}

type keptBlurb template.HTML

func (b keptBlurb) Size() int { return len(b) + 64 }

// blurbsOf returns works as lists show them, and reads those whose blurbs are not kept.
func (s *Site) blurbsOf(tx *store.Tx, standings []store.Standing) ([]template.HTML, error) {
	blurbs := make([]template.HTML, len(standings))
	var missing []archive.WorkID
	var at []int
	for i, w := range standings {
		if html, ok := s.kept.blurbs.Get(blurbKey{w.ID, w.Revision, w.Visibility}); ok {
			blurbs[i] = template.HTML(html)
			continue
		}
		missing, at = append(missing, w.ID), append(at, i)
	}
	works, err := tx.Listed(missing)
	if errors.Is(err, store.Damaged) {
		return blurbs, s.damagedBlurbs(tx, missing, func(i int, html template.HTML) { blurbs[at[i]] = html })
	}
	if err == nil && len(works) != len(missing) {
		err = fmt.Errorf("of %d works %d have names: they are %w", len(missing), len(works), store.Damaged)
	}
	if err != nil {
		return nil, err
	}
	for i, w := range works {
		blurbs[at[i]] = s.blurb(w)
	}
	return blurbs, nil
}

// damagedBlurb stands where a work would that is no longer as it was kept.
const damagedBlurb = `<article class="blurb"><p>A work is damaged, and not shown. Whoever keeps this library finds out more with “ficstead check”.</p></article>`

// damagedBlurbs reads works one by one, so that what is damaged does not take the
// others with it.
func (s *Site) damagedBlurbs(tx *store.Tx, ids []archive.WorkID, show func(i int, html template.HTML)) error {
	for i, id := range ids {
		works, err := tx.Listed([]archive.WorkID{id})
		switch {
		case errors.Is(err, store.Damaged) || err == nil && len(works) == 0:
			show(i, damagedBlurb)
		case err != nil:
			return err
		default:
			show(i, s.blurb(works[0]))
		}
	}
	return nil
}

// blurb returns the work as lists show it.
func (s *Site) blurb(w archive.Work) template.HTML {
	key := blurbKey{w.ID, w.Revision, w.Visibility}
	if html, ok := s.kept.blurbs.Get(key); ok {
		return template.HTML(html)
	}
	html := newBlurb(w).html()
	s.kept.blurbs.Add(key, keptBlurb(html))
	return html
}

func (s *Site) blurbs(works []archive.Work) []template.HTML {
	var blurbs []template.HTML
	for _, w := range works {
		blurbs = append(blurbs, s.blurb(w))
	}
	return blurbs
}
