package mends

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"ficstead/internal/archive"
	"ficstead/internal/web/words"
)

// An Entry is a mend that a person decides about: what it does, in its sentence.
// Mends that say exactly the same are one, and are decided together.
type Entry struct {
	archive.Mend
	ID     string
	Places []int // the chapters that it was told of, in order
	Count  int   // how often it was told

	Pre, Post string // of the sentence
	Old, New  []Span
	Sure      string
	Tier      archive.Tier
	Decided   bool // a person said what becomes of it
	Ticked    bool // it is applied, or would be if nobody objected
	Fixed     bool // it can only be looked at
}

// A Span is a piece of text of one look: "", "em", "strong", or "sign" for what
// has no shape of its own.
type Span struct{ Text, Look string }

// tickedFrom is how sure a suggestion must be to be ticked before anybody looked.
const tickedFrom = 0.75

// Entries makes mends ready to be decided about, each once. Where a person undid
// one, and a later stage of repair suggests the same again, that is no new question.
func Entries(mends []archive.Mend, d archive.Decisions) []*Entry {
	var all []*Entry
	known := map[string]*Entry{}
	refused := refusals(mends, d)
	for _, m := range mends {
		id := m.ID()
		e := known[id]
		if e == nil {
			if refused.again(m, d) {
				continue
			}
			e = &Entry{Mend: m, ID: id, Sure: words.Sureness(m.Confidence), Decided: d.Decided(m), Tier: m.Tier()}
			if e.Decided {
				e.Tier = d.Proposed(m).Tier()
			}
			e.Ticked = m.Applied || !e.Decided && m.Confidence >= tickedFrom && len(refused[m.Rule]) == 0
			known[id], all = e, append(all, e)
		}
		if e.Count++; m.Chapter > 0 && (len(e.Places) == 0 || e.Places[len(e.Places)-1] != m.Chapter) {
			e.Places = append(e.Places, m.Chapter)
		}
	}
	return all
}

// refused is what a person left as it was, by rule: the texts before, on one line.
type refused map[string][]string

func refusals(mends []archive.Mend, d archive.Decisions) refused {
	all := refused{}
	for _, m := range mends {
		if !m.Applied && d.Decided(m) {
			all[m.Rule] = append(all[m.Rule], flat(m.Before))
		}
	}
	return all
}

// again reports whether m suggests what was refused.
func (r refused) again(m archive.Mend, d archive.Decisions) bool {
	if m.Applied || len(r[m.Rule]) == 0 || d.Decided(m) {
		return false
	}
	before := flat(m.Before)
	return slices.ContainsFunc(r[m.Rule], func(s string) bool { return strings.HasPrefix(s, before) || strings.HasPrefix(before, s) })
}

func flat(s string) string { return strings.Join(strings.Fields(s), " ") }

// Show fills in what is to be seen of a mend: pre and post are the rest of its
// sentence, as far as that is known.
func (e *Entry) Show(pre, post string) {
	head, old, new, tail := byWord(byTag(changed(e.Before, e.After)))
	e.Pre, e.Post = oneLine(pre+tailOf(head)), oneLine(headOf(tail)+post)
	e.Old, e.New = spans(old), spans(new)
}

// State is what became of a mend, in a word or two; "" if it was applied and
// nobody said anything.
func (e *Entry) State() string {
	switch {
	case e.Applied && e.Decided:
		return "accepted by you"
	case e.Decided:
		return "left as it was by you"
	case !e.Applied:
		return "suggested"
	}
	return ""
}

// Where names the chapters that it is in.
func (e *Entry) Where() string {
	switch n := len(e.Places); {
	case n == 0:
		return "Whole text"
	case n == 1 && e.Count > 1:
		return fmt.Sprintf("Chapter %d, %d times", e.Places[0], e.Count)
	case n == 1:
		return fmt.Sprintf("Chapter %d", e.Places[0])
	}
	return fmt.Sprintf("%d times, first in chapter %d", e.Count, e.Places[0])
}

// byTag moves the ends of a change out of the tags that they are within.
func byTag(head, old, new, tail string) (string, string, string, string) {
	if i := strings.LastIndexByte(head, '<'); i >= 0 && i > strings.LastIndexByte(head, '>') && len(head)-i <= longestWord {
		head, old, new = head[:i], head[i:]+old, head[i:]+new
	}
	end := strings.IndexByte(tail, '>') + 1
	if start := strings.IndexByte(tail, '<'); end > 0 && end <= longestWord && (start < 0 || start >= end) && strings.Contains(old+new, "<") {
		old, new, tail = old+tail[:end], new+tail[:end], tail[end:]
	}
	return head, old, new, tail
}

// byWord moves the ends of a change to where words begin and end, because half
// a word is hard to compare.
func byWord(head, old, new, tail string) (string, string, string, string) {
	cut := len(head)
	for cut > 0 {
		r, n := utf8.DecodeLastRuneInString(head[:cut])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) || len(head)-cut > longestWord {
			break
		}
		cut -= n
	}
	blank := strings.TrimSpace(old+new) == "" // a space more or less: the words show it
	if starts(old) || starts(new) || blank {
		head, old, new = head[:cut], head[cut:]+old, head[cut:]+new
	}
	end := 0
	for end < len(tail) {
		r, n := utf8.DecodeRuneInString(tail[end:])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) || end > longestWord {
			break
		}
		end += n
	}
	if ends(old) || ends(new) || blank {
		old, new, tail = old+tail[:end], new+tail[:end], tail[end:]
	}
	return head, old, new, tail
}

const longestWord = 40 // bytes

// starts and ends report whether s begins or ends in the middle of what could be a word.
func starts(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return s != "" && !unicode.IsSpace(r) && r != '<'
}

func ends(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return s != "" && !unicode.IsSpace(r) && r != '>'
}

func oneLine(s string) string {
	return strings.NewReplacer("↵\n↵\n", " ¶ ", "↵\n", "↵ ", "\n", "↵ ").Replace(visible(s))
}

var marks = regexp.MustCompile(`(?s)<(em|strong)>(.*?)</(?:em|strong)>|<hr>|</p>\s*<p>|<br>|\n\s*\n|\n`)

// spans cuts one side of a change into what looks alike.
func spans(s string) (all []Span) {
	if len(s) > longestShown {
		s = strings.ToValidUTF8(s[:longestShown], "") + "…"
	}
	add := func(text, look string) {
		if text != "" {
			all = append(all, Span{text, look})
		}
	}
	at := 0
	for _, m := range marks.FindAllStringSubmatchIndex(s, -1) {
		add(visible(s[at:m[0]]), "")
		at = m[1]
		switch found := s[m[0]:m[1]]; {
		case m[2] >= 0:
			add(visible(s[m[4]:m[5]]), s[m[2]:m[3]])
		case found == "<hr>":
			add("⁂", "sign")
		case strings.HasPrefix(found, "</p>"), strings.Count(found, "\n") > 1:
			add("¶", "sign")
		default:
			add("↵", "sign")
		}
	}
	add(visible(s[at:]), "")
	return all
}
