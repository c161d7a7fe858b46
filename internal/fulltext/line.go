package fulltext

import (
	"math"
	"slices"
	"sort"
)

// Line is a line of a story as somebody recalls it: some words wrong, some
// missing, most of them in order.
type Line struct {
	Words   []string
	Weights []float64 // how much each tells: what is rare tells more
	sum     float64
	alike   map[string][]float32 // what words of texts have in common with each word
	room    []uint8              // for the steps of an alignment
}

// longestLine is how many words of a line are looked at.
const longestLine = 60

// NewLine reads a line. Its words weigh the same until Weigh is told of more.
func NewLine(s string) *Line {
	l := &Line{alike: map[string][]float32{}}
	var w Words
	w.Each([]byte(s), func(word []byte) {
		if len(l.Words) < longestLine {
			l.Words = append(l.Words, string(word))
		}
	})
	l.Weigh(1, func(string) int { return 1 })
	return l
}

// Weigh weighs words by how many of all documents have them.
func (l *Line) Weigh(all int, docs func(word string) int) {
	l.Weights, l.sum = l.Weights[:0], 0
	for _, word := range l.Words {
		w := .5 + Rarity(all, docs(word))
		l.Weights = append(l.Weights, w)
		l.sum += w
	}
}

// Rarity is how surprising a word is that so many of all documents have.
func Rarity(all, docs int) float64 {
	return math.Log1p(float64(all) / float64(max(docs, 1)))
}

// likeness is what a word of a text has in common with each word of the line,
// from 0 to 1.
func (l *Line) likeness(word string) []float32 {
	if known, ok := l.alike[word]; ok {
		return known
	}
	var all []float32
	for i, w := range l.Words {
		like := likeness(w, word)
		if like > 0 && all == nil {
			all = make([]float32, len(l.Words))
		}
		if like > 0 {
			all[i] = like
		}
	}
	l.alike[word] = all
	return all
}

func likeness(a, b string) float32 {
	switch {
	case a == b:
		return 1
	case len(a) < 3 || len(b) < 3 || a[0] != b[0]:
		return 0
	case Stem(a) == Stem(b):
		return .85
	}
	longer := max(len(a), len(b))
	if longer < 5 || longer-min(len(a), len(b)) > 2 {
		return 0
	}
	if d := distance(a, b); d == 1 || d == 2 && longer > 7 {
		return .7
	}
	return 0
}

// distance is how many letters must be changed, left out, put in or swapped with
// the next to make b of a; more than two is 3.
func distance(a, b string) int {
	const most = 3
	var rows [3][longest + 1]uint8
	before, last, this := &rows[0], &rows[1], &rows[2]
	for j := 0; j <= len(b); j++ {
		last[j] = uint8(min(j, most))
	}
	for i := 1; i <= len(a); i++ {
		this[0] = uint8(min(i, most))
		least := this[0]
		for j := 1; j <= len(b); j++ {
			d := last[j-1]
			if a[i-1] != b[j-1] {
				d = min(last[j-1], last[j], this[j-1]) + 1
				if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
					d = min(d, before[j-2]+1)
				}
			}
			this[j] = min(d, most)
			least = min(least, this[j])
		}
		if least >= most {
			return most
		}
		before, last, this = last, this, before
	}
	return int(last[len(b)])
}

// Alignment is where in a text a line stands best.
type Alignment struct {
	Score     float64 // 1 if it stands there as it is
	Paragraph int     // of those that hold text, from 0: where most of it stands
	Words     []int   // of that paragraph, which are the line's
}

// A word of the text that the line has not, and a word of the line that the text
// has not, cost so much of a word's weight; one in the place of another costs all.
const (
	extra   = .35 // of the mean weight
	missing = .8
)

// The steps of an alignment.
const (
	stop uint8 = iota
	both
	skipText
	skipLine
)

