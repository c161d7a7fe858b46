package prose

import (
	"strings"

	"ficstead/internal/base/bounds"
)

// builder makes blocks of what a reader feeds it.
type builder struct {
	data    bool            // keep data: pictures
	targets map[string]bool // ids that links of this text lead to
	report  Report

	scopes  []scope        // open block elements; the first is the document
	inline  []open         // open inline elements
	ignored map[string]int // elements left out because too many are open, by name
	marks   []Mark         // what the next run stands under
	stale   bool           // marks must be made anew
	lines   int            // open elements in which line ends are line breaks
	q       int            // counts instances

	leaf    leafBlock
	anchors []string        // targets waiting for text to stand in
	used    map[string]bool // ids given out
	blocks  int
	runs    int
	store   []Run // where the runs of blocks lie, many blocks to an allocation
}

// scope is an open block element.
type scope struct {
	tag              string
	block            Block // being filled, if home is this scope
	home             int   // the scope whose block takes what stands here
	depth            int   // of blocks within blocks
	implied          bool  // opened for want of an element the source left out
	align, lang, dir string
	marks            []Mark
	lines            bool
}

// open is an open inline element.
type open struct {
	tag     string
	marks   []Mark
	lasting bool
	lines   bool
	depth   int // how many scopes were open
}

func newBuilder(input string, o ParseOptions) *builder {
	b := &builder{data: o.DataImages, ignored: map[string]int{}, used: map[string]bool{}}
	b.targets = targets(input)
	b.scopes = append(b.scopes, scope{})
	b.scopes[0].block.kids = make([]Block, 0, min(len(input)/100+1, 10_000))
	return b
}

// targets finds the names that links within the text lead to, without reading
// it: after href, whatever follows a "#" that begins a value. Finding too many
// does no harm.
func targets(input string) map[string]bool {
	found := map[string]bool{}
	for at := 0; ; at++ {
		i := strings.IndexByte(input[at:], '#')
		if i < 0 {
			return found
		}
		at += i
		if at == 0 || !strings.ContainsRune(`"'=`, rune(input[at-1])) || len(found) >= bounds.Targets {
			continue
		}
		rest := input[at+1 : min(at+1+3*bounds.Target, len(input))]
		if end := strings.IndexAny(rest, "\"'> \t\n"); end >= 0 {
			if id := anchor(rest[:end]); id != "" {
				found[id] = true
			}
		}
	}
}

func (b *builder) top() *scope  { return &b.scopes[len(b.scopes)-1] }
func (b *builder) home() *scope { return &b.scopes[b.top().home] }

// openWith takes the start of an element that has attributes.
func (b *builder) openWith(e element, a attrs) {
	b.target(e, a)
	b.open(e, a, lookOf(a))
}

// open takes the start of an element.
func (b *builder) open(e element, a attrs, l look) {
	name := e.name
	switch e.role {
	case unwrapped, gone, dropped:
	case frame:
		b.openFrame(name, l)
	case paragraph:
		b.openParagraph(name, l)
	case heading, pre, leaf:
		b.openLeaf(name, e, l)
	case container:
		b.openContainer(name, e, a, l)
	case marked, styled:
		b.openInline(name, e, a, l)
	case line:
		b.lineBreak()
	case rule:
		b.sceneBreak()
	case picture:
		b.picture(a)
	case media:
		b.media(a)
	}
}

// close takes the end of an element.
func (b *builder) close(e element) {
	name := e.name
	if b.ignored[name] > 0 {
		b.ignored[name]--
		return
	}
	switch e.role {
	case marked, styled:
		b.closeInline(name)
	case paragraph:
		if b.leaf.open && b.leaf.kind == Paragraph {
			b.endLeaf(true)
		}
	case heading, pre, leaf:
		if b.leaf.open && (b.leaf.tag == name || e.role == heading && b.leaf.kind == Heading) {
			b.endLeaf(true)
		}
	case frame, container:
		b.closeScope(name)
	case line:
		b.lineBreak() // as browsers read </br>
	}
}

