package api

import (
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/catalogue"
	"ficstead/internal/find"
	"ficstead/internal/store"
	"ficstead/internal/store/textindex"
	"ficstead/internal/web/address"
)

// lookInside lets searches look inside the text.
func (l *library) lookInside() {
	l.t.Helper()
	texts, err := textindex.Open(l.t.Context(), l.Store, filepath.Join(l.t.TempDir(), "text.db"))
	if err == nil {
		l.t.Cleanup(func() { texts.Close() })
		err = texts.CatchUp(l.t.Context())
	}
	if err == nil {
		l.Finder, err = find.Open(l.t.Context(), l.Store, find.Options{Inside: texts})
	}
	if err != nil {
		l.t.Fatal(err)
	}
}

func TestPassages(t *testing.T) {
	l := newLibrary(t)
	l.lookInside()
	found := l.answer(`/works?q=text:%22came+with+the+fish%22`, "/works", 200)
	inside := found["passages"].([]any)
	if found["total"] != 2.0 || len(inside) != 2 {
		t.Fatalf("%v", found)
	}
	for _, one := range inside {
		one := one.(map[string]any)
		place := one["places"].([]any)[0].(map[string]any)
		mark := place["marks"].([]any)[0].(map[string]any)
		text := place["text"].(string)
		if place["chapter"] != 1.0 || place["paragraph"] != 1.0 || one["more"] != 0.0 || text[int(mark["from"].(float64)):int(mark["to"].(float64))] != "came with the fish" {
			t.Errorf("%v", one)
		}
		if !strings.HasPrefix(place["url"].(string), fmt.Sprintf("/works/%.0f/chapters/1#p", one["work"])) {
			t.Errorf("url %v", place["url"])
		}
	}
	l.person = 0
	if found := l.answer(`/works?q=text:fish`, "/works", 200); found["total"] != 1.0 || len(found["passages"].([]any)) != 1 {
		t.Errorf("a visitor: %v", found)
	}
}

func TestRemember(t *testing.T) {
	l := newLibrary(t)
	nothing := l.answer("/remember?line=the+letter+came", "/remember", 200)
	if len(nothing["chapters"].([]any)) != 0 || len(nothing["ignored"].([]any)) == 0 {
		t.Errorf("without an index of texts: %v", nothing)
	}
	l.lookInside()
	for query, want := range map[string]struct {
		chapters int // that hold it, before any that do not
		loosened bool
	}{
		"line=this+letter+came+with+some+fish":                     {2, false},
		"line=the+letter+came+with+the+fish&fandom=lighthouse":     {2, false},
		"line=the+letter+came+with+the+fish&words=5-100&lang=en":   {2, false},
		"line=the+letter+came+with+the+fish&complete=yes":          {2, true},
		"line=the+letter+came+with+the+fish&fandom=zzz&words=many": {2, false},
		"line=nobody+ever+put+down+such+things":                    {0, false},
	} {
		found := l.answer("/remember?"+query, "/remember", 200)
		chapters := found["chapters"].([]any)
		if len(chapters) < want.chapters || found["loosened"] != want.loosened {
			t.Fatalf("%s: %v", query, found)
		}
		for _, one := range chapters[:want.chapters] {
			one := one.(map[string]any)
			if place := one["place"].(map[string]any); place["chapter"] != 1.0 || !strings.Contains(place["text"].(string), "came with the fish") || one["work"].(map[string]any)["words"] == 0.0 {
				t.Errorf("%s: %v", query, one)
			}
		}
	}
	for _, query := range []string{"", "line=", "line=%20%00", "fandom=x"} {
		told := l.answer("/remember?"+query, "/remember", 400)
		if told["errors"].([]any)[0].(map[string]any)["location"] != "line" {
			t.Errorf("%s: %v", query, told)
		}
	}
	l.person = 2
	if found := l.answer("/remember?line=the+letter+came+with+the+fish", "/remember", 200); strings.Contains(fmt.Sprint(found), l.secret.Title) || len(found["chapters"].([]any)) == 0 {
		t.Errorf("another person: %v", found)
	}
}

func TestTextSearchIsTold(t *testing.T) {
	l := newLibrary(t)
	for _, out := range []bool{false, true, false} {
		if err := catalogue.KeepFromTextSearch(t.Context(), l.Store, archive.Viewer{Person: anna}, l.lamp.ID, out); err != nil {
			t.Fatal(err)
		}
		if work := l.answer("/works/"+public(l.lamp.ID), "/works/{id}", 200); work["text_search"] != !out {
			t.Errorf("kept out is %v, told %v", out, work["text_search"])
		}
	}
}

func TestFacets(t *testing.T) {
	l := newLibrary(t)
	all := l.answer("/facets?kind=tag", "/facets", 200)
	if all["works"] != 3.0 || all["total"] != 3.0 || all["page"] != 1.0 || all["pages"] != 1.0 || all["kind"] != "tag" {
		t.Errorf("%v", all)
	}
	if first := all["tags"].([]any)[0].(map[string]any); first["name"] != "Grief" || first["count"] != 2.0 {
		t.Errorf("%v", first)
	}
	for query, want := range map[string]float64{"kind=tag&typed=lamp": 1, "kind=tag&typed=zzz": 0, "kind=tag&q=drawer": 2, "kind=tag&order=name&page=7": 3, "kind=fandom&complete=yes": 0, "kind=character&words=many": 1} {
		found := l.answer("/facets?"+query, "/facets", 200)
		if found["total"] != want || len(found["ignored"].([]any)) > 0 != strings.Contains(query, "many") {
			t.Errorf("%s: %v", query, found)
		}
	}
	for query, field := range map[string]string{"": "kind", "kind=colour": "kind", "kind=tag&page=x": "page", "kind=tag&page=-1": "page", "kind=tag&page=1000000000000000000000": "page"} {
		told := l.answer("/facets?"+query, "/facets", 400)
		if told["errors"].([]any)[0].(map[string]any)["location"] != field {
			t.Errorf("%s: %v", query, told)
		}
	}
	l.person = 0
	if found := l.answer("/facets?kind=tag", "/facets", 200); found["works"] != 2.0 || found["total"] != 2.0 {
		t.Errorf("a visitor: %v", found)
	}
}

