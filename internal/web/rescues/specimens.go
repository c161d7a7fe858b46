package rescues

import (
	"fmt"
	"html/template"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/base/prose"
	"ficstead/internal/rescue"
	"ficstead/internal/store"
	"ficstead/internal/web/address"
	"ficstead/internal/web/madeup"
	"ficstead/internal/web/page"
	"ficstead/internal/web/words"
)

const hostileText = `"><script>alert(1)</script><b>`

// keeper sees all that there is.
var keeper = archive.Viewer{Person: archive.Owner, Moderator: true}

func specimenRescue() store.Rescue {
	return store.Rescue{
		ID: 1, Keeper: archive.Owner, Key: "efiction:lamplight.example/efic", Kind: "efiction", Version: "3.5.3", Visibility: archive.Restricted, Began: madeup.Day, Finished: madeup.Day,
		Site: archive.RescuedSite{Name: "The Lamplight Archive", Slogan: "Stories for long evenings, since 2001", URL: "http://lamplight.example/efic", Language: "en"},
	}
}

func hostileRescue() store.Rescue {
	one := specimenRescue()
	one.Site = archive.RescuedSite{Name: hostileText, Slogan: hostileText + strings.Repeat("long", 60), URL: "javascript:alert(1)"}
	return one
}

// Specimens are the pages of rescued archives with made-up data.
func Specimens() []page.Specimen {
	open := specimenRescue()
	open.Visibility = archive.Public
	quiet := specimenRescue()
	quiet.Site, quiet.Version = archive.RescuedSite{}, ""
	rtl := specimenRescue()
	rtl.Site = archive.RescuedSite{Name: "أرشيف المنارة", Slogan: "قصص لليالي الطويلة", URL: "http://manara.example", Language: "ar"}
	specimens := []page.Specimen{
		show("empty", quiet, store.RescueCounts{}, nil, &keeperPart{}, nil),
		show("usual", specimenRescue(), specimenCounts(), specimenPages(), newKeeperPart(specimenRescue(), specimenReport()), nil),
		show("opened", open, specimenCounts(), specimenPages(), newKeeperPart(open, rescue.Report{Counts: specimenReport().Counts}), nil),
		show("unsure", specimenRescue(), specimenCounts(), nil, newKeeperPart(specimenRescue(), rescue.Report{}), errs.Problems{{Field: "sure", Message: "Tick the box that says you are sure. Nothing was opened."}}),
		show("reader", specimenRescue(), specimenCounts(), specimenPages(), nil, nil),
		show("rtl", rtl, specimenCounts(), []archive.RescuedPage{{Name: "rules", Title: "القواعد"}}, nil, nil),
		show("hostile", hostileRescue(), specimenCounts(), []archive.RescuedPage{{Name: "../" + hostileText, Title: hostileText}}, newKeeperPart(hostileRescue(), hostileReport()), nil),
		kept("usual", specimenRescue(), specimenPages()[0]),
		kept("news", specimenRescue(), specimenPages()[2]),
		kept("rtl", rtl, archive.RescuedPage{Name: "rules", Title: "القواعد", Text: prose.Parse("<p>كونوا لطفاء.</p>")}),
		kept("hostile", hostileRescue(), archive.RescuedPage{Name: "x", Title: hostileText, By: hostileText, Text: prose.Parse("<p>" + hostileText)}),
		authors("empty", specimenRescue()),
		authors("usual", specimenRescue(), "Ashby Vale", "Ægir", "lamplighter", "Wren Tolliver (member 12)", "ألف ليلة"),
		authors("hostile", hostileRescue(), hostileText, strings.Repeat("long", 80)),
		page.SpecimenOf(whichView, "usual", func(f page.Frame) whichPage {
			return whichPage{Frame: f, Found: []page.Link{{Href: address.Work(1), Label: "The Lamplight Archive"}, {Href: address.Work(2), Label: hostileText}}}
		}),
	}
	return append(specimens, reviewSpecimens()...)
}

