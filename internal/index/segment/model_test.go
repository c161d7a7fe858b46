package segment

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/packed"
)

// kindOf gives tags of the tests their kinds by their last digit.
func kindOf(tag archive.TagID) archive.Kind {
	return [...]archive.Kind{1, 2, 3, 4, 4, 5, 6, 7, 7, 7}[tag%10]
}

// randomRows makes rows of every shape, with ids from 1 on.
func randomRows(r *rand.Rand, n int) []Row {
	tag := func() archive.TagID { return archive.TagID(1 + 400*r.Float64()*r.Float64()) }
	word := func() string { return fmt.Sprint("w", int(60*r.Float64()*r.Float64())) }
	rows := make([]Row, n)
	for i := range rows {
		row := &rows[i]
		*row = Row{
			ID: archive.WorkID(i + 1), Keeper: archive.PersonID(r.IntN(5)), Visibility: archive.Visibility(r.IntN(4)),
			Language: []string{"", "en", "fr", "zh"}[r.IntN(4)], Complete: r.IntN(2) == 0, Crossover: r.IntN(9) == 0, OneShip: r.IntN(3) == 0,
			TitleKey: word() + " " + word(), CreatorKey: word(),
		}
		if r.IntN(50) == 0 {
			row.ID += 1 << 40
			row.Filters = append(row.Filters, 1<<40+7)
			row.Creators = append(row.Creators, 1<<40)
		}
		for range r.IntN(30) {
			if t := tag(); !slices.Contains(row.Filters, t) {
				row.Filters = append(row.Filters, t)
			}
		}
		for _, t := range row.Filters {
			if r.IntN(3) > 0 {
				row.Own = append(row.Own, t)
			}
			if r.IntN(6) == 0 {
				row.Focus = append(row.Focus, t)
			}
		}
		for range r.IntN(3) {
			row.Own = append(row.Own, 5000+tag())
			row.Creators = append(row.Creators, archive.CreatorID(1+r.IntN(20)))
			row.Series = append(row.Series, archive.SeriesID(1+r.IntN(2000)))
		}
		for c := range row.Values {
			row.Values[c] = int64(r.IntN(1 << (c + 3)))
		}
		switch r.IntN(12) {
		case 0:
			row.Values[Updated] = Unknown
		case 1:
			row.Values[Hits] = math.MaxInt64 - 5
		case 2:
			row.Values[Posted] = -1 << 40
		}
		for p := range row.Words {
			for range r.IntN(3) {
				var passage []string
				for range r.IntN(5) {
					passage = append(passage, word())
				}
				row.Words[p] = append(row.Words[p], passage)
			}
		}
	}
	return rows
}

func build(rows []Row, o Options) *Segment {
	if o.Kind == nil {
		o.Kind = kindOf
	}
	parts := []*Builder{NewBuilder(o)}
	for len(parts) < o.Workers {
		parts = append(parts, NewBuilder(o))
	}
	for i, r := range rows {
		parts[i%len(parts)].Add(r)
	}
	return parts[0].Build(parts[1:]...)
}

