package web

import (
	"encoding/xml"
	"net/url"
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/web/address"
	"ficstead/internal/web/madeup"

	"ficstead/internal/web/feed"
)

func TestListingPages(t *testing.T) {
	h := newHouse(t)
	common := address.Tag(h.works[archive.Public].TagsOf(archive.Freeform)[0].ID)
	for _, c := range []struct{ target, want, not string }{
		{"/works", "4 works", "No works here yet"},
		{"/works?q=nowhere", "No title, tag or summary has these words", "</article>"},
		{"/works?q=nowhere", `href="/works?q=text%3Anowhere"`, ""},
		{"/works?q=nowhere&complete=yes", "Nothing fits all of this", "</article>"},
		{"/works?include=123456789", "unknown", ""},
		{"/works?words=many", "not a number", ""},
		{"/works?q=(((tide", `role="status"`, ""},
		{common, "common tag", "Nothing fits"},
		{common + "?complete=no", "In progress", ""},
		{"/languages/en", "English", ""},
		{"/works?sort=words", `aria-current="true">Words ↓`, ""},
		{"/works?find-character=character", "find-character", ""},
	} {
		got := h.get(t, c.target)
		if got.status != 200 || !strings.Contains(got.body, c.want) || c.not != "" && strings.Contains(got.body, c.not) {
			t.Errorf("%s: %d, want %q and not %q\n%s", c.target, got.status, c.want, c.not, got.body)
		}
	}
}

// TestFeeds reads every feed as XML and follows what it offers.
func TestFeeds(t *testing.T) {
	h := newHouse(t)
	for _, target := range []string{"/works.atom", "/works.opds", "/opds", "/works.opds?q=public", address.Tag(h.tags[archive.Public].ID) + ".atom"} {
		got := h.get(t, target)
		var f feed.Feed
		if err := xml.Unmarshal([]byte(got.body), &f); err != nil {
			t.Fatalf("%s: %v", target, err)
		}
		if f.ID == "" || f.Title == "" || f.Updated == "" || len(f.Entries) == 0 {
			t.Errorf("%s: %+v", target, f)
		}
		for _, item := range f.Entries {
			for _, l := range item.Links {
				u, err := url.Parse(l.Href)
				if err != nil || u.Host != "localhost:8080" {
					t.Errorf("%s: link %q", target, l.Href)
				}
				if got := h.get(t, u.RequestURI()); got.status != 200 {
					t.Errorf("%s: %s is %d", target, l.Href, got.status)
				}
			}
		}
	}
}

func TestByLetter(t *testing.T) {
	letters := byLetter(madeup.Tags(archive.Fandom, "The Lighthouse Sagas", "Ægir", "1001 Nights", "lamp", "An Odd Thing", "Émile"))
	got := ""
	for _, l := range letters {
		got += l.Name
		for _, f := range l.Fandoms {
			got += "(" + f.Label + ")"
		}
	}
	const want = "#(1001 Nights)A(Ægir)E(Émile)L(lamp)(The Lighthouse Sagas)O(An Odd Thing)"
	const alike = "#(1001 Nights)E(Émile)L(lamp)(The Lighthouse Sagas)O(An Odd Thing)Æ(Ægir)"
	if got != want && got != alike {
		t.Errorf("byLetter = %s, want %s", got, want)
	}
}
