package facets

import (
	"fmt"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/find"
	"ficstead/internal/web/address"
	"ficstead/internal/web/listing"
	"ficstead/internal/web/madeup"
	"ficstead/internal/web/page"
)

// Specimens are pages of tags with made-up data.
func Specimens() []page.Specimen {
	show := func(name string, m matter) page.Specimen {
		return page.SpecimenOf(showView, name, func(f page.Frame) showPage {
			v := newShowPage(m)
			v.Frame = f
			return v
		})
	}
	usual := specimen(archive.CharacterTag, people...)
	usual.question.Include, usual.question.Exclude, usual.question.Focus = []archive.TagID{6002}, []archive.TagID{6005}, []archive.TagID{6001}
	usual.question.Complete = find.Yes
	usual.answer.Named = map[archive.TagID]archive.Tag{}
	for _, t := range madeup.Tags(archive.CharacterTag, people...) {
		usual.answer.Named[t.ID] = t
	}
	typed := specimen(archive.Relationship)
	typed.of.Typed = "zzz"
	scoped := specimen(archive.Freeform, "Found Family", "Grief", "صداقة", "書信", "Slow Burn Friendship")
	scoped.scope = listing.Scope{Path: address.Tag(4001), Heading: "The Lighthouse Sagas", Tag: 4001}
	scoped.question = scoped.scope.Narrow(scoped.question)
	hostile := specimen(archive.Fandom, `"><script>alert(1)</script>`, strings.Repeat("x", 400), "javascript:alert(2)")
	hostile.of.Typed = `"><script>`
	hostile.problems = []find.Problem{{Field: "words", Message: "“<b>many</b>” is not a number; it was left out."}}
	long := specimen(archive.Freeform, many()...)
	long.answer.Total, long.answer.Works, long.answer.Page, long.answer.Pages = 482_113, 1_234_567, 17, 8036
	return []page.Specimen{show("usual", usual), show("empty", specimen(archive.Warning)), show("nothing", typed), show("tag", scoped), show("long", long), show("hostile", hostile)}
}

var people = []string{"Ysolde Marrow", "Tam Fell", "Old Prewett", "The Keeper Before", "Original Characters", "Maren Vael", "Ines Corrigan", "شهرزاد", "Ghosts (so to speak)", "The Ferry Office Cat", "海霧", "Quill", "Wren Tolliver", "Ashby Vale"}

func specimen(kind archive.Kind, names ...string) matter {
	m := matter{scope: listing.Scope{Path: "/works", Heading: "All works"}, of: find.FacetQuestion{Kind: kind, Page: 1, Per: perPage}}
	m.answer = find.FacetAnswer{Works: 12_345, Total: len(names), Page: 1, Pages: 1, Per: perPage}
	for i, t := range madeup.Tags(kind, names...) {
		m.answer.Tags = append(m.answer.Tags, find.Facet{ID: t.ID, Name: t.Name, Count: 12_345 / (i + 1)})
	}
	return m
}

func many() []string {
	var names []string
	for i := range perPage {
		names = append(names, fmt.Sprintf("A tag that tells %sof itself, no. %d", strings.Repeat("a good deal ", i%4), i+1))
	}
	return names
}
