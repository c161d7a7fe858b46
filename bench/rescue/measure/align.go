package measure

// Align says for each character of a which of b it is, or -1. Where one stands
// in the place of another, it is that one. It takes linear time for texts that
// are mostly alike: what is the same in both and stands nowhere else in either
// anchors the rest.
func Align(a, b []rune) []int {
	to := make([]int, len(a))
	for i := range to {
		to[i] = -1
	}
	aligner{a, b, to}.between(0, len(a), 0, len(b), anchorLength)
	return to
}

type aligner struct {
	a, b []rune
	to   []int
}

const (
	anchorLength = 24      // characters of the longest anchors that are tried
	smallest     = 4       // and of the shortest
	table        = 1 << 22 // cells of the largest table: four million
)

func (l aligner) between(a0, a1, b0, b1, length int) {
	for a0 < a1 && b0 < b1 && l.a[a0] == l.b[b0] {
		l.to[a0] = b0
		a0, b0 = a0+1, b0+1
	}
	for a0 < a1 && b0 < b1 && l.a[a1-1] == l.b[b1-1] {
		a1, b1 = a1-1, b1-1
		l.to[a1] = b1
	}
	switch n := (a1 - a0 + 1) * (b1 - b0 + 1); {
	case a0 == a1 || b0 == b1:
	case n <= 1<<12, length < smallest && n <= table:
		l.exactly(a0, a1, b0, b1)
	case length >= smallest:
		l.byAnchors(a0, a1, b0, b1, length)
	}
}

// byAnchors aligns what stands once in each, in the longest row that rises in
// both, and then what is between.
func (l aligner) byAnchors(a0, a1, b0, b1, length int) {
	inA, inB := once(l.a[a0:a1], length), once(l.b[b0:b1], length)
	var as, bs []int
	for i := a0; i+length <= a1; i++ {
		k := hash(l.a[i : i+length])
		if inA[k] == int32(i-a0) {
			if j, ok := inB[k]; ok && j >= 0 && equal(l.a[i:i+length], l.b[b0+int(j):b0+int(j)+length]) {
				as, bs = append(as, i), append(bs, b0+int(j))
			}
		}
	}
	ai, bi := a0, b0
	for _, k := range rising(bs) {
		i, j := as[k], bs[k]
		if i < ai || j < bi {
			if i-ai != j-bi { // overlaps another way
				continue
			}
			i, j = max(i, ai), max(j, bi)
		}
		l.between(ai, i, bi, j, length/2)
		end := as[k] + length
		for i < end {
			l.to[i] = j
			i, j = i+1, j+1
		}
		ai, bi = i, j
	}
	l.between(ai, a1, bi, b1, length/2)
}

func equal(a, b []rune) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// once says where each stretch of that length stands; -1 if in several places.
func once(s []rune, length int) map[uint64]int32 {
	at := make(map[uint64]int32, max(0, len(s)-length+1))
	for i := 0; i+length <= len(s); i++ {
		k := hash(s[i : i+length])
		if _, ok := at[k]; ok {
			at[k] = -1
		} else {
			at[k] = int32(i)
		}
	}
	return at
}

func hash(s []rune) uint64 {
	h := uint64(14695981039346656037)
	for _, r := range s {
		h = (h ^ uint64(r)) * 1099511628211
	}
	return h
}

// rising returns the indexes of a longest rising row of s.
func rising(s []int) []int {
	var tails []int // index of the smallest end of a row of each length
	before := make([]int, len(s))
	for i, v := range s {
		lo, hi := 0, len(tails)
		for lo < hi {
			if mid := (lo + hi) / 2; s[tails[mid]] < v {
				lo = mid + 1
			} else {
				hi = mid
			}
		}
		before[i] = -1
		if lo > 0 {
			before[i] = tails[lo-1]
		}
		if lo == len(tails) {
			tails = append(tails, i)
		} else {
			tails[lo] = i
		}
	}
	if len(tails) == 0 {
		return nil
	}
	row := make([]int, len(tails))
	for i, k := len(tails)-1, tails[len(tails)-1]; i >= 0; i-- {
		row[i] = k
		k = before[k]
	}
	return row
}

// exactly aligns by the fewest insertions, deletions and changes.
func (l aligner) exactly(a0, a1, b0, b1 int) {
	n, m := a1-a0, b1-b0
	cost := make([]int32, (n+1)*(m+1))
	at := func(i, j int) *int32 { return &cost[i*(m+1)+j] }
	for i := n; i >= 0; i-- {
		for j := m; j >= 0; j-- {
			switch {
			case i == n:
				*at(i, j) = int32(m - j)
			case j == m:
				*at(i, j) = int32(n - i)
			case l.a[a0+i] == l.b[b0+j]:
				*at(i, j) = *at(i+1, j+1)
			default:
				*at(i, j) = 1 + min(*at(i+1, j+1), *at(i+1, j), *at(i, j+1))
			}
		}
	}
	for i, j := 0, 0; i < n && j < m; {
		switch {
		case l.a[a0+i] == l.b[b0+j], *at(i, j) == 1+*at(i+1, j+1):
			l.to[a0+i] = b0 + j
			i, j = i+1, j+1
		case *at(i, j) == 1+*at(i+1, j):
			i++
		default:
			j++
		}
	}
}
