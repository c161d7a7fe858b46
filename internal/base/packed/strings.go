package packed

import (
	"bytes"
	"cmp"
	"slices"
)

// SortStrings sorts perm by the bytes of key, and leaves equal ones in their
// order. It looks at 7 bytes of all keys first, then only among those that agree
// in them.
func SortStrings(perm []uint32, key func(p uint32) []byte, workers int) {
	n := len(perm)
	if n < few {
		sortGroup(perm, key, 0)
		return
	}
	heads := make([]uint64, n)
	order := Identity(n)
	Fork(workers, n, func(_, from, to int) {
		for i, p := range perm[from:to] {
			heads[from+i] = head(key(p), 0)
		}
	})
	Sort64(order, heads, workers)
	old := slices.Clone(perm)
	for i, o := range order {
		perm[i] = old[o]
	}
	// A group belongs to the worker in whose part it begins.
	starts := func(i int) bool { return i == 0 || heads[order[i]] != heads[order[i-1]] }
	Fork(workers, n, func(_, from, to int) {
		for from < to && !starts(from) {
			from++
		}
		for from < to {
			end := from + 1
			for end < n && !starts(end) {
				end++
			}
			if end-from > 1 && byte(heads[order[from]]) > headBytes {
				sortGroup(perm[from:end], key, headBytes)
			}
			from = end
		}
	})
}

// Identity returns the numbers from 0 to n.
func Identity(n int) []uint32 {
	list := make([]uint32, n)
	for i := range list {
		list[i] = uint32(i)
	}
	return list
}

// headBytes is how many bytes of a string a head has room for.
const headBytes = 7

// head makes a number of the bytes from depth on, which compares as they do. Its
// last byte is how many there are, at most one more than there is room for, so
// equal heads are of equal strings or of strings that go on.
func head(s []byte, depth int) uint64 {
	s = s[min(depth, len(s)):]
	n := uint64(0)
	for i := range headBytes {
		n <<= 8
		if i < len(s) {
			n |= uint64(s[i])
		}
	}
	return n<<8 | uint64(min(len(s), headBytes+1))
}

// entry is a string in a group that is being sorted.
type entry struct {
	head uint64
	at   int // in the group, for order among equals
	p    uint32
}

// sortGroup sorts perm, whose keys agree in the bytes before depth.
func sortGroup(perm []uint32, key func(p uint32) []byte, depth int) {
	if len(perm) == 2 {
		if bytes.Compare(key(perm[0]), key(perm[1])) > 0 {
			perm[0], perm[1] = perm[1], perm[0]
		}
		return
	}
	group := make([]entry, len(perm))
	for i, p := range perm {
		group[i] = entry{head(key(p), depth), i, p}
	}
	slices.SortFunc(group, func(a, b entry) int { return cmp.Or(cmp.Compare(a.head, b.head), cmp.Compare(a.at, b.at)) })
	for i, e := range group {
		perm[i] = e.p
	}
	for from := 0; from < len(group); {
		end := from + 1
		for end < len(group) && group[end].head == group[from].head {
			end++
		}
		if end-from > 1 && byte(group[from].head) > headBytes {
			sortGroup(perm[from:end], key, depth+headBytes)
		}
		from = end
	}
}
