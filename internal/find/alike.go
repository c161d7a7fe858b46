package find

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/index"
)

// Alikes are works that are like one.
type Alikes struct {
	Works  []Alike  // the most alike first
	Struck []Reason // that do not count
}

// Alike is a work that is like another, and why: the reasons that say most
// first. There are two or more, unless too few works share as much.
type Alike struct {
	ID      archive.WorkID
	Reasons []Reason
}

// Reason is a tag that two works share.
type Reason struct {
	Key string // names the reason, to strike it
	Tag archive.Tag
}

// tellingOf says how much it tells to share a tag of a kind. Those that are not
// here, such as ratings, tell nothing.
func tellingOf(k archive.Kind) float64 {
	switch k {
	case archive.Relationship:
		return 4
	case archive.Freeform:
		return 3
	case archive.CharacterTag:
		return 2
	case archive.Fandom:
		return 1
	}
	return 0
}

// The bounds of looking for works that are alike, which is done on demand.
const (
	mostCandidates = 3000 // works that are compared
	eachCandidates = 1000 // of them the newest with one tag
	mostAlike      = 100
	mostReasons    = 4
)

// Alike returns works that v may see and that share with w tags that few others
// have; struck are the keys of reasons that do not count. Other works of its
// series are not among them: those are found where the series is.
func (f *Finder) Alike(ctx context.Context, v archive.Viewer, w archive.Work, struck []string, most int) (all Alikes, err error) {
	defer f.guard(&err)()
	s := f.current.Load()
	audience, err := s.audience(ctx, v)
	if err != nil {
		return Alikes{}, err
	}
	struck = slices.Compact(slices.Sorted(slices.Values(struck)))
	most = min(max(most, 0), mostAlike)
	key := fmt.Sprint(audience, " alike ", w.ID, most, struck)
	return cached(ctx, s.answers, key, func() (Alikes, int, error) {
		l := &likening{ctx: ctx, state: s, viewer: v, work: w, struck: struck}
		alikes, err := l.alikes(most)
		return alikes, 200 * (1 + len(alikes.Works)*(1+mostReasons)), err
	})
}

// likening is a search for works that are like one.
type likening struct {
	ctx    context.Context
	state  *state
	viewer archive.Viewer
	work   archive.Work
	struck []string

	traits map[archive.TagID]feature // what the work has
	out    []Reason                  // what was struck of it
}

// feature is a tag of the work, and how much it tells to share it.
type feature struct {
	tag    archive.Tag
	weight float64
	works  int             // that the viewer may see and that have it
	below  []archive.TagID // its subtags among the work's tags, which say the same and more
}

func (l *likening) alikes(most int) (Alikes, error) {
	if err := l.describe(); err != nil {
		return Alikes{}, err
	}
	candidates, err := l.candidates()
	if err != nil {
		return Alikes{}, err
	}
	var list []scored
	for _, id := range candidates {
		if s := l.compare(id); s.score > 0 {
			list = append(list, s)
		}
	}
	slices.SortFunc(list, func(a, b scored) int {
		return cmp.Or(cmp.Compare(min(2, b.shares), min(2, a.shares)), cmp.Compare(b.score, a.score), cmp.Compare(b.id, a.id))
	})
	found := Alikes{Struck: l.out}
	for _, a := range list[:min(most, len(list))] {
		found.Works = append(found.Works, Alike{a.id, l.reasons(a.id)})
	}
	return found, nil
}

// scored is a work, how many tags it shares, and how much that tells.
type scored struct {
	id     archive.WorkID
	shares int
	score  float64
}

