package export

import (
	"cmp"
	"hash/fnv"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"ficstead/internal/archive"
)

// A cover is drawn twice from one design: as a picture, which libraries and
// e-readers show on their shelves, and as SVG, whose letters the reader's own
// fonts draw, so that it shows every script there is.

// The page of a cover, in pixels and in units of the SVG.
const (
	coverWidth  = 1000
	coverHeight = 1500
	coverMargin = 110
)

// cover is the design: lines of text on cloth, and the sign below them.
type cover struct {
	cloth string // colour of the ground, #rrggbb
	lines []coverLine
	dir   string
	lang  string
	drawn bool // our font has all the letters
}

// coverLine is one line, centred.
type coverLine struct {
	text     string
	size     int // of the letters, in pixels
	baseline int // from the top
	face     coverFace
}

// coverFace is which of our fonts a line is in.
type coverFace int

const (
	faceBold coverFace = iota
	faceRegular
	faceItalic
)

const (
	coverPaper = "#fdfcf9"
	coverLamp  = "#f2c879"
)

// cloths are dark enough for paper-coloured letters: contrast is 7 to 1 or more.
var cloths = [...]string{
	"#27485f", "#5a2b22", "#34462a", "#4a2f52", "#1f4a48", "#5b3a1c", "#2f3550", "#57263a", "#3d3d3d",
}

// newCover designs the cover of b. Equal titles by equal people have one cloth.
func newCover(b Book) cover {
	title, by, above, below := coverWords(b)
	h := fnv.New32a()
	h.Write([]byte(title + "\x00" + by))
	c := cover{
		cloth: cloths[h.Sum32()%uint32(len(cloths))],
		lang:  b.language(),
		dir:   b.dir(),
	}
	m := newMeasure()
	c.drawn = m.covers(title + by + above + below)
	y := 230
	if above != "" {
		y = c.set(m, above, faceRegular, y, 100, 38, 32)
	}
	y = c.set(m, title, faceBold, max(y+40, 380), 540, 118, 98, 82, 68, 56, 46, 38)
	y = c.set(m, by, faceItalic, y+50, 140, 56, 46, 38)
	if below != "" {
		c.set(m, below, faceRegular, y+36, 90, 36, 30)
	}
	return c
}

// coverWords are what stands on the cover: the title, who it is by, the fandom
// above them and the series below.
func coverWords(b Book) (title, by, above, below string) {
	title, by = b.title(), joinNames(b.creators())
	if len(b.Works) != 1 {
		return coverText(title), coverText(by), "", ""
	}
	w := b.Works[0].Work
	if fandoms := w.TagsOf(archive.Fandom); len(fandoms) > 0 && len(fandoms) <= 3 {
		var names []string
		for _, t := range fandoms {
			names = append(names, t.Name)
		}
		above = strings.Join(names, " · ")
	}
	if len(w.Series) > 0 {
		below = w.Series[0].Series.Title
		if n := w.Series[0].Number; n > 0 {
			below += ", part " + strconv.Itoa(n)
		}
	}
	return coverText(title), coverText(by), coverText(above), coverText(below)
}

// coverText makes one line of s and leaves pictures out of it, which no font
// of ours could draw.
func coverText(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.In(r, unicode.So, unicode.Sk, unicode.Cf, unicode.Cc, unicode.Co) || r >= 0xFE00 && r <= 0xFE0F || r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, norm.NFC.String(s))
	return strings.Join(strings.Fields(s), " ")
}

// set sets text from y on, at the first size at which it is no higher than
// height, and returns where the next text may begin.
func (c *cover) set(m *measure, text string, face coverFace, y, height int, sizes ...int) int {
	const width = coverWidth - 2*coverMargin
	var lines []string
	size, most := 0, 0
	for _, size = range sizes {
		most = height / (size * 5 / 4)
		if lines = m.wrap(text, face, size, width); len(lines) <= most {
			break
		}
	}
	if len(lines) > most {
		lines = lines[:most]
		lines[most-1] = strings.TrimRight(lines[most-1], " .,") + "…"
	} else {
		lines = m.balance(text, face, size, width, lines)
	}
	for _, line := range lines {
		y += size
		c.lines = append(c.lines, coverLine{line, size, y, face})
		y += size / 4
	}
	return y
}

// balance makes lines as narrow as their number allows, so that the last is no orphan.
func (m *measure) balance(text string, face coverFace, size, width int, lines []string) []string {
	const step = 20
	for width -= step; width > coverWidth/4; width -= step {
		narrower := m.wrap(text, face, size, width)
		if len(narrower) > len(lines) {
			break
		}
		lines = narrower
	}
	return lines
}

// wrap breaks text into lines of at most width; a word that is longer is broken too.
func (m *measure) wrap(text string, face coverFace, size, width int) []string {
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(text) {
		longer := strings.TrimLeft(line+" "+word, " ")
		if m.width(longer, face, size) <= width {
			line = longer
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		for m.width(word, face, size) > width {
			n := m.fitting(word, face, size, width)
			lines = append(lines, word[:n])
			word = word[n:]
		}
		line = word
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// fitting is how many bytes of word fit into width: whole letters, one at least.
func (m *measure) fitting(word string, face coverFace, size, width int) int {
	n := 0
	for i := range word {
		if n > 0 && m.width(word[:i], face, size) > width {
			break
		}
		n = i
	}
	return cmp.Or(n, len(word))
}
