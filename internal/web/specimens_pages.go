package web

import (
	"fmt"
	"html/template"
	"slices"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/find"
	"ficstead/internal/web/address"
	"ficstead/internal/web/listing"
	"ficstead/internal/web/madeup"
	"ficstead/internal/web/page"
	"ficstead/internal/web/passages"
	"ficstead/internal/web/rescues"
)

// worksSpecimens shows each sample on each page of a single work.
func worksSpecimens() []page.Specimen {
	var about, chapters, whole []page.Specimen
	for _, s := range madeup.All() {
		places := samplePlaces(s.Work)
		about = append(about, page.SpecimenOf(workView, s.Name, func(f page.Frame) workPage {
			v := newWorkPage(s.Work, places)
			v.listed(nil)
			v.Frame, v.Reviews = f, rescues.SpecimenWorkReviews(s.Work)
			return v
		}))
		chapters = append(chapters, page.SpecimenOf(chapterView, s.Name, func(f page.Frame) chapterPage {
			v := newChapterPage(s.Work, s.Chapters[len(s.Chapters)/2], places)
			v.Frame = f
			return v
		}))
		whole = append(whole, page.SpecimenOf(fullView, s.Name, func(f page.Frame) fullPage {
			v := newFullPage(s.Work, s.Chapters[:min(len(s.Chapters), 3)], places)
			v.Frame = f
			return v
		}))
	}
	var blurbs []page.Specimen
	for _, name := range []string{"blurb", "fact", "name", "tag", "stat", "recipient", "part", "facet", "language"} {
		all := listSpecimenOf("mixed", func() found { return listed(allWorks, find.Question{}, sampleWorks()...) })
		all.Page = "parts/" + name
		blurbs = append(blurbs, all)
	}
	inside := listSpecimenOf("text", textListing)
	inside.Page = "parts/passages"
	return slices.Concat(about, chapters, whole, blurbs, []page.Specimen{inside})
}

func samplePlaces(w archive.Work) []seriesPlace {
	var places []seriesPlace
	for i, p := range partsOf(w) {
		places = append(places, seriesPlace{part: p, Previous: link{Href: address.Work(7), Label: "The Night Before"}})
		if i%2 == 0 {
			places[i].Next = link{Href: address.Work(8), Label: "The Morning After"}
		}
	}
	return places
}

func sampleWorks() []archive.Work {
	var works []archive.Work
	for _, s := range madeup.All() {
		works = append(works, s.Work)
	}
	return works
}

var allWorks = listing.Scope{Path: "/works", Heading: "All works"}

func listSpecimen(f page.Frame, l found) listPage {
	v := listPage{Page: l.Page()}
	v.Frame = f
	for i, html := range plainBlurbs(l.works) {
		inside := l.Answer.Passages[l.works[i].ID]
		v.Works = append(v.Works, listedWork{html, passages.HTML(l.works[i], inside.List, inside.More)})
	}
	if l.Scope.Creator != 0 {
		v.Bio = rescues.SpecimenBio()
	}
	v.Frame.Query = l.Question.Query
	return v
}

func listSpecimenOf(name string, l func() found) page.Specimen {
	return page.SpecimenOf(listView, name, func(f page.Frame) listPage { return listSpecimen(f, l()) })
}

