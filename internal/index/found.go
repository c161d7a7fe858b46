package index

import (
	"context"

	"github.com/RoaringBitmap/roaring/v2"

	"ficstead/internal/archive"
)

// Found is the works that answer an expression, of those that somebody may see.
type Found struct {
	s    *Snapshot
	rows *roaring.Bitmap
}

// Find returns the works that answer e and that v may see. It fails only when
// ctx is done.
func (s *Snapshot) Find(ctx context.Context, v archive.Viewer, e Expr) (*Found, error) {
	x := &solving{ctx: ctx, s: s}
	found := &Found{s, x.solve(e, s.visible(v))}
	return found, ctx.Err()
}

// Without returns for each of parts how many works would answer all the others.
func (s *Snapshot) Without(ctx context.Context, v archive.Viewer, parts []Expr) ([]int, error) {
	x := &solving{ctx: ctx, s: s}
	all := s.visible(v)
	// before[i] are the works that answer the parts before i, behind those that
	// answer the parts behind i.
	sets, before := make([]*roaring.Bitmap, len(parts)), make([]*roaring.Bitmap, len(parts))
	passed := all
	for i, e := range parts {
		sets[i] = x.solve(e, all)
		before[i] = passed
		passed = roaring.And(passed, sets[i])
	}
	totals := make([]int, len(parts))
	behind := all
	for i := len(parts) - 1; i >= 0; i-- {
		totals[i] = int(before[i].AndCardinality(behind))
		behind = roaring.And(behind, sets[i])
	}
	return totals, ctx.Err()
}

// Total is how many works were found.
func (f *Found) Total() int { return int(f.rows.GetCardinality()) }

// Rows are the rows of the works. Callers must not change it.
func (f *Found) Rows() *roaring.Bitmap { return f.rows }

// Counts returns, for each kind, the filter tags that most of the works are
// found by: most of them at most, the most frequent first, equal ones by name.
// The counts are exact.
func (f *Found) Counts(most int) [KindCount][]Count { return f.s.counts(f.rows, most) }

// CountAll returns all filter tags of a kind that the works are found by, in
// the order of Counts.
func (f *Found) CountAll(kind archive.Kind) []Count {
	if kind >= KindCount {
		return nil
	}
	best := leaders{graph: f.s.graph, most: int(f.s.sets[byTag].end())}
	f.s.countWorks(f.rows, &best)
	return best.kinds[kind]
}

// CountOf is how many of the works are found by a tag.
func (f *Found) CountOf(id archive.TagID) int { return f.s.filtered(id).CountWithin(f.rows) }

// LanguageCount is a language and how many of some works are in it.
type LanguageCount struct {
	Code string // BCP 47; "" for unknown
	N    int
}

// Languages returns the languages that the works are in, in no order.
func (f *Found) Languages() []LanguageCount {
	var list []LanguageCount
	f.s.sets[byLanguage].each(func(n uint32, set *Set) {
		if n, code := set.CountWithin(f.rows), n; n > 0 {
			list = append(list, LanguageCount{f.s.languages.string(code), n})
		}
	})
	return list
}

// OwnTags counts the tags that the works found by id have themselves.
func (f *Found) OwnTags(id archive.TagID) map[archive.TagID]int {
	own := map[archive.TagID]int{}
	eachRow(f.s.filtered(id).Within(f.rows), func(row uint32) {
		for _, tag := range f.s.works.at(row).tags {
			own[archive.TagID(tag)]++
		}
	})
	return own
}

// Has reports whether one of the works has exactly this tag, not only another
// that stands for it.
func (f *Found) Has(id archive.TagID) bool {
	it := f.s.filtered(id).Within(f.rows).Iterator()
	for it.HasNext() {
		if f.s.has(it.Next(), id) {
			return true
		}
	}
	return false
}
