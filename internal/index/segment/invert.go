package segment

import (
	"math"

	"ficstead/internal/archive"
	"ficstead/internal/base/packed"
)

// setsOf appends the numbers of the sets of a family that row First+i is in.
type setsOf func(dst []uint32, i uint32) []uint32

// makeFamilies turns what rows have into the rows of each set.
func (x *building) makeFamilies() {
	s := x.s
	x.pairs[byFact] = s.Len() * (2 + int(TraitCount))
	x.most[ByTag], x.most[ByFocus] = uint64(s.numbering.Len()), uint64(s.numbering.Len())
	x.most[byFact] = factLanguage + uint64(len(s.languages))
	x.most[byTerm] = uint64(PlaceCount) * uint64(s.terms.len())
	for f := range familyCount {
		s.families[f] = x.family(f, s.setsOf(f))
	}
}

// setsOf says in which sets of a family rows are.
func (s *Segment) setsOf(f Family) func() setsOf {
	switch f {
	case ByTag:
		return func() setsOf { return func(dst []uint32, i uint32) []uint32 { return s.AppendFilters(dst, s.First+i) } }
	case ByFocus:
		return func() setsOf { return func(dst []uint32, i uint32) []uint32 { return s.AppendFocus(dst, s.First+i) } }
	case ByCreator:
		return func() setsOf {
			var ids []archive.CreatorID
			return func(dst []uint32, i uint32) []uint32 {
				ids = s.AppendCreators(ids[:0], s.First+i)
				return appendSmall(dst, ids)
			}
		}
	case BySeries:
		return func() setsOf {
			var ids []archive.SeriesID
			return func(dst []uint32, i uint32) []uint32 {
				ids = s.AppendSeries(ids[:0], s.First+i)
				return appendSmall(dst, ids)
			}
		}
	case ByKeeper:
		return func() setsOf {
			return func(dst []uint32, i uint32) []uint32 {
				return appendSmall(dst, []archive.PersonID{s.Keeper(s.First + i)})
			}
		}
	case byFact:
		return func() setsOf { return func(dst []uint32, i uint32) []uint32 { return s.cells[s.cellOf[i]].facts(dst) } }
	}
	return func() setsOf {
		return func(dst []uint32, i uint32) []uint32 {
			s.Passages(s.First + i).Each(func(place Place, term uint32, ok bool) {
				if ok {
					dst = append(dst, uint32(place)*uint32(s.terms.len())+term)
				}
			})
			return dst
		}
	}
}

// appendSmall appends the ids that sets can be numbered by.
func appendSmall[T ~int64](dst []uint32, ids []T) []uint32 {
	for _, id := range ids {
		if id > 0 && id <= math.MaxUint32 {
			dst = append(dst, uint32(id))
		}
	}
	return dst
}

func (c Cell) facts(dst []uint32) []uint32 {
	dst = append(dst, factVisibility+uint32(c.Visibility))
	for t := range TraitCount {
		if c.Traits.Has(t) {
			dst = append(dst, factTrait+uint32(t))
		}
	}
	return append(dst, factLanguage+uint32(c.Language))
}

// fewPairs is up to where sorting pairs of number and row takes less than
// counting by number.
const fewPairs = 1 << 20

// family makes a family of sets.
func (x *building) family(f Family, of func() setsOf) family {
	pairs, space := x.pairs[f], x.most[f]+1
	if pairs > x.fewPairs && space < 4*uint64(pairs) {
		return x.counted(of, int(space))
	}
	return x.sorted(of, pairs)
}

func (x *building) newSetWriter() *setWriter {
	return &setWriter{first: x.First, many: max(64, x.s.Len()/1000)}
}

