package web

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/find"
	"ficstead/internal/store"
)

// TestTagTellsTheSame asks again for a list that a client has: it is the same as
// long as viewer, address, look and archive are, and only then.
func TestTagTellsTheSame(t *testing.T) {
	h := newHouse(t)
	ask := func(handler http.Handler, person, target, tag string, cookies ...*http.Cookie) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodGet, target, nil)
		r.Host = "localhost"
		r.Header.Set("Test-Person", person)
		r.Header.Set("If-None-Match", tag)
		for _, c := range cookies {
			r.AddCookie(c)
		}
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		return w
	}
	must := func(what string, w *httptest.ResponseRecorder, status int) {
		t.Helper()
		if w.Code != status {
			t.Errorf("%s: %d, want %d", what, w.Code, status)
		}
	}
	tag := ask(h.handler, "1", "/works", "").Header().Get("Etag")
	must("the same", ask(h.handler, "1", "/works", tag), http.StatusNotModified)
	forgetful := &Site{Room: h.Room, started: h.started}
	again := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodGet, "/works", nil)
	r.Header.Set("Test-Person", "1")
	r.Header.Set("If-None-Match", tag)
	err := forgetful.keepFound(again, r, nil) // nothing is made
	if must("the same, no longer kept", again, http.StatusNotModified); err != nil {
		t.Error(err)
	}
	must("for somebody else", ask(h.handler, "2", "/works", tag), http.StatusOK)
	must("another question", ask(h.handler, "1", "/works?complete=yes", tag), http.StatusOK)
	must("another look", ask(h.handler, "1", "/works", tag, &http.Cookie{Name: "look", Value: "dark"}), http.StatusOK)
	must("of another program", ask((&Site{Room: h.Room}).Handler(), "1", "/works", tag), http.StatusOK)
	err = h.Store.Write(t.Context(), func(tx *store.Tx) error {
		return tx.SetVisibility(h.works[archive.Public].ID, archive.Private)
	})
	if err != nil {
		t.Fatal(err)
	}
	must("after a change", ask(h.handler, "1", "/works", tag), http.StatusOK)
}

// TestBlurbsAreNotShownToOthers hides works whose blurbs are kept, before the
// index knows of it.
func TestBlurbsAreNotShownToOthers(t *testing.T) {
	h := newHouse(t)
	w := h.works[archive.Public]
	everyone := archive.Viewer{}
	shown := func() int {
		a, err := h.Finder.Works(t.Context(), everyone, find.Question{})
		if err != nil {
			t.Fatal(err)
		}
		works, err := h.listedWorks(t.Context(), everyone, a)
		if err != nil {
			t.Fatal(err)
		}
		return len(works)
	}
	if n := shown(); n != 1 {
		t.Fatalf("%d works", n)
	}
	err := h.Store.Write(t.Context(), func(tx *store.Tx) error { return tx.SetVisibility(w.ID, archive.Restricted) })
	if err != nil {
		t.Fatal(err)
	}
	if n := shown(); n != 0 {
		t.Errorf("%d works after it was hidden", n)
	}
}

// What a page of 20 works may allocate when none of its blurbs is kept.
const listAllocations = 7000 // some 6,500, and more under the race detector

func TestListAllocates(t *testing.T) {
	h := newLibrary(t)
	n := 0
	measure := func(forget bool) float64 {
		return testing.AllocsPerRun(20, func() {
			n++
			if forget {
				h.kept = kept{}
				h.kept.bound()
			}
			r := httptest.NewRequest(http.MethodGet, fmt.Sprintf("/works?words=%d..", n), nil)
			r.Host = "localhost"
			r.Header.Set("Test-Person", "1")
			r.Header.Set("Accept-Encoding", "gzip")
			w := httptest.NewRecorder()
			h.handler.ServeHTTP(w, r)
			if w.Code != http.StatusOK {
				t.Fatal(w.Code)
			}
		})
	}
	kept, anew := measure(false), measure(true)
	t.Logf("%.0f allocations, and %.0f with no blurb kept", kept, anew)
	if anew > listAllocations {
		t.Errorf("%.0f allocations, want %d", anew, listAllocations)
	}
}
