package packed

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func TestSort(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{0, 1, 2, 100, few - 1, few, 20000} {
		for _, span := range []uint64{1, 3, 5000, 1 << 31, 1 << 60} {
			for workers := 1; workers <= 3; workers++ {
				keys, small := make([]uint64, n), make([]uint32, n)
				for i := range keys {
					keys[i] = r.Uint64N(span) + span
					small[i] = uint32(keys[i])
				}
				perm := Identity(n)
				r.Shuffle(n, func(i, j int) { perm[i], perm[j] = perm[j], perm[i] })
				for _, sorted := range []struct {
					name string
					sort func(p []uint32)
					key  func(p uint32) uint64
				}{
					{"Sort64", func(p []uint32) { Sort64(p, keys, workers) }, func(p uint32) uint64 { return keys[p] }},
					{"Sort32", func(p []uint32) { Sort32(p, small, workers) }, func(p uint32) uint64 { return uint64(small[p]) }},
				} {
					got, want := slices.Clone(perm), slices.Clone(perm)
					sorted.sort(got)
					slices.SortStableFunc(want, func(a, b uint32) int { return cmp.Compare(sorted.key(a), sorted.key(b)) })
					if !slices.Equal(got, want) {
						t.Fatalf("%s of %d below %d by %d is wrong", sorted.name, n, span, workers)
					}
				}
				want := slices.Clone(keys)
				slices.Sort(want)
				if got := SortKeys(keys, workers); !slices.Equal(got, want) {
					t.Fatalf("SortKeys of %d below %d by %d is wrong", n, span, workers)
				}
			}
		}
	}
}

func TestSortStrings(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	words := []string{"", "\x00", "\x00\x00", "a", "the lighthouse", "the lighthouse\x00", "the lighthouse keeper", "the", "über", "\xff"}
	for _, n := range []int{0, 5, 500, 9000} {
		keys := make([][]byte, n)
		for i := range keys {
			var b strings.Builder
			for range r.IntN(4) {
				b.WriteString(words[r.IntN(len(words))])
			}
			if r.IntN(2) == 0 {
				fmt.Fprint(&b, r.IntN(n))
			}
			keys[i] = []byte(b.String())
		}
		got := Identity(n)
		r.Shuffle(n, func(i, j int) { got[i], got[j] = got[j], got[i] })
		want := slices.Clone(got)
		SortStrings(got, func(p uint32) []byte { return keys[p] }, 2)
		slices.SortStableFunc(want, func(a, b uint32) int { return bytes.Compare(keys[a], keys[b]) })
		if !slices.Equal(got, want) {
			t.Errorf("%d strings are in wrong order", n)
		}
	}
}

func TestSmallest(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, c := range []struct{ n, span, base int }{{0, 10, 0}, {10, 10, 0}, {300, 300, 0}, {5000, 1 << 20, 0}, {60000, 60000, 1 << 28}, {3000, 3000, 1 << 20}} {
		ranks := make([]uint32, c.n)
		for i, p := range r.Perm(c.span)[:c.n] {
			ranks[i] = uint32(c.base + p)
		}
		sorted := slices.Clone(ranks)
		slices.Sort(sorted)
		back := slices.Clone(sorted)
		slices.Reverse(back)
		for range 40 {
			skip, n := r.IntN(c.n+5), r.IntN(60)
			for down, all := range map[bool][]uint32{false: sorted, true: back} {
				want := all[min(skip, c.n):min(skip+n, c.n)]
				if got := Smallest(ranks, uint32(c.base+c.span), skip, n, down); !slices.Equal(got, want) {
					t.Fatalf("%d of %d from %d, down %v: got %v, want %v", n, c.n, skip, down, got, want)
				}
			}
		}
	}
}

func TestGaps(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, list := range [][]uint32{nil, {0}, {5}, {0, 1, 2}, {0, 127, 128, 1 << 14, 1 << 31}} {
		b := AppendGaps(nil, list)
		if got := AppendList(nil, b, 0); !slices.Equal(got, list) || GapsLen(b) != len(list) {
			t.Errorf("%v became %v", list, got)
		}
	}
	for range 2000 { // whatever is damaged, the list ascends
		b := make([]byte, r.IntN(12))
		for i := range b {
			b[i] = byte(r.Uint32() >> (r.Uint32() & 7))
		}
		if got := AppendList(nil, b, 1<<31); !slices.IsSorted(got) || len(got) > len(b) {
			t.Errorf("%v became %v", b, got)
		}
	}
}

func TestColumn(t *testing.T) {
	for _, numbers := range [][]int64{
		nil, {Unknown}, {0}, {7, Unknown, -3}, {math.MinInt64 + 1, math.MinInt64 + 2},
		{0, math.MaxUint32 - 1}, {0, math.MaxUint32}, {math.MaxInt64, Unknown, math.MinInt64 + 1},
		{math.MaxInt64 - 1, math.MaxInt64},
	} {
		c := NewColumn(slices.Clone(numbers))
		if c.Len() != len(numbers) {
			t.Errorf("%v: %d numbers", numbers, c.Len())
		}
		for i, n := range numbers {
			if c.At(i) != n {
				t.Errorf("%v: number %d is %d", numbers, i, c.At(i))
			}
			for _, least := range append(numbers, n+1, n-1) {
				if c.Wide != nil {
					continue
				}
				low, beyond := c.LowOf(least)
				if got := !beyond && c.Low[i] >= low; got != (n >= least) {
					t.Errorf("%v: %d is at least %d: %v", numbers, n, least, got)
				}
			}
		}
	}
}

func TestView(t *testing.T) {
	numbers := []uint32{1, 2, 1 << 31}
	b := Bytes(numbers)
	if got, ok := View[uint32](b); !ok || !slices.Equal(got, numbers) {
		t.Errorf("got %v", got)
	}
	if _, ok := View[uint32](b[:5]); ok {
		t.Error("a broken length is taken")
	}
	if _, ok := View[uint32](b[1:5]); ok {
		t.Error("a crooked beginning is taken")
	}
	if got := Uint32s(append(make([]byte, 1), b...)[1:]); !slices.Equal(got, numbers) {
		t.Errorf("got %v", got)
	}
	var three []byte
	three = AppendUint24(AppendUint24(three, 5), 1<<24-1)
	if Uint24(three, 0) != 5 || Uint24(three, 1) != 1<<24-1 {
		t.Error(three)
	}
}

func BenchmarkSort32(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	keys := make([]uint32, 1<<20)
	for i := range keys {
		keys[i] = r.Uint32()
	}
	for b.Loop() {
		Sort32(Identity(len(keys)), keys, 1)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(keys)), "ns/key")
}
