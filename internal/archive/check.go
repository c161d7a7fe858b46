package archive

import (
	"fmt"
	"time"
	"unicode/utf8"

	"ficstead/internal/base/bounds"
	"ficstead/internal/base/errs"
)

// The bounds keep a broken or hostile file from hurting the archive. No work
// that people wrote comes near them.
const (
	MaxTitle    = bounds.Title // characters; also of each name, tag and heading
	MaxAddress  = bounds.Address
	MaxNames    = bounds.Names
	MaxTags     = bounds.WorkTags
	MaxChapters = bounds.WorkChapters
	MaxFront    = bounds.Front
	MaxText     = bounds.WorkText
)

// Years outside these are misread, not meant.
const firstYear, lastYear = 1, 9999

// Check reports everything that keeps w from being kept, as errs.Problems.
func (w Work) Check() error {
	var p errs.Problems
	p.Add(w.Title == "", "title", "Give the work a title.")
	checkName(&p, "title", "The title", w.Title)
	checkMany(&p, "creators", "creators", len(w.Creators), MaxNames)
	for _, c := range w.Creators {
		p.Add(c.Name == "", "creators", "Give each creator a name.")
		checkName(&p, "creators", "The name of a creator", c.Name)
		checkName(&p, "creators", "The account of a creator", c.Account)
		checkAddress(&p, "creators", c.URL)
	}
	checkMany(&p, "recipients", "recipients", len(w.Recipient), MaxNames)
	for _, name := range w.Recipient {
		checkName(&p, "recipients", "The name of a recipient", name)
	}
	checkMany(&p, "collections", "collections", len(w.Collections), MaxNames)
	for _, name := range w.Collections {
		checkName(&p, "collections", "The name of a collection", name)
	}
	checkMany(&p, "tags", "tags", len(w.Tags), MaxTags)
	for _, t := range w.Tags {
		p.Add(t.Name == "", "tags", "Give each tag a name.")
		p.Add(t.Kind.String() == "", "tags", fmt.Sprintf("There is no kind of tags with the number %d.", t.Kind))
		checkName(&p, "tags", "A tag", t.Name)
	}
	checkMany(&p, "series", "series", len(w.Series), MaxNames)
	for _, part := range w.Series {
		p.Add(part.Series.Title == "", "series", "Give each series a title.")
		p.Add(part.Number < 0, "series", "The number of a part cannot be below zero.")
		checkName(&p, "series", "The title of a series", part.Series.Title)
		checkAddress(&p, "series", part.Series.URL)
	}
	front := len(w.Summary.HTML()) + len(w.Notes.HTML()) + len(w.EndNotes.HTML())
	p.Add(front > MaxFront, "summary", "Summary and notes together are longer than 4 MB.")
	checkMany(&p, "chapters", "chapters", len(w.Chapters), MaxChapters)
	p.Add(w.ChaptersPlanned < 0, "chapters_planned", "The number of planned chapters cannot be below zero.")
	p.Add(w.Visibility > Public, "visibility", "There is no such visibility.")
	checkName(&p, "language", "The language", w.Language)
	checkAddress(&p, "source", w.Source.URL)
	checkYear(&p, "posted", w.Posted)
	checkYear(&p, "updated", w.Updated)
	return p.Err()
}

// CheckChapters reports everything that keeps the text of a work from being
// kept, as errs.Problems.
func CheckChapters(cs []Chapter) error {
	var p errs.Problems
	words, size := 0, 0
	for _, c := range cs {
		words += c.Words
		size += len(c.Summary.HTML()) + len(c.Notes.HTML()) + len(c.EndNotes.HTML()) + len(c.Text.HTML())
		checkName(&p, "chapters", "The title of a chapter", c.Title)
	}
	p.Add(words == 0 && !anyImage(cs), "text", "There is no story in it: it has no words.")
	p.Add(size > MaxText, "text", "The text is longer than 64 MB. Split it into several works.")
	return p.Err()
}

// anyImage reports whether a chapter has a picture: a comic has no words.
func anyImage(cs []Chapter) bool {
	for _, c := range cs {
		if len(c.Text.Images()) > 0 {
			return true
		}
	}
	return false
}

func checkName(p *errs.Problems, field, what, s string) {
	p.Add(utf8.RuneCountInString(s) > MaxTitle, field, fmt.Sprintf("%s is longer than %d characters.", what, MaxTitle))
}

func checkAddress(p *errs.Problems, field, s string) {
	p.Add(len(s) > MaxAddress, field, fmt.Sprintf("An address is longer than %d bytes.", MaxAddress))
}

func checkMany(p *errs.Problems, field, what string, n, most int) {
	p.Add(n > most, field, fmt.Sprintf("It has %d %s; more than %d cannot be kept.", n, what, most))
}

func checkYear(p *errs.Problems, field string, t time.Time) {
	p.Add(t.Year() < firstYear || t.Year() > lastYear, field, fmt.Sprintf("The year %d cannot be right.", t.Year()))
}
