package propose

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"ficstead/internal/archive"
)

// name is a word that the text writes as a name.
type name struct {
	word       string
	count      int
	paragraphs []int  // where, in order, each once
	quote      string // some words around its first place
}

// The bounds of looking for names in one text.
const (
	mostParagraphs = 40_000
	mostNames      = 60 // the most frequent are asked about
	leastLetters   = 3
)

// namesIn returns the words that stand capitalised within sentences, the most
// frequent first. A capital at the beginning of a sentence proves nothing, but
// counts for a word that is proven elsewhere.
func namesIn(chapters []archive.Chapter) []name {
	c := census{within: map[string]int{}, small: map[string]int{}, names: map[string]*name{}}
	for _, chapter := range chapters {
		for _, b := range chapter.Text.Blocks() {
			if c.paragraph++; c.paragraph > mostParagraphs {
				break
			}
			c.read(b.Text())
		}
	}
	var all []name
	for _, n := range c.names {
		if c.within[n.word] > 0 && c.within[n.word] > c.small[strings.ToLower(n.word)] {
			all = append(all, *n)
		}
	}
	slices.SortFunc(all, func(a, b name) int { return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.word, b.word)) })
	return all[:min(len(all), mostNames)]
}

type census struct {
	paragraph int
	within    map[string]int // how often a word has a capital within a sentence
	small     map[string]int // and how often it stands without one
	names     map[string]*name
}

// read counts the words of a paragraph.
func (c *census) read(text string) {
	starts := true // the next word begins a sentence
	for from := 0; from < len(text); {
		r, size := utf8.DecodeRuneInString(text[from:])
		if !unicode.IsLetter(r) {
			switch {
			case strings.ContainsRune(".!?…:\n\"“”„«»—–*_#(", r):
				starts = true
			case r == '\'' || r == '‘':
				starts = starts || from == 0 || text[from-1] == ' '
			}
			from += size
			continue
		}
		to := from + wordEnd(text[from:])
		c.word(strings.TrimSuffix(strings.TrimSuffix(text[from:to], "'s"), "’s"), text, from, to, starts)
		starts = strings.HasSuffix(text[from:to], ".") // "Dr."
		from = to
	}
}

// wordEnd returns where the word that s begins with ends: apostrophes and
// hyphens between letters belong to it.
func wordEnd(s string) int {
	end := 0
	for i, r := range s {
		switch {
		case unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r):
			end = i + utf8.RuneLen(r)
		case (r == '\'' || r == '’' || r == '-') && end == i:
		default:
			return end
		}
	}
	return end
}

func (c *census) word(word, text string, from, to int, starts bool) {
	first, _ := utf8.DecodeRuneInString(word)
	if !unicode.IsUpper(first) {
		c.small[strings.ToLower(word)]++
		return
	}
	if utf8.RuneCountInString(word) < leastLetters || word == strings.ToUpper(word) { // who shouts names nobody
		return
	}
	if !starts {
		c.within[word]++
	}
	n := c.names[word]
	if n == nil {
		n = &name{word: word, quote: around(text, from, to)}
		c.names[word] = n
	}
	n.count++
	if len(n.paragraphs) == 0 || n.paragraphs[len(n.paragraphs)-1] != c.paragraph {
		n.paragraphs = append(n.paragraphs, c.paragraph)
	}
}

// around quotes text[from:to] with a few words on each side.
func around(text string, from, to int) string {
	const context = 40
	start, end := max(0, from-context), min(len(text), to+context)
	for start > 0 && start < from && text[start-1] != ' ' {
		start++
	}
	for end < len(text) && end > to && text[end] != ' ' {
		end--
	}
	return strings.Join(strings.Fields(strings.ToValidUTF8(text[start:end], "")), " ")
}

// merge joins the counts of names that stand for one character.
func merge(names []name) (count int, paragraphs []int) {
	seen := map[int]bool{}
	for _, n := range names {
		count = max(count, n.count) // "Rupert Giles" is one mention, not two
		for _, p := range n.paragraphs {
			seen[p] = true
		}
	}
	return count, slices.Sorted(maps.Keys(seen))
}
