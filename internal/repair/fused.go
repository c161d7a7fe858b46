package repair

import (
	"slices"
	"strings"
	"unicode/utf8"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/base/unfuse"
	"ficstead/internal/repair/tokens"
)

// fused parts words that were run together: in a document that is proven to
// have lost spaces wherever that is sure, elsewhere only as a suggestion. Where
// the spaces were lost with tags, it suggests what stood between the tags.
func fused(p *pass, row []prose.Block) []prose.Block {
	return replaced(row, func(b prose.Block) ([]prose.Block, bool) {
		switch {
		case b.Kind() == prose.Quote || b.Kind() == prose.Details: // a row of its own
		case len(b.Blocks()) > 0:
			within := fused(p, b.Blocks())
			return []prose.Block{b.WithBlocks(within...)}, !isRow(within, b.Blocks())
		case b.Kind() == prose.Pre || b.Kind() == prose.Break || b.Kind() == prose.Empty || !isEnglish(b.Language()) || holdsCode(b):
		default:
			const few = 4 // blocks with emphasis, of which a document without tags has none
			r := p.reader()
			if is, ok := tokens.Mend(b, r, r.LostTags() && p.marked <= few, p.decideAt); ok {
				return []prose.Block{is}, true
			}
		}
		return nil, false
	})
}

// reader returns the document as its words say it; nil where they are of
// another language.
func (e *evidence) reader() *unfuse.Reader {
	if e.words == nil {
		e.words = unfuse.NewReader()
		for _, name := range e.names {
			e.words.Name(name)
		}
		for _, d := range e.docs {
			eachText(d.Blocks(), func(b prose.Block) {
				if b.Kind() != prose.Pre {
					e.words.Add(b.Text())
					e.marked += count(slices.ContainsFunc(b.Runs(), func(r prose.Run) bool { return r.Has("em") }))
				}
			})
		}
	}
	return e.words
}

// isEnglish reports whether a language is English, or not told.
func isEnglish(code string) bool { return code == "" || strings.HasPrefix(code, "en") }

// namesOf lists the words that are names in what a work says of itself.
func namesOf(m *archive.Manuscript) []string {
	var names []string
	for _, t := range m.Tags {
		if t.Kind == archive.CharacterTag || t.Kind == archive.Relationship || t.Kind == archive.Fandom {
			names = append(names, strings.FieldsFunc(t.Name, func(r rune) bool { return !isLetter(r) && r != '\'' && r != '’' })...)
		}
	}
	return names
}

// decideAt is decide for a mend of so few letters that they may stand anywhere:
// it is looked for with the word before it, which is no part of what it is.
func (p *pass) decideAt(m archive.Mend, text string, from int) bool {
	const most = 40
	start := max(0, from-most)
	word := start + strings.LastIndexAny(strings.TrimRight(text[start:from], " "), " \n") + 1
	for word < from && !utf8.RuneStart(text[word]) {
		word++
	}
	before := len(p.found)
	applied := p.decide(m, m.Before)
	if len(p.found) > before {
		p.found[before].lead = text[word:from]
	}
	return applied
}
