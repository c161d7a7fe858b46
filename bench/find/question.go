package main

import (
	"ficstead/bench/synthetic"
	"ficstead/internal/archive"
	"ficstead/internal/find"
	"ficstead/internal/find/query"
)

// question is q as a listing is asked, with the ids that a store gave the tags.
func question(q *synthetic.Request, id func(archive.TagID) archive.TagID) find.Question {
	tags := func(list []archive.TagID) (ids []archive.TagID) {
		for _, t := range list {
			ids = append(ids, id(t))
		}
		return ids
	}
	asked := find.Question{
		Include: tags(q.Include), Any: tags(q.Any), Exclude: tags(q.Exclude), Focus: tags(q.Focus),
		Words: find.Range{Min: q.LeastWords}, Languages: q.Languages, Page: q.Page,
		Complete: choices[q.Complete], Crossover: choices[q.Crossover],
	}
	if q.MostWords > 0 {
		asked.Words.Below = q.MostWords + 1
	}
	asked.Updated = find.DateRange{From: query.DayOf(q.From)}
	if !q.Before.IsZero() {
		asked.Updated.To = query.DayOf(q.Before) - 1
	}
	asked.Sort = [...]find.Sort{query.ByUpdated, query.ByKudos, query.ByHits, query.ByWords, query.ByTitle}[q.Order]
	return asked
}

var choices = [...]find.Choice{synthetic.Either: find.Either, synthetic.Yes: find.Yes, synthetic.No: find.No}
