package web

import (
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/base/text"
	"ficstead/internal/store"
	"ficstead/internal/web/address"
	"ficstead/internal/web/answer"
	"ficstead/internal/web/page"
	"ficstead/internal/web/words"
)

var workView = page.New[workPage](templates, "works/show")

// workPage is a work's own page: all there is to know before reading it.
type workPage struct {
	page.Frame
	blurb
	Cover    template.HTML
	Groups   []tagGroup
	Notes    template.HTML
	EndNotes template.HTML
	Reviews  template.HTML // that came along from another archive
	Chapters []chapterLine

	ChapterCount string
	AllChapters  link // Href is empty if all are listed

	Start     string // of reading
	Alike     string // works like it
	Full      string // "" if there is one chapter only
	Downloads []link
	Places    []seriesPlace
	Dates     []dated
	Source    link
	Revision  string
	Record    string // address of what is kept beside the text, for the keeper
	Review    link   // of what was mended, for the keeper
	Copies    link   // that nobody decided about, for the keeper
}

// A tagGroup is all tags of one kind, as the header of a work lists them.
type tagGroup struct {
	Label string
	Tags  []link
	All   *link // nil if all are listed
}

// How much of a work's page is listed unless all is asked for. Few works have
// more, and those that do have ten thousand.
const (
	listedTags     = 100 // of a kind
	listedChapters = 200
)

// listed cuts the page's lists, and leaves ways to all of them.
func (v *workPage) listed(all url.Values) {
	for i := range v.Groups {
		if g := &v.Groups[i]; all.Get("tags") != "all" && len(g.Tags) > listedTags {
			g.All = &link{Href: v.Href + "?tags=all", Label: "all " + words.Number(len(g.Tags))}
			g.Tags = g.Tags[:listedTags]
		}
	}
	v.ChapterCount = words.Counted(len(v.Chapters), "chapter", "chapters")
	if all.Get("chapters") != "all" && len(v.Chapters) > listedChapters {
		v.AllChapters = link{Href: v.Href + "?chapters=all#chapters", Label: "All " + v.ChapterCount}
		v.Chapters = v.Chapters[:listedChapters]
	}
}

type chapterLine struct {
	Number int
	Href   string
	Title  string
	Words  string
	Time   string
}

// A seriesPlace is a series with the works before and after this one in it.
type seriesPlace struct {
	part
	Previous, Next link
}

type dated struct{ Label, Day, ISO string }

// showWork answers /works/{work}, and /works/{work}.epub and its like, which
// the patterns of ServeMux cannot tell apart.
func (s *Site) showWork(w http.ResponseWriter, r *http.Request) error {
	if _, ext, download := strings.Cut(r.PathValue("work"), "."); download {
		return s.downloadWork(w, r, ext)
	}
	all := r.URL.Query()
	if all.Get("tags") == "all" || all.Get("chapters") == "all" {
		return s.showWhole(w, r, all)
	}
	return s.keep(s.makeWork)(w, r)
}

// showWhole shows the page of a work with all its tags or chapters. It is large
// and rarely asked for, so it is not kept.
func (s *Site) showWhole(w http.ResponseWriter, r *http.Request, all url.Values) error {
	var v workPage
	err := s.Store.Read(r.Context(), func(tx *store.Tx) (err error) {
		v, err = s.workPage(tx, r, all)
		return err
	})
	if err != nil {
		return err
	}
	return workView.Show(w, r, http.StatusOK, v)
}

func (s *Site) makeWork(tx *store.Tx, r *http.Request) (*answer.Answer, error) {
	v, err := s.workPage(tx, r, nil)
	if err != nil {
		return nil, err
	}
	return workView.Keep(v)
}

func (s *Site) workPage(tx *store.Tx, r *http.Request, all url.Values) (v workPage, err error) {
	work, err := s.Work(tx, r)
	if err != nil {
		return v, err
	}
	places, err := s.places(tx, s.Viewer(r), work)
	if err != nil {
		return v, err
	}
	v = newWorkPage(work, places)
	if v.Reviews, err = s.Rescues.ReviewsOf(tx, s.Viewer(r), work); err != nil {
		return v, err
	}
	v.listed(all)
	if s.Viewer(r).MayChange(work) {
		v.Record = address.Record(work.ID)
		mends, err := tx.Mends(work.ID)
		if err != nil {
			return v, err
		}
		v.Review = link{Href: address.Review(work.ID), Label: "Review what it seems to be"}
		if len(mends) > 0 {
			v.Review.Label = "Review " + words.Counted(len(mends), "mend", "mends")
		}
		if v.Copies, err = s.copiesOf(tx, r, work); err != nil {
			return v, err
		}
	}
	v.Frame = s.Frame(r, words.Title(work)+words.Byline(work), "browse")
	return v, nil
}

// copiesOf leads to the copies of a work, if there are any: to compare those that
// nobody decided about, or to look at those that are kept apart.
func (s *Site) copiesOf(tx *store.Tx, r *http.Request, work archive.Work) (link, error) {
	likenesses, err := tx.Likenesses(work.ID)
	if err != nil {
		return link{}, err
	}
	open, apart := 0, 0
	for _, l := range likenesses {
		other, err := tx.Work(l.Other)
		if err != nil {
			return link{}, err
		}
		switch {
		case !s.Viewer(r).MaySeeWork(other):
		case l.Apart:
			apart++
		default:
			open++
		}
	}
	switch {
	case open > 0:
		return link{Href: address.Copies(work.ID), Label: "Compare " + words.Counted(open, "copy", "copies")}, nil
	case apart > 0:
		return link{Href: address.Copies(work.ID), Label: words.Counted(apart, "copy", "copies") + " kept apart"}, nil
	}
	return link{}, nil
}

