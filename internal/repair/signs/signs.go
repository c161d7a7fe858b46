package signs

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Change is one thing that signs in a text stand for.
type Change struct {
	Rule string
	Cuts []Cut // what goes, and what comes in its place; in order

	// What is between From and To stands under Mark, and under Href if that is a
	// link. Mark is "" where only the cuts matter.
	Mark     string
	Href     string
	From, To int

	// Opens or Closes is the tag, if it is one whose other half is not in the text.
	Opens, Closes string

	Confidence float64
	Suggested  bool // told, and made only if a person says so
}

// Cut puts Text in the place of the bytes [From, To).
type Cut struct {
	From, To int
	Text     string
}

// The signs of a Cut's Text that are no text. Line feed is a line break.
const (
	Paragraph = "\u2029" // a paragraph ends
	Scene     = "\u2028" // a scene ends
)

// Marks that are no inline elements: what is under them stands in a block of its own.
const (
	Center = "center"
	Quote  = "blockquote"
)

// The rules, as they are told.
const (
	RuleItalics  = "italics"
	RuleMarkup   = "markup"
	RuleEntities = "entities"
	RuleQuotes   = "quotes"

	RuleInvisible = "invisible"
)

// Start is where the change begins.
func (c *Change) Start() int {
	if len(c.Cuts) == 0 {
		return c.From
	}
	return c.Cuts[0].From
}

// End is where the change ends.
func (c *Change) End() int {
	if len(c.Cuts) == 0 {
		return c.To
	}
	return c.Cuts[len(c.Cuts)-1].To
}

// Any reports whether there is anything in s to Read, at a glance.
func Any(s string) bool {
	for i := range len(s) {
		switch glances[s[i]] {
		case never:
		case always:
			return true
		default:
			if mayMean(s, i) {
				return true
			}
		}
	}
	return false
}

// How a byte looks at a glance: nothing begins with it, something does, or it
// depends on what is beside it.
const (
	never = iota
	always
	depends
)

var glances = [256]uint8{
	'/': always, '_': always, '*': always, '[': always, '<': always, '&': always,
	';': depends, '?': depends, 0xc2: depends, 0xe2: depends, 0xef: depends, // softHyphen, zeroWidth, replacement
}

// mayMean looks at a sign that depends on its neighbours.
func mayMean(s string, i int) bool {
	switch s[i] {
	case ';':
		return i > 2 && (isLetter(s[i-1]) || s[i-1] >= '0' && s[i-1] <= '9') && isBareEnd(s[:i+1])
	case '?':
		return i+1 < len(s) && (isLetter(s[i+1]) || s[i+1] >= utf8.RuneSelf || s[i+1] == '?' || i > 0 && s[i-1] == ' ')
	}
	return strings.HasPrefix(s[i:], softHyphen) || strings.HasPrefix(s[i:], zeroWidth) || strings.HasPrefix(s[i:], replacement)
}

// Read lists the changes that text calls for, in order. No two cut the same place.
func (e *Evidence) Read(text string) []Change {
	l := &line{Evidence: e, text: text}
	l.misreadings()
	l.tags()
	l.spans()
	l.entities()
	l.quotes()
	l.invisible()
	return l.disjoint()
}

// line is a text being read.
type line struct {
	*Evidence
	text    string
	changes []Change
}

func (l *line) add(c Change) { l.changes = append(l.changes, c) }

// disjoint puts the changes in order and leaves out what cuts a place that
// another has cut: what was found first stays.
func (l *line) disjoint() []Change {
	if len(l.changes) < 2 {
		return l.changes
	}
	type place struct{ from, to, change int }
	var places []place
	for i := range l.changes {
		for _, c := range l.changes[i].Cuts {
			places = append(places, place{c.From, c.To, i})
		}
	}
	slices.SortFunc(places, func(a, b place) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.change, b.change)) })
	dropped := make([]bool, len(l.changes))
	last := place{to: -1}
	for _, p := range places {
		switch {
		case dropped[p.change]:
			continue
		case p.from < last.to && p.change > last.change:
			dropped[p.change] = true
			continue
		case p.from < last.to && p.change < last.change:
			dropped[last.change] = true
		}
		last = p
	}
	kept := l.changes[:0]
	for i := range l.changes {
		if !dropped[i] {
			kept = append(kept, l.changes[i])
		}
	}
	slices.SortStableFunc(kept, func(a, b Change) int { return cmp.Compare(a.Start(), b.Start()) })
	return kept
}
