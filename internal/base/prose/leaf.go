package prose

import (
	"bytes"
	"cmp"
	"slices"
	"unicode/utf8"

	"ficstead/internal/base/bounds"
)

// leafBlock is the block of text being filled.
type leafBlock struct {
	open     bool
	kind     Kind
	level    uint8
	tag      string
	explicit bool // its element was in the source
	align    string
	lang     string
	dir      string
	marks    []Mark
	lines    bool
	inlineAt int // how many inline elements were open when it began

	runs    []Run
	text    []byte // of a run still being filled, under textOf
	textOf  []Mark
	visible bool // something besides white space is in it
	space   bool // a line break or a space that takes room is in it
}

// openParagraph takes the start of a p.
func (b *builder) openParagraph(name string, l look) {
	if b.full() {
		b.text(space)
		return
	}
	b.separate()
	if b.leaf.open {
		return
	}
	b.begin(Paragraph, name, l)
	b.leaf.explicit = true
}

// openLeaf takes the start of another block that holds text only.
func (b *builder) openLeaf(name string, e element, l look) {
	if b.full() {
		b.text(space)
		return
	}
	kind := e.kind
	switch e.role {
	case heading:
		kind = Heading
	case pre:
		kind = Pre
	}
	if kind == Heading && b.leaf.open && b.leaf.kind != Paragraph && b.leaf.kind != Heading {
		b.separate()
		if b.leaf.open {
			return // a heading in a caption is the caption
		}
	}
	b.endLeaf(false)
	b.place(kind)
	home := b.home().block.kind
	if kind == Caption && home != Table || kind == Summary && home != Details {
		kind = Paragraph
		b.flow()
	}
	b.begin(kind, name, l)
	b.leaf.explicit, b.leaf.level = true, e.level
}

// begin opens a leaf at the place we are.
func (b *builder) begin(kind Kind, tag string, l look) {
	if kind == Paragraph {
		b.flow()
	}
	top := b.top()
	b.leaf = leafBlock{open: true, kind: kind, tag: tag, align: cmp.Or(l.align, top.align), lang: cmp.Or(l.lang, top.lang),
		dir: cmp.Or(l.dir, top.dir), marks: l.marks, lines: l.lines, inlineAt: len(b.inline),
		runs: b.leaf.runs[:0], text: b.leaf.text[:0]}
	if l.lines {
		b.lines++
	}
	b.stale = true
	for _, id := range b.anchors {
		b.leaf.runs = append(b.leaf.runs, Run{Anchor: id})
	}
	b.anchors = b.anchors[:0]
}

// separate takes the edge of a block: a paragraph ends there. What holds text
// only, and has some, ends too if it can be done without, else its line ends.
func (b *builder) separate() {
	if !b.leaf.open {
		return
	}
	switch b.leaf.kind {
	case Paragraph:
		b.endLeaf(false)
	case Heading, Summary:
		if b.leaf.visible {
			b.endLeaf(false)
		}
	default:
		if b.leaf.visible && !b.leaf.endsLine() {
			b.lineBreak()
		}
	}
}

func (l *leafBlock) endsLine() bool {
	if !isBlank(l.text) {
		return l.kind == Pre && l.text[len(l.text)-1] == '\n'
	}
	return len(l.runs) > 0 && l.runs[len(l.runs)-1].Break
}

// need opens a paragraph if nothing that takes text is open.
func (b *builder) need() {
	if !b.leaf.open {
		b.begin(Paragraph, "", look{})
	}
}

var space = []byte(" ")

// text takes a stretch of text. It does not keep the slice.
func (b *builder) text(s []byte) {
	s = clean(s)
	if isBlank(s) {
		if !b.leaf.open {
			return
		}
	} else {
		b.need()
		b.leaf.visible = b.leaf.visible || isVisible(s)
		b.leaf.space = true
	}
	if b.lines > 0 && b.leaf.kind != Pre && bytes.IndexByte(s, '\n') >= 0 {
		for i, part := range bytes.Split(s, []byte("\n")) {
			if i > 0 && (b.leaf.visible || len(part) > 0) {
				b.lineBreak()
			}
			b.put(part)
		}
		return
	}
	b.put(s)
}

// isBlank reports whether s is white space as HTML collapses it.
func isBlank[S string | []byte](s S) bool {
	for i := range len(s) {
		switch s[i] {
		case ' ', '\t', '\n', '\r', '\f':
		default:
			return false
		}
	}
	return true
}

// isVisible reports whether s holds more than spaces, wide or without width.
func isVisible(s []byte) bool {
	if len(s) > 0 && s[0] > ' ' && s[0] < utf8.RuneSelf {
		return true
	}
	return len(bytes.Trim(s, spaces+"\u00a0\u200b\ufeff")) > 0
}

