package find

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/text"
	"ficstead/internal/find/query"
	"ficstead/internal/fulltext"
)

// holds reports whether a phrase stands in the text of a work: the slow truth
// of what looking inside means here, where nobody knows forms of words.
func (w *world) holds(work archive.Work, q query.Words) bool {
	words := " " + strings.Join(text.Terms(w.texts[work.ID]), " ") + " "
	phrase, prefix := q.Beginning()
	terms := " " + strings.Join(text.Terms(phrase), " ")
	if prefix {
		return strings.Contains(words, terms)
	}
	return strings.Contains(words, terms+" ")
}

// insideOf looks inside the texts of a world.
type insideOf struct{ *world }

func (in insideOf) words(p fulltext.Phrase) query.Words {
	if p.Prefix {
		return query.Words{Text: p.Text + "*"}
	}
	return query.Words{Text: p.Text, Exact: p.Exact}
}

func (in insideOf) Holding(_ context.Context, p fulltext.Phrase) ([]archive.WorkID, error) {
	var ids []archive.WorkID
	for id := range in.texts {
		if in.holds(archive.Work{ID: id}, in.words(p)) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids, nil
}

func (in insideOf) Passages(_ context.Context, id archive.WorkID, phrases []fulltext.Phrase, most int) (list []fulltext.Passage, more int, err error) {
	for _, p := range phrases {
		if in.holds(archive.Work{ID: id}, in.words(p)) {
			list = append(list, fulltext.Passage{Work: id, Chapter: 1, Text: p.Text})
		}
	}
	n := min(most, len(list))
	return list[:n], len(list) - n, nil
}

// Places has nothing to fill in.
func (in insideOf) Places(context.Context, string, []fulltext.Recalled) error { return nil }

// Recall returns the works with a word of a line, those with most of them first.
func (in insideOf) Recall(_ context.Context, line string, most int) (list []fulltext.Recalled, _ error) {
	for id := range in.texts {
		n := 0
		for _, word := range strings.Fields(line) {
			if in.holds(archive.Work{ID: id}, query.Words{Text: word}) {
				n++
			}
		}
		if n > 0 {
			list = append(list, fulltext.Recalled{Passage: fulltext.Passage{Work: id, Chapter: 1}, Score: float64(n)})
		}
	}
	slices.SortFunc(list, func(a, b fulltext.Recalled) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Work, b.Work))
	})
	return list[:min(most, len(list))], nil
}

func (in insideOf) Progress(context.Context) (fulltext.Progress, error) {
	return fulltext.Progress{Done: len(in.works), Of: len(in.works)}, nil
}

func (in insideOf) Generation() int64 { return 1 }
