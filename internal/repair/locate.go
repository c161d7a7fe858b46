package repair

import (
	"html"
	"slices"
	"strings"
	"unicode/utf8"

	"ficstead/internal/archive"
)

// projection is the source as a reader sees it: tags gone, entities resolved,
// white space collapsed. It knows where each of its characters came from.
type projection struct {
	text    string
	origin  []int32 // for each byte of text, the code point of the source
	plain   bool
	chapter int // where the chapter begins that mends are looked for in
	last    int // where the last mend of all was found: chapters follow each other
	misses  int
}

// maxMisses ends the search in sources that do not show what was mended, so
// that looking in vain stays linear.
const maxMisses = 64

// project makes the projection of an HTML source, or of plain text, where only
// white space is collapsed. In HTML a newline is where a block or line ends.
func project(source string, plain bool) *projection {
	b := &projector{}
	b.text.Grow(len(source) / 2)
	for i := 0; i < len(source); {
		n := 0
		switch c := source[i]; {
		case plain:
		case c == '<':
			n = b.tag(source[i:])
		case c == '&':
			n = b.entity(source[i:])
		}
		if n == 0 {
			r, size := utf8.DecodeRuneInString(source[i:])
			b.rune(r, source[i:i+size])
			n = size
		}
		b.at += utf8.RuneCountInString(source[i : i+n])
		i += n
	}
	b.space = '\n'
	b.flush()
	return &projection{text: b.text.String(), origin: b.origin, plain: plain}
}

type projector struct {
	text   strings.Builder
	origin []int32
	at     int  // in the source, in code points
	space  byte // waits to be written: 0, ' ' or '\n'
}

func (b *projector) write(s string) {
	b.text.WriteString(s)
	for range len(s) {
		b.origin = append(b.origin, int32(b.at))
	}
}

func (b *projector) flush() {
	switch {
	case b.text.Len() == 0:
		b.write("\n")
	case b.space != 0:
		b.write(string(b.space))
	}
	b.space = 0
}

func (b *projector) rune(r rune, s string) {
	if r != ' ' && r != '\n' && r != '\t' && r != '\u00a0' {
		b.flush()
		b.write(s)
		return
	}
	if b.space != '\n' {
		b.space = ' '
	}
}

// tag reads a tag or comment and returns its length; 0 if it is none.
func (b *projector) tag(s string) int {
	const longest = 4096
	end := strings.IndexByte(s[:min(len(s), longest)], '>')
	if end < 2 || s[1] != '/' && s[1] != '!' && !isASCIILetter(s[1]) {
		return 0
	}
	name := strings.ToLower(strings.TrimLeft(s[1:end], "/"))
	if i := strings.IndexAny(name, " \t\n/"); i >= 0 {
		name = name[:i]
	}
	if !inlineTags[name] && !strings.HasPrefix(name, "!") {
		b.space = '\n'
	}
	return end + 1
}

func isASCIILetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

var inlineTags = wordSet("a abbr b big cite code del em font i ins kbd q rp rt ruby s small span strike strong sub sup tt u img")

func (b *projector) entity(s string) int {
	const longest = 12
	end := strings.IndexByte(s[:min(len(s), longest)], ';')
	if end < 0 {
		return 0
	}
	is := html.UnescapeString(s[:end+1])
	if is == s[:end+1] {
		return 0
	}
	for _, r := range is {
		b.rune(r, string(r))
	}
	return end + 1
}

// seek finds text at or after from. It returns where in the projection that
// is; -1 if it is not there.
func (p *projection) seek(text string, from int) int {
	key := p.key(text)
	if strings.TrimSpace(key) == "" || p.misses >= maxMisses {
		return -1
	}
	i := strings.Index(p.text[from:], key)
	if i < 0 {
		p.misses++
		return -1
	}
	return from + i
}

// source returns the code point of the source for a place of the projection,
// white space skipped.
func (p *projection) source(at int) int {
	for at < len(p.text)-1 && (p.text[at] == '\n' || p.text[at] == ' ') {
		at++
	}
	return int(p.origin[at])
}

// enter goes to where a chapter with this beginning stands. It returns the
// place in the source, -1 if it is not found.
func (p *projection) enter(beginning string) int {
	at := p.seek(beginning, p.last)
	if at < 0 {
		return -1
	}
	p.chapter, p.last = at, at+1
	return p.source(at)
}

// locate fills in the At of a chapter's mends and puts them in order. The mends
// of one rule follow each other in the text, so each is looked for behind the
// one before it. What is not found stands where that one does.
func (p *projection) locate(found []find) []archive.Mend {
	var mends []archive.Mend
	next, rule := p.chapter, ""
	for _, f := range found {
		if f.Rule != rule {
			next, rule = p.chapter, f.Rule
		}
		if at := p.seek(f.key, next); at >= 0 {
			f.At = p.source(at)
			next = at + max(1, len(strings.TrimSuffix(p.key(f.key), "\n")))
			p.last = max(p.last, next)
		} else {
			f.At = p.source(min(next, len(p.text)-1))
		}
		mends = append(mends, f.Mend)
	}
	slices.SortStableFunc(mends, func(a, b archive.Mend) int { return a.At - b.At })
	return mends
}

// key writes text as the projection writes the source.
func (p *projection) key(text string) string {
	var out strings.Builder
	space := ""
	for _, r := range text {
		switch r {
		case '\n':
			space = "\n"
			if p.plain {
				space = " "
			}
		case ' ', '\t', '\u00a0':
			if space == "" {
				space = " "
			}
		default:
			out.WriteString(space)
			out.WriteRune(r)
			space = ""
		}
	}
	return out.String() + space
}
