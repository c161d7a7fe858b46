package vocabulary

import (
	"bytes"
	"slices"
	"unicode/utf8"

	"ficstead/internal/archive"
	"ficstead/internal/base/text"
)

// startsWords reports whether each of words begins a word of key, or what stands
// from a word of it on.
func startsWords(key []byte, words [][]byte) bool {
	return !slices.ContainsFunc(words, func(word []byte) bool { return !startsWord(key, word) })
}

func startsWord(key, word []byte) (starts bool) {
	if len(word) == 0 {
		return true
	}
	if !bytes.Contains(key, word) && bytes.IndexByte(key, '\'') < 0 {
		return false
	}
	eachStart(key, func(off int, isBare bool) {
		starts = starts || beginsWith(key[off:], isBare, word)
	})
	return starts
}

// Matching returns what tells whether the name of a tag, or that of a synonym of
// it, has words that begin with all those typed. Everything matches nothing typed.
func (v *Vocabulary) Matching(typed string) func(archive.TagID) bool {
	_, words := typedWords(typed)
	c := climb{direct: v.direct.at, synonyms: &v.synonyms}
	return func(id archive.TagID) (matches bool) {
		if len(words) == 0 || startsWords(v.key(id), words) {
			return true
		}
		if !known(id) {
			return false
		}
		c.members(uint32(id), func(own uint32) {
			matches = matches || startsWords(v.key(archive.TagID(own)), words)
		})
		return matches
	}
}

// wholeWord returns the starts that begin with a word and do not go on as a
// longer one. What goes on beyond ASCII may be one.
func (v *Vocabulary) wholeWord(kind archive.Kind, word []byte) []span {
	var found []span
	for _, which := range [...]int{heads, middles} {
		for all := range v.spans(kind, which, word) {
			found = v.appendWhole(found, all, word)
		}
	}
	return found
}

// appendWhole leaves out of what begins with word that which goes on with a letter
// or digit of ASCII, which stands together.
func (v *Vocabulary) appendWhole(dst []span, all span, word []byte) []span {
	next := append(slices.Clone(word), 0)
	from := all.from
	for _, run := range [...][2]byte{{'0', '9' + 1}, {'a', 'z' + 1}} {
		next[len(word)] = run[0]
		to := v.firstNotBelow(all, next)
		dst = appendSpan(dst, span{all.list, from, to})
		next[len(word)] = run[1]
		from = v.firstNotBelow(all, next)
	}
	return appendSpan(dst, span{all.list, from, all.to})
}

func appendSpan(dst []span, s span) []span {
	if s.len() > 0 {
		dst = append(dst, s)
	}
	return dst
}

// firstNotBelow returns where in a part of a list text, or more, begins.
func (v *Vocabulary) firstNotBelow(part span, text []byte) int {
	from, to := part.from, part.to
	for from < to {
		mid := (from + to) / 2
		s, isBare := v.names.text(part.list.at[mid], part.list.off[mid])
		if compareTexts(s, isBare, text, false) < 0 {
			from = mid + 1
		} else {
			to = mid
		}
	}
	return from
}

// Saying returns the tags whose own names have these terms, of text.Terms, side by
// side; ascending.
func (v *Vocabulary) Saying(terms []string) []archive.TagID {
	best, _ := v.rarest(terms)
	var ids []archive.TagID
	for _, s := range best {
		for i := s.from; i < s.to; i++ {
			at := s.list.at[i]
			own, key, _, _ := v.names.record(at)
			id := archive.TagID(own)
			if v.record(id) == at && (len(terms) == 1 && standsAlone(key, s.list.off[i], terms[0]) || says(key, terms)) {
				ids = append(ids, id)
			}
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// SayingEffort is how many names Saying must look at, at up to a microsecond each.
func (v *Vocabulary) SayingEffort(terms []string) int {
	_, n := v.rarest(terms)
	return n
}

// rarest returns the starts of that of terms which has the fewest, and how many.
func (v *Vocabulary) rarest(terms []string) (best []span, least int) {
	for i, term := range terms {
		spans := v.wholeWord(0, []byte(term))
		if n := total(spans); i == 0 || n < least {
			best, least = spans, n
		}
	}
	return best, least
}

// Says reports whether the name of a tag has these terms side by side.
func (v *Vocabulary) Says(id archive.TagID, terms []string) bool {
	return len(terms) > 0 && says(v.key(id), terms)
}

// standsAlone reports whether it is plain that word, which key has from off on, is
// a term of it: it stands between spaces.
func standsAlone(key []byte, off uint16, word string) bool {
	from, to := int(off), int(off)+len(word)
	return off&bare == 0 && to <= len(key) && (from == 0 || key[from-1] == ' ') && (to == len(key) || key[to] == ' ') &&
		len(word) > 0 && word[0] < utf8.RuneSelf && isLetter(rune(word[0])) && bytes.IndexByte(key[from:to], ' ') < 0
}

func says(key []byte, terms []string) bool {
	for _, term := range terms {
		if !bytes.Contains(key, []byte(term)) && bytes.IndexByte(key, '\'') < 0 {
			return false
		}
	}
	for run := text.Terms(string(key)); len(run) >= len(terms); run = run[1:] {
		if slices.Equal(run[:len(terms)], terms) {
			return true
		}
	}
	return false
}