// sorted makes a family by sorting pairs.
func (x *building) sorted(of func() setsOf, room int) family {
	pairs := make([]uint64, 0, room)
	sets := of()
	var numbers []uint32
	for i := range uint32(x.s.Len()) {
		numbers = sets(numbers[:0], i)
		for _, n := range numbers {
			pairs = append(pairs, uint64(n)<<32|uint64(i))
		}
	}
	pairs = packed.SortKeys(pairs, x.Workers)
	w := x.newSetWriter()
	keys := make([]uint32, 0)
	var rows []uint32
	for i := 0; i < len(pairs); {
		number := uint32(pairs[i] >> 32)
		rows = rows[:0]
		for ; i < len(pairs) && uint32(pairs[i]>>32) == number; i++ {
			rows = append(rows, uint32(pairs[i]))
		}
		w.add(rows)
		keys = append(keys, number)
	}
	made := joined([]*setWriter{w})
	if len(keys) == 0 || int(keys[len(keys)-1]) != len(keys)-1 {
		made.keys = keys
	}
	return made
}

// mostPairs is how many rows are dealt out to their sets at once, so that the
// room for them stays small beside the segment. Families that have more go
// through all rows several times.
const mostPairs = 1 << 27

// counted makes a family by counting first how large each set is.
func (x *building) counted(of func() setsOf, space int) family {
	n := x.s.Len()
	counts := make([][]uint32, x.Workers)
	packed.Fork(x.Workers, n, func(w, from, to int) {
		counts[w] = make([]uint32, space)
		each(of(), from, to, func(number, _ uint32) { counts[w][number]++ })
	})
	for len(counts) > 1 && counts[len(counts)-1] == nil {
		counts = counts[:len(counts)-1]
	}
	x.sparse = sparse(counts, space)
	var parts []*setWriter
	for from := 0; from < space; {
		to, pairs := from, 0
		for to < space && (to == from || pairs < x.mostPairs) {
			for _, c := range counts {
				pairs += int(c[to])
			}
			to++
		}
		parts = append(parts, x.deal(of, counts, from, to, pairs)...)
		from = to
	}
	return joined(parts)
}

// sparse reports whether fewer than half of the sets have rows, so that it takes
// less to list their numbers.
func sparse(counts [][]uint32, space int) bool {
	used := 0
	for set := range space {
		for _, c := range counts {
			if c[set] > 0 {
				used++
				break
			}
		}
	}
	return used < space/2
}

// each calls f for all numbers of sets that rows are in.
func each(sets setsOf, from, to int, f func(number, row uint32)) {
	var numbers []uint32
	for i := uint32(from); i < uint32(to); i++ {
		numbers = sets(numbers[:0], i)
		for _, n := range numbers {
			f(n, i)
		}
	}
}

// deal makes the sets from from on, before to. It uses their counts up.
func (x *building) deal(of func() setsOf, counts [][]uint32, from, to, pairs int) []*setWriter {
	rows, ends := make([]uint32, pairs), make([]uint32, to-from)
	at := uint32(0)
	for set := from; set < to; set++ {
		for _, c := range counts { // where each worker begins
			n := c[set]
			c[set] = at
			at += n
		}
		ends[set-from] = at
	}
	packed.Fork(x.Workers, x.s.Len(), func(w, first, end int) {
		next := counts[w]
		each(of(), first, end, func(number, row uint32) {
			if int(number) >= from && int(number) < to {
				rows[next[number]] = row
				next[number]++
			}
		})
	})
	parts := make([]*setWriter, x.Workers)
	packed.Fork(x.Workers, x.Workers, func(_, first, last int) {
		for p := first; p < last; p++ {
			parts[p] = x.newSetWriter()
			share := func(p int) uint32 { return uint32(uint64(pairs) * uint64(p) / uint64(x.Workers)) }
			begin := uint32(0)
			for i, end := range ends {
				// A set belongs to the part that its end lies in; the last has all that is left.
				mine := end >= share(p) && (end < share(p+1) || p == x.Workers-1)
				if mine && x.sparse && begin < end {
					parts[p].keys = append(parts[p].keys, uint32(from+i))
				}
				if mine && (!x.sparse || begin < end) {
					parts[p].add(rows[begin:end])
				}
				begin = end
			}
		}
	})
	return parts
}
