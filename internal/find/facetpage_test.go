package find

import (
	"cmp"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"

	"ficstead/internal/archive"
	"ficstead/internal/base/text"
)

// fits reports whether all that was typed begins words of the name of a tag or
// of one of its synonyms.
func (w *world) fits(id archive.TagID, typed string) bool {
	for other, t := range w.tags {
		if w.canonical(other) != id {
			continue
		}
		words := strings.FieldsFunc(text.Key(t.Name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		if !slices.ContainsFunc(strings.Fields(text.Key(typed)), func(part string) bool {
			return !slices.ContainsFunc(words, func(word string) bool { return strings.HasPrefix(word, part) })
		}) {
			return true
		}
	}
	return false
}

// allFacets is the slow truth of TagsOf, on one page.
func (s *scan) allFacets(found []archive.Work, q Question, of FacetQuestion) []Facet {
	counts := map[archive.TagID]Facet{}
	for _, work := range found {
		for id := range s.filters(work) {
			if s.tags[id].Kind == of.Kind && s.fits(id, of.Typed) {
				counts[id] = Facet{ID: id, Name: s.tags[id].Name, Count: counts[id].Count + 1}
			}
		}
	}
	list := slices.Collect(maps.Values(counts))
	slices.SortFunc(list, func(a, b Facet) int {
		byName := cmp.Or(strings.Compare(text.Key(a.Name), text.Key(b.Name)), cmp.Compare(a.ID, b.ID))
		if of.ByName {
			return byName
		}
		return cmp.Or(cmp.Compare(b.Count, a.Count), byName)
	})
	for i := range list {
		for _, chosen := range []struct {
			ids []archive.TagID
			as  Chosen
		}{{q.Exclude, Excluded}, {q.Any, AnyOf}, {q.Include, Included}} {
			if slices.ContainsFunc(chosen.ids, func(id archive.TagID) bool { return s.canonical(id) == list[i].ID }) {
				list[i].Chosen = chosen.as
			}
		}
	}
	return list
}

func (d dice) facetQuestion() FacetQuestion {
	return FacetQuestion{
		Kind: archive.Kinds[d.IntN(len(archive.Kinds))], ByName: d.often(50), Page: d.IntN(4), Per: 1 + d.IntN(5),
		Typed: []string{"", "", "mo", "RI 1", "elan", "魔", "(", " "}[d.IntN(8)],
	}
}

// checkFacetPage compares a page of tags with the truth, and returns how many tags there are.
func (s truth) checkFacetPage(t *testing.T, f *Finder, v archive.Viewer, q Question, of FacetQuestion) int {
	t.Helper()
	want := s.allFacets(s.found, q, of)
	got, err := f.TagsOf(t.Context(), v, q, of)
	pages := max(1, (len(want)+of.Per-1)/of.Per)
	page := min(max(1, of.Page), pages)
	if err != nil || got.Total != len(want) || got.Works != len(s.found) || got.Pages != pages || got.Page != page {
		t.Fatalf("%+v %+v: %+v, %v, want %d tags of %d works", q, of, got, err, len(want), len(s.found))
	}
	if list := want[(page-1)*of.Per : min(page*of.Per, len(want))]; !slices.Equal(got.Tags, list) {
		t.Fatalf("%+v %+v:\n%v, want\n%v", q, of, got.Tags, list)
	}
	a, _ := f.Works(t.Context(), v, q)
	if !reflect.DeepEqual(got.Named, a.Tags) || !reflect.DeepEqual(got.Ignored, a.Ignored) {
		t.Fatalf("%+v names %v and tells %v; the list %v and %v", q, got.Named, got.Ignored, a.Tags, a.Ignored)
	}
	return len(want)
}

func TestFacetPageAgainstScan(t *testing.T) {
	d := newDice(22)
	w := d.world(100)
	f := w.finder()
	some := 0
	for range 60 {
		v, q := d.viewer(), d.question(w)
		some += w.truth(v, q).checkFacetPage(t, f, v, q, d.facetQuestion())
	}
	if some < 25 {
		t.Errorf("only %d tags were listed", some)
	}
}
