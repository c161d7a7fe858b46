package feed

import (
	"encoding/xml"
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/find"
	"ficstead/internal/web/listing"
	"ficstead/internal/web/madeup"
)

// TestFeedsAreWellFormed prints feeds of works that attack them.
func TestFeedsAreWellFormed(t *testing.T) {
	s := Site{Base: "https://stories.example", Icon: "/icon.svg"}
	l := listing.List{Scope: listing.Scope{Path: "/works", Heading: `<"&>`}, Answer: find.Answer{Page: 1, Pages: 2}}
	var works []archive.Work
	for _, sample := range madeup.All() {
		works = append(works, sample.Work)
	}
	for name, f := range map[string]Feed{"atom": s.Atom("/works.atom", l, works), "catalogue": s.Catalog("/works.opds", l, works), "root": s.Root(madeup.Hostile().Work.Tags)} {
		body, err := f.XML()
		if err != nil {
			t.Fatal(err)
		}
		var back Feed
		if err := xml.Unmarshal(body, &back); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if len(back.Entries) != len(f.Entries) || back.Title != f.Title || strings.Contains(string(body), "<script") {
			t.Errorf("%s: %s", name, body)
		}
		for _, e := range back.Entries {
			if len(e.Authors) == 0 && (back.Author == nil || back.Author.Name == "") {
				t.Errorf("%s: nobody made %s, which Atom does not allow", name, e.ID) // RFC 4287, 4.1.1
			}
			if e.ID == "" || e.Title == "" || e.Updated == "" || len(e.Links) == 0 {
				t.Errorf("%s: entry %+v", name, e)
			}
		}
	}
	if next := s.Catalog("/works.opds", l, works).Links[3]; next.Rel != "next" || next.Href != "https://stories.example/works.opds?page=2" {
		t.Errorf("next page: %+v", next)
	}
}
