package web

import (
	"fmt"
	"net/http"
	"net/url"
	"path"
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/web/address"
)

// A row says where a route is asked, and what the five people get there, in
// the order of people.
type row struct {
	target string
	form   url.Values
	want   [5]int
}

func everybody(status int) [5]int { return [5]int{status, status, status, status, status} }

// whoSees is 200 for those who may see Anna's work of a visibility, and 404 for
// the rest, written out here and not asked of the code.
var whoSees = map[archive.Visibility][5]int{
	archive.Public:     {200, 200, 200, 200, 200},
	archive.Restricted: {404, 200, 200, 200, 200},
	archive.Hidden:     {404, 200, 404, 404, 200},
	archive.Private:    {404, 200, 404, 404, 404},
}

// whoKeeps turns those who may see Anna's work away where only she may go.
func whoKeeps(sees [5]int) [5]int {
	for person, status := range sees {
		if person != 1 && status == 200 {
			sees[person] = 403
		}
	}
	return sees
}

// alone is for the keeper of a work that no other is like.
func alone(sees [5]int) [5]int {
	sees = whoKeeps(sees)
	sees[1] = 404
	return sees
}

// rows is the table: every route has at least one row.
func (h *house) rows() map[string][]row {
	rows := map[string][]row{
		"GET /{$}":                            {{"/", nil, everybody(200)}},
		"GET /works":                          {{"/works", nil, everybody(200)}, {"/works?q=(((&page=1", nil, everybody(200)}, {"/works?page=99", nil, everybody(404)}, {"/works?include=123456789", nil, everybody(200)}, {"/works?words=&lang=", nil, everybody(303)}},
		"GET /works/facets":                   {{"/works/facets", nil, everybody(200)}, {"/works/facets?kind=character&typed=zzz&order=name&page=99", nil, everybody(200)}, {"/works/facets?kind=&typed=", nil, everybody(303)}, {"/works/facets?include=123456789&words=many", nil, everybody(200)}},
		"GET /remember":                       {{"/remember", nil, everybody(200)}, {"/remember?line=more+text&fandom=x&words-from=many", nil, everybody(200)}},
		"GET /languages/{language}/facets":    {{"/languages/en/facets?kind=tag", nil, everybody(200)}, {"/languages/klingon-of-sorts/facets", nil, everybody(404)}},
		"GET /works.atom":                     {{"/works.atom", nil, everybody(200)}},
		"GET /works.opds":                     {{"/works.opds", nil, everybody(200)}},
		"GET /works.epub":                     {{"/works.epub", nil, everybody(200)}, {"/works.epub?q=nowhere", nil, everybody(404)}},
		"GET /fandoms":                        {{"/fandoms", nil, everybody(200)}, {"/fandoms?name=marker", nil, everybody(200)}},
		"GET /opds":                           {{"/opds", nil, everybody(200)}},
		"GET /opds/search.xml":                {{"/opds/search.xml", nil, everybody(200)}},
		"GET /help":                           {{"/help", nil, everybody(200)}},
		"GET /settings":                       {{"/settings", nil, everybody(200)}},
		"POST /settings":                      {{"/settings", url.Values{"theme": {"dark"}}, everybody(303)}},
		"GET /robots.txt":                     {{"/robots.txt", nil, everybody(200)}},
		"GET /favicon.ico":                    {{"/favicon.ico", nil, everybody(302)}},
		"GET /healthz":                        {{"/healthz", nil, everybody(200)}},
		"GET /readyz":                         {{"/readyz", nil, everybody(200)}},
		"GET /metrics":                        {{"/metrics", nil, everybody(404)}},
		"GET /-/gallery":                      {{"/-/gallery", nil, everybody(200)}},
		"GET /-/gallery/{part}/{page}/{case}": {{"/-/gallery/works/show/usual", nil, everybody(200)}, {"/-/gallery/works/show/nothing", nil, everybody(404)}},
		"GET /-/static/{hash}/{name}":         {{iconPath(), nil, everybody(200)}, {"/-/static/0/nothing.css", nil, everybody(404)}},
		"GET /languages/{language}":           {{"/languages/en", nil, everybody(200)}, {"/languages/en.atom", nil, everybody(200)}, {"/languages/klingon-of-sorts", nil, everybody(404)}},
	}
	for v, want := range whoSees {
		h.workRows(rows, h.works[v], want)
	}
	h.rescueRows(rows)
	return rows
}