func TestAlike(t *testing.T) {
	l := newLibrary(t)
	path := "/works/" + public(l.lamp.ID) + "/alike"
	found := l.answer(path, "/works/{id}/alike", 200)
	if works := found["works"].([]any); len(works) != 0 { // the other one is of its series
		t.Errorf("%v", found)
	}
	other := l.work("A Lamp Elsewhere", archive.Public)
	other.Series = nil
	l.add(&other)
	found = l.answer(path, "/works/{id}/alike", 200)
	works := found["works"].([]any)
	if len(works) != 1 || works[0].(map[string]any)["work"].(map[string]any)["title"] != other.Title {
		t.Fatalf("%v", found)
	}
	reasons := works[0].(map[string]any)["reasons"].([]any)
	key := reasons[0].(map[string]any)["key"].(string)
	found = l.answer(path+"?not="+key+"&not=zzz&not=%22", "/works/{id}/alike", 200)
	if struck := found["struck"].([]any); len(struck) != 1 || struck[0].(map[string]any)["key"] != key {
		t.Errorf("%v", found)
	}
	for _, w := range found["works"].([]any) {
		for _, r := range w.(map[string]any)["reasons"].([]any) {
			if r.(map[string]any)["key"] == key {
				t.Errorf("%s is struck and counts: %v", key, w)
			}
		}
	}
	l.answer("/works/0/alike", "/works/{id}/alike", 404)
	l.person = 2
	l.answer("/works/"+public(l.secret.ID)+"/alike", "/works/{id}/alike", 404)
}

// add keeps one more work and lets the finder see it.
func (l *library) add(w *archive.Work) {
	l.t.Helper()
	err := l.Store.Write(l.t.Context(), func(tx *store.Tx) error {
		return tx.AddWork(w, []archive.Chapter{{Number: 1, Text: prose.FromText("Of a lamp.")}}, nil)
	})
	if err == nil {
		err = l.Finder.CatchUp(l.t.Context())
	}
	if err != nil {
		l.t.Fatal(err)
	}
}

// TestCursors reads a list to its end by cursors, each work once.
func TestCursors(t *testing.T) {
	l := newLibrary(t)
	for i := range 45 {
		l.add(&archive.Work{Keeper: anna, Visibility: archive.Public, Title: fmt.Sprint("Lamp ", i)})
	}
	seen := map[any]bool{}
	path, pages := "/works?sort=title", 0
	for path != "" && pages < 10 {
		found := l.answer(path, "/works", 200)
		for _, w := range found["works"].([]any) {
			id := w.(map[string]any)["id"]
			if seen[id] {
				t.Errorf("%v twice", id)
			}
			seen[id] = true
		}
		if path, pages = "", pages+1; found["next"] != nil {
			path = "/works?sort=title&after=" + url.QueryEscape(found["next"].(string))
		}
	}
	if len(seen) != 48 || pages != 3 {
		t.Errorf("%d works on %d pages, want 48 on 3", len(seen), pages)
	}
}

// TestHostileQuestions asks whatever reads parameters: there is an answer, or a
// problem that is the asker's, and the document tells of both.
func TestHostileQuestions(t *testing.T) {
	l := newLibrary(t)
	l.lookInside()
	var tags strings.Builder
	for i := range 1000 {
		tags.WriteString("&include=" + address.Number(archive.TagID(i+1).Public()) + "&focus=" + address.Number(archive.TagID(i+2).Public()))
	}
	for name, query := range map[string]string{
		"10 KB": "q=" + strings.Repeat("x", 10_000), "10 KB of words": "q=" + strings.Repeat("lamp+", 2000), "1,000 tags": tags.String(),
		"depth 1,000": "q=" + strings.Repeat("(", 1000) + "tea" + strings.Repeat(")", 1000), "page 10^18": "page=1000000000000000000",
		"invalid UTF-8": "q=%ff%fe&typed=%c3%28&line=%ff", "NUL": "q=%00&typed=a%00&line=a%00b&kind=%00&after=%00", "negative": "words=-5--1&hits=-1&page=-1",
		"a regular expression": "q=(a%2B)%2B%24", "cursor": "after=" + strings.Repeat("AAAA", 500), "escapes": "%zz&q=%1;;", "text": "q=text%3A%22" + strings.Repeat("the+", 2000) + "%22+text%3A*",
		"a long line": "line=" + strings.Repeat("the+letter+", 1000), "reasons": "not=" + strings.Repeat("t1&not=t", 500),
	} {
		for _, path := range []string{"/works", "/facets?kind=tag", "/remember", "/tags", "/works/" + public(l.lamp.ID) + "/alike"} {
			join := "?"
			if strings.Contains(path, "?") {
				join = "&"
			}
			if w := l.get(path + join + query); w.Code != 200 && w.Code != 400 && w.Code != 404 && w.Code != 422 {
				t.Errorf("%s at %s: %d %s", name, path, w.Code, w.Body)
			}
		}
	}
}