// describe finds out what the work has, and how rare it is among all that the
// viewer may see. A work out of sight is NotFound.
func (l *likening) describe() error {
	seen, err := l.state.Find(l.ctx, l.viewer, index.All{})
	if err != nil {
		return err
	}
	itself, err := l.state.Find(l.ctx, l.viewer, index.Works{l.work.ID})
	if err == nil && itself.Total() == 0 {
		err = fmt.Errorf("work %d: %w", l.work.ID.Public(), errs.NotFound)
	}
	if err != nil {
		return err
	}
	l.traits = map[archive.TagID]feature{}
	filters, _ := l.state.TagsOf(l.work.ID)
	for _, id := range filters {
		t, _ := l.state.Tag(id)
		telling := tellingOf(t.Kind)
		if telling == 0 {
			continue
		}
		if reason := reasonOf(t); slices.Contains(l.struck, reason.Key) {
			l.out = append(l.out, reason)
			continue
		}
		works := seen.CountOf(id)
		weight := telling * math.Log(1+float64(seen.Total())/float64(max(1, works)))
		l.traits[id] = feature{tag: t, weight: weight, works: works}
	}
	l.nest()
	return nil
}

func reasonOf(t archive.Tag) Reason {
	return Reason{Key: "t" + strconv.FormatInt(t.ID.Public(), 10), Tag: t}
}

// nest notes of each tag of the work which others stand below it.
func (l *likening) nest() {
	for id := range l.traits {
		above := []archive.TagID{id}
		for i := 0; i < len(above); i++ {
			for _, up := range l.state.Relatives(above[i]).Metatags {
				if slices.Contains(above, up) {
					continue
				}
				above = append(above, up)
				if f, ok := l.traits[up]; ok {
					f.below = append(f.below, id)
					l.traits[up] = f
				}
			}
		}
	}
}

// candidates lists works that have the rarest tags of the work, some of the
// newest of each, without the work itself and its series.
func (l *likening) candidates() ([]archive.WorkID, error) {
	without := index.Or{index.Works{l.work.ID}}
	for _, p := range l.work.Series {
		without = append(without, index.Series(p.Series.ID))
	}
	features := slices.SortedFunc(maps.Values(l.traits), func(a, b feature) int {
		return cmp.Or(cmp.Compare(a.works, b.works), cmp.Compare(a.tag.ID, b.tag.ID))
	})
	var ids []archive.WorkID
	seen := map[archive.WorkID]bool{}
	for _, f := range features {
		if f.works < 2 {
			continue // the work alone
		}
		found, err := l.state.Find(l.ctx, l.viewer, index.And{index.Tag(f.tag.ID), index.Not{Expr: without}})
		if err != nil {
			return nil, err
		}
		for _, id := range found.Page(index.ByColumn(index.Updated), true, 0, min(eachCandidates, mostCandidates-len(ids))) {
			if !seen[id] {
				seen[id] = true
				ids = append(ids, id)
			}
		}
		if len(ids) >= mostCandidates {
			break
		}
	}
	return ids, nil
}

// compare scores a work. One with many tags shares some with every other.
func (l *likening) compare(id archive.WorkID) scored {
	s := scored{id: id}
	own := l.eachShared(id, func(f feature) {
		s.shares++
		s.score += f.weight
	})
	s.score /= math.Sqrt(10 + float64(own))
	return s
}

// reasons are what a work shares, what tells most first.
func (l *likening) reasons(id archive.WorkID) []Reason {
	var shared []feature
	l.eachShared(id, func(f feature) { shared = append(shared, f) })
	slices.SortFunc(shared, func(a, b feature) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), strings.Compare(a.tag.Name, b.tag.Name), cmp.Compare(a.tag.ID, b.tag.ID))
	})
	var reasons []Reason
	for _, f := range shared[:min(len(shared), mostReasons)] {
		reasons = append(reasons, reasonOf(f.tag))
	}
	return reasons
}

// eachShared calls f for what a work shares, and returns how many tags it has.
func (l *likening) eachShared(id archive.WorkID, f func(feature)) int {
	filters, own := l.state.TagsOf(id)
	for _, id := range filters {
		trait, ok := l.traits[id]
		if ok && !slices.ContainsFunc(trait.below, func(sub archive.TagID) bool { return slices.Contains(filters, sub) }) {
			f(trait)
		}
	}
	return len(own)
}
