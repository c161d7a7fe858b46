package find

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/index"
)

// FacetQuestion asks for the tags of one kind among the works that a Question finds.
type FacetQuestion struct {
	Kind   archive.Kind
	Typed  string // words that begin words of their names or of a synonym's; "": all
	ByName bool   // else the most frequent first
	Page   int    // from 1; 0 is 1, and one beyond the last is the last
	Per    int    // 0 is 100
}

const (
	usualFacets = 100 // tags on a page
	mostFacets  = 1000
	maxTyped    = 200 // bytes; no tag is looked for with more

	// In the time in which one work has all its tags counted and those sorted by
	// name, or one name is read, so many works are looked at.
	sortedInTime, readInTime = 30, 10
)

// FacetAnswer is a page of tags with exact counts.
type FacetAnswer struct {
	Tags             []Facet
	Total            int // tags on all pages
	Works            int // found
	Page, Per, Pages int
	Named            map[archive.TagID]archive.Tag // as in Answer.Tags
	Ignored          []Problem
	Generation       int64
}

// TagsOf returns all tags of a kind among the works that q finds for v, a page
// of them at a time. Each count is the total that including the tag would leave.
func (f *Finder) TagsOf(ctx context.Context, v archive.Viewer, q Question, of FacetQuestion) (answer FacetAnswer, err error) {
	defer f.guard(&err)()
	a, err := f.ask(ctx, v, q)
	if err != nil {
		return FacetAnswer{}, err
	}
	all, err := cached(ctx, a.state.answers, a.key+" tags "+of.Kind.String(), func() (allTags, int, error) { return a.allTags(of.Kind) })
	if err != nil {
		return FacetAnswer{}, err
	}
	counts := all.counts
	if strings.TrimSpace(of.Typed) != "" || of.ByName {
		err := a.whenLight(len(counts)*readInTime, func() error {
			counts = a.choose(counts, of)
			return nil
		})
		if err != nil {
			return FacetAnswer{}, err
		}
	}
	answer = FacetAnswer{
		Total: len(counts), Works: all.works, Named: all.named, Generation: a.state.generation,
		Ignored: merged(a.problems, all.ignored), Per: min(cmp.Or(max(0, of.Per), usualFacets), mostFacets),
	}
	answer.Pages = max(1, (answer.Total+answer.Per-1)/answer.Per)
	answer.Page = min(max(1, of.Page), answer.Pages)
	chosen := a.chosen()
	for _, c := range counts[(answer.Page-1)*answer.Per : min(answer.Page*answer.Per, len(counts))] {
		t, _ := a.state.Tag(c.Tag)
		answer.Tags = append(answer.Tags, Facet{c.Tag, t.Name, c.N, chosen[c.Tag]})
	}
	return answer, nil
}

// choose leaves those of counts that are asked for, in the order that is.
func (a *asking) choose(counts []index.Count, of FacetQuestion) []index.Count {
	counts = slices.Clone(counts)
	if strings.TrimSpace(of.Typed) != "" {
		fits := a.state.Matching(of.Typed[:min(len(of.Typed), maxTyped)])
		counts = slices.DeleteFunc(counts, func(c index.Count) bool { return !fits(c.Tag) })
	}
	if of.ByName {
		slices.SortFunc(counts, func(x, y index.Count) int { return a.state.CompareNames(x.Tag, y.Tag) })
	}
	return counts
}

// allTags are all tags of a kind among the works found, the most frequent first.
type allTags struct {
	counts  []index.Count
	works   int
	named   map[archive.TagID]archive.Tag
	ignored []Problem
}

func (a *asking) allTags(kind archive.Kind) (all allTags, bytes int, err error) {
	found, err := a.solve()
	if err != nil {
		return allTags{}, 0, err
	}
	err = a.whenLight(found.Total()*sortedInTime, func() error {
		all.counts = found.CountAll(kind)
		return nil
	})
	all.works, all.named, all.ignored = found.Total(), a.named, a.ignored
	return all, 1000 + 16*len(all.counts), err
}
