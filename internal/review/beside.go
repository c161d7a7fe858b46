package review

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"ficstead/internal/archive"
)

// A Row is one block of a chapter beside the piece of the source that it came
// from, "" if that was not found. The first row of a chapter, with Block -1, is
// what stands before its text: a heading, or what was left out.
type Row struct {
	Block  int
	Source string
	At     int // where in the source it begins, in bytes; -1 if it was not found
}

// Beside puts every block of all chapters beside its piece of the source, in the
// order of both. The answer has the rows of each chapter.
func Beside(source string, chapters []archive.Chapter) [][]Row {
	a := newAligner(source)
	rows := make([][]Row, len(chapters))
	var all []*span
	for i, c := range chapters {
		rows[i] = []Row{{Block: -1, At: -1}}
		all = append(all, &span{chapter: i, row: 0, from: -1})
		for j, block := range c.Text.Blocks() {
			rows[i] = append(rows[i], Row{Block: j, At: -1})
			s := a.find(block.Text())
			s.chapter, s.row = i, j+1
			all = append(all, &s)
		}
	}
	share(source, all)
	for _, s := range all {
		if s.from >= 0 {
			rows[s.chapter][s.row].At = s.from
			rows[s.chapter][s.row].Source = strings.Trim(source[s.from:s.to], "\n\r")
		}
	}
	return rows
}

// span is what a row has of the source; from is -1 if it was not found.
type span struct {
	chapter, row int
	from, to     int
}

// share gives what stands between the pieces that were found to the rows between
// them; where there are none, to the row before.
func share(source string, all []*span) {
	end := 0 // of what has been given
	for i := 0; i <= len(all); {
		j := i // the next that was found
		for j < len(all) && all[j].from < 0 {
			j++
		}
		start := len(source)
		if j < len(all) {
			start = max(all[j].from, end)
			all[j].from, all[j].to = start, max(all[j].to, start)
		}
		gap := strings.TrimSpace(source[end:start])
		switch {
		case gap == "":
		case i < j:
			spread(source, all[i:j], end, start)
		case i > 0:
			all[i-1].to = start // which was found
		}
		if j < len(all) {
			end = all[j].to
		}
		i = j + 1
	}
}

// spread gives source[from:to] to rows that were not found: line by line to
// those that are one line each, such as scene breaks, the rest to the first.
func spread(source string, rows []*span, from, to int) {
	rows[0].from, rows[0].to = from, to
	for _, s := range rows[1:] {
		i := strings.LastIndex(strings.TrimRight(source[rows[0].from:rows[0].to], " \t\r\n"), "\n")
		if i < 0 || strings.TrimSpace(source[rows[0].from:rows[0].from+i]) == "" {
			return
		}
		if s == rows[len(rows)-1] {
			s.from, s.to = rows[0].from+i+1, rows[0].to
			rows[0].to = s.from
		}
	}
}

// An aligner walks through a source in step with the text that was made of it.
type aligner struct {
	source string
	words  []word
	places map[[3]string][]int32 // where three words in a row begin, in order
	at     int                   // the word to be looked at next
}

type word struct{ from, to int }

func newAligner(source string) *aligner {
	a := &aligner{source: source, words: wordsOf(source)}
	a.places = make(map[[3]string][]int32, len(a.words))
	for i := 0; i+2 < len(a.words); i++ {
		key := a.three(i)
		if at := a.places[key]; len(at) < mostPlaces {
			a.places[key] = append(at, int32(i))
		}
	}
	return a
}

// mostPlaces of three words in a row are remembered: a text that repeats itself
// more often is followed by its place alone.
const mostPlaces = 64

func (a *aligner) word(i int) string { return fold(a.source[a.words[i].from:a.words[i].to]) }

func (a *aligner) three(i int) [3]string { return [3]string{a.word(i), a.word(i + 1), a.word(i + 2)} }

// fold makes words of a text and its source alike.
func fold(s string) string { return strings.ToLower(s) }

var atTag = regexp.MustCompile(`^</?[a-zA-Z!][^<>]*>`)

const longestTag = 4096 // bytes; what is longer is read as text

