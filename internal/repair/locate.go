package repair

import (
	"html"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"ficstead/internal/archive"
)

// projection is the source as a reader sees it: tags gone, entities resolved,
// white space collapsed. It knows where each of its characters came from.
type projection struct {
	text    string
	pieces  []piece
	plain   bool
	chapter int // where the chapter begins that mends are looked for in
	last    int // where the last mend of all was found: chapters follow each other
	misses  int
	vain    int // bytes that were searched in vain
}

// piece is a stretch of the projection that stands in the source just so.
type piece struct {
	at     int // in the projection, in bytes
	origin int // in the source, in code points
}

// The bounds of looking in vain, so that it stays linear however many mends
// there are: what is missed maxMisses times is in the source nowhere, and once
// patience readings of it were in vain, what is looked for is near or not there.
const (
	maxMisses = 64
	patience  = 32
	near      = 4 << 10 // bytes
)

// project makes the projection of an HTML source, or of plain text, where only
// white space is collapsed. In HTML a newline is where a block or line ends.
func project(source string, plain bool) *projection {
	b := &projector{}
	b.text.Grow(len(source) + 2)
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
			n = b.stretch(source[i:])
		}
		b.at += utf8.RuneCountInString(source[i : i+n])
		i += n
	}
	b.space = '\n'
	b.write("")
	b.pieces[len(b.pieces)-1].at-- // the line end that closes all
	return &projection{text: b.text.String(), pieces: b.pieces, plain: plain}
}

type projector struct {
	text   strings.Builder
	pieces []piece
	at     int  // in the source, in code points
	space  byte // waits to be written: 0, ' ' or '\n'
}

// write takes text that stands where the projector is.
func (b *projector) write(s string) {
	switch {
	case b.text.Len() == 0:
		b.text.WriteByte('\n')
	case b.space != 0:
		b.text.WriteByte(b.space)
	}
	b.space = 0
	at := b.at
	for first := true; first || s != ""; first = false {
		n := min(len(s), longestPiece)
		for n < len(s) && !utf8.RuneStart(s[n]) {
			n++
		}
		b.pieces = append(b.pieces, piece{b.text.Len(), at})
		b.text.WriteString(s[:n])
		at += utf8.RuneCountInString(s[:n])
		s = s[n:]
	}
}

// longestPiece bounds in bytes how far characters are counted to find one.
const longestPiece = 256

// stretch takes white space, or text up to where the projection may differ from
// the source, and returns its length.
func (b *projector) stretch(s string) int {
	if n := spaceAt(s); n > 0 {
		if b.space != '\n' {
			b.space = ' '
		}
		return n
	}
	n := 1
	for n < len(s) {
		c := s[n]
		if !mayDiffer[c] || c == ' ' && n+1 < len(s) && !mayDiffer[s[n+1]] || c == nbspLead && spaceAt(s[n:]) == 0 {
			n++
			continue
		}
		break
	}
	b.write(s[:n])
	return n
}

const (
	nbsp     = "\u00a0"
	nbspLead = 0xc2 // its first byte
)

// mayDiffer are the bytes that white space, tags and entities begin with.
var mayDiffer = [256]bool{' ': true, '\n': true, '\t': true, '<': true, '&': true, nbspLead: true}

// spaceAt returns the length of the white space character that s begins with.
func spaceAt(s string) int {
	switch {
	case s[0] == ' ' || s[0] == '\n' || s[0] == '\t':
		return 1
	case strings.HasPrefix(s, nbsp):
		return len(nbsp)
	}
	return 0
}

// tag reads a tag or comment and returns its length; 0 if it is none.
func (b *projector) tag(s string) int {
	const longest = 4096
	end := strings.IndexByte(s[:min(len(s), longest)], '>')
	if end < 2 || s[1] != '/' && s[1] != '!' && !isASCIILetter(s[1]) {
		return 0
	}
	name := strings.TrimLeft(s[1:end], "/")
	for i := range len(name) {
		if c := name[i]; c == ' ' || c == '\t' || c == '\n' || c == '/' {
			name = name[:i]
			break
		}
	}
	name = strings.ToLower(name)
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
	for is != "" {
		_, n := utf8.DecodeRuneInString(is)
		if spaceAt(is) > 0 {
			b.stretch(is[:n])
		} else {
			b.write(is[:n])
		}
		is = is[n:]
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
	within := p.text[from:]
	if p.vain > patience*len(p.text) {
		within = within[:min(len(within), near+len(key))]
	}
	i := strings.Index(within, key)
	if i < 0 {
		p.misses++
		p.vain += len(within)
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
	i := sort.Search(len(p.pieces), func(i int) bool { return p.pieces[i].at > at }) - 1
	if i < 0 {
		return 0
	}
	return p.pieces[i].origin + utf8.RuneCountInString(p.text[p.pieces[i].at:at])
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
	following := map[string]int{} // where each rule's next mend is looked for
	for _, f := range found {
		next, ok := following[f.Rule]
		if !ok {
			next = p.chapter
		}
		if at, size := p.find(f, next); at >= 0 {
			f.At = p.source(at)
			next = at + size
			p.last = max(p.last, next)
		} else {
			f.At = p.source(min(next, len(p.text)-1))
		}
		following[f.Rule] = next
		mends = append(mends, f.Mend)
	}
	slices.SortStableFunc(mends, func(a, b archive.Mend) int { return a.At - b.At })
	return mends
}

// find looks for a mend at or after from: for its words behind those that lead to
// them, or without, or for the damage alone where what is around it is marked up
// otherwise in the source. Size is how far behind it the next of its rule stands:
// mends that show words around them may show some in common.
func (p *projection) find(f find, from int) (at, size int) {
	if lead := p.key(f.lead); lead != "" {
		if at := p.seek(f.lead+f.key, max(p.chapter, from-len(lead))); at >= 0 {
			at += len(lead)
			if f.damage != "" {
				return at, 1
			}
			return at, max(1, len(strings.TrimSuffix(p.key(f.key), "\n")))
		}
		if f.damage == "" {
			return -1, 0
		}
		p.misses-- // there is more to try
	}
	if at := p.seek(f.key, from); at >= 0 || f.damage == "" {
		if f.damage != "" {
			return at, 1
		}
		return at, max(1, len(strings.TrimSuffix(p.key(f.key), "\n")))
	}
	p.misses--
	return p.seek(f.damage, from), 1
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
