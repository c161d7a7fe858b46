package api

import (
	"fmt"
	"strings"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/web/address"
)

// named is a thing that has an address and a name.
type named struct {
	ID   int64  `json:"id" minimum:"1" doc:"Public id, as in addresses and in the parameters of listings"`
	Name string `json:"name"`
}

// part is a work's place in a series.
type part struct {
	ID    int64  `json:"id" minimum:"1"`
	Title string `json:"title"`
	Part  *int   `json:"part" minimum:"1" doc:"Null if the source gives no number"`
}

// Work is a work as listings tell it. It has a capital because it stands within
// wholeWork, and what it is embedded by must be seen by huma.
type Work struct {
	ID              int64   `json:"id" minimum:"1" doc:"Public id"`
	Title           string  `json:"title"`
	Creators        []named `json:"creators"`
	Summary         string  `json:"summary" doc:"Clean HTML"`
	Fandoms         []named `json:"fandoms"`
	Rating          *named  `json:"rating" doc:"Null if the work has none"`
	Warnings        []named `json:"warnings"`
	Categories      []named `json:"categories"`
	Relationships   []named `json:"relationships"`
	Characters      []named `json:"characters"`
	Tags            []named `json:"tags" doc:"Freeform tags"`
	Language        string  `json:"language" doc:"BCP 47, empty if unknown" example:"en"`
	Words           int     `json:"words" minimum:"0"`
	Chapters        int     `json:"chapters" minimum:"0" doc:"Chapters that are here"`
	ChaptersPlanned *int    `json:"chapters_planned" minimum:"1" doc:"Null if the creator has not said"`
	Complete        bool    `json:"complete"`
	Posted          *string `json:"posted" format:"date" doc:"When it was first posted at its source; null if unknown"`
	Updated         *string `json:"updated" format:"date" doc:"When its text last changed at its source; null if unknown"`
	Kudos           int     `json:"kudos" minimum:"0"`
	Series          []part  `json:"series"`
}

// head is a line of a table of contents.
type head struct {
	Number int    `json:"number" minimum:"1"`
	Title  string `json:"title" doc:"Empty if the chapter has none"`
	Words  int    `json:"words" minimum:"0"`
}

// source is where a work was before it came here.
type source struct {
	URL  string `json:"url" doc:"As the file gave it, empty if it did not"`
	Site string `json:"site" example:"archiveofourown.org"`
}

// wholeWork is all that is known of a work but the text of its chapters.
type wholeWork struct {
	Work
	Recipients  []string          `json:"recipients" doc:"Gifted to"`
	Notes       string            `json:"notes" doc:"Clean HTML, before the text"`
	EndNotes    string            `json:"end_notes" doc:"Clean HTML, after the text"`
	ChapterList []head            `json:"chapter_list"`
	Revision    int               `json:"revision" minimum:"1" doc:"One more at each change"`
	Visibility  string            `json:"visibility" enum:"private,hidden,restricted,public"`
	Added       time.Time         `json:"added" doc:"When it came into this library"`
	Changed     time.Time         `json:"changed" doc:"When this library last changed it"`
	Hits        int               `json:"hits" minimum:"0"`
	Comments    int               `json:"comments" minimum:"0"`
	Bookmarks   int               `json:"bookmarks" minimum:"0"`
	TextSearch  bool              `json:"text_search" doc:"Whether searches look inside its text; its keeper decides"`
	Source      source            `json:"source"`
	Downloads   map[string]string `json:"downloads" doc:"Addresses by format"`
}

// chapter is one chapter with its text.
type chapter struct {
	Work     int64  `json:"work" minimum:"1" doc:"Public id of the work"`
	Number   int    `json:"number" minimum:"1"`
	Title    string `json:"title"`
	Words    int    `json:"words" minimum:"0"`
	Summary  string `json:"summary" doc:"Clean HTML"`
	Notes    string `json:"notes" doc:"Clean HTML, before the text"`
	EndNotes string `json:"end_notes" doc:"Clean HTML, after the text"`
	HTML     string `json:"html" doc:"The text as clean HTML"`
	Text     string `json:"text" doc:"The text as plain text"`
	Revision int    `json:"revision" minimum:"1" doc:"Of the work"`
}

// formats are what a work can be taken away as.
var formats = [...]string{"epub", "html", "md", "txt"}

func tellWork(w archive.Work) Work {
	told := Work{
		ID: w.ID.Public(), Title: w.Title, Creators: []named{}, Summary: html(w.ID, w.Summary),
		Fandoms:  tags(w, archive.Fandom),
		Warnings: tags(w, archive.Warning), Categories: tags(w, archive.Category),
		Relationships: tags(w, archive.Relationship), Characters: tags(w, archive.CharacterTag),
		Tags: tags(w, archive.Freeform), Language: w.Language, Words: w.Words,
		Chapters: len(w.Chapters), ChaptersPlanned: known(w.ChaptersPlanned), Complete: w.Complete,
		Posted: day(w.Posted), Updated: day(w.Updated), Kudos: w.Kudos, Series: []part{},
	}
	if ratings := tags(w, archive.Rating); len(ratings) > 0 {
		told.Rating = &ratings[0]
	}
	for _, c := range w.Creators {
		told.Creators = append(told.Creators, named{c.ID.Public(), c.String()})
	}
	for _, p := range w.Series {
		told.Series = append(told.Series, part{p.Series.ID.Public(), p.Series.Title, known(p.Number)})
	}
	return told
}

func tellWhole(w archive.Work) wholeWork {
	told := wholeWork{
		Work: tellWork(w), Recipients: append([]string{}, w.Recipient...),
		Notes: html(w.ID, w.Notes), EndNotes: html(w.ID, w.EndNotes), ChapterList: []head{},
		Revision: w.Revision, Visibility: w.Visibility.String(), Added: w.Added.UTC(), Changed: w.Changed.UTC(),
		Hits: w.Hits, Comments: w.Comments, Bookmarks: w.Bookmarks,
		TextSearch: !w.NoTextSearch, Source: source{w.Source.URL, w.Source.Site}, Downloads: map[string]string{},
	}
	for _, c := range w.Chapters {
		told.ChapterList = append(told.ChapterList, head{c.Number, c.Title, c.Words})
	}
	for _, f := range formats {
		told.Downloads[f] = fmt.Sprintf("/works/%d.%s", w.ID.Public(), f)
	}
	return told
}

func tellChapter(w archive.Work, c archive.Chapter) chapter {
	return chapter{
		Work: w.ID.Public(), Number: c.Number, Title: c.Title, Words: c.Words,
		Summary: html(w.ID, c.Summary), Notes: html(w.ID, c.Notes), EndNotes: html(w.ID, c.EndNotes),
		HTML: html(w.ID, c.Text), Text: c.Text.Text(), Revision: w.Revision,
	}
}

func tags(w archive.Work, kind archive.Kind) []named {
	told := []named{}
	for _, t := range w.TagsOf(kind) {
		told = append(told, named{t.ID.Public(), t.Name})
	}
	return told
}

// html prints clean HTML, with the pictures that are kept with the work at
// their addresses here. Those that are elsewhere become links.
func html(id archive.WorkID, d prose.Doc) string {
	return d.Print(prose.Options{Image: func(src, _ string) string {
		if sum, ours := strings.CutPrefix(src, "image:"); ours {
			return address.Work(id) + "/images/" + sum
		}
		return ""
	}})
}

// known returns nil for a zero, which stands for "not known" in works.
func known(n int) *int {
	if n == 0 {
		return nil
	}
	return &n
}

// day is nil for the zero time.
func day(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	s := t.Format(time.DateOnly)
	return &s
}
