package alike

import (
	"fmt"
	"html/template"

	"ficstead/internal/archive"
	"ficstead/internal/find"
	"ficstead/internal/web/madeup"
	"ficstead/internal/web/page"
)

// Specimens are pages of works that are alike, with made-up data.
func Specimens(blurb func(archive.Work) template.HTML) []page.Specimen {
	show := func(name string, of archive.Work, found find.Alikes, struck ...string) page.Specimen {
		return page.SpecimenOf(showView, name, func(f page.Frame) showPage {
			works := map[archive.WorkID]archive.Work{}
			for _, s := range madeup.All() {
				works[s.Work.ID] = s.Work
			}
			v := newShowPage(of, found, struck, works, blurb)
			v.Frame = f
			return v
		})
	}
	reasons := func(tags []archive.Tag) []find.Reason {
		var all []find.Reason
		for _, t := range tags {
			all = append(all, find.Reason{Key: fmt.Sprintf("t%d", t.ID.Public()), Tag: t})
		}
		return all
	}
	usual, rtl, long, hostile := madeup.Usual().Work, madeup.RightToLeft().Work, madeup.Long().Work, madeup.Hostile().Work
	fandom, free := usual.TagsOf(archive.Fandom), usual.TagsOf(archive.Freeform)
	found := find.Alikes{Works: []find.Alike{{ID: 4, Reasons: reasons(append(fandom, free[1]))}, {ID: 3, Reasons: reasons(append(free[2:8], long.TagsOf(archive.Freeform)[7]))}, {ID: 6, Reasons: reasons(fandom)}}}
	struck := found
	struck.Struck = reasons(free[:1])
	none := find.Alikes{Struck: struck.Struck}
	return []page.Specimen{
		show("usual", usual, found), show("struck", usual, struck, struck.Struck[0].Key), show("empty", usual, find.Alikes{}), show("nothing", usual, none, struck.Struck[0].Key),
		show("rtl", rtl, find.Alikes{Works: []find.Alike{{ID: 4, Reasons: reasons(rtl.TagsOf(archive.Freeform))}}}),
		show("hostile", hostile, find.Alikes{Works: []find.Alike{{ID: 5, Reasons: reasons(hostile.Tags)}}}),
	}
}
