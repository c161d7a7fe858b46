package repair

import (
	"maps"
	"slices"

	"ficstead/internal/archive"
	"ficstead/internal/base/bounds"
	"ficstead/internal/base/fiction"
	"ficstead/internal/base/prose"
	"ficstead/internal/base/unfuse"
	"ficstead/internal/repair/signs"
)

// docRule mends a row of blocks.
type docRule func(*pass, []prose.Block) []prose.Block

// docRules run in this order: paragraphs are found before breaks are looked
// for between them, and words are mended last.
var docRules = []docRule{
	lostParagraphs,
	lineBreaks,
	sceneBreaks,
	dividers,
	glued,
	spacing,
	pastedTwice,
	doubled,
	inline,
	fused,
	turns,
}

// Doc mends the prose of one chapter, which the mends name; 0 for prose
// outside the chapters. Their At is 0 until Manuscript finds them.
func Doc(d prose.Doc, chapter int, choices archive.Choices) (prose.Doc, []archive.Mend) {
	var mends []archive.Mend
	e := evidenceOf(choices, false, d)
	for round := range evidenceRounds {
		is, found, all := e.mend(d, chapter, chapter > 0)
		mends = append(mends, mendsOf(found, round)...)
		if is.Equal(d) {
			break
		}
		d = is
		before := e
		if e = before.again(d); all && e.equal(before) {
			break
		}
	}
	return d, mends
}

// evidenceRounds bounds how often the evidence is weighed again. What was
// mended is evidence no more, and may have stood against something else.
const evidenceRounds = 4

// evidence is what the whole document says, against which rules weigh one place.
type evidence struct {
	choices archive.Choices
	text    bool // it was plain text: signs in it are all the markup it could have
	markers fiction.Markers
	signs   *signs.Evidence
	memory  *memory
	docs    []prose.Doc
	names   []string       // in the tags of the work
	words   *unfuse.Reader // of the docs; nil until somebody asks
	marked  int            // blocks of them that hold emphasis
	parted  bool           // they have scene breaks, or lines that stand for some
}

func evidenceOf(choices archive.Choices, text bool, docs ...prose.Doc) *evidence {
	e := &evidence{choices: choices, text: text, docs: docs, memory: &memory{parts: map[int]map[string]decision{}}}
	e.signs = signs.NewEvidence(text, e.eachLine)
	for _, d := range docs {
		eachText(d.Blocks(), func(b prose.Block) {
			e.addMarkers(b)
			e.addSigns(b)
		})
		e.parted = e.parted || slices.ContainsFunc(d.Blocks(), func(b prose.Block) bool { return b.Kind() == prose.Break })
	}
	e.parted = e.parted || e.markers.Any()
	return e
}

// again is the evidence of the same document as it is now.
func (e *evidence) again(docs ...prose.Doc) *evidence {
	now := evidenceOf(e.choices, e.text, docs...)
	now.names, now.memory = e.names, e.memory
	now.memory.part = 0
	now.memory.round++
	return now
}

// equal reports whether e weighs every place as before did: what settled by one
// has settled by the other.
func (e *evidence) equal(before *evidence) bool {
	return e.signs.Equal(before.signs) && maps.Equal(e.markers.Counts, before.markers.Counts) &&
		(before.words == nil || e.reader().Agrees(before.words))
}

// find is a mend and what to look for in the source to learn where it stands.
type find struct {
	archive.Mend
	key  string
	lead string // what stands before the key, and is looked for with it

	damage string // the key without the words around it, if it has any
}

// mendsOf drops the keys, and after the first round what was asked before.
func mendsOf(found []find, round int) []archive.Mend {
	var mends []archive.Mend
	for _, f := range found {
		if f.Applied || round == 0 {
			mends = append(mends, f.Mend)
		}
	}
	return mends
}

// docRounds bounds how often the rules look at their own result. Two is the
// rule; marks within marks take one for each depth.
const docRounds = 12