// Align finds the best place of the line in the HTML of a text.
func (l *Line) Align(printed []byte) Alignment {
	if len(l.Words) == 0 {
		return Alignment{}
	}
	n := len(l.Words)
	var like [][]float32
	var begins []int // of paragraphs, in words
	var w Words
	EachParagraph(printed, func(text []byte) {
		begins = append(begins, len(like))
		w.Each(text, func(word []byte) {
			known, ok := l.alike[string(word)]
			if !ok {
				known = l.likeness(string(word))
			}
			like = append(like, known)
		})
	})
	end, cost := l.cheapest(like)
	score := 1 - cost/l.sum
	if score <= 0 {
		return Alignment{}
	}
	words := l.trace(like, end, n)
	if len(words) == 0 {
		return Alignment{}
	}
	p := busiest(words, begins)
	a := Alignment{Score: score, Paragraph: p}
	for _, word := range words {
		if word >= begins[p] && (p+1 == len(begins) || word < begins[p+1]) {
			a.Words = append(a.Words, word-begins[p])
		}
	}
	return a
}

// cheapest returns behind which word of the text the line ends at the least cost.
// It notes in room how it came there.
func (l *Line) cheapest(like [][]float32) (end int, cost float64) {
	n := len(l.Words)
	l.room = slices.Grow(l.room[:0], (len(like)+1)*(n+1))[:(len(like)+1)*(n+1)]
	last, this := make([]float64, n+1), make([]float64, n+1)
	more := extra * l.sum / float64(n)
	l.room[0] = stop
	for i := 1; i <= n; i++ {
		last[i] = last[i-1] + missing*l.Weights[i-1]
		l.room[i] = skipLine
	}
	end, cost = 0, last[n]
	for j, alike := range like {
		row := l.room[(j+1)*(n+1):]
		this[0], row[0] = 0, stop
		for i := 1; i <= n; i++ {
			weight := l.Weights[i-1]
			best, step := last[i-1]+weight, both
			if alike != nil {
				best -= weight * float64(alike[i-1])
			}
			if c := last[i] + more; c < best {
				best, step = c, skipText
			}
			if c := this[i-1] + missing*weight; c < best {
				best, step = c, skipLine
			}
			this[i], row[i] = best, step
		}
		if this[n] < cost {
			end, cost = j+1, this[n]
		}
		last, this = this, last
	}
	return end, cost
}

// trace goes back from the end, and returns the words of the text that are like
// those of the line, in order.
func (l *Line) trace(like [][]float32, j, i int) (words []int) {
	n := len(l.Words)
	for i > 0 && j >= 0 {
		switch l.room[j*(n+1)+i] {
		case both:
			if alike := like[j-1]; alike != nil && alike[i-1] > 0 {
				words = append(words, j-1)
			}
			i, j = i-1, j-1
		case skipText:
			j--
		case skipLine:
			i--
		default:
			i = 0
		}
	}
	slices.Reverse(words)
	return words
}

// busiest is the paragraph that has most of words.
func busiest(words, begins []int) int {
	best, most := 0, 0
	for from := 0; from < len(words); {
		p := sort.SearchInts(begins, words[from]+1) - 1
		to := from
		for to < len(words) && (p+1 == len(begins) || words[to] < begins[p+1]) {
			to++
		}
		if to-from > most {
			best, most = p, to-from
		}
		from = to
	}
	return best
}

// Match is a word of the line that stands in a document.
type Match struct {
	Place uint32
	Word  int // of the line
}

// slack is how many words may be too many or too few between those of a line.
const slack = 3

// Together is how much of the line stands about where it should among matches:
// the greatest weight of different words whose places in the text and in the
// line are about equally far apart.
func (l *Line) Together(matches []Match) float64 {
	shift := func(m Match) int { return int(m.Place) - m.Word }
	slices.SortFunc(matches, func(a, b Match) int { return shift(a) - shift(b) })
	var counts [longestLine]int
	best, sum, from := 0., 0., 0
	for _, m := range matches {
		if counts[m.Word]++; counts[m.Word] == 1 {
			sum += l.Weights[m.Word]
		}
		for shift(m)-shift(matches[from]) > slack {
			if counts[matches[from].Word]--; counts[matches[from].Word] == 0 {
				sum -= l.Weights[matches[from].Word]
			}
			from++
		}
		best = max(best, sum)
	}
	return best
}