// listSpecimens are lists as they are found, filtered, and not found.
func listSpecimens() []page.Specimen {
	one := listSpecimenOf
	usual := madeup.Usual().Work
	return []page.Specimen{
		one("empty", func() found { return listed(allWorks, find.Question{}) }),
		one("usual", func() found {
			var works []archive.Work
			for i := range 20 {
				w := usual
				w.ID = archive.WorkID(100 + i)
				works = append(works, w)
			}
			l := listed(allWorks, find.Question{}, works...)
			l.Answer.Total, l.Answer.Pages, l.Answer.Page = 1_234_567, 61_729, 7
			return l
		}),
		one("deep", deepListing),
		one("text", textListing),
		one("mixed", func() found { return listed(allWorks, find.Question{}, sampleWorks()...) }),
		one("filtered", filteredListing),
		one("nothing", func() found {
			l := filteredListing()
			l.works, l.Answer.IDs, l.Answer.Total, l.Answer.Pages = nil, nil, 0, 1
			l.Answer.Without = []find.Without{{Filter: "exclude", Value: "Grief", Question: find.Question{}, Total: 12}, {Filter: "words", Value: "1000-5000", Question: find.Question{}, Total: 1}}
			return l
		}),
		one("tag", func() found {
			sc := listing.Scope{Path: address.Tag(4001), Heading: "The Lighthouse Sagas", Lead: "Fandom", Tag: 4001,
				About: []listing.About{aboutLine("Also found as", link{Href: address.Tag(9), Label: "Lighthouse Saga"}, link{Href: address.Tag(10), Label: "ملحمة المنارة"})}}
			return listed(sc, find.Question{}, usual, madeup.RightToLeft().Work)
		}),
		one("creator", func() found {
			return listed(listing.Scope{Path: address.Creator(3), Heading: "Wren Tolliver", Lead: "Works by", Creator: 3}, find.Question{}, usual)
		}),
		one("hostile", func() found {
			l := listed(listing.Scope{Path: "/works", Heading: madeup.Hostile().Work.Title}, find.Question{Query: `"><script>alert(1)</script>`}, madeup.Hostile().Work)
			l.Problems = []find.Problem{{Field: "q", Message: "“\"><script>” is not understood."}}
			return l
		}),
	}
}

func filteredListing() found {
	q := find.Question{Query: `fandom:"The Lighthouse Sagas" tide`, Include: []archive.TagID{7001}, Any: []archive.TagID{7003, 7004}, Exclude: []archive.TagID{7002, 99}, Languages: []string{"en"}, Complete: find.No, Crossover: find.No}
	q.Words.Min, q.Words.Below = 1000, 50_001
	l := listed(allWorks, q, madeup.Usual().Work, madeup.Long().Work)
	for i, f := range l.Answer.Facets[archive.Freeform] {
		l.Answer.Facets[archive.Freeform][i].Chosen = map[archive.TagID]find.Chosen{7001: find.Included, 7002: find.Excluded, 7003: find.AnyOf, 7004: find.AnyOf}[f.ID]
	}
	l.Problems = []find.Problem{{Field: "q", Message: "There is no tag “tide”; it was looked up as a word."}}
	l.Answer.DidYouMean = madeup.Tags(archive.Freeform, "Tides", "Tidal Waves")
	l.Typed = map[archive.Kind]string{archive.CharacterTag: "pre", archive.Relationship: "zzz"}
	l.More = map[archive.Kind][]find.Facet{archive.CharacterTag: {{ID: 6900, Name: "Prewett", Count: 7}}}
	return l
}

// deepListing is far behind the pages that have numbers, well loved first.
func deepListing() found {
	q := find.Question{Sort: "loved", After: "x", Page: 4711, Include: []archive.TagID{5001}, Focus: []archive.TagID{6001}, OneShip: find.Yes}
	q.Kudos.Min = 100
	l := listed(allWorks, q, madeup.Usual().Work, madeup.Han().Work)
	l.Answer.Total, l.Answer.Pages, l.Answer.Page, l.Answer.Sort = 1_234_567, 61_729, 0, "loved"
	l.Answer.Next, l.Answer.Previous = "y", "z"
	return l
}

// textListing has places in the text.
func textListing() found {
	l := listed(allWorks, find.Question{Query: "text:coat text:nail"}, madeup.Usual().Work, madeup.RightToLeft().Work, madeup.Han().Work, madeup.Hostile().Work)
	l.Answer.Passages = map[archive.WorkID]find.Passages{1: {List: passages.Usual(), More: 12}, 4: {List: passages.RightToLeft(), More: 1}, 6: {List: passages.Han()}, 5: {List: passages.Hostile()}}
	return l
}

