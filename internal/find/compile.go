package find

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"ficstead/internal/archive"
	"ficstead/internal/base/text"
	"ficstead/internal/find/query"
	"ficstead/internal/index"
)

// condition returns those of the works it is given that answer it. It changes
// neither them nor what it returns again.
type condition func(in *roaring.Bitmap) *roaring.Bitmap

// asking is a question while it is answered.
type asking struct {
	ctx     context.Context // an asking never outlives its call
	state   *state
	viewer  archive.Viewer
	visible *roaring.Bitmap
	now     time.Time

	ignored []Problem
	named   map[archive.TagID]archive.Tag // tags named in the question
	noTags  []query.Tag                   // names in it that are no tag
	words   []look                        // what is looked for, to judge how well works fit
	phrases int                           // that are looked for
	effort  int                           // of looking for them
}

// look is words looked for, and the places where finding them counts.
type look struct {
	terms  []string
	places []index.Place
}

// anywhere lists the places of a word without a field, from the one where it
// says most.
var anywhere = []index.Place{index.InTitle, index.InCreator, index.InTags, index.InSummary, index.InNotes}

func (a *asking) problem(field, format string, args ...any) {
	p := Problem{Field: field, Message: fmt.Sprintf(format, args...)}
	if !slices.Contains(a.ignored, p) {
		a.ignored = append(a.ignored, p)
	}
}

// compile makes a condition of an expression. It returns nil for what is left
// out. Only words that are wanted say how well a work fits.
func (a *asking) compile(q query.Q, wanted bool) condition {
	switch q := q.(type) {
	case query.Const:
		return a.constant(bool(q))
	case query.And:
		return allOf(a.compileAll(q, wanted))
	case query.Or:
		return anyOf(a.compileAll(q, wanted))
	case query.Not:
		return noneOf(a.compile(q.Q, !wanted))
	case query.Words:
		return a.wordsCondition(q, wanted)
	case query.Tag:
		return a.tagCondition(q, wanted)
	case query.Number:
		return a.number(columnOf(q.Of), q.Range)
	case query.Date:
		return a.date(momentOf(q.Of), q.Days)
	case query.Flag:
		return a.trait(q.Of, q.Yes)
	case query.Language:
		return a.language(q.Name)
	case query.Shelf:
		return a.shelf()
	}
	panic(fmt.Sprintf("find: unknown expression %T", q))
}

// compileAll compiles the parts, those last that look at every work they are given.
func (a *asking) compileAll(parts []query.Q, wanted bool) []condition {
	var fast, slow []condition
	for _, q := range parts {
		c := a.compile(q, wanted)
		switch q.(type) {
		case query.Number, query.Date:
			slow = append(slow, c)
		default:
			fast = append(fast, c)
		}
	}
	return slices.DeleteFunc(append(fast, slow...), func(c condition) bool { return c == nil })
}

func allOf(parts []condition) condition {
	if len(parts) == 0 {
		return nil
	}
	return func(in *roaring.Bitmap) *roaring.Bitmap {
		for _, c := range parts {
			in = c(in)
		}
		return in
	}
}

func anyOf(parts []condition) condition {
	if len(parts) == 0 {
		return nil
	}
	return func(in *roaring.Bitmap) *roaring.Bitmap {
		found := roaring.New()
		for _, c := range parts {
			found.Or(c(in))
		}
		return found
	}
}

func noneOf(c condition) condition {
	if c == nil {
		return nil
	}
	return func(in *roaring.Bitmap) *roaring.Bitmap { return roaring.AndNot(in, c(in)) }
}

func (a *asking) constant(all bool) condition {
	return func(in *roaring.Bitmap) *roaring.Bitmap {
		if all {
			return in
		}
		return roaring.New()
	}
}

// in makes a condition of a set.
func inSet(set *index.Set) condition { return set.Within }

// number leaves only works whose column lies in r.
func (a *asking) number(c index.Column, r Range) condition {
	most := int64(math.MaxInt64)
	if r.Below != 0 {
		most = int64(r.Below - 1)
	}
	return func(in *roaring.Bitmap) *roaring.Bitmap { return a.state.Between(in, c, int64(r.Min), most) }
}

// date leaves only works whose moment lies in d. One that is not known lies nowhere.
func (a *asking) date(c index.Column, d DateRange) condition {
	first, last := d.Span(a.now)
	least, most := first.Time().Unix(), (last+1).Time().Unix()-1
	return func(in *roaring.Bitmap) *roaring.Bitmap { return a.state.Between(in, c, least, most) }
}

func (a *asking) trait(t query.Trait, yes bool) condition {
	set := a.state.WithVisibility(archive.Restricted)
	switch t {
	case query.Complete:
		set = a.state.WithTrait(index.Complete)
	case query.Crossover:
		set = a.state.WithTrait(index.Crossover)
	}
	if yes {
		return inSet(set)
	}
	return noneOf(inSet(set))
}

// language takes names of languages as well as codes.
func (a *asking) language(name string) condition {
	code := text.Language(name)
	if code == "" {
		a.problem("q", "“%s” is no language that is known here; it was left out.", clip(name))
		return nil
	}
	return inSet(a.state.InLanguage(code))
}

// shelf finds nothing: no work stands on a shelf yet.
func (a *asking) shelf() condition {
	a.problem("status", "Nothing is on your shelf.")
	return a.constant(false)
}

func (a *asking) wordsCondition(q query.Words, wanted bool) condition {
	if q.In == query.InStory {
		a.problem("q", "Looking inside the text of stories is not possible yet; “%s” was left out.", clip(q.String()))
		return nil
	}
	l := look{text.Terms(q.Text), placesOf(q.In)}
	if len(l.terms) == 0 {
		a.problem("q", "“%s” has no letter or digit to look for; it was left out.", clip(q.Text))
		return nil
	}
	if !a.afford(l) {
		a.problem("q", "The question has too many phrases of common words; “%s” was left out.", clip(q.Text))
		return nil
	}
	if wanted {
		a.words = append(a.words, l)
	}
	return func(in *roaring.Bitmap) *roaring.Bitmap {
		found := roaring.New()
		for _, place := range l.places {
			if a.ctx.Err() != nil {
				break // Works returns the error
			}
			found.Or(a.state.Words(place, l.terms, in))
		}
		return found
	}
}

// The bounds of looking for phrases: so many are always looked for, more only
// as long as no more works than this must be looked into, at about 100 ns each.
const (
	freePhrases = 6
	maxEffort   = 500_000
)

// afford reports whether l may be looked for besides all before it.
func (a *asking) afford(l look) bool {
	effort := 0
	for _, place := range l.places {
		effort += a.state.Effort(place, l.terms)
	}
	if effort == 0 {
		return true
	}
	if a.phrases++; a.phrases > freePhrases && a.effort+effort > maxEffort {
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
	return anywhere
}

func columnOf(m query.Measure) index.Column {
	return [...]index.Column{index.Words, index.Chapters, index.Kudos, index.Hits, index.Comments, index.Bookmarks}[m]
}

func momentOf(m query.Moment) index.Column {
	return [...]index.Column{index.Updated, index.Posted}[m]
}
