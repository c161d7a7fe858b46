package find

import (
	"context"
	"fmt"
	"slices"

	"ficstead/internal/archive"
	"ficstead/internal/find/query"
	"ficstead/internal/fulltext"
	"ficstead/internal/index"
)

// Memory is what somebody remembers of a story.
type Memory struct {
	Line         string // of the story, roughly
	Fandom, Ship string // as typed
	Words        Range
	Posted       DateRange
	Complete     Choice
	Languages    []string
	Most         int // chapters; 0 is 10
}

// Remembered are chapters that may be what somebody remembers, the best first.
type Remembered struct {
	Chapters []fulltext.Recalled
	Loosened bool // none of them fits what was remembered beside the line
	Ignored  []Problem
}

// The bounds of remembering.
const (
	maxLine       = 1000 // bytes
	usualRecalled = 10
	mostRecalled  = 100
	recalledEach  = 50 // chapters asked for, for each that is wanted: not all may be seen, or fit
	maxMeant      = 5  // tags that a half-typed name may mean
)

// Remember looks for the chapter of a line that is half remembered, among works
// that v may see. Where nothing fits all that is remembered it goes by the line alone.
func (f *Finder) Remember(ctx context.Context, v archive.Viewer, m Memory) (Remembered, error) {
	if f.inside == nil {
		return Remembered{Ignored: []Problem{{Field: "line", Message: "Looking inside the text of stories is not possible here."}}}, nil
	}
	a, err := f.ask(ctx, v, Question{Words: m.Words, Posted: m.Posted, Complete: m.Complete, Languages: m.Languages})
	if err != nil {
		return Remembered{}, err
	}
	if m.Most = min(m.Most, mostRecalled); m.Most <= 0 {
		m.Most = usualRecalled
	}
	m.Line = m.Line[:min(len(m.Line), maxLine)]
	key := fmt.Sprintf("%s recalls %d %q %q %q %d", a.key, f.inside.Generation(), m.Line, m.Fandom, m.Ship, m.Most)
	return cached(ctx, a.state.answers, key, func() (Remembered, int, error) { return a.remember(m) })
}

func (a *asking) remember(m Memory) (r Remembered, bytes int, err error) {
	if _, err := a.solve(); err != nil {
		return r, 0, err
	}
	facts := asked(a.filters)
	for _, name := range []query.Tag{{Kind: archive.Fandom, Name: m.Fandom}, {Kind: archive.Relationship, Name: m.Ship}} {
		if tags := a.meant(name); tags != nil {
			facts = append(facts, tags)
		}
	}
	var recalled []fulltext.Recalled
	err = a.whenLight(heavy, func() (err error) {
		recalled, err = a.inside.Recall(a.ctx, m.Line, m.Most*recalledEach)
		return err
	})
	if err != nil {
		return r, 0, err
	}
	if r.Chapters, err = a.those(recalled, facts); err != nil {
		return r, 0, err
	}
	if len(r.Chapters) == 0 && len(facts) > 0 {
		r.Chapters, err = a.those(recalled, nil)
		r.Loosened = len(r.Chapters) > 0
	}
	r.Chapters, r.Ignored = r.Chapters[:min(len(r.Chapters), m.Most)], a.ignored
	for _, c := range r.Chapters {
		bytes += 300 + len(c.Text)
	}
	return r, bytes + 200, err
}

// those are the chapters of works that the viewer may see and that fit.
func (a *asking) those(recalled []fulltext.Recalled, facts index.And) ([]fulltext.Recalled, error) {
	var ids index.Works
	for _, c := range recalled {
		ids = append(ids, c.Work)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	found, err := a.state.Find(a.ctx, a.viewer, index.And{ids, facts})
	if err != nil {
		return nil, err
	}
	fit := map[archive.WorkID]bool{}
	for _, id := range found.Page(index.ByColumn(index.Updated), true, 0, len(ids)) {
		fit[id] = true
	}
	var list []fulltext.Recalled
	for _, c := range recalled {
		if fit[c.Work] {
			list = append(list, c)
		}
	}
	return list, nil
}

// meant asks for the tags that a name may mean: those of that name, or that
// begin with it, or that it may be a slip of. It tells of a name that means none.
func (a *asking) meant(name query.Tag) index.Expr {
	if name.Name == "" {
		return nil
	}
	tags := a.tagsNamed(name.Kind, name.Name)
	for _, like := range []func(archive.Kind, string, int) []index.Completion{a.seen.Complete, a.seen.Near} {
		if len(tags) == 0 {
			for _, c := range like(name.Kind, name.Name, maxMeant) {
				tags = append(tags, c.Tag)
			}
		}
	}
	var any index.Or
	for _, t := range tags {
		any = append(any, index.Tag(t.ID))
	}
	if len(any) == 0 {
		a.problem(name.Kind.String(), "There is no %s “%s”; it was left out.", name.Kind, clip(name.Name))
		return nil
	}
	return any
}