// browseSpecimens are the indexes and the series.
func browseSpecimens() []page.Specimen {
	fandoms := func(name string, typed string, tags ...archive.Tag) page.Specimen {
		return page.SpecimenOf(fandomsView, name, func(f page.Frame) fandomsPage {
			v := newFandomsPage(find.FacetAnswer{Tags: facetsOf(tags), Total: len(tags) * 20, Page: 7, Pages: 20}, typed)
			v.Frame = f
			return v
		})
	}
	var many []string
	for i := range 300 {
		many = append(many, fmt.Sprintf("%c%s %d", 'A'+i%26, strings.Repeat("n Invented World of Some Length ", i%3), i))
	}
	series := func(name string, s archive.Series, works ...archive.Work) page.Specimen {
		return page.SpecimenOf(seriesView, name, func(f page.Frame) seriesPage {
			v := newSeriesPage(s, works, plainBlurbs(works))
			v.Frame, v.Rescued = f, rescues.SpecimenSeries()
			return v
		})
	}
	return []page.Specimen{
		fandoms("empty", ""), fandoms("nothing", "zzz"), fandoms("usual", "", madeup.Tags(archive.Fandom, "The Lighthouse Sagas", "Night Post", "ألف ليلة وليلة", "Ægir's Hall", "1001 Nights", "三國演義")...), fandoms("long", "", madeup.Tags(archive.Fandom, many...)...), fandoms("hostile", `"><script>`, madeup.Hostile().Work.TagsOf(archive.Fandom)...),
		series("usual", archive.Series{ID: 1, Title: "Salt Letters", URL: "https://archiveofourown.org/series/1"}, madeup.Usual().Work, madeup.Han().Work), series("hostile", madeup.Hostile().Work.Series[0].Series, madeup.Hostile().Work), series("rtl", archive.Series{ID: 2, Title: "رسائل الملح"}, madeup.RightToLeft().Work), series("long", madeup.Long().Work.Series[3].Series, sampleWorks()...),
	}
}

func facetsOf(tags []archive.Tag) []find.Facet {
	var facets []find.Facet
	for i, t := range tags {
		facets = append(facets, find.Facet{ID: t.ID, Name: t.Name, Count: 12_345 / (i + 1)})
	}
	return facets
}

func sampleCards() []template.HTML {
	var cards []template.HTML
	for _, w := range append(sampleWorks(), sampleWorks()...) {
		cards = append(cards, cardFragment.HTML(newCard(w, "The letter came with the fish.")))
	}
	return cards
}

// otherSpecimens are home, help, settings and the gallery itself.
func otherSpecimens() []page.Specimen {
	home := func(name string, v func() homePage) page.Specimen {
		return page.SpecimenOf(homeView, name, func(f page.Frame) homePage {
			p := v()
			p.Frame = f
			return p
		})
	}
	return []page.Specimen{
		home("empty", func() homePage { return newHomePage(nil, 0, nil, nil) }),
		home("usual", func() homePage {
			return newHomePage(sampleCards(), 1234, facetsOf(madeup.Usual().Work.TagsOf(archive.Fandom)), []find.LanguageFacet{{Code: "en", Count: 30}, {Code: "ar", Count: 2}})
		}),
		{Page: "parts/card", Name: "all", Show: home("cards", func() homePage { return newHomePage(sampleCards(), 12, nil, nil) }).Show},
		page.SpecimenOf(helpView, "usual", func(f page.Frame) helpPage { return helpPage{Frame: f, Fields: examples(), Keys: helpKeys} }),
		page.SpecimenOf(settingsView, "usual", func(f page.Frame) settingsPage { return settingsPage{Frame: f, Saved: true} }),
		page.SpecimenOf(galleryView, "usual", func(f page.Frame) galleryPage {
			return galleryPage{f, []galleryGroup{{"works/show", []link{{Href: "/-/gallery/works/show/usual", Label: "usual"}}}}}
		}),
	}
}
