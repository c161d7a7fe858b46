package web

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/find"
	"ficstead/internal/store"
	"ficstead/internal/store/storetest"
	"ficstead/internal/web/madeup"
	"ficstead/internal/web/page"
)

// The five people of every test. Anna keeps the works; Ben and Cara have
// accounts; Mo moderates.
var people = []struct {
	name   string
	viewer archive.Viewer
}{
	{"visitor", archive.Viewer{}},
	{"anna", archive.Viewer{Person: 1}},
	{"ben", archive.Viewer{Person: 2}},
	{"cara", archive.Viewer{Person: 3}},
	{"mo", archive.Viewer{Person: 4, Moderator: true}},
}

// A house is a site with works in it, for tests.
type house struct {
	*Site
	handler http.Handler
	works   map[archive.Visibility]archive.Work // one of each
	tags    map[archive.Visibility]archive.Tag  // a fandom that only this work has
	rescue  store.Rescue                        // the archive that they come from
}

// marker stands in everything of a work that must not be shown to all.
func marker(v archive.Visibility) string { return "marker-" + v.String() }

// newHouse opens a site with one work of each visibility, all Anna's.
func newHouse(t testing.TB) *house {
	t.Helper()
	s := storetest.Open(t)
	h := &house{works: map[archive.Visibility]archive.Work{}, tags: map[archive.Visibility]archive.Tag{}}
	for _, v := range []archive.Visibility{archive.Public, archive.Restricted, archive.Hidden, archive.Private} {
		h.works[v] = addWork(t, s, markedWork(v), markedChapters(v)...)
		h.tags[v] = h.works[v].TagsOf(archive.Fandom)[0]
	}
	h.rescue = h.rescued(t, s, "efiction:old.example")
	h.open(t, s)
	return h
}

func (h *house) open(t testing.TB, s *store.Store) {
	t.Helper()
	finder, err := find.Open(t.Context(), s, find.Options{})
	if err != nil {
		t.Fatal(err)
	}
	h.Site = &Site{Development: true, Room: page.Room{Store: s, Finder: finder, Clock: func() time.Time { return madeup.Day }, Person: func(r *http.Request) archive.Viewer {
		id, _ := strconv.Atoi(r.Header.Get("Test-Person"))
		return people[id].viewer
	}}}
	h.handler = h.Site.Handler()
}

// follow lets the finder see what the store has now.
func (h *house) follow(t testing.TB) {
	t.Helper()
	if err := h.Finder.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func addWork(t testing.TB, s *store.Store, w archive.Work, chapters ...archive.Chapter) archive.Work {
	t.Helper()
	err := s.Write(context.Background(), func(tx *store.Tx) error { return tx.AddWork(&w, chapters, nil) })
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func markedWork(v archive.Visibility) archive.Work {
	m := marker(v)
	return archive.Work{
		Keeper: 1, Visibility: v, Title: "Title " + m, Language: "en", Complete: true,
		Creators: []archive.Creator{{Name: "creator " + m}},
		Tags: []archive.Tag{{Kind: archive.Rating, Name: archive.RatingTeen}, {Kind: archive.Fandom, Name: "fandom " + m},
			{Kind: archive.CharacterTag, Name: "character " + m}, {Kind: archive.Freeform, Name: "common tag"}},
		Series:  []archive.Part{{Series: archive.Series{Title: "series " + m}, Number: 1}},
		Summary: prose.Parse("<p>summary " + m + "</p>"), Notes: prose.Parse("<p>notes " + m + "</p>"),
		Posted: madeup.Day, Updated: madeup.Day, Added: madeup.Day, Changed: madeup.Day,
	}
}

func markedChapters(v archive.Visibility) []archive.Chapter {
	m := marker(v)
	return []archive.Chapter{
		{Number: 1, Title: "first " + m, Text: prose.Parse("<p>text " + m + "</p>")},
		{Number: 2, Title: "second " + m, Text: prose.Parse("<p>more text " + m + "</p>")},
	}
}

// An answer is what came back.
type reply struct {
	status int
	header http.Header
	body   string
}

// ask sends one request as a person, by place in people.
func (h *house) ask(t testing.TB, person int, method, target string, form url.Values) reply {
	t.Helper()
	r := httptest.NewRequest(method, target, strings.NewReader(form.Encode()))
	r.Host = "localhost:8080"
	r.Header.Set("Test-Person", strconv.Itoa(person))
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return h.send(t, r)
}

func (h *house) send(t testing.TB, r *http.Request) reply {
	t.Helper()
	w := httptest.NewRecorder()
	h.handler.ServeHTTP(w, r)
	body, err := io.ReadAll(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply{w.Code, w.Header(), string(body)}
}

// get asks as Anna.
func (h *house) get(t testing.TB, target string) reply {
	return h.ask(t, 1, http.MethodGet, target, nil)
}
