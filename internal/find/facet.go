package find

import (
	"cmp"
	"slices"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/text"
	"ficstead/internal/find/query"
	"ficstead/internal/index"
)

// facetsAGroup is how many tags are counted of each kind.
const facetsAGroup = 10

// facets counts the tags of the works found.
func (a *asking) facets(found *index.Found) map[archive.Kind][]Facet {
	facets := map[archive.Kind][]Facet{}
	q, chosen := a.q, a.chosen()
	listed := map[archive.TagID]bool{}
	add := func(t archive.Tag, n int) {
		facets[t.Kind] = append(facets[t.Kind], Facet{t.ID, t.Name, n, chosen[t.ID]})
		listed[t.ID] = true
	}
	for _, counts := range found.Counts(facetsAGroup) {
		for _, c := range counts {
			t, _ := a.state.Tag(c.Tag)
			add(t, c.N)
		}
	}
	for _, ids := range [][]archive.TagID{q.Include, q.Any, q.Exclude} {
		for _, id := range ids {
			id = a.state.Canonical(id)
			if t, ok := a.state.knownTag(a.seen, id); ok && !listed[id] {
				add(t, found.CountOf(id))
			}
		}
	}
	return facets
}

// chosen tells by canonical tag what part the tags play in q.
func (a *asking) chosen() map[archive.TagID]Chosen {
	q, chosen := a.q, map[archive.TagID]Chosen{}
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
func (a *asking) languages(found *index.Found) []LanguageFacet {
	q := a.q
	var list []LanguageFacet
	for i, l := range languagesOf(found) {
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

// languagesOf counts the known languages of works, the most frequent first.
func languagesOf(works *index.Found) []LanguageFacet {
	var list []LanguageFacet
	for _, l := range works.Languages() {
		if l.Code != "" {
			list = append(list, LanguageFacet{Code: l.Code, Count: l.N})
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
		for _, w := range a.words {
			if !slices.ContainsFunc(names, func(q query.Tag) bool { return slices.Equal(text.Terms(q.Name), w.Terms) }) {
				names = append(names, query.Tag{Name: strings.Join(w.Terms, " ")})
			}
		}
	}
	var tags []archive.Tag
	for _, name := range names[:min(len(names), most)] {
		meant := a.seen.Complete(name.Kind, name.Name, each)
		if len(meant) == 0 {
			meant = a.seen.Near(name.Kind, name.Name, each)
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
