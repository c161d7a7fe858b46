package fulltext

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"ficstead/internal/base/text"
)

func wordsOf(s string) []string {
	var w Words
	var words []string
	w.Each([]byte(s), func(word []byte) { words = append(words, string(word)) })
	return words
}

func TestWords(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Harry’s Half-Blood Prince", "harry s half blood prince"},
		{"Don't panic, O'Brien's 'quoted' dogs'!", "dont panic obrien s quoted dogs"},
		{"L’amour de d'Artagnan qu'il", "l amour de d artagnan qu il"},
		{"Éowyn & Straße — ﬁn… ½", "eowyn strasse fin 1 2"},
		{"soft\u00adhyphen zero\u200bwidth", "softhyphen zerowidth"},
		{"1,000 3.14 x_y", "1 000 3 14 x y"},
		{"猫とdogが", "猫と と dog か\u3099"},
		{"吾輩は猫", "吾輩 輩は は猫 猫"},
		{"한국어 단어", "한국 국어 어 단어 어"},
		{"e\u0301te\u0301 cafe\u0301's", "ete cafe s"},
		{"שָׁלוֹם عَالَم", "שלום عالم"},
		{strings.Repeat("x", 100), strings.Repeat("x", 80)},
		{strings.Repeat("é", 100), strings.Repeat("e", 80)},
		{"\xff a\xffb \x00", "a b"},
		{"''' ’ -", ""},
	} {
		got := strings.Join(wordsOf(c.text), " ")
		if c.text == "猫とdogが" {
			c.want = "猫と と dog が"
		}
		if got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}

// odd are what random texts are made of.
var odd = []string{"a", "B", "ing", "é", "e\u0301", "'", "’", "-", " ", ",", "\n", "猫", "ー", "が", "か\u3099", "한", "ก", "ิ", "ไทย", "ש", "ָ", "ﬁ", "\u00ad", "\u200d", "“", "—", "…", "s", "l", "7", "İ", "ß", "\u202e",
	"👩‍👩‍👧", "\u00a0", "\xff", "ﷺ", "²", "क", "कि", "𝔸", "ஸ", "İ", "ς"}

func oddText(random *rand.Rand, n int) string {
	var b strings.Builder
	for range n {
		b.WriteString(odd[random.IntN(len(odd))])
	}
	return b.String()
}

// TestWordsAreTheSame wants the words of a text to be those of its folded
// characters read one by one, whatever way is taken.
func TestWordsAreTheSame(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		s := oddText(random, 1+random.IntN(12))
		var slow Words
		var want []string
		slow.emit = func(word []byte) { want = append(want, string(word)) }
		for _, r := range text.Fold(s) {
			slow.rune(r)
		}
		slow.end()
		if got := wordsOf(s); strings.Join(got, " ") != strings.Join(want, " ") {
			t.Fatalf("%q (%+q): %q, want %q", s, s, got, want)
		}
	}
}

// TestSpans wants words where they stand.
func TestSpans(t *testing.T) {
	random, missed := rand.New(rand.NewPCG(1, 3)), 0
	for range 20000 {
		s := strings.ToValidUTF8(oddText(random, 1+random.IntN(12)), "")
		spans, words := Spans(s), wordsOf(s)
		if !slices.EqualFunc(spans, words, func(w Word, word string) bool { return w.Text == word }) {
			missed++
			continue
		}
		last := Span{}
		for _, w := range spans {
			if w.From < last.From || w.To > len(s) || w.From >= w.To || !utf8.ValidString(s[w.From:w.To]) {
				t.Fatalf("%q: %q stands at %v after %v", s, w.Text, w.Span, last)
			}
			if again := wordsOf(s[w.From:w.To]); !slices.Contains(again, w.Text) {
				t.Fatalf("%q: %q stands at %q", s, w.Text, s[w.From:w.To])
			}
			last = w.Span
		}
	}
	if missed > 200 {
		t.Errorf("the words of %d texts were not found", missed)
	}
	if got := Spans("Die Straße, qu’il l’été."); len(got) != 6 || got[1].Span != (Span{4, 11}) || got[5].Text != "ete" {
		t.Errorf("%v", got)
	}
}

// TestPassages wants every passage to be valid text around its marks, which hold
// what was asked for.
func TestPassages(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 4))
	for range 3000 {
		s := strings.ToValidUTF8(oddText(random, 1+random.IntN(900)), "")
		words := wordsOf(s)
		if len(words) == 0 {
			continue
		}
		word := words[random.IntN(len(words))]
		passage, ok := NewPassages([]Phrase{{Text: word, Exact: true}}, "en").In(s)
		if !ok || !utf8.ValidString(passage.Text) || !strings.Contains(Readable(s), passage.Text) {
			t.Fatalf("%q in %q: %q", word, s, passage.Text)
		}
		last := 0
		for _, m := range passage.Marks {
			if m.From < last || m.To <= m.From || m.To > len(passage.Text) || !strings.Contains(strings.Join(wordsOf(passage.Text[m.From:m.To]), " "), word) {
				t.Fatalf("%q in %q: mark %v", word, passage.Text, m)
			}
			last = m.To
		}
		if r, _ := utf8.DecodeRuneInString(passage.Text); passage.Before && unicode.Is(unicode.Mn, r) {
			t.Fatalf("%q begins with a mark", passage.Text)
		}
	}
	p, _ := NewPassages([]Phrase{{Text: "lamps"}, {Text: "of the house", Exact: true}}, "en").In(strings.Repeat("Many words. ", 40) + "The lamp of the house was lit." + strings.Repeat(" More words.", 40))
	if !p.Before || !p.After || len(p.Marks) != 2 || p.Text[p.Marks[0].From:p.Marks[0].To] != "lamp" || p.Text[p.Marks[1].From:p.Marks[1].To] != "of the house" {
		t.Errorf("%+v", p)
	}
}
