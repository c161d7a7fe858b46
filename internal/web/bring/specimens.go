package bring

import (
	"fmt"
	"strings"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/jobs"
	"ficstead/internal/store"
	"ficstead/internal/web/address"
	"ficstead/internal/web/madeup"
	"ficstead/internal/web/page"
	"ficstead/internal/web/upload"
	"ficstead/internal/web/words"
)

// Specimens are the pages of bringing in with made-up data.
func Specimens() []page.Specimen {
	form := func(name string, v importFormPage) page.Specimen {
		return page.SpecimenOf(importForm, name, func(f page.Frame) importFormPage {
			v.Frame, v.MostMB = f, 100
			return v
		})
	}
	show := func(name string, running, kept bool, receipts ...archive.Receipt) page.Specimen {
		return page.SpecimenOf(importView, name, func(f page.Frame) importPage {
			v := specimenImport(running, kept, receipts)
			v.Frame = f
			return v
		})
	}
	mends := func(name string, w archive.Work, all []archive.Mend) page.Specimen {
		return page.SpecimenOf(workMendsView, name, func(f page.Frame) workMendsPage {
			v := newWorkMendsPage(w, all)
			v.Frame = f
			return v
		})
	}
	day := time.Date(2026, 3, 1, 9, 30, 0, 0, time.UTC)
	specimens := []page.Specimen{
		form("empty", importFormPage{}),
		form("problem", importFormPage{Problems: upload.NoFiles}),
		form("hostile", importFormPage{Problems: errs.Problems{{Field: "files", Message: hostileText}}}),
		form("rescues", importFormPage{Rescues: []page.Link{{Href: address.Rescue(1), Label: "The Lamplight Archive"}, {Href: address.Rescue(2), Label: hostileText}}}),
		form("earlier", importFormPage{Earlier: []importLine{
			newImportLine(store.Import{ID: 1, Started: day, Items: 1204, Done: 1204}),
			newImportLine(store.Import{ID: 2, Started: day.Add(time.Hour), Items: 3, Done: 1}),
		}}),
		show("empty", false, false),
		show("running", true, false, specimenReceipts()...),
		show("usual", false, false, specimenReceipts()...),
		show("kept", false, true, specimenReceipts()...),
		show("hostile", false, false, hostileReceipts()...),
		show("long", false, false, manyReceipts(receiptsPerPage*3)...),
		page.SpecimenOf(importDiscard, "usual", func(f page.Frame) importDiscardPage {
			return importDiscardPage{Frame: f, Path: "/imports/7", Question: "Take 12 works out of the library again?"}
		}),
		mends("empty", archive.Work{ID: 1, Title: "The Sound File"}, nil),
		mends("usual", archive.Work{ID: 1, Title: "The Damaged File"}, specimenMends()),
		mends("hostile", archive.Work{ID: 1, Title: hostileText}, hostileMends()),
	}
	for _, s := range madeup.All() {
		specimens = append(specimens, page.SpecimenOf(recordView, s.Name, func(f page.Frame) recordPage {
			v := newRecordPage(s.Work, []store.Original{{Sum: strings.Repeat("0", 64), Name: words.Title(s.Work) + ".html", Size: 48_151, Added: madeup.Day}},
				[]store.Revision{{Number: s.Work.Revision, Chapters: 3, Words: 2268, Changed: madeup.Day}, {Number: 99, Chapters: 2, Words: 1500, Why: words.Title(s.Work)}}, s.Work.Kudos)
			v.Frame, v.Problems = f, errs.Problems{{Field: "sure", Message: "Tick the box that says you are sure."}}
			return v
		}))
	}
	return specimens
}

func specimenImport(running, kept bool, receipts []archive.Receipt) importPage {
	batch := store.Import{ID: 1, Items: len(receipts), Done: len(receipts)}
	var items []store.ImportItem
	for i, r := range receipts {
		items = append(items, store.ImportItem{ID: int64(i), Name: r.Source, Done: true, Receipts: []archive.Receipt{r}})
	}
	if running {
		batch.Items += 2
		items = append(items, store.ImportItem{Name: "next.epub"}, store.ImportItem{Name: "stories.zip", ID: 99})
	}
	decided := review{Kept: kept, Discarded: []string{"2"}}
	var partials []jobs.Partial
	if running {
		partials = []jobs.Partial{{Item: 99, Name: "stories.zip", Of: 600, Receipts: []archive.Receipt{
			{Source: "stories.zip!one.txt", Kind: "text", Status: archive.StatusNew, Work: 5, Title: "The First of Many"}}}}
	}
	rows := receiptRows(batch, items, partials, decided)
	for i := range rows {
		if row := &rows[i]; row.Work != 0 && row.Gone == "" {
			row.Href = address.Work(row.Work)
			if row.Status == archive.StatusDuplicate {
				row.Compare = address.Copies(row.Work)
			}
			if len(row.Mends) > 0 {
				row.MendsHref, row.MendsWords = address.Review(row.Work), "Review 5 mends, and undo what is wrong"
			}
		}
	}
	v, err := newImportPage(batch, rows, partials, decided, "", "")
	if err != nil {
		panic(err) // the first page is always there
	}
	return v
}

