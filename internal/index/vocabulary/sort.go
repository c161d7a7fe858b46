package vocabulary

import (
	"cmp"
	"encoding/binary"
	"slices"

	"ficstead/internal/archive"
	"ficstead/internal/base/packed"
)

// unsorted is starts that are not in order yet.
type unsorted [2 * int(kindCount)][]loose

type loose struct {
	chunk uint64 // eight bytes of what it says, those that are looked at
	at    uint32
	off   uint16
}

// add takes up the starts of a record whose tag stands among a kind.
func (u *unsorted) add(kind archive.Kind, at uint32, key []byte) {
	if kind >= kindCount {
		kind = 0
	}
	eachStart(key, func(off int, isBare bool) {
		which := middles
		if off == 0 {
			which = heads
		}
		s := loose{at: at, off: uint16(off), chunk: chunkOf(key[off:], isBare, 0)}
		if isBare {
			s.off |= bare
		}
		u[2*int(kind)+which] = append(u[2*int(kind)+which], s)
	})
}

// sorted puts starts in order that were taken up in several parts. It uses them up.
func (n *names) sorted(parts []unsorted) (s starts) {
	for i := range s {
		var of [][]loose
		for p := range parts {
			of = append(of, parts[p][i])
			parts[p][i] = nil
		}
		all := n.sortAll(of)
		s[i] = list{at: make([]uint32, len(all)), off: make([]uint16, len(all))}
		for j, x := range all {
			s[i].at[j], s[i].off[j] = x.at, x.off
		}
	}
	return s
}

// Sorting goes by eight bytes at once, and then within what was equal by the next
// eight: most of it never looks at a name. What is much is dealt out by two bytes
// before.
const (
	manyToSort = 1 << 14
	dealtBits  = 16
	maxDepth   = 256 // bytes, from where on names are compared whole: they say the same for long
)

// sortAll puts starts in order, of which the first eight bytes are known.
func (n *names) sortAll(parts [][]loose) []loose {
	count := 0
	for _, p := range parts {
		count += len(p)
	}
	if count < manyToSort {
		all := slices.Concat(parts...)
		n.sort(all, 0)
		return all
	}
	all, begins := deal(parts)
	packed.Fork(workers, len(all), func(_, from, to int) { // the buckets that begin there
		b, _ := slices.BinarySearch(begins, from)
		for ; b < len(begins)-1 && begins[b] < to; b++ {
			n.sort(all[begins[b]:begins[b+1]], 0)
		}
	})
	return all
}

// deal deals starts out by the first two bytes of what they say. It returns where
// each of these buckets begins, and where the last ends.
func deal(parts [][]loose) (all []loose, begins []int) {
	begins = make([]int, 1<<dealtBits+1)
	next := make([][]int, len(parts))
	packed.Fork(len(parts), len(parts), func(_, from, to int) {
		for p := from; p < to; p++ {
			next[p] = make([]int, 1<<dealtBits)
			for _, s := range parts[p] {
				next[p][s.chunk>>(64-dealtBits)]++
			}
		}
	})
	at := 0
	for b := range begins[1:] {
		begins[b] = at
		for p := range next {
			n := next[p][b]
			next[p][b] = at
			at += n
		}
	}
	begins[1<<dealtBits] = at
	all = make([]loose, at)
	packed.Fork(len(parts), len(parts), func(_, from, to int) {
		for p := from; p < to; p++ {
			for _, s := range parts[p] {
				to := &next[p][s.chunk>>(64-dealtBits)]
				all[*to] = s
				*to++
			}
		}
	})
	return all, begins
}

// sort puts starts in order that are equal up to a depth, and of which the eight
// bytes from there on are known.
func (n *names) sort(list []loose, depth int) {
	sortByChunk(list)
	for from := 0; from < len(list); {
		to := from + 1
		for to < len(list) && list[to].chunk == list[from].chunk {
			to++
		}
		if same := list[from:to]; len(same) > 1 {
			n.sortSame(same, depth+8)
		}
		from = to
	}
}

// sortSame puts starts in order that are equal up to a depth.
func (n *names) sortSame(list []loose, depth int) {
	if byte(list[0].chunk) == 0 || depth >= maxDepth || len(list) == 2 { // they end here, or are compared whole
		slices.SortFunc(list, func(a, b loose) int { return n.compareStarts(a, b) })
		return
	}
	for i, s := range list {
		text, isBare := n.text(s.at, s.off)
		list[i].chunk = chunkOf(text, isBare, depth)
	}
	n.sort(list, depth)
}

// sortByChunk sorts what is mostly a few. Equal ones it leaves in the order of their
// records, which is mostly the one they need.
func sortByChunk(list []loose) {
	if len(list) > 24 {
		slices.SortFunc(list, func(a, b loose) int {
			if a.chunk == b.chunk {
				return cmp.Compare(a.at, b.at)
			}
			return cmp.Compare(a.chunk, b.chunk)
		})
		return
	}
	for i := 1; i < len(list); i++ {
		s, j := list[i], i
		for ; j > 0 && list[j-1].chunk > s.chunk; j-- {
			list[j] = list[j-1]
		}
		list[j] = s
	}
}

// chunkOf returns eight bytes of what a start says, from a depth on.
func chunkOf(text []byte, isBare bool, depth int) uint64 {
	if !isBare && depth+8 <= len(text) {
		return binary.BigEndian.Uint64(text[depth:])
	}
	var b [8]byte
	if !isBare {
		copy(b[:], text[min(depth, len(text)):])
		return binary.BigEndian.Uint64(b[:])
	}
	i := -depth
	for _, c := range text {
		if c == '\'' {
			continue
		}
		if i >= 0 && i < len(b) {
			b[i] = c
		}
		i++
	}
	return binary.BigEndian.Uint64(b[:])
}
