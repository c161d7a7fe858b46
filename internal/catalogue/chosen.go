package catalogue

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/text"
)

// listFields are the fields of proposals that name things a work may have several of.
var listFields = map[string]archive.Kind{
	"warning": archive.Warning, "category": archive.Category, "fandom": archive.Fandom,
	"relationship": archive.Relationship, "character": archive.CharacterTag, "tag": archive.Freeform,
}

// fieldOf is the field that a proposal names, in one spelling, and the number of
// the chapter if it is of one: "characters" is "character", "chapter 3" is 3.
func fieldOf(name string) (field string, chapter int) {
	name = strings.ToLower(strings.TrimSpace(name))
	switch name {
	case "categories":
		return "category", 0
	case "series":
		return name, 0
	}
	if number, ok := strings.CutPrefix(name, "chapter"); ok {
		number = strings.TrimSuffix(strings.Trim(number, " :"), " title")
		if n, err := strconv.Atoi(strings.TrimSpace(number)); err == nil {
			return "chapter", n
		}
	}
	return strings.TrimSuffix(name, "s"), 0
}

// Fits reports whether accepting a proposal would do anything to a work.
func Fits(p archive.Proposal, w archive.Work) bool {
	before := w
	before.Chapters = slices.Clone(w.Chapters)
	chapters := make([]archive.Chapter, len(w.Chapters))
	for i, c := range w.Chapters {
		chapters[i].Title = c.Title
	}
	apply(archive.Chosen{Proposal: p}, &w, chapters)
	for i, c := range chapters {
		if c.Title != before.Chapters[i].Title {
			return true
		}
	}
	return !sameWork(before, w)
}

// choose gives a work what a person chose for it. It changes neither w's lists
// nor the chapters that it is given.
func choose(chosen []archive.Chosen, w archive.Work, chapters []archive.Chapter) (archive.Work, []archive.Chapter) {
	chapters = slices.Clone(chapters)
	for _, c := range chosen {
		apply(c, &w, chapters)
	}
	return w, chapters
}

// apply gives a work one thing that was chosen.
func apply(c archive.Chosen, w *archive.Work, chapters []archive.Chapter) {
	value := strings.TrimSpace(c.Value)
	if !visible(value) {
		return
	}
	field, chapter := fieldOf(c.Field)
	switch field {
	case "title":
		w.Title = value
	case "language":
		w.Language = value
	case "creator":
		if !slices.ContainsFunc(w.Creators, func(k archive.Creator) bool { return text.Key(k.Name) == text.Key(value) }) {
			w.Creators = append(slices.Clone(w.Creators), archive.Creator{Name: value})
		}
	case "rating":
		tags := slices.DeleteFunc(slices.Clone(w.Tags), func(t archive.Tag) bool { return t.Kind == archive.Rating })
		w.Tags = byKind(append(tags, archive.Tag{Kind: archive.Rating, Name: value}))
	case "series":
		if !slices.ContainsFunc(w.Series, func(p archive.Part) bool { return text.Key(p.Series.Title) == text.Key(partOf(value).Series.Title) }) {
			w.Series = append(slices.Clone(w.Series), partOf(value))
		}
	case "chapter":
		if chapter >= 1 && chapter <= len(chapters) {
			chapters[chapter-1].Title = value
		}
	default:
		kind, ok := listFields[field]
		tag := archive.Tag{Kind: kind, Name: value}
		if ok && !slices.ContainsFunc(w.Tags, func(t archive.Tag) bool { return sameTag(t, tag) }) {
			w.Tags = byKind(append(slices.Clone(w.Tags), tag))
		}
	}
}

// partOf reads "Salt Letters #3", which is how a part is proposed.
func partOf(value string) archive.Part {
	if i := strings.LastIndex(value, " #"); i > 0 {
		if n, err := strconv.Atoi(value[i+2:]); err == nil && n > 0 {
			return archive.Part{Series: archive.Series{Title: value[:i]}, Number: n}
		}
	}
	return archive.Part{Series: archive.Series{Title: value}}
}

// was is what a work said where a proposal is accepted.
func was(p archive.Proposal, w archive.Work) string {
	switch field, chapter := fieldOf(p.Field); {
	case field == "title":
		return w.Title
	case field == "language":
		return w.Language
	case field == "rating" && len(w.TagsOf(archive.Rating)) > 0:
		return w.TagsOf(archive.Rating)[0].Name
	case field == "chapter" && chapter >= 1 && chapter <= len(w.Chapters):
		return w.Chapters[chapter-1].Title
	}
	return ""
}

// titled reports whether a work is called by a title, or was before a person
// chose another.
func titled(w archive.Work, chosen []archive.Chosen, title string) bool {
	key := text.Key(title)
	return text.Key(w.Title) == key || slices.ContainsFunc(chosen, func(c archive.Chosen) bool {
		field, _ := fieldOf(c.Field)
		return field == "title" && text.Key(c.Was) == key
	})
}

// fieldWords is a field in a sentence.
func fieldWords(p archive.Proposal) string {
	field, chapter := fieldOf(p.Field)
	if field == "chapter" {
		return fmt.Sprintf("title of chapter %d", chapter)
	}
	return field
}