func newWorkPage(work archive.Work, places []seriesPlace) workPage {
	v := workPage{
		blurb: newBlurb(work), Cover: template.HTML(words.Cover(work)), Groups: tagGroups(work), Places: places,
		Notes: notesOf(work.ID, "n-", work.Notes), EndNotes: notesOf(work.ID, "e-", work.EndNotes),
		Start: address.Chapter(work.ID, 1), Alike: address.Alike(work.ID), Downloads: downloadsOf(work.ID), Dates: datesOf(work), Source: sourceOf(work),
	}
	v.By, v.Fandoms = creatorLinks(work.Creators), tagLinks(work.TagsOf(archive.Fandom))
	if len(work.Chapters) > 1 {
		v.Full = address.Whole(work.ID)
		v.Chapters = chapterLines(work)
	}
	if work.Revision > 1 {
		v.Revision = fmt.Sprintf("Revision %d of %s", work.Revision, words.Day(work.Changed))
	}
	return v
}

var groupLabels = map[archive.Kind][2]string{
	archive.Rating: {"Rating", "Ratings"}, archive.Warning: {"Warning", "Warnings"}, archive.Category: {"Category", "Categories"},
	archive.Fandom: {"Fandom", "Fandoms"}, archive.Relationship: {"Relationship", "Relationships"},
	archive.CharacterTag: {"Character", "Characters"}, archive.Freeform: {"Additional tag", "Additional tags"},
}

func tagGroups(w archive.Work) []tagGroup {
	var groups []tagGroup
	for _, kind := range archive.Kinds {
		tags := w.TagsOf(kind)
		switch len(tags) {
		case 0:
		case 1:
			groups = append(groups, tagGroup{Label: groupLabels[kind][0], Tags: tagLinks(tags)})
		default:
			groups = append(groups, tagGroup{Label: groupLabels[kind][1], Tags: tagLinks(tags)})
		}
	}
	if name := text.LanguageName(w.Language); name != "" {
		groups = append(groups, tagGroup{Label: "Language", Tags: []link{{Href: address.Language(w.Language), Label: name}}})
	}
	return groups
}

// notesOf prints what stands around the text of a work. Prefix keeps the targets
// of links in it apart from those of other texts on the page.
func notesOf(id archive.WorkID, prefix string, d prose.Doc) template.HTML {
	return printed(d, prose.Options{Image: images(id), Prefix: prefix, Heading: 2})
}

// images leads to the pictures that are kept with a work. What is elsewhere is
// never loaded: it becomes a link.
func images(id archive.WorkID) func(src, alt string) string {
	return func(src, _ string) string {
		if sum, ours := strings.CutPrefix(src, "image:"); ours {
			return address.Image(id, sum)
		}
		return ""
	}
}

func chapterLines(w archive.Work) []chapterLine {
	var lines []chapterLine
	for _, c := range w.Chapters {
		lines = append(lines, chapterLine{c.Number, address.Chapter(w.ID, c.Number), words.Chapter(c), words.Counted(c.Words, "word", "words"), words.ReadingTime(c.Words, w.Language)})
	}
	return lines
}

func datesOf(w archive.Work) []dated {
	var dates []dated
	add := func(label string, d dated) {
		if d.Label = label; d.Day != "" {
			dates = append(dates, d)
		}
	}
	add("Posted", dated{Day: words.Day(w.Posted), ISO: words.ISODay(w.Posted)})
	label := "Updated"
	if w.Complete {
		label = "Completed"
	}
	if !w.Updated.Equal(w.Posted) {
		add(label, dated{Day: words.Day(w.Updated), ISO: words.ISODay(w.Updated)})
	}
	add("In this library since", dated{Day: words.Day(w.Added), ISO: words.ISODay(w.Added)})
	return dates
}

// sourceOf is where the work was before, if that is a web address.
func sourceOf(w archive.Work) link {
	if !strings.HasPrefix(w.Source.URL, "https://") && !strings.HasPrefix(w.Source.URL, "http://") {
		return link{}
	}
	if w.Source.Site == "" {
		return link{Href: w.Source.URL, Label: w.Source.URL}
	}
	return link{Href: w.Source.URL, Label: w.Source.Site}
}

// places finds the neighbours of a work in each of its series.
func (s *Site) places(tx *store.Tx, v archive.Viewer, w archive.Work) ([]seriesPlace, error) {
	var places []seriesPlace
	for _, p := range partsOf(w) {
		places = append(places, seriesPlace{part: p})
	}
	for i, p := range w.Series {
		works, err := s.seriesWorks(tx, v, p.Series.ID)
		if err != nil {
			return nil, err
		}
		for j, other := range works {
			if other.ID != w.ID {
				continue
			}
			if j > 0 {
				places[i].Previous = link{Href: address.Work(works[j-1].ID), Label: words.Title(works[j-1])}
			}
			if j+1 < len(works) {
				places[i].Next = link{Href: address.Work(works[j+1].ID), Label: words.Title(works[j+1])}
			}
		}
	}
	return places, nil
}
