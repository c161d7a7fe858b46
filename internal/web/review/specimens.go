package review

import (
	"fmt"
	"net/url"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/base/prose"
	"ficstead/internal/store"
	"ficstead/internal/web/page"
)

// Specimens are the pages of deciding about mends with made-up data.
func Specimens() []page.Specimen {
	show := func(name string, m matter, query string, problems errs.Problems) page.Specimen {
		return page.SpecimenOf(showView, name, func(f page.Frame) showPage {
			q, err := url.ParseQuery(query)
			if err != nil {
				panic(err)
			}
			v, err := newShowPage(m, q)
			if err != nil {
				panic(err) // the pages of specimens are there
			}
			showEntries(v.Groups, specimenChapters(), nil)
			v.Frame, v.Problems = f, problems
			return v
		})
	}
	beside := func(name string, m matter, source string) page.Specimen {
		return page.SpecimenOf(besideView, name, func(f page.Frame) besidePage {
			v := newBesidePage(m, specimenChapters(), 1, source, 0)
			v.Frame = f
			return v
		})
	}
	few, usual, hostile := specimen(few()), specimen(usual()), specimen(hostile())
	hostile.work.Title = hostileText
	usual.decisions.Proposals = []archive.Proposal{
		{Field: "title", Value: "The Keeper’s Lamp", Confidence: 0.6, Because: "The text begins with the line “THE KEEPER’S LAMP”."},
		{Field: "relationships", Value: "Maren Vael/Ines Corrigan", Confidence: 0.93, Because: "They are named together 41 times, and the notes say “my two lighthouse wives”."},
		{Field: "chapter 2", Value: "Salt", Confidence: 0.9, Because: "The line “Salt” stands alone above the chapter."},
	}
	usual.decisions.Choices, usual.decisions.About = archive.Choices{}, map[string]archive.Mend{}
	for _, i := range []int{2, 5} {
		usual.decisions.About[usual.mends[i].ID()] = usual.mends[i]
		usual.mends[i].Applied = !usual.mends[i].Applied
		usual.decisions.Choices[usual.mends[i].ID()] = usual.mends[i].Applied
	}
	gone := archive.Mend{Rule: "italics", Chapter: 4, Before: "said _nothing_ at all", After: "said <em>nothing</em> at all", Confidence: 0.99, Applied: true}
	usual.decisions.About[gone.ID()], usual.decisions.Choices[gone.ID()] = gone, false
	usual.why = "1 mend undone, 1 accepted."
	closed := specimen(few.mends)
	closed.readable = false
	return []page.Specimen{
		show("empty", specimen(nil), "", nil), show("few", few, "", nil), show("usual", usual, "done=saved", nil), show("filtered", usual, "show=undone", nil),
		show("long", specimen(many(2000)), "page=3", nil), show("hostile", hostile, "", nil), show("closed", closed, "", nil),
		show("problem", few, "", errs.Problems{{Field: "review", Message: "The file could not be read again. " + hostileText}}),
		beside("usual", usual, specimenSource), beside("hostile", hostile, hostileText+strings.Repeat("unbroken", 300)), beside("empty", specimen(nil), ""),
	}
}

// hostileText is what no page may be harmed by.
const hostileText = "\"><script>alert(1)</script> \u202eevil\u202c {{.}} &lt;b&gt; 𝕿 "

func specimen(all []archive.Mend) matter {
	return matter{
		work:  archive.Work{ID: 7, Title: "What the Lamp Was For", Language: "en", Revision: 2, Chapters: []archive.ChapterHead{{Number: 1, Title: "The Lamp, Unlit"}, {Number: 2}, {Number: 3}}},
		mends: all, files: []store.Original{{Name: "backup.zip!old/lamp.txt"}}, readable: true,
	}
}

const specimenSource = "WHAT THE LAMP WAS FOR\n\nby tidewrack\n\nThe letter came with the _fish_. Old Prewett carried both up from\nthe quay in the same hand, and didnâ€™t say which was which.\n\n~*~*~*~\n\nNobody in the house could\nsay who had lit it.\n"

func specimenChapters() []archive.Chapter {
	text := prose.Parse("<p>The letter came with the <em>fish</em>. Old Prewett carried both up from the quay in the same hand, and didn’t say which was which.</p><hr><p>Nobody in the house could say who had lit it.</p>")
	return []archive.Chapter{{Number: 1, Title: "The Lamp, Unlit", Text: text}, {Number: 2, Text: text}, {Number: 3, Text: text}}
}

func few() []archive.Mend {
	return []archive.Mend{
		{Rule: "italics", Chapter: 1, Before: "with the _fish_. Old", After: "with the <em>fish</em>. Old", Confidence: 0.99, Applied: true},
		{Rule: "mojibake", Chapter: 1, Before: "and didnâ€™t say", After: "and didn’t say", Confidence: 0.99, Applied: true},
		{Rule: "scene-break", Chapter: 1, Before: "~*~*~*~", After: "* * *", Confidence: 0.5},
	}
}

func usual() []archive.Mend {
	all := append(few(),
		archive.Mend{Rule: "wrap", Before: "both up from\nthe quay (412 lines wrapped at 66)", After: "both up from the quay", Confidence: 0.98, Applied: true},
		archive.Mend{Rule: "invisible", Chapter: 2, Before: "light\u200bhouse", After: "lighthouse", Confidence: 0.96, Applied: true},
		archive.Mend{Rule: "fused", Chapter: 3, Before: "she saidnothing of", After: "she said nothing of", Confidence: 0.85},
		archive.Mend{Rule: "lost-break", Chapter: 3, Before: "the step.\n\n\nNobody in the", After: "the step.\n\n* * *\n\nNobody in the", Confidence: 0.8, Applied: true},
		archive.Mend{Rule: "fused", Chapter: 3, Before: "of thelamp that", After: "of the lamp that", Confidence: 0.6},
		archive.Mend{Rule: "line-breaks", Chapter: 2, Before: "lit it.<br><br>In the", After: "lit it.</p><p>In the", Confidence: 0.95, Applied: true},
	)
	for i := range 6 {
		all = append(all, archive.Mend{Rule: "scene-break", Chapter: i%3 + 1, Before: "xxx", After: "* * *", Confidence: 0.98, Applied: true})
	}
	return all
}

func many(n int) []archive.Mend {
	var all []archive.Mend
	for i := range n {
		m := few()[i%2]
		m.Chapter = i*3/n + 1
		m.Before, m.After = fmt.Sprintf("%s %d", m.Before, i), fmt.Sprintf("%s %d", m.After, i)
		all = append(all, m)
	}
	return all
}

func hostile() []archive.Mend {
	return []archive.Mend{
		{Rule: "<b>rule</b>", Chapter: 99, Before: hostileText, After: "", Confidence: 2, Applied: true},
		{Rule: "", Chapter: 1, Before: strings.Repeat("very long ", 500), After: strings.Repeat("very long\u00a0", 500), Confidence: -1, Applied: true},
		{Rule: "encoding", Before: "\x00\ufeff\u202e", After: "الفنار", Applied: true},
		{Rule: "italics", Chapter: 1, Before: strings.Repeat("unbroken", 60), After: "<em>" + strings.Repeat("unbroken", 60), Confidence: 0.9},
	}
}
