package unfuse

import (
	"bytes"
	"math"
	"strings"
)

// Point is a place where spaces are missing.
type Point struct {
	From, To int     // of the token or stop, in bytes
	Cuts     []int   // where the spaces go
	Gain     float64 // bits, over its being as it was meant
	Margin   float64 // bits, over the second best cut
	sure     bool    // it is fused whatever its document: a small word and another
	Glued    bool    // spaces are missing after stops, not within a run of letters
}

// Points finds the places of one text of the document, in order.
func (r *Reader) Points(text string) []Point {
	r.finish()
	r.tokens = r.tokens[:0]
	scan(text, func(t token) { r.tokens = append(r.tokens, t) })
	if !r.IsEnglish() {
		return nil
	}
	var points []Point
	quotes, at := 0, 0 // straight ones, up to where
	for i, t := range r.tokens {
		if t.odd {
			continue
		}
		if i > 0 && t.glue != 0 {
			quotes += strings.Count(text[at:r.tokens[i-1].to], `"`)
			at = r.tokens[i-1].to
		}
		if i > 0 && t.glue != 0 && !r.tokens[i-1].odd && isGlued(text, r.tokens[i-1], t) {
			if at := r.gluedAt(text, i, quotes%2 == 1); at > 0 {
				points = append(points, Point{From: r.tokens[i-1].from, To: t.to, Cuts: []int{at}, Gain: gluedGain, Margin: infinite, Glued: true})
			}
		}
		if p, ok := r.within(text, i); ok {
			points = append(points, p)
		}
	}
	return points
}

// within weighs the token i.
func (r *Reader) within(text string, i int) (Point, bool) {
	t := r.tokens[i]
	word := text[t.from:t.to]
	if r.isKnown(word) || isClipped(text, t) {
		return Point{}, false
	}
	f := &r.folded
	f.fold(word)
	if !f.ok || t.upper > 2 || t.upper == len(f.text) {
		return Point{}, false
	}
	c, ok := r.weigh(f, r.neighbour(text, i, i-1), r.neighbour(text, i, i+1))
	if !ok {
		return Point{}, false
	}
	whole := r.seen[string(f.text)]
	if r.isPlay(text, i, f, c.at) {
		return Point{}, false
	}
	n := whole.whole
	p := Point{From: t.from, To: t.to, Gain: float64(c.gain), Margin: float64(c.margin), sure: c.isStrong() && n <= 1 && c.small > 0 && len(c.at) == 1}
	for _, at := range c.at {
		p.Cuts = append(p.Cuts, t.from+f.at[at])
	}
	if whole.own {
		p.Gain -= ownCost * float64(1+count(c.paired < len(c.at)))
	}
	if n > 1 {
		p.Gain -= seenCost * math.Log2(float64(n))
	}
	if r.isForeign(text, i) {
		p.Gain -= foreignCost
	}
	return p, true
}

const (
	seenCost    = 2 // for each time that doubles how often a token stands whole
	ownCost     = 2 // of a token that seems to be a word of the document
	foreignCost = 6 // where most words around are of another language
)

// isClipped reports whether a token has lost its g: turnin’.
func isClipped(text string, t token) bool {
	return strings.HasSuffix(text[:t.to], "in") && (strings.HasPrefix(text[t.to:], "'") || strings.HasPrefix(text[t.to:], "’"))
}

// isPlay reports whether the words of a cut are said again right beside it, or
// the same one twice in it: "Not Buffy notBuffy notbuffy" is how somebody stammers.
func (r *Reader) isPlay(text string, i int, f *folded, at []int) bool {
	const around = 2
	from, last := r.tokens[max(0, i-around)].from, r.tokens[min(len(r.tokens)-1, i+around)].to
	if last-from > 8*longest {
		return false
	}
	if isRepeated(f.text) {
		return true
	}
	t := r.tokens[i]
	beside := strings.ToLower(text[from:t.from] + " " + text[t.to:last])
	again := 0
	before := ""
	start := 0
	for k := range len(at) + 1 {
		end := len(f.text)
		if k < len(at) {
			end = at[k]
		}
		word := string(f.text[start:end])
		if before != "" && strings.HasSuffix(before, word) {
			return true
		}
		again += count(strings.Contains(beside, word))
		before, start = word, end
	}
	return again == len(at)+1
}

