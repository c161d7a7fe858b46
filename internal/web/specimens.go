package web

import (
	"html/template"

	"ficstead/internal/archive"
	"ficstead/internal/find"
	"ficstead/internal/web/listing"
	"ficstead/internal/web/madeup"
)

// listed is a listing of works as if the finder had found them.
func listed(sc listing.Scope, q find.Question, works ...archive.Work) found {
	l := found{List: listing.List{Scope: sc, Question: sc.Narrow(q)}, works: works}
	l.Question.Now = madeup.Day
	l.Answer = find.Answer{Total: len(works), Page: 1, Per: 20, Pages: 1, Sort: "updated", Dir: "desc", Facets: map[archive.Kind][]find.Facet{}, Tags: map[archive.TagID]archive.Tag{}}
	for _, w := range works {
		l.Answer.IDs = append(l.Answer.IDs, w.ID)
		for _, t := range w.Tags {
			_, known := l.Answer.Tags[t.ID]
			if l.Answer.Tags[t.ID] = t; !known && len(l.Answer.Facets[t.Kind]) < 10 {
				l.Answer.Facets[t.Kind] = append(l.Answer.Facets[t.Kind], find.Facet{ID: t.ID, Name: t.Name, Count: 12_345 / int(t.ID%1000)})
			}
		}
	}
	l.Answer.Languages = []find.LanguageFacet{{Code: "en", Count: 9_001}, {Code: "ar", Count: 12}, {Code: "zh-Hant", Count: 3}}
	return l
}

// plainBlurbs renders works as a list does, and keeps nothing.
func plainBlurbs(works []archive.Work) []template.HTML {
	var blurbs []template.HTML
	for _, w := range works {
		blurbs = append(blurbs, plainBlurb(w))
	}
	return blurbs
}

// plainBlurb renders one of them.
func plainBlurb(w archive.Work) template.HTML { return newBlurb(w).html() }
