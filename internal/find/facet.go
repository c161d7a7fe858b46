package find

import (
	"cmp"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"ficstead/internal/archive"
	"ficstead/internal/base/text"
	"ficstead/internal/find/query"
)

// facetsAGroup is how many tags are counted of each kind.
const facetsAGroup = 10

// facets counts the tags of the works found.
func (a *asking) facets(found *roaring.Bitmap, q Question) map[archive.Kind][]Facet {
	facets := map[archive.Kind][]Facet{}
	chosen := a.chosen(q)
	listed := map[archive.TagID]bool{}
	add := func(t archive.Tag, n int) {
		facets[t.Kind] = append(facets[t.Kind], Facet{t.ID, t.Name, n, chosen[t.ID]})
		listed[t.ID] = true
	}
	for _, counts := range a.state.Counts(found, facetsAGroup) {
		for _, c := range counts {
			t, _ := a.state.Tag(c.Tag)
			add(t, c.N)
		}
	}
	for _, ids := range [][]archive.TagID{q.Include, q.Any, q.Exclude} {
		for _, id := range ids {
			id = a.state.Canonical(id)
			if t, ok := a.state.knownTag(a.visible, id); ok && !listed[id] {
				add(t, a.state.Filtered(id).CountWithin(found))
			}
		}
	}
	return facets
}

// chosen tells by canonical tag what part the tags play in q.
func (a *asking) chosen(q Question) map[archive.TagID]Chosen {
	chosen := map[archive.TagID]Chosen{}
	for _, id := range q.Exclude {
		chosen[a.state.Canonical(id)] = Excluded
	}
	for _, id := range q.Any {
		chosen[a.state.Canonical(id)] = AnyOf
	}
	for _, id := range q.Include {
		chosen[a.state.Canonical(id)] = Included
	}
	return chosen
}

// languages counts the languages of the works found, ten and those chosen.
func (a *asking) languages(found *roaring.Bitmap, q Question) []LanguageFacet {
	var list []LanguageFacet
	for i, l := range a.state.countLanguages(found) {
		if l.Chosen = slices.Contains(q.Languages, l.Code); l.Chosen || i < facetsAGroup {
			list = append(list, l)
		}
	}
	for _, code := range q.Languages {
		if !slices.ContainsFunc(list, func(l LanguageFacet) bool { return l.Code == code }) {
			list = append(list, LanguageFacet{Code: code, Chosen: true})
		}
	}
	return list
}

// countLanguages counts the known languages of works, the most frequent first.
func (s *state) countLanguages(works *roaring.Bitmap) []LanguageFacet {
	var list []LanguageFacet
	for _, code := range s.Languages() {
		if n := s.InLanguage(code).CountWithin(works); n > 0 && code != "" {
			list = append(list, LanguageFacet{Code: code, Count: n})
		}
	}
	slices.SortFunc(list, func(a, b LanguageFacet) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Code, b.Code))
	})
	return list
}

// didYouMean suggests tags for names in the query that are no tag, and if
// nothing was found for its words: what they begin, or what they may be a slip of.
func (a *asking) didYouMean(total int) []archive.Tag {
	const most, each = 6, 3
	names := a.noTags
	if total == 0 {
		for _, l := range a.words {
			if !slices.ContainsFunc(names, func(q query.Tag) bool { return slices.Equal(text.Terms(q.Name), l.terms) }) {
				names = append(names, query.Tag{Name: strings.Join(l.terms, " ")})
			}
		}
	}
	var tags []archive.Tag
	for _, name := range names[:min(len(names), most)] {
		meant := a.state.Complete(a.visible, name.Kind, name.Name, each)
		if len(meant) == 0 {
			meant = a.state.Near(a.visible, name.Kind, name.Name, each)
		}
		for _, c := range meant {
			c.Tag.Uses = c.Works
			if len(tags) < most && !slices.ContainsFunc(tags, func(t archive.Tag) bool { return t.ID == c.Tag.ID }) {
				tags = append(tags, c.Tag)
			}
		}
	}
	return tags
}