// check compares a segment with the rows that it was made of.
func check(t *testing.T, s *Segment, rows []Row) {
	t.Helper()
	if s.Len() != len(rows) || s.End() != s.First+uint32(len(rows)) {
		t.Fatalf("%d rows of %d", s.Len(), len(rows))
	}
	at := make([]*Row, len(rows)) // by row less First
	for i := range rows {
		row, ok := s.RowOf(rows[i].ID)
		if !ok || !s.Has(row) || s.ID(row) != rows[i].ID || at[row-s.First] != nil {
			t.Fatalf("work %d is at row %d, %v", rows[i].ID, row, ok)
		}
		at[row-s.First] = &rows[i]
	}
	sets := map[Family]map[uint32][]uint32{}
	for f := range familyCount {
		sets[f] = map[uint32][]uint32{}
	}
	put := func(f Family, number int64, row uint32) {
		if list := sets[f][uint32(number)]; number > 0 && number <= math.MaxUint32 && (len(list) == 0 || list[len(list)-1] != row) {
			sets[f][uint32(number)] = append(list, row)
		}
	}
	for i, want := range at {
		checkRow(t, s, s.First+uint32(i), want)
		row := s.First + uint32(i)
		for _, id := range want.Creators {
			put(ByCreator, int64(id), row)
		}
		for _, id := range want.Series {
			put(BySeries, int64(id), row)
		}
		put(ByKeeper, int64(want.Keeper), row)
		for _, tag := range want.Filters {
			ord, _ := s.numbering.Ordinal(tag)
			sets[ByTag][ord] = append(sets[ByTag][ord], row)
		}
		for _, tag := range want.Focus {
			ord, _ := s.numbering.Ordinal(tag)
			sets[ByFocus][ord] = append(sets[ByFocus][ord], row)
		}
		checkFacts(t, s, row, want)
		checkWords(t, s, row, want)
	}
	for f, want := range sets {
		if f != byFact && f != byTerm {
			checkSets(t, s, f, want)
		}
	}
	checkOrders(t, s, at)
}

func checkRow(t *testing.T, s *Segment, row uint32, want *Row) {
	t.Helper()
	fail := func(what string, got, want any) { t.Fatalf("row %d: %s are %v, not %v", row, what, got, want) }
	if got := s.AppendOwn(nil, row); !slices.Equal(got, want.Own) {
		fail("own tags", got, want.Own)
	}
	if got := s.AppendCreators(nil, row); !slices.Equal(got, want.Creators) {
		fail("creators", got, want.Creators)
	}
	if got := s.AppendSeries(nil, row); !slices.Equal(got, want.Series) {
		fail("series", got, want.Series)
	}
	if s.Keeper(row) != want.Keeper || string(s.TitleKey(row)) != want.TitleKey || string(s.CreatorKey(row)) != want.CreatorKey {
		fail("keeper and keys", s.Keeper(row), want.Keeper)
	}
	filters := s.appendTags(nil, s.AppendFilters(nil, row))
	slices.Sort(filters)
	sorted := slices.Sorted(slices.Values(want.Filters))
	if !slices.Equal(filters, sorted) {
		fail("filters", filters, sorted)
	}
	if got := s.appendTags(nil, s.AppendFocus(nil, row)); !slices.Equal(got, want.Focus) {
		fail("focus", got, want.Focus)
	}
	for c := range ColumnCount {
		if got := s.Value(c, row); got != want.Values[c] {
			fail(fmt.Sprint("numbers of column ", c), got, want.Values[c])
		}
	}
	c := s.Cell(row)
	if s.LanguageOf(c) != want.Language || c.Visibility != want.Visibility || c.Traits != traitsOf(want.Complete, want.Crossover, want.OneShip) {
		fail("cells", c, want)
	}
}

func checkFacts(t *testing.T, s *Segment, row uint32, want *Row) {
	t.Helper()
	for _, code := range append([]string{"none"}, s.Languages()...) {
		if got := s.LanguageSet(code).Contains(row); got != (code == want.Language) {
			t.Fatalf("row %d in language %q: %v", row, code, got)
		}
	}
	for v := range archive.Public + 1 {
		if got := s.VisibilitySet(v).Contains(row); got != (v == want.Visibility) {
			t.Fatalf("row %d of visibility %d: %v", row, v, got)
		}
	}
	for trait, yes := range []bool{want.Complete, want.Crossover, want.OneShip} {
		if got := s.TraitSet(Trait(trait)).Contains(row); got != yes {
			t.Fatalf("row %d of trait %d: %v", row, trait, got)
		}
	}
}