// workRows are the addresses at which a work can be had or be told of.
func (h *house) workRows(rows map[string][]row, w archive.Work, want [5]int) {
	add := func(pattern string, want [5]int, targets ...string) {
		for _, target := range targets {
			rows[pattern] = append(rows[pattern], row{target, nil, want})
		}
	}
	path := address.Work(w.ID)
	add("GET /works/{work}", want, path, path+".epub", path+".html", path+".md", path+".txt")
	add("GET /works/{work}", everybody(404), path+".pdf", path+".azw3", path+".exe", path+"x", "/works/0", "/works/-1", "/works/99999999999999999999")
	add("GET /works/{work}/chapters/{chapter}", want, address.Chapter(w.ID, 1), address.Chapter(w.ID, 2))
	add("GET /works/{work}/chapters/{chapter}", everybody(404), address.Chapter(w.ID, 0), address.Chapter(w.ID, 3), path+"/chapters/x")
	add("GET /works/{work}/full", want, address.Whole(w.ID))
	add("GET /works/{work}/mends", want, address.Mends(w.ID))
	add("GET /works/{work}/review", whoKeeps(want), path+"/review", path+"/review?show=suggested&page=1")
	add("GET /works/{work}/review", everybody(404), "/works/0/review")
	file := whoKeeps(want)
	file[1] = 404 // there is none
	add("GET /works/{work}/review/{chapter}", file, path+"/review/1")
	add("GET /works/{work}/review/{chapter}", everybody(404), "/works/0/review/1")
	add("GET /works/{work}/copies", whoKeeps(want), path+"/copies")
	add("GET /works/{work}/copies/{other}", everybody(404), "/works/0/copies/1")
	add("GET /works/{work}/copies/{other}", alone(want), path+"/copies/1", path+"/copies/x")
	add("POST /works/{work}/copies/{other}", alone(want), path+"/copies/1")
	add("GET /works/{work}/record", whoKeeps(want), path+"/record")
	add("GET /works/{work}/originals/{sum}", everybody(404), path+"/originals/x")
	original := whoKeeps(want)
	original[1] = 404 // there is none
	add("GET /works/{work}/originals/{sum}", original, path+"/originals/"+strings.Repeat("0", 64))
	unsure := whoKeeps(want)
	unsure[1] = 422
	add("POST /works/{work}/reversions", unsure, path+"/reversions")
	add("POST /works/{work}/review", unsure, path+"/review") // no file to read again
	done := whoKeeps(want)
	done[1] = 303
	add("POST /works/{work}/text-search", done, path+"/text-search")
	add("POST /works/{work}/removal", unsure, path+"/removal")
	add("GET /works/{work}/images/{sum}", everybody(404), address.Image(w.ID, strings.Repeat("0", 64)), path+"/images/x")
	add("GET /works/{work}/alike", want, address.Alike(w.ID), address.Alike(w.ID)+"?not=t1&not=zzz")
	add("GET /works/{work}/alike", everybody(404), "/works/0/alike", "/works/x/alike")
	add("GET /creators/{creator}/facets", want, address.Facets(address.Creator(w.Creators[0].ID)))
	add("GET /series/{series}", want, address.Series(w.Series[0].Series.ID))
	add("GET /creators/{creator}", want, address.Creator(w.Creators[0].ID), address.Creator(w.Creators[0].ID)+".atom", address.Creator(w.Creators[0].ID)+".epub")
	add("GET /series/{series}", everybody(404), "/series/1", "/series/x")
	add("GET /creators/{creator}", everybody(404), "/creators/1", "/creators/x")
	for _, kind := range []archive.Kind{archive.Fandom, archive.CharacterTag} {
		tag := address.Tag(w.TagsOf(kind)[0].ID)
		add("GET /tags/{tag}/facets", want, tag+"/facets", tag+"/facets?kind=rating")
		add("GET /tags/{tag}", want, tag, tag+".atom", tag+".opds", tag+".epub")
	}
	add("GET /tags/{tag}", everybody(404), "/tags/1", "/tags/x", address.Tag(w.TagsOf(archive.Fandom)[0].ID)+".exe")
}

