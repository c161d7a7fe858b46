package repair

import (
	"maps"

	"ficstead/internal/archive"
	"ficstead/internal/base/fiction"
	"ficstead/internal/base/prose"
)

// docRule mends a row of blocks.
type docRule func(*pass, []prose.Block) []prose.Block

// docRules run in this order: paragraphs are found before breaks are looked
// for between them, and words are mended last.
var docRules = []docRule{
	lineBreaks,
	sceneBreaks,
	spacing,
	italics,
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
		if e = evidenceOf(choices, false, d); all && e.equal(before) {
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
	spans   [forms]int // of each form of italics
	docs    []prose.Doc
	lone    int // letters that stand alone; -1 until somebody asks
}

func evidenceOf(choices archive.Choices, text bool, docs ...prose.Doc) *evidence {
	e := &evidence{choices: choices, text: text, docs: docs, lone: -1}
	for _, d := range docs {
		eachText(d.Blocks(), func(b prose.Block) {
			e.addMarkers(b)
			e.addSpans(b)
		})
	}
	return e
}

// equal reports whether e weighs every place as before did: what settled by one
// has settled by the other.
func (e *evidence) equal(before *evidence) bool {
	return e.spans == before.spans && maps.Equal(e.markers.Counts, before.markers.Counts) && (before.lone < 0 || e.loneLetters() == before.loneLetters())
}

// find is a mend and what to look for in the source to learn where it stands.
type find struct {
	archive.Mend
	key string
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
	for range docRounds {
		p := &pass{evidence: e, chapter: chapter, story: story}
		blocks := d.Blocks()
		for _, rule := range rules {
			blocks = p.apply(rule, blocks)
		}
		found = append(found, p.newSince(found)...)
		if !p.changed {
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
	m.Chapter = p.chapter
	m = p.choices.Decide(m)
	p.changed = p.changed || m.Applied
	p.found = append(p.found, find{m, key})
	return m.Applied
}

// tell is decide for rules that act all the same.
func (p *pass) tell(m archive.Mend, key string) { p.decide(m, key) }

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