// openFrame takes the start of an element that is only a frame: what it holds
// stays, under its alignment and language.
func (b *builder) openFrame(name string, l look) {
	if name == "html" || name == "body" {
		l = look{} // the page's own, not the story's
	}
	if name == "center" {
		l.align = "center"
	}
	b.separate()
	if b.leaf.open {
		return // within a caption or the like, which stays open
	}
	b.push(name, l, false)
}

// push opens a scope, if not too many are open.
func (b *builder) push(name string, l look, implied bool) bool {
	if len(b.scopes) >= bounds.Scopes && !implied {
		b.ignored[name]++
		b.report.Flattened++
		return false
	}
	outer := b.top()
	s := scope{tag: name, home: outer.home, depth: outer.depth, implied: implied, align: outer.align, lang: outer.lang, dir: outer.dir,
		marks: l.marks, lines: l.lines}
	if l.align != "" {
		s.align = l.align
	}
	if l.lang != "" {
		s.lang = l.lang
	}
	if l.dir != "" {
		s.dir = l.dir
	}
	if l.lines {
		b.lines++
	}
	b.scopes = append(b.scopes, s)
	b.stale = b.stale || len(l.marks) > 0
	return true
}

// closeScope takes the end of a block element: all that is open within it ends.
func (b *builder) closeScope(name string) {
	for i := len(b.scopes) - 1; i > 0; i-- {
		if b.scopes[i].tag == name {
			b.separate()
			if b.leaf.open {
				b.endLeaf(false)
			}
			b.popTo(i)
			return
		}
		if b.scopes[i].block.kind.bounds(name) {
			return
		}
	}
	if b.leaf.open && b.leaf.kind == Paragraph && !b.leaf.explicit {
		b.endLeaf(false)
	}
}

// bounds reports whether the end tag of an element does not reach out of a
// block of kind k: only those of a table reach out of a cell.
func (k Kind) bounds(name string) bool {
	switch k {
	case List:
		return name == "li"
	case Cell:
		switch name {
		case "table", "thead", "tbody", "tfoot", "tr":
			return false
		}
		return true
	}
	return false
}

// popTo closes scopes until n are open.
func (b *builder) popTo(n int) {
	for len(b.scopes) > n {
		last := len(b.scopes) - 1
		s := b.scopes[last]
		b.scopes = b.scopes[:last]
		if s.lines {
			b.lines--
		}
		b.dropInline(last, s.block.kind == Cell)
		if s.home == last {
			b.finishBlock(s.block)
		}
	}
	b.stale = true
}

// dropInline ends inline elements opened where more than n scopes were open:
// all of them, or those that do not last.
func (b *builder) dropInline(n int, all bool) {
	kept := b.inline[:0]
	for _, o := range b.inline {
		if o.depth > n && (all || !o.lasting) {
			b.leaveInline(o)
			continue
		}
		o.depth = min(o.depth, n)
		kept = append(kept, o)
	}
	b.inline = kept
	b.stale = true
}

// add puts a finished block where it belongs.
func (b *builder) add(block Block) {
	if b.blocks >= bounds.Blocks {
		b.report.Flattened++
	}
	b.blocks++
	home := b.home()
	home.block.kids = append(home.block.kids, block)
}

// full reports whether the document has as many parts as we keep.
func (b *builder) full() bool { return b.blocks >= bounds.Blocks || b.runs >= bounds.Runs }

func (b *builder) sceneBreak() {
	if b.full() {
		b.lineBreak()
		return
	}
	b.endLeaf(false)
	b.flow()
	b.add(Block{kind: Break})
}

// finish closes everything and returns the document.
func (b *builder) finish() []Block {
	b.endLeaf(false)
	b.popTo(1)
	return trimEmpty(b.scopes[0].block.kids)
}