// TestWhoMaySeeWhat asks every route as each of the five people. A route
// without a row fails.
func TestWhoMaySeeWhat(t *testing.T) {
	h := newHouse(t)
	rows := h.rows()
	for pattern := range h.routes() {
		if strings.Contains(pattern, "/import") {
			continue // its own test asks them
		}
		if len(rows[pattern]) == 0 {
			t.Errorf("%s: no row says who may", pattern)
		}
		method, _, _ := strings.Cut(pattern, " ")
		for _, row := range rows[pattern] {
			for person, want := range row.want {
				got := h.ask(t, person, method, row.target, row.form)
				if got.status != want {
					t.Errorf("%s %s as %s: %d, want %d", method, row.target, people[person].name, got.status, want)
				}
			}
		}
		delete(rows, pattern)
	}
	for pattern := range rows {
		t.Errorf("rows of %s, which is no route", pattern)
	}
}

// TestNothingLeaks crawls every answer for words of works that the person may
// not know of, and compares what is said of what is hidden and what is not there.
func TestNothingLeaks(t *testing.T) {
	h := newHouse(t)
	for pattern, rows := range h.rows() {
		method, _, _ := strings.Cut(pattern, " ")
		for _, row := range rows {
			for person := range people {
				got := h.ask(t, person, method, row.target, row.form)
				for v, sees := range whoSees {
					if sees[person] == 404 && strings.Contains(got.body+fmt.Sprint(got.header), marker(v)) && !strings.Contains(row.target, "q=") {
						t.Errorf("%s %s tells %s of a %s work", method, row.target, people[person].name, v)
					}
				}
			}
		}
	}
	hidden, absent := address.Work(h.works[archive.Private].ID), "/works/4000000000"
	a, b := h.ask(t, 0, http.MethodGet, hidden, nil), h.ask(t, 0, http.MethodGet, absent, nil)
	if strings.ReplaceAll(a.body, path.Base(hidden), "") != strings.ReplaceAll(b.body, path.Base(absent), "") {
		t.Error("what is hidden and what is not there read differently")
	}
}

// TestEveryAnswerBearsTheHeaders also holds real pages to the rules for HTML.
func TestEveryAnswerBearsTheHeaders(t *testing.T) {
	h := newHouse(t)
	for pattern, rows := range h.rows() {
		method, _, _ := strings.Cut(pattern, " ")
		for _, row := range rows {
			got := h.ask(t, 1, method, row.target, row.form)
			for _, name := range []string{"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "Permissions-Policy"} {
				if got.header.Get(name) == "" {
					t.Errorf("%s %s: no %s", method, row.target, name)
				}
			}
			if got.status >= 500 {
				t.Errorf("%s %s: %d", method, row.target, got.status)
			}
			if strings.HasPrefix(got.header.Get("Content-Type"), "text/html") && got.header.Get("Content-Disposition") == "" && got.body != "" && got.status/100 != 3 {
				for _, problem := range htmlProblems(got.body) {
					t.Errorf("%s %s: %s", method, row.target, problem)
				}
			}
		}
	}
}