func specimenReceipts() []archive.Receipt {
	return []archive.Receipt{
		{Source: "what_the_lamp_was_for.html", Kind: "ao3-html", Status: archive.StatusNew, Work: 1, Title: "What the Lamp Was For"},
		{Source: "backup.zip!old/lamp.txt", Kind: "text", Status: archive.StatusNew, Work: 2, Title: "A Story That Was Taken Out Again"},
		{Source: "backup.zip!old/tea.txt", Kind: "text", Status: archive.StatusNew, Work: 3, Title: "Small Hours at the Ferry Office", Mends: specimenMends(),
			Warnings: []string{"The file does not say who wrote it."}},
		{Source: "nine_ways.epub", Kind: "epub", Status: archive.StatusUpdated, Work: 4, Title: "Nine Ways to Leave a House"},
		{Source: "again.html", Kind: "ao3-html", Status: archive.StatusSame, Work: 1, Title: "What the Lamp Was For"},
		{Source: "locked.epub", Status: archive.StatusRefused, Error: "The book is encrypted, so only the shop's own program can open it. Bring in a copy without encryption."},
		{Source: "lamp (1).txt", Kind: "text", Status: archive.StatusDuplicate, Work: 9, Title: "What the Lamp Was For",
			Warnings: []string{"The same story is here as “What the Lamp Was For” (98 % of this one stands in it). Both are kept; compare them and choose."}},
	}
}

func specimenMends() []archive.Mend {
	return []archive.Mend{
		{Rule: "encoding", Before: "She didnâ€™t answer.", After: "She didn’t answer.", Confidence: 0.99, Applied: true},
		{Rule: "scene-break", Chapter: 1, Before: "~*~*~*~", After: "* * *", Confidence: 0.97, Applied: true},
		{Rule: "wrap", Chapter: 1, Before: "nobody in the house could\nsay who had lit it", After: "nobody in the house could say who had lit it", Confidence: 0.9, Applied: true},
		{Rule: "invisible", Chapter: 2, Before: "light\u200bhouse", After: "lighthouse", Confidence: 0.96, Applied: true},
		{Rule: "scene-break", Chapter: 3, Before: "xxx", After: "* * *", Confidence: 0.5},
	}
}

const hostileText = "\"><script>alert(1)</script> \u202eevil\u202c {{.}} &lt;b&gt; 𝕿 "

func hostileReceipts() []archive.Receipt {
	return []archive.Receipt{
		{Source: hostileText, Kind: hostileText, Status: archive.StatusNew, Work: 1, Title: hostileText, Mends: hostileMends(), Warnings: []string{hostileText}},
		{Source: "gone.txt", Status: archive.StatusNew, Work: 2, Title: "Gone"},
		{Source: strings.Repeat("unbroken", 60) + ".html", Status: archive.StatusRefused, Error: strings.Repeat("Nobody broke this line", 20)},
		{Source: "قصة.txt", Kind: "text", Status: archive.StatusNew, Work: 3, Title: "الفنار الذي لم ينم"},
	}
}

func hostileMends() []archive.Mend {
	return []archive.Mend{
		{Rule: "<b>rule</b>", Before: hostileText, After: "", Confidence: 2, Applied: true},
		{Rule: "", Before: strings.Repeat("very long ", 500), After: strings.Repeat("very long\u00a0", 500), Confidence: -1, Applied: true},
		{Rule: "encoding", Before: "\x00\ufeff\u202e", After: "الفنار", Applied: true},
	}
}

func manyReceipts(n int) []archive.Receipt {
	var all []archive.Receipt
	for i := range n {
		all = append(all, archive.Receipt{Source: fmt.Sprintf("story-%04d.html", i), Kind: "html", Status: archive.StatusNew, Work: archive.WorkID(i + 1), Title: fmt.Sprintf("Story %d of a great many", i+1)})
	}
	return all
}
