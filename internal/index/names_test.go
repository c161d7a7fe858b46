package index

import (
	"cmp"
	"path/filepath"
	"testing"

	"ficstead/internal/archive"
)

func TestNamesAreComparedByTheirPlaces(t *testing.T) {
	c := newCrowd(31, 300)
	s := c.built()
	mustCompareNames := func(s *Snapshot, placed bool) {
		t.Helper()
		if placed != (len(s.byName) > 0) {
			t.Fatalf("%d tags have places", len(s.byName))
		}
		for a := range uint32(s.numbers.Len()) {
			for b := range uint32(s.numbers.Len()) {
				want := s.words.CompareNames(s.numbers.Tag(a), s.numbers.Tag(b))
				if got := s.compareNames(a, b); cmp.Compare(got, 0) != cmp.Compare(want, 0) {
					t.Fatalf("tags %d and %d compare as %d, want %d", a, b, got, want)
				}
			}
		}
	}
	for ord, place := range s.byName {
		if place == nameless {
			t.Errorf("tag %d has no place", ord)
		}
	}
	mustCompareNames(s, true)
	path := filepath.Join(t.TempDir(), "index")
	if err := s.WriteFile(path, Label{}); err != nil {
		t.Fatal(err)
	}
	f, err := OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	mustCompareNames(f.Snapshot, true)
	doc := c.doc(1000)
	doc.Tags = append(doc.Tags, 5000)
	more := f.With(Change{Docs: []Doc{doc}, Tags: []archive.Tag{{ID: 5000, Kind: archive.Freeform, Name: "a new one"}}})
	mustCompareNames(more, true)
	tag, _ := more.Tag(more.numbers.Tag(more.numbers.Later() - 1))
	tag.Name = "0 " + tag.Name
	renamed := more.With(Change{Tags: []archive.Tag{tag}})
	mustCompareNames(renamed, false)
	whole, err := renamed.Rebuilt(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	mustCompareNames(whole, true)
}
