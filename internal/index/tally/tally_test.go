package tally_test

import (
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"

	"ficstead/internal/archive"
	"ficstead/internal/base/mapped"
	"ficstead/internal/index/segment"
	"ficstead/internal/index/tally"
)

// Tags of the tests say their kind: the thousands of their number.
func kindOf(id archive.TagID) archive.Kind { return archive.Kind(id / 100_000) }

func tag(kind archive.Kind, n int) archive.TagID { return archive.TagID(int(kind)*100_000 + n + 1) }

// model is an archive as plain lists.
type model struct {
	rows  []segment.Row // by row
	segs  []*segment.Segment
	heads int // 0: as usual
}

// languages of works, the most frequent first.
var languages = []string{"en", "en", "en", "en", "", "de", "zh", "fr", "cy"}

func someRow(r *rand.Rand, id archive.WorkID, tags int) segment.Row {
	row := segment.Row{
		ID: id, Keeper: archive.PersonID(1 + r.IntN(3)), Visibility: archive.Public,
		Language: languages[r.IntN(len(languages))], Complete: r.IntN(4) > 0,
	}
	if r.IntN(8) == 0 {
		row.Visibility = archive.Visibility(r.IntN(4))
	}
	zipf := func(n int) int { return int(float64(n) * r.Float64() * r.Float64() * r.Float64()) }
	row.Filters = append(row.Filters, tag(archive.Rating, r.IntN(5)), tag(archive.Warning, zipf(6)), tag(archive.Category, zipf(6)))
	fandom := zipf(40)
	row.Filters = append(row.Filters, tag(archive.Fandom, fandom))
	if r.IntN(6) == 0 {
		row.Filters = append(row.Filters, tag(archive.Fandom, zipf(40)))
	}
	for range r.IntN(4) {
		row.Filters = append(row.Filters, tag(archive.Relationship, fandom*tags+zipf(tags)))
	}
	for range 1 + r.IntN(5) {
		row.Filters = append(row.Filters, tag(archive.CharacterTag, fandom*tags+zipf(tags)))
	}
	for range r.IntN(12) {
		row.Filters = append(row.Filters, tag(archive.Freeform, zipf(20*tags)))
	}
	slices.Sort(row.Filters)
	row.Filters = slices.Compact(row.Filters)
	row.Own = row.Filters
	for c := range row.Values {
		row.Values[c] = int64(r.ExpFloat64() * 1000)
	}
	return row
}

// newModel makes an archive with a base and, if asked for, deltas.
func newModel(r *rand.Rand, works, tags, heads int, deltas ...int) *model {
	m := &model{heads: heads}
	id := archive.WorkID(1)
	first := uint32(0)
	var numbers *segment.Numbering
	for i, n := range append([]int{works}, deltas...) {
		b := segment.NewBuilder(segment.Options{Kind: kindOf, Numbering: numbers, First: first, Heads: m.heads})
		of := map[archive.WorkID]segment.Row{}
		for range n {
			row := someRow(r, id, tags+i) // later ones have tags that the base has not
			of[id] = row
			b.Add(row)
			id++
		}
		s := b.Build()
		numbers = s.Numbering()
		m.segs = append(m.segs, s)
		for len(m.rows) < int(first) {
			m.rows = append(m.rows, segment.Row{})
		}
		for row := range uint32(s.Len()) {
			m.rows = append(m.rows, of[s.ID(first+row)])
		}
		first = uint32(len(m.rows)+1<<16-1) &^ (1<<16 - 1)
	}
	return m
}

func (m *model) numbers() *segment.Numbering { return m.segs[len(m.segs)-1].Numbering() }

// names is an order of tags unlike that of their ordinals.
func (m *model) names(a, b uint32) int {
	of := func(ord uint32) uint32 { return uint32(m.numbers().Tag(ord)) * 2654435761 }
	return cmp.Compare(of(a), of(b))
}

