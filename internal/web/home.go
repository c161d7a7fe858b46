package web

import (
	"cmp"
	"html/template"
	"net/http"
	"slices"

	"ficstead/internal/archive"
	"ficstead/internal/find"
	"ficstead/internal/web/address"
	"ficstead/internal/web/words"
)

var (
	homeView = newPage[homePage]("home/show")
	helpView = newPage[helpPage]("home/help")
)

// homePage is what one comes home to: the newest works on a shelf, the
// fandoms, and the door through which stories come in.
type homePage struct {
	Frame
	Count     string
	Shelf     []card
	Fandoms   []counting
	Languages []counting
}

// A card is a work on a shelf.
type card struct {
	Href    string
	Title   string
	Tongue  tongue
	By      []link
	Cover   template.HTML
	Fandom  string
	Line    string // how long, how far
	Rating  string
	Summary string
}

type helpPage struct {
	Frame
	Fields []helpLine
	Keys   []helpLine
}

type helpLine struct{ Example, Href, Says string }

const (
	shelfWorks  = 12
	homeFandoms = 24
	cardSummary = 140 // characters
)

func (s *Site) showHome(w http.ResponseWriter, r *http.Request) error {
	viewer := s.Viewer(r)
	answer, err := s.Finder.Works(r.Context(), viewer, find.Question{Now: s.now()})
	if err != nil {
		return err
	}
	works, err := s.visible(r.Context(), viewer, answer.IDs[:min(len(answer.IDs), shelfWorks)])
	if err != nil {
		return err
	}
	v := newHomePage(works, answer.Total, s.Finder.Fandoms(viewer), s.Finder.Languages(viewer))
	v.Frame = s.frame(r, "", "")
	return homeView.show(w, r, http.StatusOK, v)
}

func newHomePage(works []archive.Work, total int, fandoms []archive.Tag, languages []find.LanguageFacet) homePage {
	v := homePage{Count: words.Counted(total, "work", "works")}
	for _, work := range works {
		v.Shelf = append(v.Shelf, newCard(work))
	}
	fandoms = slices.Clone(fandoms)
	slices.SortStableFunc(fandoms, func(a, b archive.Tag) int { return cmp.Compare(b.Uses, a.Uses) })
	for _, t := range fandoms[:min(len(fandoms), homeFandoms)] {
		v.Fandoms = append(v.Fandoms, counting{link{address.Tag(t.ID), t.Name}, words.Number(t.Uses)})
	}
	if len(languages) > 1 {
		for _, l := range languages {
			if l.Code != "" {
				v.Languages = append(v.Languages, counting{link{address.Language(l.Code), words.Language(l.Code)}, words.Number(l.Count)})
			}
		}
	}
	return v
}

func newCard(w archive.Work) card {
	c := card{
		Href: address.Work(w.ID), Title: words.Title(w), Tongue: tongueOf(w.Language), By: creatorLinks(w.Creators), Cover: template.HTML(words.Cover(w)),
		Summary: words.Clip(w.Summary.Text(), cardSummary), Line: words.Counted(w.Words, "word", "words") + " · " + words.ChapterCount(w),
	}
	if fandoms := w.TagsOf(archive.Fandom); len(fandoms) > 0 {
		c.Fandom = fandoms[0].Name
	}
	if ratings := w.TagsOf(archive.Rating); len(ratings) > 0 {
		c.Rating = words.Short(archive.Rating, ratings[0].Name)
	}
	return c
}

func (s *Site) showHelp(w http.ResponseWriter, r *http.Request) error {
	v := helpPage{Frame: s.frame(r, "Help", "help"), Fields: helpFields(), Keys: helpKeys}
	return helpView.show(w, r, http.StatusOK, v)
}

// helpFields are questions that can be tried as they stand.
func helpFields() []helpLine {
	lines := []helpLine{
		{"lighthouse storm", "", "both words, in title, creator, summary, notes or tags"},
		{`"found family"`, "", "these words in this order"},
		{"tea OR coffee", "", "one of them, or both"},
		{"lighthouse -angst", "", "the first without the second"},
		{"(tea OR coffee) -war", "", "parentheses hold together"},
		{`fandom:"Sherlock Holmes"`, "", "a tag, with its synonyms and subtags; also character: ship: tag: rating: warning: category:"},
		{`ship:"Holmes/Watson"`, "", "a relationship"},
		{"title:tide", "", "in the title; also creator: summary: series:"},
		{"words:>10000", "", "longer than that; also words:1000-5000, chapters:1, kudos:>100"},
		{"updated:<30d", "", "changed in the last thirty days; also updated:2024, posted:2020..2023"},
		{"complete:yes", "", "finished works; complete:no is what goes on"},
		{"lang:fr", "", "in French"},
		{`text:"lit window"`, "", "these words in the story itself"},
		{"sort:words", "", "longest first; also updated, posted, title, creator, kudos, random"},
	}
	for i := range lines {
		lines[i].Href = address.Search(lines[i].Example)
	}
	return lines
}

var helpKeys = []helpLine{
	{Example: "/", Says: "to the search box"},
	{Example: "j k", Says: "next and previous work in a list"},
	{Example: "← →", Says: "previous and next chapter, or page of a list"},
}
