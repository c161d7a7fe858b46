package shingle

import (
	"slices"
	"testing"
)

// TestRuns compares the runs of texts with those that are cut out and hashed one
// by one.
func TestRuns(t *testing.T) {
	for _, text := range []string{"", "abcdefgh", "Abc, def-ghi", "The quick brown fox jumps over 13 lazy dogs.", "Ça va? Один, два, три и четыре\xffпять", "aaaaaaaaaaaaaaaaaaaaa"} {
		var letters []rune
		for _, r := range text {
			if r = letter(r); r >= 0 {
				letters = append(letters, r)
			}
		}
		var want, got []uint64
		for i := range max(0, len(letters)-length+1) {
			hash := uint64(0)
			for _, r := range letters[i : i+length] {
				hash = hash*(0x9e3779b97f4a7c15|1) + uint64(r)
			}
			want = append(want, mix(hash))
		}
		each(text, func(h uint64) { got = append(got, h) })
		if !slices.Equal(got, want) {
			t.Errorf("%q: %d runs, want %d", text, len(got), len(want))
		}
		slices.Sort(want)
		if set := Of(text); !slices.Equal(set, slices.Compact(want)) {
			t.Errorf("%q: the set is not that of its runs", text)
		}
	}
}
