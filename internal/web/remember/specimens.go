package remember

import (
	"net/url"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/find"
	"ficstead/internal/fulltext"
	"ficstead/internal/web/madeup"
	"ficstead/internal/web/page"
	"ficstead/internal/web/passages"
)

// Specimens are the page for what is half remembered, with made-up data.
func Specimens() []page.Specimen {
	show := func(name, query string, places map[archive.WorkID][]fulltext.Passage, order ...archive.WorkID) page.Specimen {
		return page.SpecimenOf(showView, name, func(f page.Frame) showPage {
			values, err := url.ParseQuery(query)
			if err != nil {
				panic(err)
			}
			m := matter{memory: read(values), works: map[archive.WorkID]archive.Work{}, languages: []find.LanguageFacet{{Code: "en", Count: 900}, {Code: "ar", Count: 12}, {Code: "zh-Hant", Count: 3}}}
			for _, s := range madeup.All() {
				m.works[s.Work.ID] = s.Work
			}
			for _, id := range order {
				for _, p := range places[id] {
					p.Work = id
					m.found.Chapters = append(m.found.Chapters, fulltext.Recalled{Passage: p, Score: .8})
				}
			}
			m.found.Loosened = values.Get("until") != ""
			v := newShowPage(m)
			v.Frame = f
			return v
		})
	}
	places := map[archive.WorkID][]fulltext.Passage{1: passages.Usual(), 4: passages.RightToLeft(), 5: passages.Hostile(), 6: passages.Han()}
	places[3] = []fulltext.Passage{{Chapter: 7}} // of which only the chapter is known
	const line = "the crossbar of the T caught the last word like a cloak on a nail"
	return []page.Specimen{
		show("empty", "", nil),
		show("usual", url.Values{"line": {line}, "fandom": {"The Lighthouse Sagas"}, "length": {"evening"}, "since": {"2019"}, "complete": {"no"}, "lang": {"en"}}.Encode(), places, 1, 3),
		show("tongues", url.Values{"line": {"اتركي المصباح مضاءً"}, "until": {"1999"}}.Encode(), places, 4, 6, 1),
		show("nothing", url.Values{"line": {"nobody ever wrote this"}, "ship": {"A/B"}, "words-from": {"many"}}.Encode(), nil),
		show("lineless", url.Values{"fandom": {"The Lighthouse Sagas"}, "length": {"novel"}}.Encode(), nil),
		show("hostile", url.Values{"line": {`"><script>alert(1)</script>` + strings.Repeat("unbreakable", 40)}, "fandom": {`"><script>`}, "ship": {`" OR "`}, "length": {"<b>"}, "lang": {"<b>"}, "since": {"<i>"}}.Encode(), places, 5),
	}
}
