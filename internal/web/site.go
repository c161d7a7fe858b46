package web

import (
	"net/http"
	"net/url"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/find"
	"ficstead/internal/jobs"
	"ficstead/internal/store"
	"ficstead/internal/web/guard"
	"ficstead/internal/web/look"
	"ficstead/internal/web/upload"
)

// Site is the archive's website. Its fields are set once, before Handler is called.
type Site struct {
	Store  *store.Store
	Finder *find.Finder

	Importer *jobs.Importer // works through what was brought in; nil leaves it until there is one

	PublicURL   string           // where the world reaches it, "" for this machine alone
	Development bool             // opens the gallery
	Now         func() time.Time // nil is the clock
	API         http.Handler     // answers /api/v1/, nil if there is none

	// Person says who sends a request. Nil is whoever sits at this machine, the owner.
	Person func(*http.Request) archive.Viewer

	kept  kept
	fresh fresh
	desk  upload.Desk
}

// open makes ready what the fields say.
func (s *Site) open() {
	s.kept.bound()
	s.desk.Store = s.Store
	if s.Importer != nil {
		s.desk.Wake, s.desk.Ended = s.Importer.Wake, s.Importer.Ended
	}
}

// Viewer is who is looking.
func (s *Site) Viewer(r *http.Request) archive.Viewer {
	if s.Person != nil {
		return s.Person(r)
	}
	return archive.Viewer{Person: archive.Owner, Moderator: true}
}

func (s *Site) now() time.Time {
	if s.Now != nil {
		return s.Now()
	}
	return time.Now()
}

// Frame is what the layout around every page is made from.
type Frame struct {
	Title   string // of the document, without the site's name
	Section string // the part of the site, marked in the navigation; "" for none
	Query   string // in the search box
	Back    string // where the settings form returns to: this page
	Look    look.Look
	Feeds   []feedLink // the same page in other forms, for programs
	Noindex bool
}

type feedLink struct{ Type, Href, Title string }

func (s *Site) frame(r *http.Request, title, section string) Frame {
	return Frame{Title: title, Section: section, Look: lookOf(r), Back: guard.LocalPath((&url.URL{Path: r.URL.Path, RawQuery: r.URL.RawQuery}).String())}
}
