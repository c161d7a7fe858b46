package measure

import (
	"math/rand/v2"
	"testing"
	"time"
)

func TestAlign(t *testing.T) {
	for _, c := range []struct {
		a, b string
		to   []int
	}{
		{"", "abc", nil},
		{"abc", "", []int{-1, -1, -1}},
		{"abc", "abc", []int{0, 1, 2}},
		{"abc", "axc", []int{0, 1, 2}},
		{"abc", "xabc", []int{1, 2, 3}},
		{"abcd", "acd", []int{0, -1, 1, 2}},
		{"Touch", "iTouch/i", []int{1, 2, 3, 4, 5}},
		{"don’t", "don?t", []int{0, 1, 2, 3, 4}},
	} {
		to := Align([]rune(c.a), []rune(c.b))
		if len(to) != len(c.to) {
			t.Fatalf("%q %q: %v", c.a, c.b, to)
		}
		for i := range to {
			if to[i] != c.to[i] {
				t.Errorf("%q %q: %v, want %v", c.a, c.b, to, c.to)
				break
			}
		}
	}
}

// TestAlignKnows damages a long text in known places and finds each again.
func TestAlignKnows(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	a := letters(r, 60000)
	var b []rune
	want := make([]int, len(a))
	for i, c := range a {
		want[i] = len(b)
		switch r.IntN(200) {
		case 0:
			want[i] = -1
			continue
		case 1:
			b = append(b, '§', c)
			want[i]++
			continue
		case 2:
			c = '?'
		}
		b = append(b, c)
	}
	to := Align(a, b)
	wrong := 0
	for i := range to {
		if to[i] != want[i] {
			wrong++
		}
	}
	if wrong > len(a)/500 { // next to a loss, the neighbour may be taken
		t.Errorf("%d of %d characters aligned elsewhere", wrong, len(a))
	}
}

// TestAlignIsFast aligns texts that have nothing in common, and long ones.
func TestAlignIsFast(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	start := time.Now()
	Align(letters(r, 300000), letters(r, 300000))
	one := make([]rune, 200000)
	Align(one, letters(r, 200000))
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("took %v", took)
	}
}

func letters(r *rand.Rand, n int) []rune {
	s := make([]rune, n)
	for i := range s {
		s[i] = rune('a' + r.IntN(26))
	}
	return s
}
