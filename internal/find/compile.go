package find

import (
	"context"
	"fmt"
	"math"

	"ficstead/internal/archive"
	"ficstead/internal/base/text"
	"ficstead/internal/find/query"
	"ficstead/internal/fulltext"
	"ficstead/internal/index"
)

// asking is a question while it is answered.
type asking struct {
	*Finder
	ctx      context.Context // an asking never outlives its call
	state    *state
	viewer   archive.Viewer
	q        Question // in its normal form
	typed    query.Q  // its query
	problems []Problem
	key      string // of the answer

	// From here on what comes of solve.
	err     error
	seen    *index.Found // all works that viewer may see
	found   *index.Found // those that answer
	filters []filter

	ignored []Problem
	named   map[archive.TagID]archive.Tag // tags named in the question
	noTags  []query.Tag                   // names in it that are no tag
	words   []index.Words                 // what is looked for, to judge how well works fit
	costly  int                           // phrases among them
	effort  int                           // of looking for these
	phrases []fulltext.Phrase             // looked for inside the text
	shown   []fulltext.Phrase             // those of them that are wanted
}

// anywhere lists the places of a word without a field, from the one where it
// says most.
func anywhere() []index.Place {
	return []index.Place{index.InTitle, index.InCreator, index.InTags, index.InSummary, index.InNotes}
}

func (a *asking) problem(field, format string, args ...any) {
	a.ignored = merged(a.ignored, []Problem{{Field: field, Message: fmt.Sprintf(format, args...)}})
}

// compile says in terms of the index what an expression asks for. It returns
// nil for what is left out. Only words that are wanted say how well a work fits.
func (a *asking) compile(q query.Q, wanted bool) index.Expr {
	switch q := q.(type) {
	case query.Const:
		return constant(bool(q))
	case query.And:
		if parts := a.compileAll(q, wanted); len(parts) > 0 {
			return index.And(parts)
		}
		return nil
	case query.Or:
		if parts := a.compileAll(q, wanted); len(parts) > 0 {
			return index.Or(parts)
		}
		return nil
	case query.Not:
		if e := a.compile(q.Q, !wanted); e != nil {
			return index.Not{Expr: e}
		}
		return nil
	case query.Words:
		return a.wordsExpr(q, wanted)
	case query.Tag:
		return a.tagExpr(q, wanted)
	case query.Focus:
		return a.focusExpr(q, wanted)
	case query.Number:
		return numbers(columnOf(q.Of), q.Range)
	case query.Date:
		return a.days(momentOf(q.Of), q.Days)
	case query.Flag:
		return trait(q.Of, q.Yes)
	case query.Language:
		return a.language(q.Name)
	case query.Shelf:
		return a.shelf()
	}
	panic(fmt.Sprintf("find: unknown expression %T", q))
}

func (a *asking) compileAll(parts []query.Q, wanted bool) []index.Expr {
	var list []index.Expr
	for _, q := range parts {
		if e := a.compile(q, wanted); e != nil {
			list = append(list, e)
		}
	}
	return list
}

func constant(all bool) index.Expr {
	if all {
		return index.All{}
	}
	return index.None{}
}

// numbers asks for works whose column lies in r.
func numbers(c index.Column, r Range) index.Expr {
	most := int64(math.MaxInt64)
	if r.Below != 0 {
		most = int64(r.Below - 1)
	}
	return index.Range{Column: c, Least: int64(r.Min), Most: most}
}

// days asks for works whose moment lies in d. One that is not known lies nowhere.
func (a *asking) days(c index.Column, d DateRange) index.Expr {
	first, last := d.Span(a.q.Now)
	return index.Range{Column: c, Least: first.Time().Unix(), Most: (last + 1).Time().Unix() - 1}
}

func trait(t query.Trait, yes bool) index.Expr {
	var e index.Expr = index.Visibility(archive.Restricted)
	switch t {
	case query.Complete:
		e = index.Complete
	case query.Crossover:
		e = index.Crossover
	case query.OneShip:
		e = index.OneShip
	}
	if yes {
		return e
	}
	return index.Not{Expr: e}
}

// language takes names of languages as well as codes.
func (a *asking) language(name string) index.Expr {
	code := text.Language(name)
	if code == "" {
		a.problem("q", "“%s” is no language that is known here; it was left out.", clip(name))
		return nil
	}
	return index.Language(code)
}

// shelf finds nothing: no work stands on a shelf yet.
func (a *asking) shelf() index.Expr {
	a.problem("status", "Nothing is on your shelf.")
	return index.None{}
}

func (a *asking) wordsExpr(q query.Words, wanted bool) index.Expr {
	if q.In == query.InStory {
		return a.insideExpr(q, wanted)
	}
	q = a.bareWord(q)
	w := index.Words{Places: placesOf(q.In), Terms: text.Terms(q.Text)}
	if len(w.Terms) == 0 {
		a.problem("q", "“%s” has no letter or digit to look for; it was left out.", clip(q.Text))
		return nil
	}
	if !a.afford(w) {
		a.problem("q", "The question has too many phrases of common words; “%s” was left out.", clip(q.Text))
		return nil
	}
	if wanted && len(a.words) < maxFits {
		a.words = append(a.words, w)
	}
	return w
}

// maxFits is how many words and phrases say how well a work fits, the first ones.
const maxFits = 20

// The bounds of looking for phrases: so many are always looked for, more only
// as long as no more works than this must be looked into, at about 100 ns each.
const (
	freePhrases = 6
	maxEffort   = 500_000
)

// afford reports whether w may be looked for besides all before it.
func (a *asking) afford(w index.Words) bool {
	effort := a.state.Effort(w)
	if effort == 0 {
		return true
	}
	if a.costly++; a.costly > freePhrases && a.effort+effort > maxEffort {
		return false
	}
	a.effort += effort
	return true
}

func placesOf(p query.Place) []index.Place {
	switch p {
	case query.InTitle:
		return []index.Place{index.InTitle}
	case query.InCreator:
		return []index.Place{index.InCreator}
	case query.InSummary:
		return []index.Place{index.InSummary}
	case query.InSeries:
		return []index.Place{index.InSeries}
	}
	return anywhere()
}

func columnOf(m query.Measure) index.Column {
	return [...]index.Column{index.WordCount, index.Chapters, index.Kudos, index.Hits, index.Comments, index.Bookmarks}[m]
}

func momentOf(m query.Moment) index.Column {
	return [...]index.Column{index.Updated, index.Posted}[m]
}