// want counts found one by one.
func (m *model) want(found *roaring.Bitmap, most int) (tops tally.Tops, all tally.Tops, langs map[string]int) {
	counts, langs := map[uint32]uint32{}, map[string]int{}
	for it := found.Iterator(); it.HasNext(); {
		row := m.rows[it.Next()]
		langs[row.Language]++
		for _, t := range row.Filters {
			ord, _ := m.numbers().Ordinal(t)
			counts[ord]++
		}
	}
	for ord, n := range counts {
		kind := m.numbers().Kind(ord)
		all[kind] = append(all[kind], tally.Count{Tag: ord, N: n})
	}
	for kind := range all {
		slices.SortFunc(all[kind], func(a, b tally.Count) int { return cmp.Or(cmp.Compare(b.N, a.N), m.names(a.Tag, b.Tag)) })
		tops[kind] = all[kind][:min(most, len(all[kind]))]
	}
	return tops, all, langs
}

// where returns the live rows that ok says.
func (m *model) where(ok func(row uint32, r segment.Row) bool) *roaring.Bitmap {
	found := roaring.New()
	for row, r := range m.rows {
		if r.ID != 0 && ok(uint32(row), r) {
			found.Add(uint32(row))
		}
	}
	return found
}

func (m *model) check(t *testing.T, what string, table *tally.Table, found *roaring.Bitmap, a tally.Ask) {
	t.Helper()
	a.Found = tally.Rows{Many: found}
	if a.Most%2 == 0 {
		a.Found = tally.Rows{Few: found.ToArray()}
	}
	a.N, a.Deltas, a.Names = int(found.GetCardinality()), m.segs[1:], m.names
	answer := table.Top(a)
	got := struct {
		tally.Tops
		Languages map[string]int
	}{answer.Tops, map[string]int{}}
	for _, l := range answer.Languages {
		got.Languages[l.Code] += l.N
	}
	want, all, langs := m.want(found, a.Most)
	for kind := range want {
		if !slices.Equal(got.Tops[kind], want[kind]) {
			t.Fatalf("%s: %d of kind %d:\n got %v\nwant %v", what, a.N, kind, got.Tops[kind], want[kind])
		}
	}
	maps.DeleteFunc(got.Languages, func(_ string, n int) bool { return n == 0 })
	if !maps.Equal(got.Languages, langs) {
		t.Fatalf("%s: languages: got %v, want %v", what, got.Languages, langs)
	}
	each := table.All(a, archive.Relationship)
	slices.SortFunc(each, func(a, b tally.Count) int { return cmp.Or(cmp.Compare(b.N, a.N), m.names(a.Tag, b.Tag)) })
	if !slices.Equal(each, all[archive.Relationship]) {
		t.Fatalf("%s: all relationships: got %d, want %d", what, len(each), len(all[archive.Relationship]))
	}
}

// reopened writes a table to a file and opens it again.
func reopened(t *testing.T, table *tally.Table, base *segment.Segment) *tally.Table {
	t.Helper()
	path := filepath.Join(t.TempDir(), "index")
	w, err := mapped.Create(path, 1, 1)
	if err != nil {
		t.Fatal(err)
	}
	if err := table.WriteTo(w); err != nil {
		t.Fatal(err)
	}
	if err := w.Commit(); err != nil {
		t.Fatal(err)
	}
	f, err := mapped.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	again, err := tally.Open(f, base)
	if err != nil {
		t.Fatal(err)
	}
	return again
}