func checkWords(t *testing.T, s *Segment, row uint32, want *Row) {
	t.Helper()
	p := s.Passages(row)
	for place, passages := range want.Words {
		has := map[string]bool{}
		for _, passage := range passages {
			for i, word := range passage {
				has[word] = true
				if i == 0 {
					continue
				}
				a, _ := s.Term(passage[i-1])
				b, _ := s.Term(word)
				if !p.Has(Place(place), Phrase([]uint32{a, b})) {
					t.Fatalf("row %d has not %q %q side by side", row, passage[i-1], word)
				}
			}
		}
		for n := range 8 {
			word := fmt.Sprint("w", n)
			if number, ok := s.Term(word); ok && s.TermSet(Place(place), number).Contains(row) != has[word] {
				t.Fatalf("row %d has %q in place %d: %v", row, word, place, !has[word])
			}
		}
	}
}

func checkSets(t *testing.T, s *Segment, f Family, want map[uint32][]uint32) {
	t.Helper()
	found := 0
	s.EachNumber(f, func(number uint32, n int) {
		found++
		if len(want[number]) != n {
			t.Fatalf("set %d of family %d: %d rows, not %d", number, f, n, len(want[number]))
		}
	})
	if found != len(want) {
		t.Fatalf("family %d has %d sets, not %d", f, found, len(want))
	}
	some := packed.Identity(s.Len())
	some = slices.DeleteFunc(some, func(i uint32) bool { return i%3 == 0 })
	for i := range some {
		some[i] += s.First
	}
	in := (&Set{n: len(some), list: packed.AppendGaps(nil, some)}).Bitmap()
	for number, rows := range want {
		set := s.Set(f, number)
		if got := set.AppendTo(nil); set.Len() != len(rows) || !slices.Equal(got, rows) || !slices.Equal(set.Bitmap().ToArray(), rows) {
			t.Fatalf("set %d of family %d is %v, not %v", number, f, got, rows)
		}
		within := slices.DeleteFunc(slices.Clone(rows), func(row uint32) bool { return !in.Contains(row) })
		if got := set.Within(in).ToArray(); !slices.Equal(got, within) || set.CountWithin(in) != len(within) || set.Intersects(in) != (len(within) > 0) {
			t.Fatalf("set %d of family %d within: %v, not %v", number, f, got, within)
		}
		if got := set.Without(in).GetCardinality(); int(got) != len(some)-len(within) {
			t.Fatalf("without set %d of family %d: %d", number, f, got)
		}
	}
	if s.Set(f, math.MaxUint32).Len() != 0 {
		t.Fatal("there is a set that nobody made")
	}
}

func checkOrders(t *testing.T, s *Segment, at []*Row) {
	t.Helper()
	key := func(by By, a, b *Row) int {
		switch by {
		case ByTitleKey:
			return cmp.Compare(a.TitleKey, b.TitleKey)
		case ByCreatorKey:
			return cmp.Compare(a.CreatorKey, b.CreatorKey)
		case ByLoved:
			of := func(r *Row) uint32 { return Loved(r.Values[Kudos], r.Values[Hits], r.Values[Chapters]) }
			return cmp.Compare(of(a), of(b))
		}
		return cmp.Compare(a.Values[by], b.Values[by])
	}
	for by := range OrderCount {
		want := packed.Identity(len(at))
		slices.SortFunc(want, func(i, j uint32) int { return cmp.Or(key(by, at[i], at[j]), cmp.Compare(at[i].ID, at[j].ID)) })
		o := s.OrderOf(by)
		for rank, i := range want {
			if o.Rows[rank] != s.First+i || o.Rank[i] != uint32(rank) {
				t.Fatalf("order %d: row %d and not %d at %d", by, o.Rows[rank], s.First+i, rank)
			}
		}
	}
	for c := range ColumnCount {
		for _, least := range []int64{math.MinInt64, Unknown + 1, 0, 1, 7, 100, math.MaxInt64} {
			for _, most := range []int64{math.MinInt64, 0, 9, 500, math.MaxInt64} {
				from, to := s.Interval(c, least, most)
				n := 0
				for _, r := range at {
					if v := r.Values[c]; v >= least && v <= most {
						n++
					}
				}
				if int(to-from) != n {
					t.Fatalf("column %d from %d to %d: %d rows, not %d", c, least, most, to-from, n)
				}
			}
		}
	}
}
