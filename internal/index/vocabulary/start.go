package vocabulary

import (
	"bytes"
	"cmp"
	"iter"
	"sort"
	"unicode"
	"unicode/utf8"

	"ficstead/internal/archive"
)

// starts are the keys of tags from the beginning and from each later word on:
// what typing is completed from. Those of a kind are in lists of their own; a
// synonym stands among the kind of its canonical tag. What is of no use any more,
// because its tag has a new name or went elsewhere, stays until starts are made anew.
type starts [2 * int(kindCount)]list

// The two lists of each kind.
const (
	heads   = iota // keys from their beginning
	middles        // keys from a later word on
)

// list is starts in the order of what they say, then of their tags: of each the
// record that has the key, and where in the key it begins.
type list struct {
	at      []uint32
	off     []uint16
	weights []weight
	peaks   [][]weight
}

func (l *list) len() int { return min(len(l.at), len(l.off)) }

// A bare start says what its key says without apostrophes, so that who types
// “obrien” comes upon O'Brien.
const (
	bare      = 1 << 15
	maxOffset = bare - 1
)

func (s *starts) size() (n int) {
	for i := range s {
		n += s[i].len()
	}
	return n
}

// eachStart calls f for where the words of a key begin: where a letter follows
// what is none; at each character of a script without spaces, and after one. What
// begins with a word that has an apostrophe in it is told twice, the second time
// as bare. The first comes whatever it is.
func eachStart(key []byte, f func(off int, bare bool)) {
	after, apart := false, false // a letter; a character of a script without spaces
	for i := 0; i < len(key) && i <= maxOffset; {
		r, size := rune(key[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRune(key[i:])
		}
		letter, single := isLetter(r), isSingle(r)
		if i == 0 || letter && (!after || apart) || single {
			f(i, false)
			if letter && hasApostrophe(key[i:]) {
				f(i, true)
			}
		}
		after, apart = letter, single
		i += size
	}
}

func isLetter(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

// isSingle reports whether r is of a script in which each character is looked up
// as a word, as text.Terms has it.
func isSingle(r rune) bool {
	return r >= 0x0e00 && (r == 'ー' || unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana,
		unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) && unicode.In(r, unicode.L, unicode.M, unicode.N))
}

// hasApostrophe reports whether there is one within the word that s begins with.
func hasApostrophe(s []byte) bool {
	i := bytes.IndexByte(s, '\'')
	return i > 0 && i+1 < len(s) && bytes.IndexByte(s[:i], ' ') < 0 && s[i+1] != ' '
}

// text returns what a start says; with apostrophes that do not count if it is bare.
func (n *names) text(at uint32, off uint16) (s []byte, isBare bool) {
	key := n.key(at)
	return key[min(int(off&maxOffset), len(key)):], off&bare != 0
}

// compareTexts puts what starts say in order.
func compareTexts(a []byte, aBare bool, b []byte, bBare bool) int {
	if !aBare && !bBare {
		return bytes.Compare(a, b)
	}
	i, j := 0, 0
	for {
		for aBare && i < len(a) && a[i] == '\'' {
			i++
		}
		for bBare && j < len(b) && b[j] == '\'' {
			j++
		}
		if i == len(a) || j == len(b) {
			return cmp.Compare(len(a)-i, len(b)-j)
		}
		if a[i] != b[j] {
			return cmp.Compare(a[i], b[j])
		}
		i, j = i+1, j+1
	}
}

// beginsWith reports whether what a start says begins with prefix.
func beginsWith(s []byte, isBare bool, prefix []byte) bool {
	if !isBare {
		return bytes.HasPrefix(s, prefix)
	}
	for len(s) > 0 && len(prefix) > 0 {
		if s[0] == '\'' {
			s = s[1:]
			continue
		}
		if s[0] != prefix[0] {
			return false
		}
		s, prefix = s[1:], prefix[1:]
	}
	return len(prefix) == 0
}

// span is a part of a list.
type span struct {
	list     *list
	from, to int
}

func (s span) len() int { return s.to - s.from }

// beginning returns the part of l that begins with prefix.
func (v *Vocabulary) beginning(l *list, prefix []byte) span {
	from := sort.Search(l.len(), func(i int) bool {
		s, isBare := v.names.text(l.at[i], l.off[i])
		return compareTexts(s, isBare, prefix, false) >= 0
	})
	n := sort.Search(l.len()-from, func(i int) bool {
		s, isBare := v.names.text(l.at[from+i], l.off[from+i])
		return !beginsWith(s, isBare, prefix)
	})
	return span{l, from, from + n}
}

// spans yields the parts of all lists of a kind (0: any), heads or middles, that
// begin with prefix. Those of tags that came or moved lately come last.
func (v *Vocabulary) spans(kind archive.Kind, which int, prefix []byte) iter.Seq[span] {
	return func(yield func(span) bool) {
		for run := -1; run < len(v.runs); run++ {
			s := &v.starts
			if run >= 0 {
				s = &v.runs[run]
			}
			for k := range kindCount {
				if kind != 0 && k != kind {
					continue
				}
				l := &s[2*int(k)+which]
				if l.len() == 0 {
					continue
				}
				if part := v.beginning(l, prefix); part.len() > 0 && !yield(part) {
					return
				}
			}
		}
	}
}

func (n *names) compareStarts(a, b loose) int {
	s, sBare := n.text(a.at, a.off)
	t, tBare := n.text(b.at, b.off)
	return cmp.Or(compareTexts(s, sBare, t, tBare), cmp.Compare(n.id(a.at), n.id(b.at)), cmp.Compare(a.at, b.at), cmp.Compare(a.off, b.off))
}

// merged returns the starts of both, each once, without weights.
func (n *names) merged(a, b *starts) (s starts) {
	for i := range s {
		s[i] = n.mergedList(&a[i], &b[i])
	}
	return s
}

// mergedList costs comparing for the shorter list, and copying for both.
func (n *names) mergedList(a, b *list) list {
	if a.len() < b.len() {
		a, b = b, a
	}
	if b.len() == 0 {
		return list{at: a.at[:a.len()], off: a.off[:a.len()]}
	}
	next := list{at: make([]uint32, 0, a.len()+b.len()), off: make([]uint16, 0, a.len()+b.len())}
	done := 0
	for j := range b.len() {
		x := loose{at: b.at[j], off: b.off[j]}
		to, same := done+gallop(a.len()-done, func(i int) bool {
			return n.compareStarts(loose{at: a.at[done+i], off: a.off[done+i]}, x) >= 0
		}), false
		next.at, next.off = append(next.at, a.at[done:to]...), append(next.off, a.off[done:to]...)
		done = to
		if same = done < a.len() && a.at[done] == x.at && a.off[done] == x.off; !same {
			next.at, next.off = append(next.at, x.at), append(next.off, x.off)
		}
	}
	next.at, next.off = append(next.at, a.at[done:a.len()]...), append(next.off, a.off[done:a.len()]...)
	return next
}

// gallop is sort.Search for what is likely near the beginning.
func gallop(n int, f func(int) bool) int {
	step := 1
	for step < n && !f(step-1) {
		step *= 2
	}
	from := step / 2
	return from + sort.Search(min(step, n)-from, func(i int) bool { return f(from + i) })
}