// isRepeated reports whether a token is one word again and again.
func isRepeated(w []byte) bool {
	for unit := 2; unit <= len(w)/2; unit++ {
		if len(w)%unit == 0 && bytes.Equal(w[unit:], w[:len(w)-unit]) {
			return true
		}
	}
	return false
}

// isForeign reports whether fewer than half of the tokens around i are English.
func (r *Reader) isForeign(text string, i int) bool {
	const around = 3
	known, all := 0, 0
	for j := max(0, i-around); j < min(len(r.tokens), i+around+1); j++ {
		if j != i {
			all++
			known += count(r.isKnown(text[r.tokens[j].from:r.tokens[j].to]))
		}
	}
	return known*2 < all
}

// neighbour returns the token j beside i, if only a space parts them.
func (r *Reader) neighbour(text string, i, j int) beside {
	if j < 0 || j >= len(r.tokens) || r.tokens[j].odd {
		return beside{}
	}
	a, b := r.tokens[min(i, j)], r.tokens[max(i, j)]
	if text[a.to:b.from] != " " {
		return beside{}
	}
	r.other.fold(text[r.tokens[j].from:r.tokens[j].to])
	if !r.other.ok {
		return beside{}
	}
	return r.beside(&r.other)
}

// isGlued reports whether a space is missing at the stop between two tokens.
func isGlued(text string, a, b token) bool {
	if a.to == 0 || a.to-a.from < 2 || b.to-b.from < 2 && !strings.Contains("IaA", text[b.from:b.to]) || a.upper > 1 || b.upper > 1 {
		return false
	}
	stop := text[a.to]
	upper := text[b.from] >= 'A' && text[b.from] <= 'Z'
	switch stop {
	case ',', ';':
		return true
	case '.', '?', '!', ':':
		return upper
	}
	return false
}

// gluedAt returns where the space at a stop before token i goes, quoted if a
// straight quote is open there; 0 if it is no
// such place after all: an abbreviation, an idiom, something else than words.
func (r *Reader) gluedAt(text string, i int, quoted bool) int {
	a, b := r.tokens[i-1], r.tokens[i]
	left, right := text[a.from:a.to], text[b.from:b.to]
	if text[a.to] == '.' && isAbbreviation(left) || !r.isWordly(left) || !r.isWordly(right) {
		return 0
	}
	between := text[a.to:b.from]
	if between[0] == '!' && !isSmall(bytes.ToLower([]byte(right))) && !r.isCut(right) {
		return 0 // warm!Harry, not!John
	}
	switch between[1:] {
	case "":
		return b.from
	case "“", "‘":
		return a.to + 1
	case "”":
		return b.from
	case `"`:
		if !quoted {
			return a.to + 1
		}
		return b.from
	}
	return 0
}

// isWordly reports whether a token is a word, a word of the document, or made of some.
func (r *Reader) isWordly(word string) bool {
	if r.isKnown(word) {
		return true
	}
	r.folded.fold(word)
	if !r.folded.ok {
		return false
	}
	s := r.seen[string(r.folded.text)]
	return s.own || s.capital == s.whole || r.isCut(word)
}

const wordlyGain = -2

// isCut reports whether a token that no dictionary has is made of words.
func (r *Reader) isCut(word string) bool {
	if r.isKnown(word) {
		return false
	}
	r.folded.fold(word)
	if !r.folded.ok || r.seen[string(r.folded.text)].own {
		return false
	}
	c, ok := r.weigh(&r.folded, beside{}, beside{})
	return ok && c.gain > wordlyGain
}

func isAbbreviation(word string) bool {
	switch strings.ToLower(word) {
	case "mr", "mrs", "ms", "dr", "st", "vs", "etc", "ph", "jr", "sr", "prof", "capt", "lt", "sgt", "col", "gen", "no", "vol", "ch", "www", "pt", "ep":
		return true
	}
	return false
}
