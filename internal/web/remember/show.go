package remember

import (
	"slices"

	"ficstead/internal/archive"
	"ficstead/internal/fulltext"
	"ficstead/internal/web/address"
	"ficstead/internal/web/page"
	"ficstead/internal/web/passages"
	"ficstead/internal/web/words"
)

var showView = page.New[showPage](templates, "remember/show")

// showPage is the form, and the chapters that may hold the line.
type showPage struct {
	page.Frame
	memory
	Problems  []string
	Lengths   []option
	Endings   []option
	Languages []option
	Asked     bool
	Chapters  []chapter
	Count     string
	Rest      page.Link // to the works that fit all but the line, if anything of that was said
	More      bool      // some of the facts were given
	Known     string    // those, in short
	Loosened  bool      // the chapters fit none of that
}

type option struct {
	Value, Label, Says string
	Chosen             bool
}

// A chapter may hold the line.
type chapter struct {
	ID          string
	Work        page.Link
	Tongue      page.Tongue
	By          []page.Link
	Fandom      string
	Facts       string
	Passage     passages.Passage
	Stretches   []stretch
	Differences []difference
}

func newShowPage(m matter) showPage {
	v := showPage{
		memory: m.memory, Asked: m.memory.asked, Endings: options(string(m.memory.Complete), option{Label: "I do not know"}, option{Value: "yes", Label: "It had an end"}, option{Value: "no", Label: "It was going on"}),
		Languages: languages(m), More: len(m.memory.values()) > 0,
	}
	for _, l := range lengths {
		v.Lengths = append(v.Lengths, option{l.Value, l.Label, l.Says, l.Value == m.memory.Length})
	}
	if !slices.ContainsFunc(v.Lengths, func(o option) bool { return o.Chosen }) {
		v.Lengths[0].Chosen = true
	}
	for _, p := range slices.Concat(m.memory.problems, m.found.Ignored) {
		v.Problems = append(v.Problems, p.Message)
	}
	for _, c := range m.found.Chapters {
		if w, ok := m.works[c.Work]; ok && len(v.Chapters) < shown && c.Score >= least {
			v.Chapters = append(v.Chapters, newChapter(m.memory.Line, w, c))
		}
	}
	v.Count = words.Counted(len(v.Chapters), "chapter", "chapters")
	v.Known, v.Loosened = m.memory.known(), m.found.Loosened
	if v.More {
		v.Rest = page.Link{Href: m.memory.listing(), Label: "All works that fit the rest"}
	}
	return v
}

func options(chosen string, all ...option) []option {
	for i := range all {
		all[i].Chosen = all[i].Value == chosen
	}
	return all
}

func languages(m matter) []option {
	all := []option{{Label: "Any"}}
	for _, l := range m.languages {
		if l.Code != "" {
			all = append(all, option{Value: l.Code, Label: words.Language(l.Code)})
		}
	}
	if m.memory.Language != "" && !slices.ContainsFunc(all, func(o option) bool { return o.Value == m.memory.Language }) {
		all = append(all, option{Value: m.memory.Language, Label: words.Language(m.memory.Language)})
	}
	return options(m.memory.Language, all...)
}

func newChapter(line string, w archive.Work, r fulltext.Recalled) chapter {
	c := chapter{
		ID: "c" + address.Number(w.ID.Public()) + "-" + address.Number(int64(r.Chapter)), Work: page.Link{Href: address.Work(w.ID), Label: words.Title(w)}, Tongue: page.TongueOf(w.Language),
		Facts: words.Completion(w) + " · " + words.Counted(w.Words, "word", "words"), Passage: passages.New(w, r.Passage),
	}
	for _, by := range w.Creators {
		c.By = append(c.By, page.Link{Href: address.Creator(by.ID), Label: by.String()})
	}
	for i, t := range w.TagsOf(archive.Fandom) {
		if i > 0 {
			c.Fandom += ", "
		}
		if i == mostFandoms {
			c.Fandom += "…"
			break
		}
		c.Fandom += t.Name
	}
	if day, label := words.LastDay(w); !day.IsZero() {
		c.Facts += " · " + label + " " + words.Day(day)
	}
	if r.Text != "" {
		c.Stretches, c.Differences = compare(line, r.Text)
	}
	return c
}

const (
	mostFandoms = 3
	least       = .3 // of a line; with less it is another one
)