func show(name string, one store.Rescue, counts store.RescueCounts, pages []archive.RescuedPage, k *keeperPart, problems errs.Problems) page.Specimen {
	return page.SpecimenOf(rescueView, name, func(f page.Frame) rescuePage {
		v := newRescuePage(one, counts, pages, counts.People/3)
		if k != nil {
			part := *k
			if counts.Closed > 0 {
				part.Opens, part.Pending = words.Counted(counts.Works-counts.Pending, "work", "works"), words.Counted(counts.Pending, "work was", "works were")
			}
			v.Keeper = &part
		}
		v.Frame, v.Problems = f, problems
		return v
	})
}

func kept(name string, one store.Rescue, p archive.RescuedPage) page.Specimen {
	return page.SpecimenOf(keptView, name, func(f page.Frame) keptPage {
		v := newKeptPage(one, p)
		v.Frame = f
		return v
	})
}

func authors(name string, one store.Rescue, names ...string) page.Specimen {
	return page.SpecimenOf(authorsView, name, func(f page.Frame) authorsPage {
		v := authorsPage{Frame: f, Of: linkOf(one), Count: words.Counted(len(names), "author", "authors")}
		for i, name := range names {
			v.Authors = append(v.Authors, author{page.Link{Href: address.Creator(archive.CreatorID(i + 1)), Label: name}, words.Number(7 * (i + 1))})
		}
		return v
	})
}

func reviewSpecimens() []page.Specimen {
	reviews := func(name string, w archive.Work, n int, lists ...store.ReviewList) page.Specimen {
		return page.SpecimenOf(reviewsView, name, func(f page.Frame) reviewsPage {
			v, err := newReviewsPage(keeper, w, lists, n)
			if err != nil {
				v.Where = err.Error()
			}
			v.Frame = f
			return v
		})
	}
	usual := madeup.Usual().Work
	many := store.ReviewList{Rescue: specimenRescue()}
	for i := range 250 {
		r := SpecimenReviews()[i%3]
		r.Name = fmt.Sprintf("%s %d", r.Name, i)
		many.Reviews = append(many.Reviews, r)
	}
	hostile := archive.Review{Name: hostileText, Text: prose.Parse("<p>" + hostileText + strings.Repeat("long", 200)), Answer: prose.Parse("<p>" + hostileText)}
	fragment := reviews("fragment", usual, 1, store.ReviewList{Rescue: specimenRescue(), Reviews: SpecimenReviews()})
	fragment.Page = "parts/reviews"
	series := page.SpecimenOf(keptView, "fragment", func(f page.Frame) keptPage {
		v := newKeptPage(specimenRescue(), specimenPages()[0])
		v.Frame, v.Text = f, SpecimenSeries()
		return v
	})
	series.Page = "parts/rescued-series"
	bio := page.SpecimenOf(keptView, "fragment", func(f page.Frame) keptPage {
		v := newKeptPage(specimenRescue(), specimenPages()[0])
		v.Frame, v.Text = f, SpecimenBio()
		return v
	})
	bio.Page = "parts/rescued-bio"
	return []page.Specimen{
		reviews("empty", usual, 1),
		reviews("usual", usual, 1, store.ReviewList{Rescue: specimenRescue(), Reviews: SpecimenReviews()}),
		reviews("long", usual, 2, many),
		reviews("rtl", madeup.RightToLeft().Work, 1, store.ReviewList{Rescue: specimenRescue(), Reviews: []archive.Review{{Name: "ليلى", Text: prose.Parse("<p>قصة جميلة.</p>"), Answer: prose.Parse("<p>شكرًا!</p>"), Written: madeup.Day}}}),
		reviews("hostile", madeup.Hostile().Work, 1, store.ReviewList{Rescue: hostileRescue(), Reviews: []archive.Review{hostile}}),
		fragment, series, bio,
	}
}

