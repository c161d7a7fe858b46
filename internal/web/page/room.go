package page

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/find"
	"ficstead/internal/store"
	"ficstead/internal/web/guard"
	"ficstead/internal/web/look"
)

// A Room is what the pages of all parts of the site share. Its fields are set
// once, before the first request.
type Room struct {
	Store  *store.Store
	Finder *find.Finder

	Clock func() time.Time // nil is the clock

	// Person says who sends a request. Nil is whoever sits at this machine, the owner.
	Person func(*http.Request) archive.Viewer
}

// Viewer is who is looking.
func (room *Room) Viewer(r *http.Request) archive.Viewer {
	if room.Person != nil {
		return room.Person(r)
	}
	return archive.Viewer{Person: archive.Owner, Moderator: true}
}

// Now is the time of a request.
func (room *Room) Now() time.Time {
	if room.Clock != nil {
		return room.Clock()
	}
	return time.Now()
}

// Work returns the work that the address names, if the viewer may see it. All
// handlers get their work here, so that none can forget to ask.
func (room *Room) Work(tx *store.Tx, r *http.Request) (archive.Work, error) {
	name, _, _ := strings.Cut(r.PathValue("work"), ".")
	id, err := strconv.ParseInt(name, 10, 64)
	if err != nil {
		return archive.Work{}, fmt.Errorf("work %q: %w", name, errs.NotFound)
	}
	work, err := tx.Work(archive.WorkFromPublic(id))
	if err == nil && !room.Viewer(r).MaySeeWork(work) {
		return archive.Work{}, fmt.Errorf("work %d: not for this viewer: %w", work.ID, errs.NotFound)
	}
	return work, err
}

// Own returns the work that the address names if the viewer may change it.
func (room *Room) Own(tx *store.Tx, r *http.Request) (archive.Work, error) {
	work, err := room.Work(tx, r)
	if err == nil && !room.Viewer(r).MayChange(work) {
		err = fmt.Errorf("record of work %d: %w", work.ID, errs.Forbidden)
	}
	return work, err
}

// Settle lets the index see what was just changed, so that the next page does.
func (room *Room) Settle(ctx context.Context) error {
	if room.Finder == nil {
		return nil
	}
	return room.Finder.CatchUp(ctx)
}

// Frame is what the layout around every page is made from.
type Frame struct {
	Title   string // of the document, without the site's name
	Section string // the part of the site, marked in the navigation; "" for none
	Query   string // in the search box
	Back    string // where the settings form returns to: this page
	Look    look.Look
	Feeds   []FeedLink // the same page in other forms, for programs
	Noindex bool
}

// A FeedLink leads to the same page in another form.
type FeedLink struct{ Type, Href, Title string }

// Frame makes the frame of the page that answers r.
func (room *Room) Frame(r *http.Request, title, section string) Frame {
	return Frame{Title: title, Section: section, Look: LookOf(r), Back: guard.LocalPath((&url.URL{Path: r.URL.Path, RawQuery: r.URL.RawQuery}).String())}
}