// mend applies the rules. In notes and summaries (story false) there are no
// scenes, and room is room.
//
// What does not settle is no damage but an ornament of signs: it keeps them, and
// all is false.
func (e *evidence) mend(d prose.Doc, chapter int, story bool) (is prose.Doc, found []find, all bool) {
	e.memory.part++
	if d.IsEmpty() {
		return d, nil, true
	}
	for n := len(docRules); n > 0; n-- {
		if is, found, ok := e.settle(docRules[:n], d, chapter, story); ok {
			return is, found, n == len(docRules)
		}
	}
	return d, nil, false
}

// settle applies rules until they change nothing; ok is false if they go on.
func (e *evidence) settle(rules []docRule, d prose.Doc, chapter int, story bool) (is prose.Doc, found []find, ok bool) {
	a := &attempt{memory: e.memory, decided: map[string]decision{}}
	for a.pass = range docRounds {
		p := &pass{evidence: e, chapter: chapter, story: story, attempt: a}
		blocks := d.Blocks()
		for _, rule := range rules {
			blocks = p.apply(rule, blocks)
		}
		found = append(found, p.newSince(found)...)
		if !p.changed {
			a.keep()
			return d, found, true
		}
		d = prose.New(blocks)
	}
	return d, nil, false
}

// pass is one going over one document.
type pass struct {
	*evidence
	chapter int
	story   bool
	changed bool
	found   []find
	attempt *attempt
}

// apply runs a rule over the rows of a document that can hold scenes: its own
// and those of quotes. What is in lists and tables is only looked at for words.
func (p *pass) apply(rule docRule, row []prose.Block) []prose.Block {
	return replaced(rule(p, row), func(b prose.Block) ([]prose.Block, bool) {
		if b.Kind() != prose.Quote && b.Kind() != prose.Details {
			return nil, false
		}
		within := p.apply(rule, b.Blocks())
		return []prose.Block{b.WithBlocks(within...)}, !isRow(within, b.Blocks())
	})
}

// isRow reports whether a rule left a row as it was and where it was.
func isRow(a, b []prose.Block) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

// replaced puts other blocks in the place of those that f says so of. A row
// without any stays the very same, which costs nothing.
func replaced(row []prose.Block, f func(prose.Block) ([]prose.Block, bool)) []prose.Block {
	out, same := row, true
	for i, b := range row {
		others, ok := f(b)
		if ok && same {
			out, same = append(make([]prose.Block, 0, len(row)+len(others)), row[:i]...), false
		}
		switch {
		case ok:
			out = append(out, others...)
		case !same:
			out = append(out, b)
		}
	}
	return out
}

// decide notes a mend that a rule is about to apply, or only suggests, and
// reports whether it is applied: by what a person said, or else by the rule.
// Key is the damaged text itself.
func (p *pass) decide(m archive.Mend, key string) bool {
	if p.memory.mends >= bounds.Mends {
		return false
	}
	m.Chapter = p.chapter
	m = p.choices.Decide(m)
	if m.Applied || p.attempt.pass == 0 && p.memory.round == 0 {
		p.memory.mends++
	}
	p.changed = p.changed || m.Applied
	p.found = append(p.found, find{Mend: m, key: key})
	return m.Applied
}

// newSince leaves out suggestions that an earlier pass made already.
func (p *pass) newSince(earlier []find) []find {
	if len(earlier) == 0 {
		return p.found
	}
	told := map[archive.Mend]bool{}
	for _, f := range earlier {
		told[f.Mend] = !f.Applied
	}
	var fresh []find
	for _, f := range p.found {
		if f.Applied || !told[f.Mend] {
			fresh = append(fresh, f)
		}
	}
	return fresh
}

// eachText calls f with every block that holds text, at every depth.
func eachText(row []prose.Block, f func(prose.Block)) {
	for _, b := range row {
		if len(b.Blocks()) > 0 {
			eachText(b.Blocks(), f)
			continue
		}
		f(b)
	}
}