// put appends text to the leaf, under the marks that are open.
func (b *builder) put(s []byte) {
	if len(s) == 0 {
		return
	}
	marks := b.current()
	leaf := &b.leaf
	if len(leaf.text) > 0 && !slices.Equal(leaf.textOf, marks) {
		b.flush()
	}
	leaf.text = append(leaf.text, s...)
	leaf.textOf = marks
}

// flush makes a run of the text that has come together.
func (b *builder) flush() {
	if leaf := &b.leaf; len(leaf.text) > 0 {
		leaf.runs = append(leaf.runs, Run{Text: string(leaf.text), Marks: leaf.textOf})
		leaf.text = leaf.text[:0]
		b.runs++
	}
}

// putRun appends a run that is no text.
func (b *builder) putRun(r Run) {
	b.need()
	b.flush()
	r.Marks = b.current()
	b.leaf.runs = append(b.leaf.runs, r)
	b.runs++
}

func (b *builder) lineBreak() {
	b.need()
	b.leaf.space = true
	switch {
	case b.leaf.kind == Pre:
		b.put([]byte("\n"))
	case b.runs >= bounds.Runs:
		b.put(space)
	default:
		b.putRun(LineBreak())
	}
}

// endLeaf closes the leaf. If it is empty, it is an empty paragraph only where
// readers saw one: ended by its own tag, or holding a break.
func (b *builder) endLeaf(byTag bool) {
	leaf := &b.leaf
	if !leaf.open {
		return
	}
	b.flush()
	leaf.open = false
	if leaf.lines {
		b.lines--
	}
	if leaf.explicit && leaf.kind == Paragraph {
		b.endInlineOf(leaf.inlineAt)
	}
	b.stale = true
	runs := leaf.runs
	if leaf.kind == Pre {
		runs = tidyPre(runs)
	} else {
		runs = tidy(runs)
	}
	if !leaf.visible && !hasPicture(runs) {
		b.endEmpty(runs, byTag)
		return
	}
	block := Block{kind: leaf.kind, level: leaf.level, align: leaf.align, runs: b.keep(runs)}
	home := b.home()
	if leaf.lang != home.lang {
		block.lang = leaf.lang
	}
	if leaf.dir != home.dir {
		block.dir = leaf.dir
	}
	b.add(block)
}

// keep copies runs to where they stay.
func (b *builder) keep(runs []Run) []Run {
	if len(b.store)+len(runs) > cap(b.store) {
		b.store = make([]Run, 0, max(len(runs), min(16+b.runs, 512)))
	}
	from := len(b.store)
	b.store = append(b.store, runs...)
	return b.store[from:len(b.store):len(b.store)]
}

func (b *builder) endEmpty(runs []Run, byTag bool) {
	for _, r := range runs {
		if r.Anchor != "" {
			b.anchors = append(b.anchors, r.Anchor)
		}
	}
	if b.leaf.kind != Paragraph || b.full() || !(b.leaf.space || byTag && b.leaf.explicit) {
		return
	}
	switch b.home().block.kind {
	case List, Definitions, Table, Row:
	default:
		b.add(EmptyParagraph())
	}
}

func hasPicture(runs []Run) bool {
	return slices.ContainsFunc(runs, func(r Run) bool { return r.Image != nil })
}

// clean takes away what XML and HTML forbid in text: controls and NUL. What is
// no UTF-8 shows as U+FFFD; controls that Windows means as quotes and dashes
// are those, as browsers read them where they stand as references. The five
// that Windows does not know stay: text misread twice cannot be mended without.
func clean(s []byte) []byte {
	if isClean(s) {
		return s
	}
	return bytes.Map(func(r rune) rune {
		switch {
		case r == '\f':
			return ' '
		case r < ' ' && r != '\t' && r != '\n', r == 0x7f, r >= 0xfdd0 && r <= 0xfdef, r&0xfffe == 0xfffe:
			return -1
		case r >= 0x80 && r < 0xa0:
			return windows[r-0x80]
		}
		return r
	}, bytes.ToValidUTF8(s, []byte("\ufffd")))
}

// windows is what the bytes 0x80 to 0x9f are in Windows-1252.
var windows = [32]rune{
	'€', 0x81, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0x8d, 'Ž', 0x8f,
	0x90, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0x9d, 'ž', 'Ÿ',
}

// isClean reports whether clean has nothing to do, or false if it would have
// to look closer.
func isClean(s []byte) bool {
	ascii := true
	for i, c := range s {
		switch {
		case c < ' ' && c != '\n' && c != '\t', c == 0x7f:
			return false
		case c < utf8.RuneSelf:
		case c == 0xc2 && i+1 < len(s) && s[i+1] < 0xa0, c == 0xef, c >= 0xf0:
			return false // a control, or what may be a noncharacter
		default:
			ascii = false
		}
	}
	return ascii || utf8.Valid(s)
}
