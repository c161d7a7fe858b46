package decode

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"ficstead/internal/archive"
)

// controls makes every line end a line feed and removes what no text may
// contain. C1 controls stay: within mojibake they carry meaning.
//
// Carriage return with line feed is the custom of one system and not damage, so
// it is not told; all other spellings are one mend for the whole document, and
// all that is removed is another. A person who keeps the first keeps the line
// ends as they are; who keeps the second has U+FFFD in the place of each. It
// reports whether anything went away.
func controls(t *text) bool {
	if !mayBeControlled(t.s) || !strings.ContainsFunc(t.s, controlled) {
		return false
	}
	p := controlPass{}
	for i, r := range t.s {
		p.next(t.s, i, r)
	}
	if t.endsKept {
		p.ends.count = 0
	}
	ends, removed := t.tally("newlines", p.ends, "line feed"), t.tally("invisible", p.removed, "")
	t.endsKept = !ends
	var edits []Edit
	for _, e := range p.edits {
		switch {
		case e.Rule == "newlines" && !ends:
			continue
		case e.Rule == "invisible" && !removed:
			e.Text = "\uFFFD"
			t.kept = append(t.kept, span{e.From, e.To})
		}
		edits = append(edits, e)
	}
	return t.rewrite(edits)
}

// tally decides a mend for all of its kind.
func (t *text) tally(rule string, of tally, after string) bool {
	if of.count == 0 {
		return false
	}
	m := t.choices.Decide(archive.Mend{
		Rule: rule, At: of.at, Before: fmt.Sprintf("%s (%d in all)", of.first, of.count), After: after,
		Confidence: 1, Applied: true,
	})
	t.mends = append(t.mends, m)
	return m.Applied
}

func controlled(r rune) bool {
	noncharacter := r&0xfffe == 0xfffe || r >= 0xfdd0 && r <= 0xfdef
	return r < ' ' && r != '\n' && r != '\t' || r == 0x7f || r == '\u2028' || r == '\u2029' || noncharacter
}

// mayBeControlled looks for the bytes that a controlled character begins with,
// which most texts have none of.
func mayBeControlled(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case c >= ' ' && c < 0x7f:
		case c == 0x7f, c < ' ' && c != '\n' && c != '\t', c >= 0xef, strings.HasPrefix(s[i:], "\u2028"), strings.HasPrefix(s[i:], "\u2029"):
			return true
		}
	}
	return false
}

// tally counts one kind of mend and keeps the first.
type tally struct {
	count, at int
	first     string
}

func (t *tally) add(at int, what string) {
	if t.count == 0 {
		t.at, t.first = at, what
	}
	t.count++
}

type controlPass struct {
	edits         []Edit
	skip          int // characters already dealt with
	ends, removed tally
}

// next takes r, which stands at i.
func (p *controlPass) next(s string, i int, r rune) {
	switch {
	case p.skip > 0:
		p.skip--
	case !controlled(r):
	case r == '\r':
		p.carriageReturn(s[i:], i)
	case r == '\u2029':
		p.end(i, "U+2029", "\n\n", len("\u2029"))
	case r == '\u2028' || r == '\v' || r == '\f':
		p.end(i, fmt.Sprintf("U+%04X", r), "\n", utf8.RuneLen(r))
	default:
		p.removed.add(i, fmt.Sprintf("U+%04X", r))
		p.edits = append(p.edits, Edit{From: i, To: i + utf8.RuneLen(r), Rule: "invisible"})
	}
}

// end takes a line end that is spelt otherwise.
func (p *controlPass) end(i int, what, is string, size int) {
	p.ends.add(i, what)
	p.edits = append(p.edits, Edit{From: i, To: i + size, Text: is, Rule: "newlines"})
}

// carriageReturn takes CR LF, CR CR LF and lone CR.
func (p *controlPass) carriageReturn(rest string, i int) {
	switch {
	case strings.HasPrefix(rest, "\r\n"):
		p.skip = 1
		p.edits = append(p.edits, Edit{From: i, To: i + 1})
	case strings.HasPrefix(rest, "\r\r\n"):
		p.skip = 2
		p.end(i, "CR CR LF", "\n", len("\r\r\n"))
	default:
		p.end(i, "CR", "\n", 1)
	}
}

// c1 finds the characters of Windows-1252 that were read as Latin-1: U+0092
// for an apostrophe. Where that code page has nothing either, the character is
// unreadable.
func c1(s string) []Edit {
	const lead = 0xc2 // of all of them
	var edits []Edit
	for at := 0; ; {
		i := strings.IndexByte(s[at:], lead)
		if i < 0 {
			return edits
		}
		at += i
		from := at
		var is strings.Builder
		for at+1 < len(s) && s[at] == lead && s[at+1] < 0xa0 {
			r := charmap.Windows1252.DecodeByte(s[at+1])
			if r < 0xa0 {
				r = utf8.RuneError
			}
			is.WriteRune(r)
			at += 2
		}
		if at > from {
			edits = append(edits, Edit{From: from, To: at, Text: is.String(), Rule: "encoding", Confidence: 0.99})
		} else {
			at++
		}
	}
}