func TestCounts(t *testing.T) {
	for _, test := range []struct {
		name   string
		works  int
		tags   int
		heads  int // 0: as usual
		deltas []int
		limits tally.Limits
	}{
		{"few works", 300, 20, 0, nil, tally.Limits{}},
		{"few works, all known beforehand", 2000, 30, 0, nil, tally.Limits{List: 30, Full: 200, Cube: 1}},
		{"with deltas", 2000, 30, 0, []int{200, 20}, tally.Limits{List: 30, Full: 200, Cube: 1}},
		{"scanned", 3000, 200, 0, []int{50}, tally.Limits{}},
		{"many tags", 3000, 400, 0, []int{50}, tally.Limits{List: 60, Full: 600, Cube: 1}},
		{"lists alone", 4000, 60, 0, []int{20}, tally.Limits{List: 100}},
		{"few heads", 3000, 100, 200, []int{50}, tally.Limits{List: 20, Full: 100, Cube: 1}},
		{"few heads, scanned", 3000, 100, 100, []int{50}, tally.Limits{}},
		{"full counts alone", 4000, 60, 0, []int{20}, tally.Limits{Full: 200}},
		{"on two cores", 31_000, 30, 0, nil, tally.Limits{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(7, uint64(test.works)))
			m := newModel(r, test.works, test.tags, test.heads, test.deltas...)
			made := tally.MakeWith(m.segs[0], m.names, test.limits)
			for _, table := range []*tally.Table{made, reopened(t, made, m.segs[0])} {
				for range 200_000 / (10_000 + 2*test.works) {
					m.random(t, r, table)
				}
			}
		})
	}
}

// random asks a random question as somebody, of an archive in which some rows are dead.
func (m *model) random(t *testing.T, r *rand.Rand, table *tally.Table) {
	t.Helper()
	base := uint32(m.segs[0].Len())
	dead := roaring.New()
	if r.IntN(2) == 0 {
		for range r.IntN(20) {
			dead.Add(uint32(r.IntN(int(base))))
		}
	}
	a := tally.Ask{Most: []int{10, 3, 30, 7}[r.IntN(4)], Audience: tally.Audience(r.IntN(2)), Eager: r.IntN(2) == 0}
	if !dead.IsEmpty() {
		a.Dead = dead
	}
	viewer := archive.Viewer{}
	if a.Audience == tally.Members {
		viewer.Person = archive.PersonID(r.IntN(4) + 1) // 4 keeps nothing
	}
	sees := func(row segment.Row) bool { return viewer.MaySee(row.Keeper, row.Visibility) }
	some := m.rows[r.IntN(int(base))]
	tags := []archive.TagID{some.Filters[r.IntN(len(some.Filters))]}
	if r.IntN(3) == 0 {
		tags = append(tags, some.Filters[r.IntN(len(some.Filters))])
	}
	rating := tag(archive.Rating, r.IntN(5))
	order := m.segs[0].OrderOf(segment.ByColumn(segment.Kudos))
	from := r.IntN(int(base))
	to := from + r.IntN(int(base)-from)
	least, most := m.rows[order.Rows[from]].Values[segment.Kudos], m.rows[order.Rows[to]].Values[segment.Kudos]
	rankFrom, rankTo := m.segs[0].Interval(segment.Kudos, least, most)

	var asked func(row uint32, x segment.Row) bool
	what := ""
	has := func(x segment.Row, id archive.TagID) bool { return slices.Contains(x.Filters, id) }
	switch r.IntN(8) {
	case 0:
		what, asked = "everything", func(uint32, segment.Row) bool { return true }
	case 1:
		what, asked = "tags", func(_ uint32, x segment.Row) bool { return has(x, tags[0]) && has(x, tags[len(tags)-1]) }
	case 2:
		what, asked = "a tag without others", func(_ uint32, x segment.Row) bool { return has(x, tags[0]) && x.ID%7 > 0 }
	case 3:
		what, asked = "cells", func(_ uint32, x segment.Row) bool { return has(x, rating) == false && x.Complete }
	case 4:
		what, asked = "cells and more", func(_ uint32, x segment.Row) bool { return has(x, rating) == false && x.Complete && x.ID%5 > 0 }
	case 5:
		what, asked = "range", func(_ uint32, x segment.Row) bool {
			return x.Values[segment.Kudos] >= least && x.Values[segment.Kudos] <= most
		}
	case 6:
		if r.IntN(2) == 0 {
			tags = []archive.TagID{tag(archive.Category, 0), tag(archive.Fandom, r.IntN(2))} // all of them common
		}
		tags = append(tags, tag(archive.Fandom, r.IntN(3)), rating)
		if later := m.segs[len(m.segs)-1].Numbering(); r.IntN(4) == 0 && later.Len() > int(later.Later()) {
			tags = append(tags, later.Tag(later.Later()+uint32(r.IntN(later.Len()-int(later.Later())))))
		}
		what, asked = "any of some tags", func(_ uint32, x segment.Row) bool {
			return slices.ContainsFunc(tags, func(id archive.TagID) bool { return has(x, id) })
		}
	case 7:
		what, asked = "none of some tags, and more", func(_ uint32, x segment.Row) bool {
			return x.ID%11 > 0 && !slices.ContainsFunc(tags, func(id archive.TagID) bool { return has(x, id) })
		}
	}
	found := m.where(func(row uint32, x segment.Row) bool { return !dead.Contains(row) && sees(x) && asked(row, x) })
	a.Own = m.where(func(row uint32, x segment.Row) bool { return found.Contains(row) && !a.Audience.Sees(x.Visibility) })
	if a.Own.IsEmpty() {
		a.Own = nil
	}
	numbers := m.numbers()
	switch what {
	case "tags", "a tag without others":
		if what != "tags" {
			tags = tags[:1]
		}
		for _, id := range tags {
			ord, _ := numbers.Ordinal(id)
			a.Parts = append(a.Parts, tally.Part{Any: []uint32{ord}})
		}
	case "any of some tags", "none of some tags, and more":
		part := tally.Part{Not: what[0] == 'n'}
		for _, id := range tags {
			if ord, ok := numbers.Ordinal(id); ok {
				part.Any = append(part.Any, ord)
			}
		}
		a.Parts = append(a.Parts, part)
	case "cells", "cells and more":
		ord, ok := numbers.Ordinal(rating)
		a.Cells = func() tally.Cells {
			cells := table.NoCells()
			for v := archive.Private; v <= archive.Public; v++ {
				if a.Audience.Sees(v) {
					cells.Or(table.CellsVisible(v))
				}
			}
			cells.And(table.CellsOf(tally.OfTrait(segment.Complete)))
			if ok {
				cells.And(table.CellsOf(ord).Not())
			}
			return cells
		}
		a.CellRows = m.where(func(row uint32, x segment.Row) bool {
			return row < base && !dead.Contains(row) && a.Audience.Sees(x.Visibility) && !has(x, rating) && x.Complete
		})
	case "range":
		a.Range = &tally.Range{Column: segment.Kudos, From: int(rankFrom), To: int(rankTo)}
	}
	m.check(t, what, table, found, a)
}

