package index

import (
	"math"
	"testing"

	"ficstead/internal/archive"
)

// What is known beforehand is little to do, however much is found; what must be
// looked at one by one is as much as there is.
func TestEfforts(t *testing.T) {
	c := newCrowd(9, 3000)
	s, err := c.built().Eager().Rebuilt(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	common := Tag(archive.TagID(1)) // of the Zipf distribution the most frequent
	for name, e := range map[string]Expr{"everything": All{}, "a tag": common, "a language": Or{Language("en")}, "a trait": Complete} {
		f, err := s.Find(t.Context(), archive.Viewer{}, e)
		if err != nil {
			t.Fatal(err)
		}
		if f.Total() < 500 || f.CountEffort() > f.Total()/4 {
			t.Errorf("%s: counting %d works is an effort of %d", name, f.Total(), f.CountEffort())
		}
	}
	scanned, _ := s.Plain().Find(t.Context(), archive.Viewer{}, common)
	if scanned.CountEffort() != scanned.Total() {
		t.Errorf("going through %d works is an effort of %d", scanned.Total(), scanned.CountEffort())
	}
	anywhere := []Place{InTitle, InCreator, InTags, InSummary, InNotes}
	phrase := Words{anywhere, []string{"moon", "over"}}
	if n := s.Estimate(phrase); n < 100 {
		t.Errorf("a phrase of common words is an effort of %d", n)
	}
	many := Or{phrase, phrase, phrase}
	if one, all := s.Estimate(phrase), s.Estimate(many); all < 3*one {
		t.Errorf("one phrase is an effort of %d, three of %d", one, all)
	}
	var nots And
	for i := range int64(100) {
		nots = append(nots, Not{Range{WordCount, i, i}})
	}
	if n := s.Estimate(nots); n < s.Len()/4 {
		t.Errorf("leaving out a hundred numbers is an effort of %d", n)
	}
	if n := s.Estimate(Range{WordCount, math.MinInt64, math.MaxInt64}); n > s.Len()/8 {
		t.Errorf("a range is an effort of %d", n)
	}
}

// Putting works in an order by how well they fit is an effort for each thing
// looked for in each place, and none in other orders.
func TestFitEffort(t *testing.T) {
	c := newCrowd(9, 3000)
	f, err := c.built().Find(t.Context(), archive.Viewer{}, All{})
	if err != nil {
		t.Fatal(err)
	}
	word := Words{[]Place{InTitle, InSummary}, []string{"moon"}}
	phrase := Words{[]Place{InSummary}, []string{"moon", "over"}}
	effort := func(looks ...Words) int { return f.FitEffort(Order{By: Fitting, Looks: looks}) }
	if n := f.FitEffort(ByColumn(Kudos)); n != 0 {
		t.Errorf("another order is an effort of %d", n)
	}
	one, two, phrases := effort(word), effort(word, word), effort(word, phrase)
	if one <= 0 || two <= one || phrases < two || phrases < f.Total()/8 {
		t.Errorf("a word %d, two %d, a word and a phrase %d", one, two, phrases)
	}
}