// wordsOf lists the words of a source, and leaves the tags of HTML out.
func wordsOf(s string) (words []word) {
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '<':
			n = max(1, len(atTag.FindString(s[i:min(len(s), i+longestTag)])))
		case isWord(r):
			from := i
			for i < len(s) {
				if r, n = utf8.DecodeRuneInString(s[i:]); !isWord(r) {
					break
				}
				i += n
			}
			words = append(words, word{from, i})
			continue
		}
		i += n
	}
	return words
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// near is how many words of the source are looked at for the next word of the text.
const near = 12

// find returns where the words of a text stand in the source, from where the
// last was found on.
func (a *aligner) find(text string) span {
	mine := wordsOf(text)
	word := func(i int) string { return fold(text[mine[i].from:mine[i].to]) }
	a.jump(mine, word)
	first, last := -1, -1
	for i := range mine {
		at := a.next(word(i), i+1 < len(mine), func() string { return word(i + 1) })
		if at < 0 {
			continue
		}
		if first < 0 {
			first = at
		}
		last, a.at = at, at+1
	}
	if first < 0 {
		return span{from: -1}
	}
	return span{from: a.open(a.words[first].from), to: a.shut(a.words[last].to)}
}

// jump goes to where the first three words in a row that the source has stand,
// if that is further on than near.
func (a *aligner) jump(mine []word, word func(int) string) {
	for i := 0; i+2 < min(len(mine), 20); i++ {
		for _, at := range a.places[[3]string{word(i), word(i + 1), word(i + 2)}] {
			if int(at) >= a.at {
				a.at = max(a.at, int(at)-i)
				return
			}
		}
	}
}

// next looks for a word at or just after where the aligner is. Further on than
// the next three words it must be followed by the same word as in the text.
func (a *aligner) next(is string, more bool, following func() string) int {
	for k := a.at; k < min(len(a.words), a.at+near); k++ {
		if a.word(k) != is {
			continue
		}
		if k-a.at < 3 || more && k+1 < len(a.words) && a.word(k+1) == following() {
			return k
		}
	}
	return -1
}

// open goes back over the signs that a word begins with: quotes, markers, and the
// tags that open what it is in.
func (a *aligner) open(at int) int {
	for at > 0 {
		r, n := utf8.DecodeLastRuneInString(a.source[:at])
		if r == '>' {
			if start := strings.LastIndexByte(a.source[max(0, at-longestTag):at], '<'); start >= 0 {
				start += max(0, at-longestTag)
				if opening.MatchString(a.source[start:at]) {
					at = start
					continue
				}
			}
			break
		}
		if isWord(r) || unicode.IsSpace(r) {
			break
		}
		at -= n
	}
	return at
}

var (
	opening = regexp.MustCompile(`^<[a-zA-Z][^<>]*>$`)
	closing = regexp.MustCompile(`^</[a-zA-Z][^<>]*>`)
)

// shut goes on to the end of the line over all that is no word, and over the tags
// that close what the last word was in.
func (a *aligner) shut(at int) int {
	for at < len(a.source) {
		r, n := utf8.DecodeRuneInString(a.source[at:])
		if r == '<' {
			if n = len(closing.FindString(a.source[at:min(len(a.source), at+longestTag)])); n == 0 {
				break
			}
		} else if isWord(r) || r == '\n' {
			break
		}
		at += n
	}
	return at
}

// A Ruler finds the byte of a source that a mend's At means.
type Ruler struct {
	source string
	every  []int // the byte of every so many code points
}

const rulerStep = 1024

// NewRuler measures a source.
func NewRuler(source string) Ruler {
	r := Ruler{source: source}
	n := 0
	for i := range source {
		if n%rulerStep == 0 {
			r.every = append(r.every, i)
		}
		n++
	}
	return r
}

// Byte is where the nth code point begins; the length of the source if there are fewer.
func (r Ruler) Byte(n int) int {
	if n < 0 || n/rulerStep >= len(r.every) {
		return len(r.source)
	}
	at := r.every[n/rulerStep]
	for range n % rulerStep {
		_, size := utf8.DecodeRuneInString(r.source[at:])
		at += size
	}
	return at
}

// RowAt returns the block of the row that a byte of the source is in; false if it
// is in none of these.
func RowAt(rows []Row, at int) (block int, ok bool) {
	end := 0
	for _, row := range rows {
		if row.At >= 0 && row.At <= at {
			block, ok, end = row.Block, true, row.At+len(row.Source)
		}
	}
	const around = 4 // line ends are no part of rows
	return block, ok && at < end+around
}
