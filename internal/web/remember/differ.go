package remember

import (
	"unicode"
	"unicode/utf8"

	"ficstead/internal/base/text"
)

// A token is a word of a text, or a character of a script without spaces.
type token struct {
	key      string
	from, to int // in bytes
}

// maxTokens bounds what is compared: a line and a paragraph, not more.
const maxTokens = 400

func tokens(s string) []token {
	var all []token
	for i := 0; i < len(s) && len(all) < maxTokens; {
		r, size := utf8.DecodeRuneInString(s[i:])
		end := i + size
		switch {
		case alone(r):
		case within(r):
			for end < len(s) {
				r, size := utf8.DecodeRuneInString(s[end:])
				if !within(r) && r != '\'' && r != '’' || alone(r) {
					break
				}
				end += size
			}
		default:
			i = end
			continue
		}
		if key := text.Key(s[i:end]); key != "" {
			all = append(all, token{key, i, end})
		}
		i = end
	}
	return all
}

func within(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// alone reports whether r is a word by itself.
func alone(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai)
}

// A difference is what memory had, and what the story has in its place.
type difference struct{ Yours, Story string }

// A stretch is some of a story's text: as it was remembered, or another word
// where memory had one, or neither.
type stretch struct {
	Text        string
	Same, Other bool
}

// mostDifferences are told; a line with more was another one.
const mostDifferences = 4

// compare lays a remembered line beside a passage.
func compare(line, passage string) ([]stretch, []difference) {
	a, b := tokens(line), tokens(passage)
	pairs := alike(a, b)
	if len(pairs) == 0 {
		return []stretch{{Text: passage}}, nil
	}
	var differences []difference
	kinds := make([]stretch, len(b)) // of each token of the passage
	for i, p := range pairs {
		kinds[p[1]].Same = true
		if i == 0 {
			continue
		}
		before := pairs[i-1]
		yours, story := a[before[0]+1:p[0]], b[before[1]+1:p[1]]
		if len(yours) == 0 || len(story) == 0 || len(yours)+len(story) > 2*mostDifferences {
			continue
		}
		for j := before[1] + 1; j < p[1]; j++ {
			kinds[j].Other = true
		}
		if len(differences) < mostDifferences {
			differences = append(differences, difference{line[yours[0].from:yours[len(yours)-1].to], passage[story[0].from:story[len(story)-1].to]})
		}
	}
	return stretches(passage, b, kinds), differences
}

// stretches joins neighbours of one kind, with what stands between them.
func stretches(s string, words []token, kinds []stretch) []stretch {
	var all []stretch
	add := func(text string, k stretch) {
		if last := len(all) - 1; last >= 0 && all[last].Same == k.Same && all[last].Other == k.Other {
			all[last].Text += text
		} else if text != "" {
			k.Text = text
			all = append(all, k)
		}
	}
	at := 0
	for i, w := range words {
		between := stretch{}
		if i > 0 && kinds[i] == kinds[i-1] {
			between = kinds[i]
		}
		add(s[at:w.from], between)
		add(s[w.from:w.to], kinds[i])
		at = w.to
	}
	add(s[at:], stretch{})
	return all
}

// alike pairs the words of two texts that stand in both in the same order, as
// many as there can be.
func alike(a, b []token) [][2]int {
	longest := make([][]int, len(a)+1)
	for i := range longest {
		longest[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i].key == b[j].key {
				longest[i][j] = longest[i+1][j+1] + 1
			} else {
				longest[i][j] = max(longest[i+1][j], longest[i][j+1])
			}
		}
	}
	var pairs [][2]int
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i].key == b[j].key:
			pairs = append(pairs, [2]int{i, j})
			i, j = i+1, j+1
		case longest[i+1][j] >= longest[i][j+1]:
			i++
		default:
			j++
		}
	}
	return pairs
}
