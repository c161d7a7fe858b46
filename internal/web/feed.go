package web

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/export"
	"ficstead/internal/find"
	"ficstead/internal/store"
	"ficstead/internal/web/answer"
	"ficstead/internal/web/feed"
	"ficstead/internal/web/listing"
	"ficstead/internal/web/page"
	"ficstead/internal/web/words"
)

// Every listing can be had in other forms: append .atom, .opds or .epub to its
// path.

// Bounds of a list as one book: what an e-reader opens without complaint.
const (
	bookWorks = 200
	bookWords = 5_000_000
)

func (l found) forms() []link {
	if l.Answer.Total == 0 {
		return nil
	}
	links := []link{{Href: l.Form("atom"), Label: "Atom"}, {Href: l.Form("opds"), Label: "OPDS"}}
	if l.Answer.Total <= bookWorks {
		links = append([]link{{Href: l.Form("epub"), Label: "EPUB"}}, links...)
	}
	return links
}

func (l found) feeds() []page.FeedLink {
	return []page.FeedLink{{Type: "application/atom+xml", Href: l.Form("atom"), Title: l.Scope.Heading}}
}

// sendFeed sends a page of a listing as Atom or as a catalogue for e-readers.
func (s *Site) sendFeed(w http.ResponseWriter, r *http.Request, sc listing.Scope, ext string) error {
	l, err := s.list(r, sc)
	if err != nil {
		return err
	}
	f, mediaType := s.feeder(r).Atom(r.URL.RequestURI(), l.List, l.works), feed.AtomType
	if ext == ".opds" {
		f, mediaType = s.feeder(r).Catalog(r.URL.RequestURI(), l.List, l.works), feed.CatalogType
	}
	return printFeed(w, r, f, mediaType)
}

func (s *Site) feeder(r *http.Request) feed.Site { return feed.Site{Base: s.base(r), Icon: iconPath()} }

func printFeed(w http.ResponseWriter, r *http.Request, f feed.Feed, mediaType string) error {
	body, err := f.XML()
	if err != nil {
		return err
	}
	return answer.Send(w, r, http.StatusOK, mediaType+"; charset=utf-8", body)
}

// sendBook sends all works of a listing, not only those of a page, as one EPUB.
func (s *Site) sendBook(w http.ResponseWriter, r *http.Request, sc listing.Scope) error {
	q, _ := find.ParseQuestion(r.URL.Query())
	q = sc.Narrow(q)
	q.Now = s.Now()
	ids, err := s.all(r, q)
	if err == nil {
		err = s.takeAll(r, ids)
	}
	if err != nil {
		return err
	}
	var book export.Book
	err = s.Store.Read(r.Context(), func(tx *store.Tx) error {
		if err := bookFits(tx, ids); err != nil {
			return err
		}
		book, err = export.Load(tx, s.Viewer(r), ids...)
		return err
	})
	if err != nil {
		return err
	}
	book.Title = sc.Heading
	if q.Query != "" {
		book.Title = q.Query
	}
	made, err := bind(forms[0], book)
	if err != nil {
		return err
	}
	return made.Send(w, r, http.StatusOK)
}

// all is every work that q finds, if there are not too many for a book.
func (s *Site) all(r *http.Request, q find.Question) ([]archive.WorkID, error) {
	var ids []archive.WorkID
	for q.Page, q.Per = 1, 100; ; q.Page++ {
		answer, err := s.Finder.Works(r.Context(), s.Viewer(r), q)
		if _, beyond := errors.AsType[find.PageError](err); beyond {
			return ids, nil // the index changed meanwhile
		}
		if err != nil {
			return nil, err
		}
		if answer.Total == 0 {
			return nil, told{Err: errs.NotFound, Heading: "Nothing to bind", Message: "No work fits this question, so there is no book of it.", Links: []link{{Href: "/works", Label: "All works"}}}
		}
		if answer.Total > bookWorks {
			return nil, tooLong(fmt.Sprintf("%s, and a book takes %d", words.Counted(answer.Total, "work is", "works are"), bookWorks))
		}
		if ids = append(ids, answer.IDs...); q.Page >= answer.Pages {
			return ids, nil
		}
	}
}

func tooLong(what string) error {
	return told{Err: errs.Invalid, Heading: "Too much for one book", Message: "In this list " + what + ". Narrow it with a filter, or take the works one by one.", Links: []link{{Href: "/works", Label: "All works"}}}
}

func bookFits(tx *store.Tx, ids []archive.WorkID) error {
	works, err := tx.Works(ids)
	total := 0
	for _, w := range works {
		total += w.Words
	}
	if err == nil && total > bookWords {
		return tooLong(fmt.Sprintf("are %s words, and a book takes %s", words.Number(total), words.Number(bookWords)))
	}
	return err
}

func iconPath() string {
	path, err := page.Assets.Path("icon.svg")
	if err != nil {
		panic(err) // it is embedded
	}
	return path
}

// base is the address of this site as the client sees it.
func (s *Site) base(r *http.Request) string {
	switch {
	case s.PublicURL != "":
		return strings.TrimRight(s.PublicURL, "/")
	case r.TLS != nil:
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// showCatalog is where e-readers begin.
func (s *Site) showCatalog(w http.ResponseWriter, r *http.Request) error {
	found, err := s.Finder.TagsOf(r.Context(), s.Viewer(r), find.Question{}, find.FacetQuestion{Kind: archive.Fandom, Per: catalogFandoms})
	if err != nil {
		return err
	}
	var fandoms []archive.Tag
	for _, f := range found.Tags {
		fandoms = append(fandoms, archive.Tag{ID: f.ID, Kind: archive.Fandom, Name: f.Name, Uses: f.Count})
	}
	return printFeed(w, r, s.feeder(r).Root(fandoms), feed.RootType)
}

// showOpenSearch tells e-readers how to search.
func (s *Site) showOpenSearch(w http.ResponseWriter, r *http.Request) error {
	return answer.Send(w, r, http.StatusOK, feed.SearchType+"; charset=utf-8", s.feeder(r).Search())
}

const catalogFandoms = 300 // those of most works; an e-reader shows them one by one
