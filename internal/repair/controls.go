package repair

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
// it is not told; all other spellings are one mend for the whole document.
func controls(s string) (string, []archive.Mend) {
	if !mayBeControlled(s) || !strings.ContainsFunc(s, controlled) {
		return s, nil
	}
	p := controlPass{}
	p.out.Grow(len(s))
	for i, r := range s {
		p.next(s[i:], r)
	}
	var mends []archive.Mend
	tell := func(rule string, t tally, after string) {
		if t.count > 0 {
			mends = append(mends, archive.Mend{
				Rule: rule, At: t.at, Before: fmt.Sprintf("%s (%d in all)", t.first, t.count), After: after,
				Confidence: 1, Applied: true,
			})
		}
	}
	tell("newlines", p.ends, "line feed")
	tell("invisible", p.removed, "")
	return p.out.String(), mends
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
	out           strings.Builder
	at            int // code points written
	skip          int // characters of rest already dealt with
	ends, removed tally
}

// next takes r, the first character of rest.
func (p *controlPass) next(rest string, r rune) {
	switch {
	case p.skip > 0:
		p.skip--
	case !controlled(r):
		p.write(r)
	case r == '\r':
		p.carriageReturn(rest)
	case r == '\u2029':
		p.ends.add(p.at, "U+2029")
		p.write('\n')
		p.write('\n')
	case r == '\u2028' || r == '\v' || r == '\f':
		p.ends.add(p.at, fmt.Sprintf("U+%04X", r))
		p.write('\n')
	default:
		p.removed.add(p.at, fmt.Sprintf("U+%04X", r))
	}
}

func (p *controlPass) write(r rune) {
	p.out.WriteRune(r)
	p.at++
}

// carriageReturn takes CR LF, CR CR LF and lone CR.
func (p *controlPass) carriageReturn(rest string) {
	switch {
	case strings.HasPrefix(rest, "\r\n"):
		p.skip = 1
	case strings.HasPrefix(rest, "\r\r\n"):
		p.ends.add(p.at, "CR CR LF")
		p.skip = 2
	default:
		p.ends.add(p.at, "CR")
	}
	p.write('\n')
}

// c1 restores the characters of Windows-1252 that were read as Latin-1: U+0092
// for an apostrophe. Where that code page has nothing either, the character is
// unreadable. It changes no length.
func c1(s string) (string, []archive.Mend) {
	isC1 := func(r rune) bool { return r >= 0x80 && r <= 0x9f }
	const lead = 0xc2
	if strings.IndexByte(s, lead) < 0 || !strings.ContainsFunc(s, isC1) {
		return s, nil
	}
	var mends []archive.Mend
	var out strings.Builder
	at := 0
	for _, r := range s {
		if isC1(r) {
			was := fmt.Sprintf("U+%04X", r)
			if r = charmap.Windows1252.DecodeByte(byte(r)); isC1(r) {
				r = utf8.RuneError
			}
			mends = append(mends, archive.Mend{Rule: "encoding", At: at, Before: was, After: string(r), Confidence: 0.99, Applied: true})
		}
		out.WriteRune(r)
		at++
	}
	return out.String(), mends
}
