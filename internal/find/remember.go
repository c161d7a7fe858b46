package find

import (
	"context"
	"fmt"
	"slices"

	"ficstead/internal/archive"
	"ficstead/internal/fulltext"
	"ficstead/internal/index"
)

// Memory is what somebody remembers of a story.
type Memory struct {
	Line         string // of the story, roughly
	Fandom, Ship string // as typed; a character where no relationship is meant
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
func (f *Finder) Remember(ctx context.Context, v archive.Viewer, m Memory) (r Remembered, err error) {
	defer f.guard(&err)()
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
	if tags := a.meant(m.Fandom, archive.Fandom); tags != nil {
		facts = append(facts, tags)
	}
	if tags := a.meant(m.Ship, archive.Relationship, archive.CharacterTag); tags != nil {
		facts = append(facts, tags)
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
	if err == nil {
		err = a.inside.Places(a.ctx, m.Line, r.Chapters)
	}
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

// meant asks for the tags that a name may mean, of the first of kinds that has
// any: those of that name, or that begin with it, or that it may be a slip of.
// It tells of a name that means none.
func (a *asking) meant(name string, kinds ...archive.Kind) index.Expr {
	if name == "" {
		return nil
	}
	exact := func(kind archive.Kind, name string, _ int) (list []index.Completion) {
		for _, t := range a.tagsNamed(kind, name) {
			list = append(list, index.Completion{Tag: t})
		}
		return list
	}
	for _, like := range []func(archive.Kind, string, int) []index.Completion{exact, a.seen.Complete, a.seen.Near} {
		for _, kind := range kinds {
			var any index.Or
			for _, c := range like(kind, name, maxMeant) {
				any = append(any, index.Tag(c.Tag.ID))
			}
			if len(any) > 0 {
				return any
			}
		}
	}
	a.problem(kinds[0].String(), "There is no %s “%s”; it was left out.", kinds[0], clip(name))
	return nil
}
