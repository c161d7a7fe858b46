package measure

import (
	"cmp"
	"slices"
	"strings"
)

// Harm is one place that was right and was made wrong.
type Harm struct {
	Axis          string // "characters", "structure" or "markup"
	At            int    // in the truth
	Before, After string
}

// Harms lists what repair made worse. Places next to each other are one.
func Harms(truth *Flat, before, after *View) []Harm {
	var all []Harm
	add := func(axis string, at int) { all = append(all, Harm{Axis: axis, At: at}) }
	for i := range truth.Chars {
		if before.Has(i) && !after.Has(i) || after.Inserted[i] > before.Inserted[i] {
			add("characters", i)
		}
		if i == 0 {
			continue
		}
		is, was, now := truth.Gaps[i], before.At[i], after.At[i]
		for _, kind := range [...]Gap{Space, Line, Para, Scene, Hard} {
			if (is^was)&kind == 0 && (is^now)&kind != 0 && !(kind == Line && now&Para != 0) {
				axis := "structure"
				if kind == Space || kind == Hard {
					axis = "characters"
				}
				add(axis, i)
			}
		}
	}
	should, had, has := setOf(truth.Italics), setOf(before.Spans), setOf(after.Spans)
	for s := range had {
		if should[s] && !has[s] {
			add("markup", max(0, s.From))
		}
	}
	for s := range has {
		if !should[s] && !had[s] {
			add("markup", max(0, s.From))
		}
	}
	slices.SortFunc(all, func(a, b Harm) int { return cmp.Or(strings.Compare(a.Axis, b.Axis), a.At-b.At) })
	const near = 4
	last := Harm{At: -near}
	all = slices.DeleteFunc(all, func(h Harm) bool {
		same := h.Axis == last.Axis && h.At-last.At < near
		last = h
		return same
	})
	for i := range all {
		h := &all[i]
		h.Before, h.After = before.Around(h.At), after.Around(h.At)
	}
	return all
}

func setOf(spans []Span) map[Span]bool {
	set := map[Span]bool{}
	for _, s := range spans {
		set[s] = true
	}
	return set
}

// around is how many characters an excerpt has on each side.
const around = 30

// Around prints what stands about a place of the truth.
func (v *View) Around(at int) string {
	j := 0
	for i := min(at, len(v.To)-1); i >= 0; i-- {
		if v.To[i] >= 0 {
			j = v.To[i]
			break
		}
	}
	from, to := max(0, j-around), min(len(v.Chars), j+around)
	var out strings.Builder
	for k := from; k < to; k++ {
		for _, s := range v.Italics {
			if s.To == k {
				out.WriteByte('}')
			}
		}
		if k > from {
			out.WriteString(v.Gaps[k].String())
		}
		for _, s := range v.Italics {
			if s.From == k {
				out.WriteByte('{')
			}
		}
		out.WriteRune(v.Chars[k])
	}
	return out.String()
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
