package rtf

import (
	"strings"
	"unicode"
	"unicode/utf16"

	"ficstead/internal/base/bounds"
	"ficstead/internal/base/paper"
)

// The bounds: of groups within each other, beyond which they are only counted,
// and of what is gathered of one picture.
const (
	maxPicture = 40 << 20
	maxSaid    = 10_000 // letters of what is no text
)

// reader goes through a document once.
type reader struct {
	scanner
	state
	stack  []state // of the groups that are open
	deeper int     // groups open beyond the bound
	keep   func([]byte) string
	text   paper.Writer
	cut    bool
	usual  int
	begun  bool // the text has begun, behind titles and the like

	page   int // the encoding of the document
	fonts  map[int]*font
	styles map[int]*style
	plain  int // the font of text that says nothing

	pending []byte // letters whose encoding is that of the present font
	high    rune   // the first half of a character beyond the 16 bits
	skipped int    // letters still to be passed over behind \u

	titles        []string // in a style for titles
	title, author strings.Builder
	command       strings.Builder
	label         strings.Builder
	named         strings.Builder // of the entry of a table
	entryFont     *font
	entryStyle    *style
	blip          []byte
	half          int // the first digit of a byte of a picture, or -1
	shown         bool

	spoken map[int]int // letters by language

	inRow, table, row, cell bool
	ruled                   bool // the paragraph above has a line below it
}

// run reads all tokens.
func (r *reader) run() {
	for {
		t := r.next()
		switch t.kind {
		case end:
			r.flush()
			r.cut = len(r.stack) > 0
			for len(r.stack) > 0 {
				r.leave()
			}
			r.finish()
			return
		case open:
			r.flush()
			r.skipped = 0
			r.enter()
			continue
		case shut:
			r.flush()
			r.skipped = 0
			r.leave()
			continue
		case letter:
			r.letter(t)
		case binary:
			if r.to == picture && len(r.blip)+len(t.raw) <= maxPicture {
				r.blip = append(r.blip, t.raw...)
			}
		case word:
			r.word(t)
		}
		r.fresh = t.kind == word && t.name == "*"
	}
}

func (r *reader) enter() {
	if len(r.stack) >= bounds.Groups {
		r.deeper++
		return
	}
	r.stack = append(r.stack, r.state)
	r.fresh, r.ignore = true, false
	if r.to == fonts || r.to == sheet {
		if !r.entry {
			r.named.Reset()
			r.entryFont, r.entryStyle = nil, nil
		}
		r.entry = true
	}
}

func (r *reader) leave() {
	switch {
	case r.deeper > 0:
		r.deeper--
		return
	case len(r.stack) == 0:
		return
	}
	inner := r.state
	r.state = r.stack[len(r.stack)-1]
	r.stack = r.stack[:len(r.stack)-1]
	switch {
	case inner.out != r.out: // of a note
		if !inner.out.IsBlank() {
			inner.out.End(paper.Par{})
		}
	case inner.to == picture && r.to != picture:
		r.showPicture()
	case inner.entry && !r.entry:
		r.endEntry(inner)
	case inner.to == command && r.to != command:
		r.doField()
	case inner.to == fonts && r.to != fonts:
		r.judgePages()
	}
}

// word reads a control word.
func (r *reader) word(t token) {
	if t.name == "*" {
		r.ignore = r.fresh
		return
	}
	if r.ignore && !known[t.name] {
		r.to, r.ignore = nowhere, false
		return
	}
	r.ignore = false
	if r.skipped > 0 && t.name != "u" && t.name != "par" {
		r.skipped--
		return
	}
	if t.name == "u" {
		r.unicode(t.n)
		return
	}
	r.high = 0
	if r.look(t) {
		return
	}
	r.flush()
	if r.goes(t) || r.entryWord(t) || r.is(t) || r.sign(t) {
		return
	}
	r.does(t)
}

// letter takes one byte of text.
func (r *reader) letter(t token) {
	r.ignore = false
	if r.skipped > 0 {
		r.skipped--
		return
	}
	r.high = 0
	if r.to == picture {
		r.digit(t.code)
		return
	}
	if r.to == nowhere || r.to == info || r.to == either {
		return
	}
	r.pending = append(r.pending, t.code)
}

// flush makes characters of the letters so far.
func (r *reader) flush() {
	if len(r.pending) == 0 {
		return
	}
	s := r.decode(r.pending)
	r.pending = r.pending[:0]
	r.say(s)
}

func (r *reader) decode(b []byte) string {
	ascii := true
	for _, c := range b {
		ascii = ascii && c < 0x80
	}
	number := r.page
	if f := r.fonts[r.font]; f != nil && f.page != 0 {
		number = f.page
	}
	if number == signs {
		return decodeSigns(r.fonts[r.font].name, b)
	}
	if ascii {
		return string(b)
	}
	s, err := page(number).NewDecoder().Bytes(b)
	if err != nil {
		return strings.ToValidUTF8(string(b), "\uFFFD")
	}
	return strings.ToValidUTF8(string(s), "\uFFFD")
}

// decodeSigns reads letters of a font of signs. Of fonts that we do not know
// they are kept as letters, because most such fonts are not used for signs.
func decodeSigns(font string, b []byte) string {
	var out strings.Builder
	for _, c := range b {
		switch sign := paper.Symbol(font, rune(c)); {
		case sign != 0:
			out.WriteRune(sign)
		case c < 0x80:
			out.WriteByte(c)
		default:
			out.WriteRune('□')
		}
	}
	return out.String()
}

// unicode takes a character by its number, which may be half of one.
func (r *reader) unicode(n int) {
	r.flush()
	r.skipped = r.skip
	c := rune(uint16(n))
	if n > 0xFFFF && n <= unicode.MaxRune {
		c = rune(n)
	}
	switch {
	case utf16.IsSurrogate(c) && r.high == 0:
		r.high = c
		return
	case r.high != 0:
		c = utf16.DecodeRune(r.high, c)
		r.high = 0
	}
	if c >= 0xF020 && c <= 0xF0FF {
		name := ""
		if f := r.fonts[r.font]; f != nil {
			name = f.name
		}
		if sign := paper.Symbol(name, c); sign != 0 {
			c = sign
		}
	}
	if c >= ' ' || c == '\t' {
		r.say(string(c))
	}
}

// say brings text to where it goes.
func (r *reader) say(s string) {
	switch r.to {
	case body:
		if r.hidden || r.deleted {
			return
		}
		r.toTable()
		if r.lang != 0 && r.lang != 1024 {
			r.spoken[r.lang] += len(s)
		}
		r.out.Text(s, r.format())
	case title:
		add(&r.title, s)
	case author:
		add(&r.author, s)
	case command:
		add(&r.command, s)
	case itemLabel:
		add(&r.label, s)
	case fonts, sheet:
		add(&r.named, s)
		if !r.entry && strings.HasSuffix(s, ";") {
			r.endEntry(r.state) // a table without groups
		}
	}
}

func add(b *strings.Builder, s string) {
	if b.Len()+len(s) < maxSaid {
		b.WriteString(s)
	}
}

func (r *reader) format() paper.Format {
	f := r.Format
	f.Link = r.link
	if level, st := r.heading(); level > 0 {
		f.Bold, f.Underline = false, false
		f.Italic = f.Italic && !st.Italic
	}
	return f
}