// A tag that no work of a known set has comes with works that were new later.
func TestTagsThatComeLater(t *testing.T) {
	m := &model{}
	add := func(numbers *segment.Numbering, first uint32, rows ...segment.Row) {
		b := segment.NewBuilder(segment.Options{Kind: kindOf, Numbering: numbers, First: first})
		of := map[archive.WorkID]segment.Row{}
		for i, row := range rows {
			row.ID, row.Visibility, row.Own = archive.WorkID(int(first)+i+1), archive.Public, row.Filters
			of[row.ID] = row
			b.Add(row)
		}
		s := b.Build()
		m.segs, m.rows = append(m.segs, s), append(m.rows, make([]segment.Row, int(first)-len(m.rows))...)
		for i := range uint32(s.Len()) {
			m.rows = append(m.rows, of[s.ID(first+i)])
		}
	}
	a, b := tag(archive.Fandom, 1), tag(archive.Relationship, 1)
	of := func(tags ...archive.TagID) segment.Row { return segment.Row{Filters: tags} }
	add(nil, 0, of(a), of(a), of(a), of(a), of(b), of(b))
	add(m.segs[0].Numbering(), 1<<16, of(a, b))
	for _, limits := range []tally.Limits{{List: 2}, {Full: 2}, {Cube: 1}} {
		ord, _ := m.numbers().Ordinal(a)
		found := m.where(func(_ uint32, x segment.Row) bool { return slices.Contains(x.Filters, a) })
		m.check(t, fmt.Sprintf("%+v", limits), tally.MakeWith(m.segs[0], m.names, limits),
			found, tally.Ask{Parts: []tally.Part{{Any: []uint32{ord}}}, Most: 10, Eager: true})
	}
}
