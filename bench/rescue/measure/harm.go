package measure

import (
	"slices"
	"strings"
)

// Harm is one place that was right and was made wrong.
type Harm struct {
	Kinds         []string // what happened there, in the order of kinds
	From, To      int      // in the truth
	Before, After string
}

// kinds are all that can happen to a place, and the axis it is counted on.
var kinds = []struct{ kind, axis string }{
	{"characters lost", Characters}, {"characters added", Characters}, {"space lost", Characters}, {"space added", Characters}, {"hard space", Characters},
	{"line end lost", Structure}, {"line end added", Structure}, {"line became paragraph", Structure},
	{"paragraphs joined", Structure}, {"paragraph parted", Structure}, {"break lost", Structure}, {"break added", Structure},
	{"italics lost", Markup}, {"italics added", Markup},
}

// The axes of harm.
const (
	Characters = "characters"
	Structure  = "structure"
	Markup     = "markup"
)

// Kind is all of Kinds in one string.
func (h *Harm) Kind() string { return strings.Join(h.Kinds, ", ") }

// On reports whether h counts on an axis.
func (h *Harm) On(axis string) bool {
	for _, k := range kinds {
		if k.axis == axis && slices.Contains(h.Kinds, k.kind) {
			return true
		}
	}
	return false
}

// Harms lists what repair made worse. What touches is one place.
func Harms(truth *Flat, before, after *View) []Harm {
	c := comparison{truth, before, after, nil}
	for i := range truth.Chars {
		c.character(i)
		if i > 0 {
			c.gap(i)
		}
	}
	c.spans()
	slices.SortStableFunc(c.all, func(a, b Harm) int { return a.From - b.From })
	var all []Harm
	for _, h := range c.all {
		if n := len(all); n > 0 && h.From <= all[n-1].To+1 {
			last := &all[n-1]
			last.To = max(last.To, h.To)
			if !slices.Contains(last.Kinds, h.Kinds[0]) {
				last.Kinds = append(last.Kinds, h.Kinds...)
			}
			continue
		}
		all = append(all, h)
	}
	for i := range all {
		h := &all[i]
		slices.SortFunc(h.Kinds, func(a, b string) int { return rank(a) - rank(b) })
		h.Before, h.After = before.Around(h.From, h.To), after.Around(h.From, h.To)
	}
	return all
}

func rank(kind string) int {
	for i, k := range kinds {
		if k.kind == kind {
			return i
		}
	}
	return -1
}

type comparison struct {
	truth         *Flat
	before, after *View
	all           []Harm
}

func (c *comparison) add(kind string, from, to int) {
	c.all = append(c.all, Harm{Kinds: []string{kind}, From: max(0, from), To: to})
}

func (c *comparison) character(i int) {
	if c.before.Has(i) && !c.after.Has(i) && c.whole(i) {
		c.add("characters lost", i, i)
	}
	if c.after.Inserted[i] > c.before.Inserted[i] {
		c.add("characters added", i, i)
	}
}

// whole reports whether the neighbours of a character were right before repair:
// one right character among wrong ones was aligned by chance.
func (c *comparison) whole(i int) bool {
	return (i == 0 || c.before.Has(i-1)) && (i+1 == len(c.truth.Chars) || c.before.Has(i+1))
}

// gap compares what stands before character i. Where a line end became a
// paragraph or a paragraph a scene break, that alone is told.
func (c *comparison) gap(i int) {
	is, was, now := c.truth.Gaps[i], c.before.At[i], c.after.At[i]
	worse := func(kind Gap) (lost, added bool) {
		if (is^was)&kind != 0 || (is^now)&kind == 0 {
			return false, false
		}
		return is&kind != 0, is&kind == 0
	}
	note := func(kind Gap, lost, added string) {
		switch l, a := worse(kind); {
		case l:
			c.add(lost, i, i)
		case a:
			c.add(added, i, i)
		}
	}
	if c.after.Has(i-1) && c.after.Has(i) {
		note(Space, "space lost", "space added")
	}
	note(Scene, "break lost", "break added")
	if (is^now)&(Space|Scene) != 0 {
		return
	}
	if lost, _ := worse(Line); lost && now&Para != 0 {
		c.add("line became paragraph", i, i)
		return
	}
	note(Para, "paragraphs joined", "paragraph parted")
	note(Line, "line end lost", "line end added")
	if now&(Para|Line) == 0 {
		note(Hard, "hard space", "hard space")
	}
}

func (c *comparison) spans() {
	should, had, has := setOf(c.truth.Italics), setOf(c.before.Spans), setOf(c.after.Spans)
	for s := range had {
		if should[s] && !has[s] {
			c.add("italics lost", s.From-1, s.To)
		}
	}
	for s := range has {
		if !should[s] && !had[s] {
			c.add("italics added", s.From-1, s.To)
		}
	}
}

func setOf(spans []Span) map[Span]bool {
	set := map[Span]bool{}
	for _, s := range spans {
		set[s] = true
	}
	return set
}

// around is how many characters an excerpt has on each side, and longest how
// many it has between.
const around, longest = 28, 60

// Around prints what stands about a stretch of the truth.
func (v *View) Around(from, to int) string {
	a, b := v.nearest(from), v.nearest(min(to, from+longest))
	var out strings.Builder
	if len(v.Chars) == 0 {
		return ""
	}
	opens, closes := map[int]bool{}, map[int]bool{}
	for _, s := range v.Italics {
		opens[s.From], closes[s.To] = true, true
	}
	first := max(0, a-around)
	for k := first; k < min(len(v.Chars), b+around); k++ {
		if closes[k] {
			out.WriteByte('}')
		}
		if k > first {
			out.WriteString(v.Gaps[k].String())
		}
		if opens[k] {
			out.WriteByte('{')
		}
		out.WriteRune(v.Chars[k])
	}
	return out.String()
}

// nearest is which of our characters stands at a place of the truth or before it.
func (v *View) nearest(at int) int {
	for i := min(at, len(v.To)-1); i >= 0; i-- {
		if v.To[i] >= 0 {
			return v.To[i]
		}
	}
	return 0
}

// String is what an excerpt shows for it.
func (g Gap) String() string {
	switch {
	case g&Chap != 0:
		return " §§ "
	case g&Scene != 0:
		return " *** "
	case g&Para != 0:
		return " ¶ "
	case g&Line != 0:
		return " ↵ "
	case g&Hard != 0:
		return "~"
	case g&Space != 0:
		return " "
	}
	return ""
}
