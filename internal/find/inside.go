package find

import (
	"context"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/text"
	"ficstead/internal/find/query"
	"ficstead/internal/fulltext"
	"ficstead/internal/index"
)

// Inside looks inside the text of works. It knows nothing of rights: whatever
// it returns goes through the index before anybody sees it. Works that opted
// out are in none of its answers.
type Inside interface {
	// Holding returns the works that hold a phrase, ascending.
	Holding(context.Context, fulltext.Phrase) ([]archive.WorkID, error)
	// Passages returns the first places in a work where phrases stand, most at
	// most, and how many more there are.
	Passages(ctx context.Context, work archive.WorkID, phrases []fulltext.Phrase, most int) (list []fulltext.Passage, more int, err error)
	// Recall returns where a line that is half remembered may stand, the best first.
	Recall(ctx context.Context, line string, most int) ([]fulltext.Recalled, error)
	// Places fills in the passages of chapters that were recalled by a line and
	// have none yet.
	Places(ctx context.Context, line string, recalled []fulltext.Recalled) error
	// Progress is how much of the text is indexed.
	Progress(context.Context) (fulltext.Progress, error)
	// Generation is another number whenever answers may be other ones.
	Generation() int64
}

// Passages are places in a work where what was looked for inside the text stands.
type Passages struct {
	List []fulltext.Passage
	More int // how many there are besides
}

// The bounds of looking inside the text.
const (
	maxInside   = 8 // phrases of one question
	passagesOne = 3 // passages shown of one work
)

// insideExpr looks a phrase up in the text of all works.
func (a *asking) insideExpr(q query.Words, wanted bool) index.Expr {
	if a.inside == nil {
		a.problem("q", "Looking inside the text of stories is not possible here; “%s” was left out.", clip(q.String()))
		return nil
	}
	phrase := fulltext.Phrase{Text: q.Text, Exact: q.Exact}
	phrase.Text, phrase.Prefix = q.Beginning()
	if len(text.Terms(phrase.Text)) == 0 {
		a.problem("q", "“%s” has no letter or digit to look for; it was left out.", clip(q.Text))
		return nil
	}
	if a.phrases = append(a.phrases, phrase); len(a.phrases) > maxInside {
		a.problem("q", "More than %d phrases were to be looked for inside the text; “%s” was left out.", maxInside, clip(q.String()))
		return nil
	}
	if wanted {
		a.shown = append(a.shown, phrase)
	}
	works, err := a.holding(phrase)
	if err != nil && a.err == nil {
		a.err = err
	}
	return works
}

// holding asks for a phrase once it is this question's turn: nobody knows
// beforehand how common the phrase is.
func (a *asking) holding(phrase fulltext.Phrase) (index.Works, error) {
	if a.err != nil {
		return nil, a.err
	}
	leave, err := a.gate.enter(a.ctx, heavy)
	if err != nil {
		return nil, err
	}
	defer leave()
	return a.inside.Holding(a.ctx, phrase)
}

// tellProgress says so if not all of the text is indexed.
func (a *asking) tellProgress() {
	if len(a.phrases) == 0 || a.err != nil {
		return
	}
	p, err := a.inside.Progress(a.ctx)
	if err != nil {
		a.err = err
	} else if !p.Whole() {
		a.problem("q", "Of %d chapters the text of %d can be looked into so far; the others were left out.", p.Of, p.Done)
	}
}

// passages returns where what was looked for stands in works.
func (a *asking) passages(ids []archive.WorkID) (map[archive.WorkID]Passages, error) {
	if len(a.shown) == 0 {
		return nil, nil
	}
	all := map[archive.WorkID]Passages{}
	for _, id := range ids {
		list, more, err := a.inside.Passages(a.ctx, id, a.shown, passagesOne)
		if err != nil {
			return nil, err
		}
		if len(list) > 0 {
			all[id] = Passages{list, more}
		}
	}
	return all, nil
}

// bareWord is q without the sign of a beginning, which only works inside the text.
func (a *asking) bareWord(q query.Words) query.Words {
	if beginning, ok := q.Beginning(); ok {
		a.problem("q", "Only text: finds words by their beginning; “%s” was looked up as a whole word.", clip(strings.TrimSpace(beginning)))
		q.Text = beginning
	}
	return q
}
