package shingle

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// story makes n words that hardly repeat.
func story(seed uint64, n int) []string {
	r := rand.New(rand.NewPCG(seed, 1))
	words := make([]string, n)
	for i := range words {
		words[i] = fmt.Sprintf("%c%s%d", 'a'+rune(r.IntN(26)), strings.Repeat(string('a'+rune(r.IntN(26))), 1+r.IntN(3)), r.IntN(1000))
	}
	return words
}

func TestTypographyIsNothing(t *testing.T) {
	a := Of(`“Well,” she said — <not> at all sure… It WAS late.`)
	b := Of(`"Wellshesaidnotatallsure... It was late`)
	if is := Compare(a, b).Jaccard; is != 1 {
		t.Errorf("jaccard %v", is)
	}
}

func TestCompare(t *testing.T) {
	words := story(1, 3000)
	whole, half := strings.Join(words, " "), strings.Join(words[:1500], " ")
	tests := []struct {
		name                 string
		a, b                 string
		jaccard, first, last float64
	}{
		{"the same", whole, whole, 1, 1, 1},
		{"nothing", "", "", 0, 0, 0},
		{"part of", half, whole, .5, 1, .5},
		{"different", whole, strings.Join(story(2, 3000), " "), 0, 0, 0},
	}
	for _, test := range tests {
		is := Compare(Of(test.a), Of(test.b))
		for _, v := range [][2]float64{{is.Jaccard, test.jaccard}, {is.OfFirst, test.first}, {is.OfSecond, test.last}} {
			if math.Abs(v[0]-v[1]) > .02 {
				t.Errorf("%s: %+v", test.name, is)
			}
		}
	}
}

// TestSampleFindsCopies damages one word in twenty: the runs that are left are
// about six in ten, and the sample must meet all the same.
func TestSampleFindsCopies(t *testing.T) {
	found, none := 0, 0
	const all = 200
	for seed := range uint64(all) {
		words := story(seed, 1500)
		copied := slices.Clone(words)
		r := rand.New(rand.NewPCG(seed, 2))
		for range len(copied) / 20 {
			copied[r.IntN(len(copied))] = "x"
		}
		sample := Sample(strings.Join(words, " "))
		if meets(sample, Sample(strings.Join(copied, " "))) {
			found++
		}
		if !meets(sample, Sample(strings.Join(story(seed+all, 1500), " "))) {
			none++
		}
	}
	if found < all*98/100 {
		t.Errorf("%d of %d copies met", found, all)
	}
	if none != all {
		t.Errorf("%d of %d strangers met", all-none, all)
	}
}

func TestShortTextsProveNothing(t *testing.T) {
	if is := Sample(strings.Repeat("ab1", 60)); is != nil {
		t.Errorf("a sample of a short text: %v", is)
	}
}

func meets(a, b []uint64) bool {
	return slices.ContainsFunc(a, func(h uint64) bool { return slices.Contains(b, h) })
}

func BenchmarkSample(b *testing.B) {
	text := strings.Join(story(1, 100_000), " ")
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Sample(text)
	}
}

func BenchmarkOf(b *testing.B) {
	text := strings.Join(story(1, 100_000), " ")
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Of(text)
	}
}
