package web

import (
	"fmt"
	"html/template"
	"slices"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/find"
	"ficstead/internal/store"
	"ficstead/internal/web/address"
	"ficstead/internal/web/listing"
	"ficstead/internal/web/madeup"
	"ficstead/internal/web/words"
)

// worksSpecimens shows each sample on each page of a single work.
func worksSpecimens() []specimen {
	var about, chapters, whole, records []specimen
	for _, s := range madeup.All() {
		places := samplePlaces(s.Work)
		about = append(about, specimenOf(workView, s.Name, func(f Frame) workPage {
			v := newWorkPage(s.Work, places)
			v.listed(nil)
			v.Frame = f
			return v
		}))
		chapters = append(chapters, specimenOf(chapterView, s.Name, func(f Frame) chapterPage {
			v := newChapterPage(s.Work, s.Chapters[len(s.Chapters)/2], places)
			v.Frame = f
			return v
		}))
		whole = append(whole, specimenOf(fullView, s.Name, func(f Frame) fullPage {
			v := newFullPage(s.Work, s.Chapters[:min(len(s.Chapters), 3)], places)
			v.Frame = f
			return v
		}))
	}
	for _, s := range madeup.All() {
		records = append(records, specimenOf(recordView, s.Name, func(f Frame) recordPage {
			v := newRecordPage(s.Work, []store.Original{{Sum: strings.Repeat("0", 64), Name: words.Title(s.Work) + ".html", Size: 48_151, Added: madeup.Day}},
				[]store.Revision{{Number: s.Work.Revision, Chapters: 3, Words: 2268, Changed: madeup.Day}, {Number: 99, Chapters: 2, Words: 1500, Why: words.Title(s.Work)}}, s.Work.Kudos)
			v.Frame, v.Problems = f, errs.Problems{{Field: "sure", Message: "Tick the box that says you are sure."}}
			return v
		}))
	}
	blurbs := listSpecimenOf("mixed", func() found { return listed(allWorks, find.Question{}, sampleWorks()...) })
	blurbs.page = "parts/blurb"
	return slices.Concat(about, chapters, whole, records, []specimen{blurbs})
}

