package copies

import (
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/web/madeup"
	"ficstead/internal/web/page"
)

// Specimens are the pages of comparing copies with made-up data.
func Specimens() []page.Specimen {
	list := func(name string, w archive.Work, others []archive.Work, likes ...archive.Likeness) page.Specimen {
		return page.SpecimenOf(listView, name, func(f page.Frame) listPage {
			v := newListPage(w, others, likes)
			v.Frame = f
			return v
		})
	}
	compare := func(name string, a, b madeup.Sample, l archive.Likeness) page.Specimen {
		return page.SpecimenOf(compareView, name, func(f page.Frame) comparePage {
			v := newComparePage(a.Work, b.Work, a.Chapters, b.Chapters, l)
			v.Frame, v.Mine = f, true
			return v
		})
	}
	usual, hostile, rtl := madeup.Usual(), madeup.Hostile(), madeup.RightToLeft()
	worse := usual
	worse.Chapters = nil
	for _, c := range usual.Chapters {
		html := strings.NewReplacer("<em>", "", "</em>", "", "<hr>", "").Replace(c.Text.HTML())
		c.Text = prose.Parse(strings.Replace(html, "kept the lamp", "keptthe lamp", 1) + "<p>A line that only this copy has.</p>")
		worse.Chapters = append(worse.Chapters, c)
	}
	same := archive.Likeness{Alike: archive.SameText, OfWork: .98, OfOther: .99}
	apart := same
	apart.Apart = true
	return []page.Specimen{
		list("empty", usual.Work, nil),
		list("usual", usual.Work, []archive.Work{worse.Work, rtl.Work, hostile.Work, madeup.Long().Work, worse.Work},
			same, archive.Likeness{Alike: archive.Revised, OfWork: .6, OfOther: .7}, archive.Likeness{Alike: archive.PartOf, OfWork: 1, OfOther: .4},
			archive.Likeness{Alike: archive.Contains, OfWork: .3, OfOther: 1}, apart),
		compare("usual", worse, usual, same),
		compare("same", usual, usual, same),
		compare("apart", usual, worse, apart),
		compare("different", rtl, hostile, archive.Likeness{Alike: archive.Revised, OfWork: .5, OfOther: .5}),
		compare("long", madeup.Long(), usual, same),
	}
}