// SpecimenReviews are reviews as readers wrote them.
func SpecimenReviews() []archive.Review {
	return []archive.Review{
		{Name: "Wren Tolliver", Chapter: 1, Rating: 9, Written: madeup.Day, Text: prose.Parse("<p>I stayed up for this and regret nothing. The bit with the lamp oil!</p><p>More <em>soon</em>, please.</p>"), Answer: prose.Parse("<p>Thank you! Chapter two is at my beta’s.</p>")},
		{Written: madeup.Day.AddDate(0, 1, 0), Text: prose.Parse("<p>Lovely.</p>")},
		{Name: "gulls_and_gales", Chapter: 2, Written: madeup.Day.AddDate(1, 0, 0), Text: prose.Parse("<p>Reread it today, years later. It still holds.</p>")},
	}
}

// SpecimenWorkReviews is what the page of a work shows of them.
func SpecimenWorkReviews(w archive.Work) template.HTML {
	list := store.ReviewList{Rescue: specimenRescue()}
	for range 5 {
		list.Reviews = append(list.Reviews, SpecimenReviews()...)
	}
	return firstReviewsOf(keeper, w, 0, list)
}

// SpecimenSeries is what the page of a series shows.
func SpecimenSeries() template.HTML {
	return seriesFragment.HTML(seriesPart{
		Summary: template.HTML("<p>All the evenings, in the order they were told.</p>"), Open: true,
		Above: []page.Link{{Href: address.Series(9), Label: "Everything at the Lighthouse"}},
		Below: []page.Link{{Href: address.Series(7), Label: "The Winter Evenings"}, {Href: address.Series(8), Label: hostileText}},
	})
}

// SpecimenBio is what the page of a creator shows.
func SpecimenBio() template.HTML {
	return bioHTML(specimenRescue(), archive.RescuedPerson{Bio: prose.Parse("<p>I write at night and <em>never</em> outline.</p>"), Site: "http://wren.example/", Joined: madeup.Day})
}

func specimenCounts() store.RescueCounts {
	return store.RescueCounts{Works: 3835, Pending: 12, Closed: 3823, Reviews: 4505, People: 1138, Series: 249, Favourites: 9120, Pages: 3}
}

func specimenPages() []archive.RescuedPage {
	return []archive.RescuedPage{
		{Name: "rules", Title: "Rules", Text: prose.Parse("<h2>Be kind</h2><p>No flames. Warn for what <em>you</em> would want to be warned of.</p><ul><li>One story at a time.</li><li>Spelling counts.</li></ul>")},
		{Name: "help"},
		{Name: "news-1", Title: "We are closing", By: "Ashby Vale", Written: madeup.Day, Text: prose.Parse("<p>Twenty years were good years. Thank you all.</p>"), Comments: SpecimenReviews()},
	}
}

func specimenReport() rescue.Report {
	return rescue.Report{
		Counts: []rescue.Count{
			{What: "stories", Claimed: 3835, Found: 3837, Kept: 3835}, {What: "chapters", Claimed: 4556, Found: 4559, Kept: 4551}, {What: "words", Claimed: 23_176_094, Found: 23_012_876, Kept: 23_012_876},
			{What: "reviews", Claimed: 4505, Found: 4505, Kept: 4505}, {What: "members", Claimed: 1138, Found: 1138, Kept: 1138}, {What: "favourites", Claimed: -1, Found: 9131, Kept: 9131},
		},
		Findings: []archive.Finding{
			{Level: "loss", About: "missing text", Text: "The text of a chapter is neither in the dump nor in the folder of the stories.", Where: []string{"efiction:lamplight.example:sid:12, chapter 3 (123): stories/4/123.txt"}, Count: 8},
			{Level: "doubt", About: "co-authors", Text: "A story says that it has co-authors, and the dump does not say whom.", Where: []string{"efiction:lamplight.example:sid:40"}, Count: 1},
			{Level: "note", About: "encoding", Text: "Summaries are Windows-1252: “caf\\xe9” was read as “café”.", Count: 3835},
		},
	}
}

func hostileReport() rescue.Report {
	return rescue.Report{
		Counts:   []rescue.Count{{What: hostileText, Claimed: -1, Found: -1, Kept: 1 << 40}},
		Findings: []archive.Finding{{Level: "loss", About: hostileText, Text: hostileText + strings.Repeat("long", 100), Where: []string{hostileText + strings.Repeat("/long", 100)}, Count: 1 << 30}},
	}
}
