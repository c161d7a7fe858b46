package web

import (
	"net/url"
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/store"
	"ficstead/internal/web/address"
)

func TestRecord(t *testing.T) {
	h := newHouse(t)
	w := h.works[archive.Public]
	change(t, h.Store, func(tx *store.Tx) error {
		return tx.AddOriginal(store.Original{Work: w.ID, Revision: 1, Kind: "text", Name: "<b>tide</b>.html", Data: []byte("<script>alert(1)</script>")})
	})
	before := h.get(t, address.Chapter(w.ID, 1)).body
	w.Title = "Changed"
	change(t, h.Store, func(tx *store.Tx) error {
		return tx.ChangeWork(&w, []archive.Chapter{{Number: 1, Text: prose.Parse("<p>changed</p>")}}, nil)
	})
	record := h.get(t, address.Record(w.ID))
	if !strings.Contains(record.body, "&lt;b&gt;tide&lt;/b&gt;.html") || !strings.Contains(record.body, `name="revision" value="1"`) {
		t.Fatal(record.body)
	}
	href := record.body[strings.Index(record.body, "/originals/")-len(address.Work(w.ID)):]
	original := h.get(t, href[:strings.Index(href, `"`)])
	if original.body != "<script>alert(1)</script>" || original.header.Get("Content-Type") != "application/octet-stream" || !strings.HasPrefix(original.header.Get("Content-Disposition"), "attachment") {
		t.Errorf("original: %d %v", original.status, original.header)
	}

	if got := h.ask(t, 1, "POST", address.Work(w.ID)+"/reversions", url.Values{"revision": {"77"}}); got.status != 422 {
		t.Errorf("revision 77: %d, want 422", got.status)
	}
	if got := h.ask(t, 1, "POST", address.Work(w.ID)+"/reversions", url.Values{"revision": {"1"}}); got.status != 303 {
		t.Fatalf("going back: %d %s", got.status, got.body)
	}
	if got := h.get(t, address.Chapter(w.ID, 1)); got.body != before {
		t.Errorf("after going back the chapter reads\n%s", got.body)
	}

	if got := h.ask(t, 2, "POST", address.Work(w.ID)+"/removal", url.Values{"sure": {"yes"}}); got.status != 403 {
		t.Errorf("Ben removes: %d, want 403", got.status)
	}
	if got := h.ask(t, 1, "POST", address.Work(w.ID)+"/removal", url.Values{"sure": {"yes"}}); got.status != 303 {
		t.Errorf("Anna removes: %d, want 303", got.status)
	}
	if got := h.get(t, address.Work(w.ID)); got.status != 404 {
		t.Errorf("after removal: %d, want 404", got.status)
	}
}

func TestKeepingATextOutOfSearches(t *testing.T) {
	h := newHouse(t)
	path := address.Work(h.works[archive.Public].ID)
	const out = `name="out" value="yes" checked`
	for i, c := range []struct {
		form url.Values
		want bool
	}{{nil, false}, {url.Values{"out": {"yes"}}, true}, {url.Values{"out": {"yes"}}, true}, {url.Values{}, false}} {
		if c.form != nil {
			if got := h.ask(t, 1, "POST", path+"/text-search", c.form); got.status != 303 || got.header.Get("Location") != path+"/record#text-search" {
				t.Fatalf("step %d: %d %s", i, got.status, got.header.Get("Location"))
			}
		}
		if got := strings.Contains(h.get(t, path+"/record").body, out); got != c.want {
			t.Errorf("step %d: kept out is %v, want %v", i, got, c.want)
		}
	}
}
