package vocabulary

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"ficstead/internal/archive"
)

func TestSorted(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	words := []string{"o'brien", "obrien", "the", "lighthouse keeper", "tea", "teapot", "é", "x\x00", "x\x00\x00", "'", "a-very-long-word-that-goes-on-and-on", "王"}
	for _, tags := range []int{0, 3, 500, manyToSort} {
		n, parts := newNames(), make([]unsorted, 3)
		var all []loose
		for range tags {
			var name strings.Builder
			for range 1 + r.IntN(5) {
				name.WriteString(words[r.IntN(len(words))] + " ")
			}
			at, _ := n.put(uint32(r.IntN(tags)), name.String())
			parts[r.IntN(3)].add(archive.Freeform, at, n.key(at))
		}
		for p := range parts {
			all = append(all, parts[p][2*int(archive.Freeform)+middles]...)
		}
		slices.SortFunc(all, n.compareStarts)
		s := n.sorted(parts)
		got := s[2*int(archive.Freeform)+middles]
		if got.len() != len(all) {
			t.Fatalf("%d tags: %d starts became %d", tags, len(all), got.len())
		}
		for i, want := range all {
			if got.at[i] != want.at || got.off[i] != want.off {
				t.Fatalf("%d tags: start %d of %d is another", tags, i, len(all))
			}
		}
	}
}