func samplePlaces(w archive.Work) []seriesPlace {
	var places []seriesPlace
	for i, p := range partsOf(w) {
		places = append(places, seriesPlace{part: p, Previous: link{address.Work(7), "The Night Before"}})
		if i%2 == 0 {
			places[i].Next = link{address.Work(8), "The Morning After"}
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

func listSpecimen(f Frame, l found) listPage {
	v := listPage{Page: l.Page()}
	v.Frame, v.Blurbs = f, blurbsOf(l.works)
	v.Frame.Query = l.Question.Query
	return v
}

func listSpecimenOf(name string, l func() found) specimen {
	return specimenOf(listView, name, func(f Frame) listPage { return listSpecimen(f, l()) })
}

// listSpecimens are lists as they are found, filtered, and not found.
func listSpecimens() []specimen {
	one := listSpecimenOf
	usual := madeup.Usual().Work
	return []specimen{
		one("empty", func() found { return listed(allWorks, find.Question{}) }),
		one("usual", func() found {
			var works []archive.Work
			for i := range 20 {
				w := usual
				w.ID = archive.WorkID(100 + i)
				works = append(works, w)
			}
			l := listed(allWorks, find.Question{}, works...)
			l.Answer.Total, l.Answer.Pages, l.Answer.Page = 12_345, 618, 7
			return l
		}),
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
				About: []listing.About{aboutLine("Also found as", link{address.Tag(9), "Lighthouse Saga"}, link{address.Tag(10), "ملحمة المنارة"})}}
			return listed(sc, find.Question{}, usual, madeup.RightToLeft().Work)
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

// browseSpecimens are the indexes and the series.
func browseSpecimens() []specimen {
	fandoms := func(name string, typed string, tags ...archive.Tag) specimen {
		return specimenOf(fandomsView, name, func(f Frame) fandomsPage {
			return fandomsPage{Frame: f, Count: words.Counted(len(tags), "fandom", "fandoms"), Letters: byLetter(tags), Typed: typed}
		})
	}
	var many []string
	for i := range 300 {
		many = append(many, fmt.Sprintf("%c%s %d", 'A'+i%26, strings.Repeat("n Invented World of Some Length ", i%3), i))
	}
	series := func(name string, s archive.Series, works ...archive.Work) specimen {
		return specimenOf(seriesView, name, func(f Frame) seriesPage {
			v := newSeriesPage(s, works, blurbsOf(works))
			v.Frame = f
			return v
		})
	}
	return []specimen{
		fandoms("empty", ""), fandoms("nothing", "zzz"), fandoms("usual", "", madeup.Tags(archive.Fandom, "The Lighthouse Sagas", "Night Post", "ألف ليلة وليلة", "Ægir's Hall", "1001 Nights", "三國演義")...), fandoms("long", "", madeup.Tags(archive.Fandom, many...)...), fandoms("hostile", `"><script>`, madeup.Hostile().Work.TagsOf(archive.Fandom)...),
		series("usual", archive.Series{ID: 1, Title: "Salt Letters", URL: "https://archiveofourown.org/series/1"}, madeup.Usual().Work, madeup.Han().Work), series("hostile", madeup.Hostile().Work.Series[0].Series, madeup.Hostile().Work), series("rtl", archive.Series{ID: 2, Title: "رسائل الملح"}, madeup.RightToLeft().Work), series("long", madeup.Long().Work.Series[3].Series, sampleWorks()...),
	}
}

func sampleCards() []template.HTML {
	var cards []template.HTML
	for _, w := range append(sampleWorks(), sampleWorks()...) {
		cards = append(cards, cardFragment.html(newCard(w, "The letter came with the fish.")))
	}
	return cards
}

// otherSpecimens are home, help, settings, errors and the gallery itself.
func otherSpecimens() []specimen {
	home := func(name string, v func() homePage) specimen {
		return specimenOf(homeView, name, func(f Frame) homePage {
			page := v()
			page.Frame = f
			return page
		})
	}
	failure := func(name string, p errorPage) specimen {
		return specimenOf(errorView, name, func(f Frame) errorPage {
			p.Frame = f
			return p
		})
	}
	return []specimen{
		home("empty", func() homePage { return newHomePage(nil, 0, nil, nil) }),
		home("usual", func() homePage {
			return newHomePage(sampleCards(), 1234, madeup.Usual().Work.TagsOf(archive.Fandom), []find.LanguageFacet{{Code: "en", Count: 30}, {Code: "ar", Count: 2}})
		}),
		{"parts/card", "all", home("cards", func() homePage { return newHomePage(sampleCards(), 12, nil, nil) }).show},
		specimenOf(helpView, "usual", func(f Frame) helpPage { return helpPage{Frame: f, Fields: examples(), Keys: helpKeys} }),
		specimenOf(settingsView, "usual", func(f Frame) settingsPage { return settingsPage{Frame: f, Saved: true} }),
		failure("404", errorPage{Status: 404, Heading: errorWords[404][0], Message: errorWords[404][1]}),
		failure("422", errorPage{Status: 422, Heading: errorWords[422][0], Message: errorWords[422][1], Problems: errs.Problems{{Field: "words", Message: "“<b>many</b>” is not a number."}}, Links: []link{{"/works", "First page"}}}),
		failure("500", errorPage{Status: 500, Heading: errorWords[500][0], Message: errorWords[500][1]}),
		specimenOf(galleryView, "usual", func(f Frame) galleryPage {
			return galleryPage{f, []galleryGroup{{"works/show", []link{{"/-/gallery/works/show/usual", "usual"}}}}}
		}),
	}
}
