package index

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"

	"ficstead/internal/archive"
	"ficstead/internal/index/segment"
	"ficstead/internal/index/tally"
)

// Found is the works that answer an expression, of those that somebody may see.
type Found struct {
	ctx   context.Context // of the question, for what is worked out of it later
	s     *Snapshot
	sight sight
	rows  rows
	facts facts

	counting sync.Mutex
	answer   tally.Answer
	counted  int // tags of each kind, at most, that answer has
}

// Find returns the works that answer e and that v may see. It fails only when
// ctx is done.
func (s *Snapshot) Find(ctx context.Context, v archive.Viewer, e Expr) (*Found, error) {
	x := &solving{ctx: ctx, s: s}
	seen := s.sight(v)
	f := &Found{ctx: ctx, s: s, sight: seen}
	f.rows, f.facts = x.find(e, seen)
	return f, ctx.Err()
}

// Without returns for each of parts how many works would answer all the others.
func (s *Snapshot) Without(ctx context.Context, v archive.Viewer, parts []Expr) ([]int, error) {
	x := &solving{ctx: ctx, s: s}
	all := s.sight(v).all
	// before[i] are the works that answer the parts before i, behind those that
	// answer the parts behind i.
	sets, before := make([]rows, len(parts)), make([]rows, len(parts))
	passed := all
	for i, e := range parts {
		sets[i] = x.solve(e, all)
		before[i] = passed
		passed = passed.and(sets[i])
	}
	totals := make([]int, len(parts))
	behind := all
	for i := len(parts) - 1; i >= 0; i-- {
		totals[i] = before[i].and(behind).n
		behind = behind.and(sets[i])
	}
	return totals, ctx.Err()
}

// Total is how many works were found.
func (f *Found) Total() int { return f.rows.n }

// Rows are the rows of the works. Callers must not change it.
func (f *Found) Rows() *roaring.Bitmap { return f.rows.bitmap() }

// Count is a filter tag and how many of some works are found by it.
type Count struct {
	Tag archive.TagID
	N   int
}

// KindCount is beyond the number of every kind.
const KindCount = archive.Freeform + 1

// LanguageCount is a language and how many of some works are in it.
type LanguageCount struct {
	Code string // BCP 47; "" for unknown
	N    int
}

// Counts returns, for each kind, the filter tags that most of the works are
// found by: most of them at most, the most frequent first, equal ones by name.
// The counts are exact.
func (f *Found) Counts(most int) (kinds [KindCount][]Count) {
	for kind, list := range f.top(most).Tops {
		kinds[kind] = f.s.counts(list)
	}
	return kinds
}

// CountEffort is how many works Counts goes through, as far as can be told
// beforehand.
func (f *Found) CountEffort() int {
	if f.rows.n == 0 {
		return 0
	}
	return f.s.table.Effort(f.ask(1))
}

// Languages returns the languages that the works are in, in no order.
func (f *Found) Languages() []LanguageCount {
	var list []LanguageCount
	for _, l := range f.top(1).Languages {
		list = append(list, LanguageCount(l))
	}
	return list
}

// top counts at least most tags of each kind, once.
func (f *Found) top(most int) tally.Answer {
	f.counting.Lock()
	defer f.counting.Unlock()
	if f.rows.n > 0 && most > f.counted {
		f.answer, f.counted = f.s.table.Top(f.ask(most)), most
	}
	answer := f.answer
	for kind, list := range answer.Tops {
		answer.Tops[kind] = list[:min(len(list), most)]
	}
	return answer
}

// CountAll returns all filter tags of a kind that the works are found by, in
// the order of Counts.
func (f *Found) CountAll(kind archive.Kind) []Count {
	if kind >= KindCount || f.rows.n == 0 {
		return nil
	}
	list := f.s.counts(f.s.table.All(f.ask(0), kind))
	slices.SortFunc(list, func(a, b Count) int {
		return cmp.Or(cmp.Compare(b.N, a.N), f.s.words.CompareNames(a.Tag, b.Tag))
	})
	return list
}

func (s *Snapshot) counts(list []tally.Count) []Count {
	counts := make([]Count, len(list))
	for i, c := range list {
		counts[i] = Count{s.numbers.Tag(c.Tag), int(c.N)}
	}
	return counts
}

// ask says to tally what was found, and what is known of it.
func (f *Found) ask(most int) tally.Ask {
	a := tally.Ask{
		Found: tally.Rows{Few: f.rows.few, Many: f.rows.many}, N: f.rows.n, Deltas: f.s.parts[1:], Dead: f.s.dead,
		Audience: f.sight.audience, Own: f.sight.own,
		Parts: f.facts.parts, Cells: f.facts.cells, CellRows: f.facts.cellRows, Range: f.facts.stretch,
		Most: most, Names: f.s.compareNames, Eager: f.s.eager,
	}
	if a.Own != nil {
		if a.Own = roaring.And(a.Own, f.rows.bitmap()); a.Own.IsEmpty() {
			a.Own = nil
		}
	}
	return a
}

// CountOf is how many of the works are found by a tag.
func (f *Found) CountOf(id archive.TagID) (n int) {
	var room [16]*segment.Set
	sets := f.s.sets(room[:0], Tag(id))
	if f.rows.many == nil || total(sets) <= listRows {
		return f.s.within(sets, f.rows).n
	}
	for _, set := range sets {
		n += set.CountWithin(f.rows.many)
	}
	return n
}

// OwnTags counts the tags that the works found by id have themselves.
func (f *Found) OwnTags(id archive.TagID) map[archive.TagID]int {
	own := map[archive.TagID]int{}
	f.eachOwn(id, func(tags []archive.TagID) bool {
		for _, tag := range tags {
			own[tag]++
		}
		return true
	})
	return own
}

// Has reports whether one of the works has exactly this tag, not only another
// that stands for it.
func (f *Found) Has(id archive.TagID) (has bool) {
	f.eachOwn(id, func(tags []archive.TagID) bool {
		has = slices.Contains(tags, id)
		return !has
	})
	return has
}

// eachOwn calls g with the tags of their own of the works found by id, until it
// returns false.
func (f *Found) eachOwn(id archive.TagID, g func(own []archive.TagID) bool) {
	var room [16]*segment.Set
	var own []archive.TagID
	f.s.within(f.s.sets(room[:0], Tag(id)), f.rows).each(func(row uint32) bool {
		own = f.s.partOf(row).AppendOwn(own[:0], row)
		return g(own)
	})
}
