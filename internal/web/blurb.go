package web

import (
	"html/template"
	"strconv"
	"unicode/utf8"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/base/text"
	"ficstead/internal/web/address"
	"ficstead/internal/web/page"
	"ficstead/internal/web/words"
)

// A blurb is a work in a list, in the order that readers know. It depends on
// the work alone, so it is rendered once for each revision and kept.
type blurb struct {
	ID         string // of the heading, unique on the page
	Href       string
	Name       string // the work's title
	Tongue     tongue
	By         []link
	For        []string
	Fandoms    []link
	Facts      []fact
	Summary    template.HTML
	Tags, More []tagLink
	MoreCount  string
	Words      string
	Time       string
	Stats      []string
	Day, ISO   string
	DayLabel   string
	Series     []part
}

// A fact is one short word in a box. Class is rating, warn, done or "".
// Lang is the language of the label where it is not the page's.
type fact struct{ Class, Label, Long, Lang string }

type tagLink struct {
	Href, Label string
	Main        bool // what the work is about, as its creator ordered it
}

// A part is a work's place in a series.
type part struct {
	Number int
	Href   string
	Title  string
}

const (
	shownTags   = 8  // the rest is folded: no walls of tags
	foldedTags  = 60 // what the work's own page has beyond that
	longTitle   = 90 // characters: three lines of a phone
	shownNames  = 6  // creators and fandoms; the work's own page has the rest
	shownSeries = 2
	mainShips   = 2 // the first relationships are what a work is about
)

// What lists show dozens of on each page.
var (
	blurbStencil     = page.NewStencil[flatBlurb](templates, "blurb")
	factStencil      = page.NewStencil[fact](templates, "fact")
	nameStencil      = page.NewStencil[link](templates, "name")
	tagStencil       = page.NewStencil[tagLink](templates, "tag")
	statStencil      = page.NewStencil[said](templates, "stat")
	recipientStencil = page.NewStencil[said](templates, "recipient")
	partStencil      = page.NewStencil[flatPart](templates, "part")
)

// A flatBlurb is a blurb with its lists printed.
type flatBlurb struct {
	ID, Href, Name          string
	Long                    bool // the name is to be cut
	Tongue                  template.HTMLAttr
	By, For, Fandoms, Facts template.HTML
	Summary, Tags, More     template.HTML
	MoreCount, Words, Time  string
	Stats                   template.HTML
	Day, ISO, DayLabel      string
	Series                  template.HTML
}

type said struct{ Text string }

type flatPart struct{ Label, Href, Title string }

// html prints the blurb.
func (b blurb) html() template.HTML {
	var parts []flatPart
	for _, p := range b.Series {
		parts = append(parts, flatPart{p.Label(), p.Href, p.Title})
	}
	return blurbStencil.HTML(flatBlurb{
		ID: b.ID, Href: b.Href, Name: b.Name, Long: utf8.RuneCountInString(b.Name) > longTitle, Tongue: b.Tongue.Attrs(),
		By: nameStencil.Each(b.By, ", "), For: recipientStencil.Each(saidOf(b.For), ", "), Fandoms: nameStencil.Each(b.Fandoms, ", "),
		Facts: factStencil.Each(b.Facts, ""), Summary: b.Summary, Tags: tagStencil.Each(b.Tags, ", "), More: tagStencil.Each(b.More, ", "),
		MoreCount: b.MoreCount, Words: b.Words, Time: b.Time, Stats: statStencil.Each(saidOf(b.Stats), ""),
		Day: b.Day, ISO: b.ISO, DayLabel: b.DayLabel, Series: partStencil.Each(parts, ""),
	})
}

func saidOf(texts []string) []said {
	all := make([]said, len(texts))
	for i, t := range texts {
		all[i].Text = t
	}
	return all
}

