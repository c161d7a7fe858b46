package export

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/text"
)

// fact is one line of what is known about a work, named as AO3 names it.
type fact struct {
	label  string
	values []value
}

// value is one of a fact's values, and what it leads to.
type value struct {
	before string // not part of the link
	text   string
	href   string // "" if it leads nowhere
}

// tagLabels are AO3's names for the kinds of tags, of one and of several.
var tagLabels = map[archive.Kind][2]string{
	archive.Rating:       {"Rating", "Ratings"},
	archive.Warning:      {"Archive Warning", "Archive Warnings"},
	archive.Category:     {"Category", "Categories"},
	archive.Fandom:       {"Fandom", "Fandoms"},
	archive.Relationship: {"Relationship", "Relationships"},
	archive.CharacterTag: {"Character", "Characters"},
	archive.Freeform:     {"Additional Tag", "Additional Tags"},
}

// facts are what the table at the start of a work says, in AO3's order.
func (b Bound) facts() []fact {
	w := b.Work
	var facts []fact
	add := func(label string, values ...value) {
		if len(values) > 0 {
			facts = append(facts, fact{label, values})
		}
	}
	for _, kind := range archive.Kinds {
		var values []value
		for _, t := range w.TagsOf(kind) {
			values = append(values, value{text: t.Name, href: tagAddress(w.Source, t.Name)})
		}
		label := tagLabels[kind][0]
		if len(values) > 1 {
			label = tagLabels[kind][1]
		}
		add(label, values...)
	}
	if w.Language != "" {
		add("Language", value{text: languageName(w.Language)})
	}
	var series []value
	for _, p := range w.Series {
		v := value{text: p.Series.Title, href: safeLink(p.Series.URL)}
		if p.Number > 0 {
			v.before = fmt.Sprintf("Part %d of ", p.Number)
		}
		series = append(series, v)
	}
	add("Series", series...)
	var collections []value
	for _, name := range w.Collections {
		collections = append(collections, value{text: name})
	}
	add("Collections", collections...)
	add("Stats", value{text: b.stats()})
	return facts
}

// tagAddress is where a tag is found at the source, with the escapes that AO3
// needs for what it cannot have in an address.
func tagAddress(s archive.Source, name string) string {
	if s.Site != archive.AO3 {
		return ""
	}
	name = strings.NewReplacer("/", "*s*", "&", "*a*", ".", "*d*", "?", "*q*", "#", "*h*").Replace(name)
	return "https://" + archive.AO3 + "/tags/" + strings.ReplaceAll(url.PathEscape(name), "%2A", "*")
}

// languageName is the name by which a language is known again, or its code.
func languageName(code string) string {
	if name := text.LanguageName(code); text.Language(name) == code {
		return name
	}
	return code
}

// stats is AO3's line of dates and numbers. What is zero is not known, or not
// worth a word.
func (b Bound) stats() string {
	w := b.Work
	var parts []string
	add := func(known bool, label, value string) {
		if known {
			parts = append(parts, label+": "+value)
		}
	}
	last := "Updated"
	if w.Complete {
		last = "Completed"
	}
	add(!w.Posted.IsZero(), "Published", w.Posted.Format(time.DateOnly))
	add(!w.Updated.IsZero() && !w.Updated.Equal(w.Posted), last, w.Updated.Format(time.DateOnly))
	add(true, "Words", thousands(w.Words))
	add(true, "Chapters", b.progress())
	for _, n := range []struct {
		label string
		count int
	}{{"Kudos", w.Kudos}, {"Comments", w.Comments}, {"Bookmarks", w.Bookmarks}, {"Hits", w.Hits}} {
		add(n.count > 0, n.label, thousands(n.count))
	}
	return strings.Join(parts, " ")
}

// progress is "3/8" or "3/?". That a work is complete shows in equal numbers,
// so an unfinished one never has them.
func (b Bound) progress() string {
	have, planned := len(b.Chapters), b.Work.ChaptersPlanned
	switch {
	case b.Work.Complete:
		return fmt.Sprintf("%d/%d", have, have)
	case planned > have:
		return fmt.Sprintf("%d/%d", have, planned)
	}
	return fmt.Sprintf("%d/?", have)
}

// thousands prints n as 12,345.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// isSingle reports whether a work is one piece without a heading of its own.
func (b Bound) isSingle() bool {
	if len(b.Chapters) != 1 || !b.Work.Complete {
		return false
	}
	c := b.Chapters[0]
	return c.Title == "" && c.Summary.IsEmpty() && c.Notes.IsEmpty() && c.EndNotes.IsEmpty()
}

// heading is "Chapter 3: Title", or "Chapter 3".
func heading(c archive.Chapter) string {
	h := fmt.Sprintf("Chapter %d", c.Number)
	if c.Title != "" {
		h += ": " + c.Title
	}
	return h
}
