package mends

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"ficstead/internal/archive"
	"ficstead/internal/web/words"
)

// A Group is all that one rule did to a work, or would have.
type Group struct {
	Words   string
	Count   int
	Shown   []Shown // the first few
	Applied bool
}

// Shown is a mend as a reader compares it: what stands on both sides of
// the change is the same before and after.
type Shown struct {
	Where      string // "Chapter 3", or "" outside the chapters
	Head, Tail string
	Old, New   string
	Now        string // what the second side is: "After", or "Could be" where nothing was changed
	Sure       string // how sure the rule is, in words
}

// Groups puts mends together by rule, applied ones first, in the order of
// their first use, each with at most most examples.
func Groups(mends []archive.Mend, most int) []Group {
	type key struct {
		rule    string
		applied bool
	}
	var groups []Group
	at := map[key]int{}
	for _, m := range mends {
		k := key{m.Rule, m.Applied}
		i, ok := at[k]
		if !ok {
			i = len(groups)
			at[k] = i
			name, _ := words.Rule(m.Rule)
			groups = append(groups, Group{Words: name, Applied: m.Applied})
		}
		groups[i].Count++
		if len(groups[i].Shown) < most {
			groups[i].Shown = append(groups[i].Shown, shown(m))
		}
	}
	slices.SortStableFunc(groups, func(a, b Group) int {
		return -cmp.Compare(asInt(a.Applied), asInt(b.Applied))
	})
	return groups
}

func asInt(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func shown(m archive.Mend) Shown {
	head, old, new, tail := changed(m.Before, m.After)
	s := Shown{Head: visible(tailOf(head)), Tail: visible(headOf(tail)), Old: visible(old), New: visible(new), Sure: words.Sureness(m.Confidence)}
	if s.Now = "After"; !m.Applied {
		s.Now = "Could be"
	}
	if m.Chapter > 0 {
		s.Where = fmt.Sprintf("Chapter %d", m.Chapter)
	}
	return s
}

// changed splits two texts into what they begin with alike, what differs, and
// what they end with alike. It never splits a character.
func changed(before, after string) (head, old, new, tail string) {
	n := 0
	for n < len(before) && n < len(after) && before[n] == after[n] {
		n++
	}
	for n > 0 && (n < len(before) && !utf8.RuneStart(before[n]) || n < len(after) && !utf8.RuneStart(after[n])) {
		n--
	}
	head, before, after = before[:n], before[n:], after[n:]
	n = 0
	for n < len(before) && n < len(after) && before[len(before)-1-n] == after[len(after)-1-n] {
		n++
	}
	for n > 0 && !utf8.RuneStart(before[len(before)-n]) {
		n--
	}
	return head, before[:len(before)-n], after[:len(after)-n], before[len(before)-n:]
}

// contextRunes is how much of what did not change is shown on each side.
const contextRunes = 60

func tailOf(s string) string {
	runes := []rune(s)
	if len(runes) <= contextRunes {
		return s
	}
	return "…" + string(runes[len(runes)-contextRunes:])
}

func headOf(s string) string {
	runes := []rune(s)
	if len(runes) <= contextRunes {
		return s
	}
	return string(runes[:contextRunes]) + "…"
}

// longestShown bounds one side of a change, in bytes: a rule may have changed a
// whole page.
const longestShown = 600

// visible makes characters that have no shape of their own readable, and cuts
// what is too long to compare by eye.
func visible(s string) string {
	if len(s) > longestShown {
		cut := longestShown
		for cut > 0 && !utf8.RuneStart(s[cut]) {
			cut--
		}
		s = s[:cut] + "…"
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\n':
			b.WriteString("↵\n")
		case r == '\t':
			b.WriteString("⇥")
		case r == '\u00a0':
			b.WriteString("⍽")
		case r == ' ' || unicode.IsGraphic(r) && !unicode.Is(unicode.Zs, r):
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, "[U+%04X]", r)
		}
	}
	return b.String()
}
