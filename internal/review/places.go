package review

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
)

// A Place is where a mend stands in the text that is read.
type Place struct {
	Found bool
	Block int // of the chapter's text, from 0
	// Pre and Post are what stands before and after the mend's own excerpt, to
	// the ends of the sentence.
	Pre, Post string
}

// Places finds mends in the chapters that they name. Where the words of a mend
// stand more than once, the place nearest to where the source has them is meant,
// as far as other mends tell where that is. Else a mend that is told more than
// once is looked for again after where it was found.
type Places struct {
	chapters map[int]*chapter
	told     []archive.Mend
	marks    map[int][]mark
	last     map[string]int // where a mend was found, by ID and chapter
}

// chapter is a text with single spaces, block after block, each on a line.
type chapter struct {
	text   string
	starts []int // of its blocks
}

// NewPlaces finds mends in chapters, which are known by their number. Told are
// mends that tell where others are.
func NewPlaces(chapters []archive.Chapter, told []archive.Mend) *Places {
	p := &Places{map[int]*chapter{}, told, map[int][]mark{}, map[string]int{}}
	for _, c := range chapters {
		p.chapters[c.Number] = flat(c.Text.Blocks())
	}
	return p
}

func flat(blocks []prose.Block) *chapter {
	c := &chapter{}
	var b strings.Builder
	b.WriteByte('\n')
	for _, block := range blocks {
		c.starts = append(c.starts, b.Len())
		b.WriteString(strings.Join(strings.Fields(block.Text()), " "))
		b.WriteByte('\n')
	}
	c.text = b.String()
	return c
}

// block returns which block a place in the text is in.
func (c *chapter) block(at int) int {
	n := 0
	for n+1 < len(c.starts) && c.starts[n+1] <= at {
		n++
	}
	return n
}

// Find looks for a mend. Where it was applied the text has its After, else its Before.
func (p *Places) Find(m archive.Mend) Place {
	c := p.chapters[m.Chapter]
	if c == nil {
		return Place{}
	}
	key := m.ID()
	for _, side := range sides(m) {
		for _, piece := range pieces(side) {
			at := p.index(c, m, piece.found(), p.last[key])
			if at < 0 {
				continue
			}
			at += len(piece.before)
			p.last[key] = at + len(piece.text)
			return c.place(at, at+len(piece.text), plain(side), piece.text)
		}
	}
	return Place{}
}

// sides are how the text may read where a mend is, the likelier first.
func sides(m archive.Mend) []string {
	if m.Applied {
		return []string{m.After, m.Before}
	}
	return []string{m.Before, m.After}
}

// place tells of text[from:to], a piece of an excerpt. What stands around it goes
// with the excerpt where that begins or ends with the piece.
func (c *chapter) place(from, to int, excerpt, piece string) Place {
	place := Place{Found: true, Block: c.block(from)}
	if strings.HasPrefix(excerpt, piece) {
		place.Pre = before(c.text[:from])
	}
	if strings.HasSuffix(excerpt, piece) {
		place.Post = after(c.text[to:])
	}
	return place
}

// sentence bounds what is shown on each side of an excerpt, in bytes.
const sentence = 160

// before is the end of s from where its last sentence begins.
func before(s string) string {
	s = s[strings.LastIndexByte(s, '\n')+1:]
	cut := ""
	if len(s) > sentence {
		s = s[len(s)-sentence:]
		s = s[strings.IndexByte(s, ' ')+1:]
		cut = "…"
	}
	for i := len(s) - 2; i > 0; i-- {
		if s[i] == ' ' && strings.ContainsAny(s[i-1:i], ".!?") {
			return s[i+1:]
		}
	}
	return cut + s
}

// after is the beginning of s to where its first sentence ends.
func after(s string) string {
	if i := strings.IndexByte(s, '\n'); i >= 0 {
		s = s[:i]
	}
	for i := 0; i+1 < min(len(s), sentence); i++ {
		if strings.ContainsAny(s[i:i+1], ".!?") && s[i+1] == ' ' {
			return s[:i+1]
		}
	}
	if len(s) <= sentence {
		return s
	}
	if i := strings.LastIndexByte(s[:sentence], ' '); i >= 0 {
		return s[:i] + " …"
	}
	return s[:lastRune(s, sentence)] + "…"
}

func lastRune(s string, n int) int {
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return n
}

var tag = regexp.MustCompile(`</?[a-zA-Z][^<>]*>`)

// plain is an excerpt as it stands in a flat text.
func plain(s string) string {
	return strings.Join(strings.Fields(inline.ReplaceAllString(s, "")), " ")
}

var inline = regexp.MustCompile(`</?(?:em|strong|i|b|u|s|code|sub|sup|small|big|span|a|q|cite)(?: [^<>]*)?>`)

// A piece is a part of an excerpt. What stands at an end of it must do so in the
// text too: "\n" where a block begins or ends, else "".
type piece struct{ before, text, after string }

func (p piece) found() string { return p.before + p.text + p.after }

// pieces are the whole of an excerpt, and if it is of several blocks the longest of them.
func pieces(s string) []piece {
	var all []piece
	whole := plain(s)
	if hasWord(whole) {
		all = append(all, piece{text: whole})
	}
	var longest piece
	lines := strings.FieldsFunc(tag.ReplaceAllString(inline.ReplaceAllString(s, ""), "\n"), func(r rune) bool { return r == '\n' })
	for i, line := range lines {
		if line = plain(line); len(line) <= len(longest.text) || !hasWord(line) {
			continue
		}
		longest = piece{text: line}
		if i > 0 {
			longest.before = "\n"
		}
		if i+1 < len(lines) {
			longest.after = "\n"
		}
	}
	if longest.text != "" && longest.text != whole {
		all = append(all, longest)
	}
	return all
}

func hasWord(s string) bool { return strings.ContainsFunc(s, unicode.IsLetter) }