func newBlurb(w archive.Work) blurb {
	b := blurb{
		ID: "w" + address.Number(w.ID.Public()), Href: address.Work(w.ID), Name: words.Title(w), Tongue: page.TongueOf(w.Language),
		By: creatorLinks(w.Creators), For: w.Recipient, Fandoms: tagLinks(w.TagsOf(archive.Fandom)),
		Facts: factsOf(w), Summary: summaryOf(w), Stats: words.Stats(w), Series: partsOf(w),
		Words: words.Counted(w.Words, "word", "words"), Time: words.ReadingTime(w.Words, w.Language),
	}
	b.By, b.Fandoms = fewer(b.By, b.Href), fewer(b.Fandoms, b.Href)
	b.Series = b.Series[:min(len(b.Series), shownSeries)]
	when, label := words.LastDay(w)
	b.Day, b.ISO, b.DayLabel = words.Day(when), words.ISODay(when), label
	b.Tags = make([]tagLink, 0, len(w.Tags))
	for _, kind := range []archive.Kind{archive.Relationship, archive.CharacterTag, archive.Freeform} {
		i := 0
		for _, t := range w.Tags {
			if t.Kind == kind {
				b.Tags = append(b.Tags, tagLink{address.Tag(t.ID), t.Name, kind == archive.Relationship && i < mainShips})
				i++
			}
		}
	}
	if len(b.Tags) > shownTags+1 { // folding a single tag would hide more than it saves
		b.Tags, b.More = b.Tags[:shownTags], b.Tags[shownTags:]
		b.MoreCount = words.Number(len(b.More))
	}
	if rest := len(b.More) - foldedTags; rest > 0 {
		b.More = append(b.More[:foldedTags:foldedTags], tagLink{Href: b.Href, Label: "and " + words.Number(rest) + " others"})
	}
	return b
}

// fewer leaves the end of a long list to the page at href.
func fewer(links []link, href string) []link {
	if len(links) <= shownNames+1 {
		return links
	}
	rest := link{Href: href, Label: "and " + words.Counted(len(links)-shownNames, "more", "more")}
	return append(links[:shownNames:shownNames], rest)
}

func creatorLinks(creators []archive.Creator) []link {
	var links []link
	for _, c := range creators {
		links = append(links, link{Href: address.Creator(c.ID), Label: c.String()})
	}
	return links
}

func tagLinks(tags []archive.Tag) []link {
	var links []link
	for _, t := range tags {
		links = append(links, link{Href: address.Tag(t.ID), Label: t.Name})
	}
	return links
}

// factsOf are rating, warnings, categories, completion, language and, where it
// is not for everybody, who may see the work.
func factsOf(w archive.Work) []fact {
	var facts []fact
	add := func(class, name, long string) { facts = append(facts, fact{Class: class, Label: name, Long: long}) }
	for _, t := range w.TagsOf(archive.Rating) {
		add("rating", words.Short(archive.Rating, t.Name), "Rating: "+t.Name)
	}
	for _, t := range w.TagsOf(archive.Warning) {
		class := "warn"
		if t.Name == words.NoWarnings {
			class = ""
		}
		add(class, words.Short(archive.Warning, t.Name), "Warning: "+t.Name)
	}
	for _, t := range w.TagsOf(archive.Category) {
		add("", t.Name, "Category: "+t.Name)
	}
	class := ""
	if w.Complete {
		class = "done"
	}
	add(class, words.Completion(w), "")
	if name := text.LanguageName(w.Language); name != "" {
		facts = append(facts, fact{Label: name, Lang: page.TongueOf(w.Language).Lang})
	}
	if w.Visibility == archive.Hidden {
		add("warn", "Hidden", "")
	}
	return facts
}

// summaryOf is the summary as a list shows it, without pictures or anchors.
func summaryOf(w archive.Work) template.HTML {
	return printed(w.Summary, prose.Options{Image: noImages, Heading: 3, NoTargets: true})
}

func noImages(string, string) string { return "" }

// printed trusts what prose prints: it is the one place of pages that does.
func printed(d prose.Doc, o prose.Options) template.HTML { return template.HTML(d.Print(o)) }

func partsOf(w archive.Work) []part {
	var parts []part
	for _, p := range w.Series {
		parts = append(parts, part{p.Number, address.Series(p.Series.ID), p.Series.Title})
	}
	return parts
}

func (p part) Label() string {
	if p.Number <= 0 {
		return "Part of"
	}
	return "Part " + strconv.Itoa(p.Number) + " of"
}
