package main

import (
	"math"

	"ficstead/bench/synthetic"
	"ficstead/internal/index"
)

// expr is q as the index is asked.
func expr(q *synthetic.Request) index.Expr {
	var all index.And
	for _, t := range q.Include {
		all = append(all, index.Tag(t))
	}
	if len(q.Any) > 0 {
		var any index.Or
		for _, t := range q.Any {
			any = append(any, index.Tag(t))
		}
		all = append(all, any)
	}
	for _, t := range q.Exclude {
		all = append(all, index.Not{Expr: index.Tag(t)})
	}
	for _, t := range q.Focus {
		all = append(all, index.Focus(t))
	}
	if len(q.Languages) > 0 {
		var any index.Or
		for _, code := range q.Languages {
			any = append(any, index.Language(code))
		}
		all = append(all, any)
	}
	if q.LeastWords > 0 || q.MostWords > 0 {
		most := int64(q.MostWords)
		if most == 0 {
			most = math.MaxInt64
		}
		all = append(all, index.Range{Column: index.WordCount, Least: int64(q.LeastWords), Most: most})
	}
	if !q.From.IsZero() || !q.Before.IsZero() {
		span := index.Range{Column: index.Updated, Least: math.MinInt64 + 1, Most: math.MaxInt64}
		if !q.From.IsZero() {
			span.Least = q.From.Unix()
		}
		if !q.Before.IsZero() {
			span.Most = q.Before.Unix() - 1
		}
		all = append(all, span)
	}
	trait := func(t index.Trait, choice synthetic.Choice) {
		switch choice {
		case synthetic.Yes:
			all = append(all, t)
		case synthetic.No:
			all = append(all, index.Not{Expr: t})
		}
	}
	trait(index.Complete, q.Complete)
	trait(index.Crossover, q.Crossover)
	return all
}

// order is the order of q, and whether the greatest come first.
func order(q *synthetic.Request) (index.Order, bool) {
	switch q.Order {
	case synthetic.ByKudos:
		return index.ByColumn(index.Kudos), true
	case synthetic.ByHits:
		return index.ByColumn(index.Hits), true
	case synthetic.ByWords:
		return index.ByColumn(index.WordCount), true
	case synthetic.ByTitle:
		return index.Order{By: index.ByTitle}, false
	}
	return index.ByColumn(index.Updated), true
}

func titleKey(title string) string { return index.TitleKey(title) }
