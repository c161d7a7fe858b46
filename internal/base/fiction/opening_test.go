package fiction

import (
	"math/rand/v2"
	"regexp/syntax"
	"strings"
	"testing"
)

// TestMayOpen makes beginnings of the pattern itself: the quick look must not
// turn one of them away.
func TestMayOpen(t *testing.T) {
	tree, err := syntax.Parse(opening().String(), syntax.Perl)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(20, 26))
	for range 10_000 {
		var b strings.Builder
		write(&b, tree, r)
		for _, s := range []string{b.String(), strings.ToUpper(b.String()), b.String() + " he came"} {
			s = s[:min(len(s), 80)]
			if opening().MatchString(s) && !mayOpen(s) {
				t.Fatalf("%q opens a scene, and was turned away", s)
			}
		}
	}
}

// write writes one of the texts that a pattern stands for.
func write(b *strings.Builder, re *syntax.Regexp, r *rand.Rand) {
	times := 1
	switch re.Op {
	case syntax.OpLiteral:
		b.WriteString(string(re.Rune))
	case syntax.OpCharClass:
		pair := 2 * r.IntN(len(re.Rune)/2)
		b.WriteRune(re.Rune[pair] + r.Int32N(re.Rune[pair+1]-re.Rune[pair]+1))
	case syntax.OpAlternate:
		write(b, re.Sub[r.IntN(len(re.Sub))], r)
		return
	case syntax.OpStar, syntax.OpQuest:
		times = r.IntN(2)
	case syntax.OpPlus:
		times = 1 + r.IntN(2)
	case syntax.OpRepeat:
		times = re.Min + r.IntN(re.Max-re.Min+1)
	}
	for range times {
		for _, sub := range re.Sub {
			write(b, sub, r)
		}
	}
}

func BenchmarkTurns(b *testing.B) {
	var paragraphs []string
	size := 0
	for i := range 2000 {
		p := []string{`"The boat is late," said Ann, and looked at the boat, which was late.`, "In the harbour stood a man who had seen it all before, and said nothing of it.", "He looked at the harbour, and it was as if she had never been there at all; so he went."}[i%3]
		paragraphs, size = append(paragraphs, p), size+len(p)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		Turns(paragraphs, 20)
	}
}
