package prose

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// plainPieces are what documents are made of that need not be read again.
var plainPieces = func() []string {
	list := []string{"text", "a word", " ", "\n", "&nbsp;", "&amp;", "&lt;b>", "“q”", "é", "漢", "\u200b", "&#x81;", "&#13;", "&#12;", "<br>", "<br>", "<hr>", "<p>", "<p>", "</p>", "</p>",
		"<p align=center>", "<h2>", "</h2>", "<div>", "</div>", "<span style='font-style:italic;text-decoration:underline'>", "</span>", "<div style='font-weight:bold'>"}
	for _, tag := range strings.Fields(plainMarks + " i b strike tt samp font") {
		list = append(list, "<"+tag+">", "</"+tag+">", "</"+tag+">", "text")
	}
	return list
}()

func random(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 7)) }

func randomHTML(r *rand.Rand, pieces []string, most int) string {
	var b strings.Builder
	for range 1 + r.IntN(most) {
		b.WriteString(pieces[r.IntN(len(pieces))])
	}
	return b.String()
}

// What settled lets pass unread must read back as it is: its print and its blocks.
func TestSettledIsWhatIsReadAgain(t *testing.T) {
	n, passed := 15_000, 0
	if testing.Short() {
		n = 2_000
	}
	for seed := range uint64(n) {
		in := randomHTML(random(seed), plainPieces, 40)
		passed += judgeSettled(t, in)
		if t.Failed() {
			t.Fatalf("in: %q", in)
		}
	}
	if passed < n/2 {
		t.Errorf("only %d of %d were settled", passed, n)
	}
}

// judgeSettled returns 1 if in was settled after one reading.
func judgeSettled(t *testing.T, in string) int {
	t.Helper()
	first, _ := read(in, ParseOptions{})
	printed := printRow(first)
	if !settled(first, printed) {
		return 0
	}
	again, _ := read(printed, ParseOptions{})
	if is := printRow(again); is != printed {
		t.Errorf("%q\nreads back as %q", printed, is)
	}
	if !slices.EqualFunc(first, again, sameBlock) {
		t.Errorf("%q\nreads back as other blocks: %+v\nand not %+v", printed, again, first)
	}
	return 1
}

func sameBlock(a, b Block) bool {
	return a.kind == b.kind && a.level == b.level && a.align == b.align && a.html == b.html &&
		slices.EqualFunc(a.runs, b.runs, func(x, y Run) bool {
			return x.Text == y.Text && x.Break == y.Break && slices.Equal(x.Marks, y.Marks)
		})
}

// New must make the same document whether it could go by what blocks know of
// their print or not.
func TestPatchedIsWhatIsRead(t *testing.T) {
	n, passed := 3_000, 0
	if testing.Short() {
		n = 600
	}
	for seed := range uint64(n) {
		r := random(seed)
		ours := plainPieces
		if seed%2 == 0 {
			ours = pieces
		}
		row := edited(r, Parse(randomHTML(r, ours, 200)).Blocks(), Parse(randomHTML(r, pieces, 60)).Blocks())
		whole, _ := ParseWith(printCanonical(row), ParseOptions{DataImages: true})
		d, ok := patched(row)
		if !ok {
			continue
		}
		passed++
		if d.html != whole.html || joined(slices.Clone(d.blocks)) != d.html {
			t.Fatalf("seed %d: of %q\npatched: %q\nread:    %q", seed, printCanonical(row), d.html, whole.html)
		}
		if again := printRow(slices.Clone(d.blocks)); again != d.html || !reflect.DeepEqual(texts(d), texts(whole)) {
			t.Fatalf("seed %d: %q\nprints as %q", seed, d.html, again)
		}
	}
	if passed < n/4 {
		t.Errorf("only %d of %d were patched", passed, n)
	}
}

func texts(d Doc) (all []string) {
	each(d.blocks, func(b Block) { all = append(all, b.Text()) })
	return all
}

// edited does to a row what rules do, here and there.
func edited(r *rand.Rand, row, others []Block) []Block {
	var out []Block
	for _, b := range row {
		if r.IntN(6) > 0 {
			out = append(out, b)
			continue
		}
		switch r.IntN(9) {
		case 0:
			out = append(out, SceneBreak(), b)
		case 1:
			out = append(out, b, EmptyParagraph())
		case 2:
			out = append(out, b.MapText(strings.ToUpper))
		case 3:
			out = append(out, b.Lines()...)
		case 4:
			out = append(out, b, TextParagraph(" a <b>\n&amp; \u00a0"))
		case 5:
			out = append(out, b.Blocks()...)
		case 6:
			out = append(out, NewQuote(b))
		case 7:
			out = append(out, b.WithAlign("right"), b.WithBlocks(others...))
		case 8:
			out = append(out, others...)
		}
	}
	return out
}

func FuzzSettled(f *testing.F) {
	for _, c := range cases {
		f.Add(c.in)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) < 20_000 {
			judgeSettled(t, s)
		}
	})
}
