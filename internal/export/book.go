package export

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/text"
)

// Book is what is taken away: one work, or several in order.
type Book struct {
	Title string // of several works; one work has its own
	Works []Bound
}

// Bound is a work with all that its book needs. Nothing here changes it.
type Bound struct {
	Work     archive.Work
	Chapters []archive.Chapter
	Images   map[string]archive.Attachment // by sum; one that is missing is printed as its description
}

// title is never empty.
func (b Book) title() string {
	switch {
	case b.Title != "" && len(b.Works) != 1:
		return b.Title
	case len(b.Works) == 1:
		return titleOf(b.Works[0].Work)
	}
	return fmt.Sprintf("%d works", len(b.Works))
}

func titleOf(w archive.Work) string {
	if t := strings.TrimSpace(w.Title); t != "" {
		return t
	}
	return "Untitled"
}

// creators are those of all works, each once, in order.
func (b Book) creators() []archive.Creator {
	var all []archive.Creator
	for _, bound := range b.Works {
		for _, c := range bound.Work.Creators {
			if !slices.ContainsFunc(all, func(d archive.Creator) bool { return c.String() == d.String() }) {
				all = append(all, c)
			}
		}
	}
	return all
}

// joinNames lists creators as a line says them: two or three by name, of more the first.
func joinNames(creators []archive.Creator) string {
	const most = 4
	var names []string
	for _, c := range creators {
		names = append(names, c.String())
	}
	if len(names) > most {
		return strings.Join(names[:most-1], ", ") + " and others"
	}
	return strings.Join(names, ", ")
}

// language is that of all works, or "" if they differ or do not say.
func (b Book) language() string {
	lang := ""
	for i, bound := range b.Works {
		if i > 0 && bound.language() != lang {
			return ""
		}
		lang = bound.language()
	}
	return lang
}

func (b Bound) language() string { return langTag(b.Work.Language) }

func (b Book) dir() string { return dirOf(b.language()) }

// dirOf is "rtl" or "ltr", or "" for a language that is not known.
func dirOf(lang string) string {
	if lang == "" {
		return ""
	}
	return text.Dir(lang)
}

// changed is when the youngest part of the book was last changed.
func (b Book) changed() time.Time {
	var last time.Time
	for _, bound := range b.Works {
		if bound.Work.Changed.After(last) {
			last = bound.Work.Changed
		}
	}
	return last
}
