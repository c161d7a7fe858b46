package fulltext

import (
	"slices"
	"unicode"
	"unicode/utf8"
)

// Passages finds phrases in paragraphs.
type Passages struct {
	English bool // the text is English, or its language not known
	phrases [][]Term
	words   Words
}

// NewPassages returns what finds phrases in texts of a language.
func NewPassages(phrases []Phrase, language string) *Passages {
	p := &Passages{English: English(language)}
	for _, phrase := range phrases {
		if terms := phrase.Terms(); len(terms) > 0 {
			p.phrases = append(p.phrases, terms)
		}
	}
	return p
}

// around is about how many characters of a paragraph a passage shows.
const around = 280

// In returns what a paragraph holds of the phrases as a passage, if it holds any.
func (p *Passages) In(paragraph string) (passage Passage, ok bool) {
	paragraph = Readable(paragraph)
	var words []string
	p.words.Each([]byte(paragraph), func(word []byte) { words = append(words, string(word)) })
	found := p.stand(words)
	if len(found) == 0 {
		return Passage{}, false
	}
	spans := Spans(paragraph)
	if !slices.EqualFunc(spans, words, func(w Word, word string) bool { return w.Text == word }) {
		return Excerpt(paragraph, nil), true
	}
	var marks []Span
	for _, f := range found {
		marks = append(marks, Span{spans[f.From].From, spans[f.To-1].To})
	}
	return Excerpt(paragraph, marks), true
}

// Marked makes a passage of a paragraph with some of its words marked, each by
// itself, by their numbers from 0.
func Marked(paragraph string, words []int) Passage {
	paragraph = Readable(paragraph)
	spans := Spans(paragraph)
	var marks []Span
	for _, n := range words {
		if n < len(spans) {
			marks = append(marks, spans[n].Span)
		}
	}
	return Excerpt(paragraph, marks)
}

// stand returns where phrases stand among words, in order.
func (p *Passages) stand(words []string) []Span {
	var found []Span
	for i := range words {
		for _, terms := range p.phrases {
			n := 0
			for n < len(terms) && i+n < len(words) && terms[n].Is(words[i+n], p.English) {
				n++
			}
			if n == len(terms) {
				found = append(found, Span{i, i + n})
			}
		}
	}
	return found
}

// Excerpt makes a passage of a paragraph around its first marks: all of it if it is
// short, and otherwise whole words. Marks that touch become one.
func Excerpt(paragraph string, marks []Span) Passage {
	marks = apart(marks)
	from, to := 0, len(paragraph)
	if utf8.RuneCountInString(paragraph) > around {
		from, to = window(paragraph, marks)
	}
	p := Passage{Text: paragraph[from:to], Before: from > 0, After: to < len(paragraph)}
	for _, m := range marks {
		if m.From >= from && m.To <= to {
			p.Marks = append(p.Marks, Span{m.From - from, m.To - from})
		}
	}
	return p
}

// apart sorts marks, and makes one of those that overlap.
func apart(marks []Span) []Span {
	slices.SortFunc(marks, func(a, b Span) int { return a.From - b.From })
	var kept []Span
	for _, m := range marks {
		if n := len(kept); n > 0 && m.From < kept[n-1].To {
			kept[n-1].To = max(kept[n-1].To, m.To)
		} else {
			kept = append(kept, m)
		}
	}
	return kept
}

// window is the part of a paragraph to be shown: some before the first mark, and
// as much behind it as fits.
func window(paragraph string, marks []Span) (from, to int) {
	start := 0
	if len(marks) > 0 {
		start = marks[0].From
	}
	from = back(paragraph, start, around/4)
	to = from
	for n := 0; to < len(paragraph) && n < around; n++ {
		_, size := utf8.DecodeRuneInString(paragraph[to:])
		to += size
	}
	if len(marks) > 0 {
		to = max(to, min(marks[0].To, from+8*around)) // a long phrase is shown
	}
	if to >= len(paragraph) {
		return from, len(paragraph)
	}
	return from, max(edge(paragraph, to), start)
}

// back goes n characters back from a place, and on to the beginning of a word.
func back(s string, at, n int) int {
	from := at
	for ; from > 0 && n > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:from])
		from -= size
	}
	if from == 0 {
		return 0
	}
	for i, r := range s[from:at] {
		after := from + i + utf8.RuneLen(r)
		if next, _ := utf8.DecodeRuneInString(s[after:]); unicode.IsSpace(r) && !combines(next) {
			return after
		}
	}
	for from < at { // a script without spaces: only not within a character
		r, size := utf8.DecodeRuneInString(s[from:])
		if single(r) && !combines(r) {
			return from
		}
		from += size
	}
	return at
}

// edge goes back from a place to the end of a word.
func edge(s string, at int) int {
	for !utf8.RuneStart(s[at]) {
		at--
	}
	const far = 40 // characters: no word of a script with spaces is longer
	to := at
	for range far {
		r, size := utf8.DecodeLastRuneInString(s[:to])
		if size == 0 {
			break
		}
		if unicode.IsSpace(r) {
			return to - size
		}
		to -= size
	}
	for at > 0 {
		r, _ := utf8.DecodeRuneInString(s[at:])
		last, size := utf8.DecodeLastRuneInString(s[:at])
		if !combines(r) && last != '\u200d' {
			break
		}
		at -= size
	}
	return at
}
