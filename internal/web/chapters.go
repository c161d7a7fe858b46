package web

import (
	"fmt"
	"html/template"
	"net/http"
	"strconv"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/base/prose"
	"ficstead/internal/store"
	"ficstead/internal/web/address"
	"ficstead/internal/web/answer"
	"ficstead/internal/web/page"
	"ficstead/internal/web/words"
)

var (
	chapterView = page.New[chapterPage](templates, "works/chapter")
	fullView    = page.New[fullPage](templates, "works/full")
)

// A reading is what stands around the text wherever a work is read.
type reading struct {
	page.Frame
	Title    string // of the work
	Href     string
	Tongue   tongue
	By       []link
	Notes    template.HTML // of the work, before its first chapter
	EndNotes template.HTML // of the work, after its last
	Fandoms  []link
	Facts    []fact
	Places   []seriesPlace
	Contents string
	Alike    string // works like it
	Download []link
}

// chapterPage is one chapter to be read.
type chapterPage struct {
	reading
	Chapter        chapterText
	Of             int
	Previous, Next link
	Whole          string // address of the entire work, "" if this is all of it
	Percent        int    // of the work's words that stand before this chapter
	PercentEnd     int    // and before the next
	Left           string // how long the chapters after this one take
}

// A chapterText is a chapter ready to be read.
type chapterText struct {
	Number   int
	Label    string // "Chapter 7", "" for a work of one chapter
	Title    string // "" if it has none of its own
	Summary  template.HTML
	Notes    template.HTML
	Short    bool // the notes are short enough to stand open
	Text     template.HTML
	EndNotes template.HTML
}

// fullPage is the entire work to be read.
type fullPage struct {
	reading
	Chapters []chapterText
	Many     bool // chapters, so that they need headings
}

func (s *Site) makeChapter(tx *store.Tx, r *http.Request) (*answer.Answer, error) {
	work, err := s.Work(tx, r)
	if err != nil {
		return nil, err
	}
	n, err := chapterNumber(work, r.PathValue("chapter"))
	if err != nil {
		return nil, err
	}
	chapter, err := tx.Chapter(work.ID, n)
	if err != nil {
		return nil, err
	}
	places, err := s.places(tx, s.Viewer(r), work)
	if err != nil {
		return nil, err
	}
	v := newChapterPage(work, chapter, places)
	v.Frame = s.Frame(r, chapterTitle(work, n), "")
	return chapterView.Keep(v)
}

// chapterNumber reads n and, where there is no such chapter, says what there is.
func chapterNumber(work archive.Work, name string) (int, error) {
	n, err := strconv.Atoi(name)
	if err != nil || n < 1 || n > len(work.Chapters) {
		return 0, told{
			Err: fmt.Errorf("chapter %q of work %d: %w", name, work.ID, errs.NotFound), Heading: "No such chapter",
			Message: fmt.Sprintf("“%s” has %s here.", words.Title(work), words.Counted(len(work.Chapters), "chapter", "chapters")),
			Links:   []link{{Href: address.Work(work.ID), Label: "To the work"}},
		}
	}
	return n, nil
}

// chapterTitle is the title of a document with one chapter.
func chapterTitle(work archive.Work, n int) string {
	if len(work.Chapters) < 2 {
		return words.Title(work) + words.Byline(work)
	}
	return words.Chapter(work.Chapters[n-1]) + " · " + words.Title(work)
}

func newReading(work archive.Work, places []seriesPlace) reading {
	return reading{
		Title: words.Title(work), Href: address.Work(work.ID), Tongue: page.TongueOf(work.Language), By: creatorLinks(work.Creators),
		Facts: factsOf(work), Fandoms: tagLinks(work.TagsOf(archive.Fandom)), Places: places,
		Contents: address.Work(work.ID) + "#chapters", Download: downloadsOf(work.ID), Alike: address.Alike(work.ID),
	}
}

func newChapterPage(work archive.Work, chapter archive.Chapter, places []seriesPlace) chapterPage {
	v := chapterPage{reading: newReading(work, places), Chapter: newChapterText(work, chapter, "", 1), Of: len(work.Chapters)}
	n := chapter.Number
	if n == 1 {
		v.Notes = notesOf(work.ID, "work-n-", work.Notes)
	} else {
		v.Previous = link{Href: address.Chapter(work.ID, n-1), Label: words.Chapter(work.Chapters[n-2])}
	}
	if n == v.Of {
		v.EndNotes = notesOf(work.ID, "work-e-", work.EndNotes)
	} else {
		v.Next = link{Href: address.Chapter(work.ID, n+1), Label: words.Chapter(work.Chapters[n])}
	}
	if v.Of > 1 {
		v.Whole = address.Whole(work.ID)
	}
	v.Percent, v.PercentEnd, v.Left = progress(work, n)
	return v
}

// progress says how much of the work stands before chapter n and before the
// next, and how long what follows it takes.
func progress(work archive.Work, n int) (before, after int, left string) {
	all, read, here := 0, 0, 0
	for _, c := range work.Chapters {
		all += c.Words
		if c.Number < n {
			read += c.Words
		}
		if c.Number == n {
			here = c.Words
		}
	}
	if all == 0 {
		return 0, 100, ""
	}
	return read * 100 / all, (read + here) * 100 / all, words.ReadingTime(all-read-here, work.Language)
}

const shortNotes = 60 // words that may stand open before a chapter

// newChapterText prints a chapter. The prefix keeps the ids in it apart from
// those of other chapters on the page. Level is that of the heading
// it stands below.
func newChapterText(work archive.Work, c archive.Chapter, prefix string, level int) chapterText {
	v := chapterText{
		Number: c.Number, Title: c.Title, Summary: notesOf(work.ID, prefix+"s-", c.Summary), Notes: notesOf(work.ID, prefix+"n-", c.Notes),
		Short: c.Notes.Words() <= shortNotes, EndNotes: notesOf(work.ID, prefix+"e-", c.EndNotes),
		Text: printed(c.Text, prose.Options{IDs: true, Prefix: prefix, Image: images(work.ID), Heading: level}),
	}
	if len(work.Chapters) > 1 {
		v.Label = fmt.Sprintf("Chapter %d", c.Number)
	}
	return v
}

func (s *Site) makeFull(tx *store.Tx, r *http.Request) (*answer.Answer, error) {
	work, err := s.Work(tx, r)
	if err != nil {
		return nil, err
	}
	chapters, err := tx.Chapters(work.ID)
	if err != nil {
		return nil, err
	}
	places, err := s.places(tx, s.Viewer(r), work)
	if err != nil {
		return nil, err
	}
	v := newFullPage(work, chapters, places)
	v.Frame = s.Frame(r, words.Title(work)+words.Byline(work), "")
	return fullView.Keep(v)
}

func newFullPage(work archive.Work, chapters []archive.Chapter, places []seriesPlace) fullPage {
	v := fullPage{reading: newReading(work, places), Many: len(chapters) > 1}
	v.Notes, v.EndNotes = notesOf(work.ID, "work-n-", work.Notes), notesOf(work.ID, "work-e-", work.EndNotes)
	for _, c := range chapters {
		v.Chapters = append(v.Chapters, newChapterText(work, c, fmt.Sprintf("c%d-", c.Number), min(len(chapters), 2)))
	}
	return v
}
