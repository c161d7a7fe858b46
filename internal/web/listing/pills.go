package listing

import (
	"ficstead/internal/archive"
	"ficstead/internal/find"
	"ficstead/internal/web/address"
	"ficstead/internal/web/words"
)

// Pills are the filters in use, in the order of the panel. What is in the scope
// is no filter.
func (l List) Pills() []Pill {
	var pills []Pill
	add := func(not bool, label string, drop func(*find.Question)) {
		pills = append(pills, Pill{label, l.with(drop), not})
	}
	q := l.Question
	if q.Query != "" {
		add(false, "“"+q.Query+"”", func(q *find.Question) { q.Query = "" })
	}
	for _, id := range q.Include {
		if id != l.Scope.Tag {
			add(false, l.tagName(id), func(q *find.Question) { q.Include = without(q.Include, id) })
		}
	}
	for _, id := range q.Focus {
		add(false, "mainly about "+l.tagName(id), func(q *find.Question) { q.Focus = without(q.Focus, id) })
	}
	for i, id := range q.Any {
		label := l.tagName(id)
		if i > 0 {
			label = "or " + label
		}
		add(false, label, func(q *find.Question) { q.Any = without(q.Any, id) })
	}
	for _, id := range q.Exclude {
		add(true, l.tagName(id), func(q *find.Question) { q.Exclude = without(q.Exclude, id) })
	}
	for _, code := range q.Languages {
		if code != l.Scope.Language {
			add(false, words.Language(code), func(q *find.Question) { q.Languages = without(q.Languages, code) })
		}
	}
	l.rangePills(add)
	return pills
}

func (l List) rangePills(add func(not bool, label string, drop func(*find.Question))) {
	q := l.Question
	for _, f := range []struct {
		label, value string
		drop         func(*find.Question)
	}{
		{"", SpanLabel(q.Words, "words"), func(q *find.Question) { q.Words = find.Range{} }},
		{"", SpanLabel(q.Chapters, "chapters"), func(q *find.Question) { q.Chapters = find.Range{} }},
		{"", SpanLabel(q.Kudos, "kudos"), func(q *find.Question) { q.Kudos = find.Range{} }},
		{"", SpanLabel(q.Hits, "hits"), func(q *find.Question) { q.Hits = find.Range{} }},
		{"", SpanLabel(q.Comments, "comments"), func(q *find.Question) { q.Comments = find.Range{} }},
		{"", SpanLabel(q.Bookmarks, "bookmarks"), func(q *find.Question) { q.Bookmarks = find.Range{} }},
		{"updated ", q.Updated.String(), func(q *find.Question) { q.Updated = find.DateRange{} }},
		{"posted ", q.Posted.String(), func(q *find.Question) { q.Posted = find.DateRange{} }},
		{"", choiceLabel(q.Complete, "Complete", "In progress"), func(q *find.Question) { q.Complete = find.Either }},
		{"", choiceLabel(q.Crossover, "Crossovers", "No crossovers"), func(q *find.Question) { q.Crossover = find.Either }},
		{"", choiceLabel(q.OneShip, "One relationship", "Not one relationship"), func(q *find.Question) { q.OneShip = find.Either }},
		{"", choiceLabel(q.Restricted, "Members only", "Open to all"), func(q *find.Question) { q.Restricted = find.Either }},
		{"on your shelf: ", q.Status, func(q *find.Question) { q.Status = "" }},
	} {
		if f.value != "" {
			add(false, f.label+f.value, f.drop)
		}
	}
	if q.Creator != 0 && l.Scope.Creator == 0 {
		add(false, "by one creator", func(q *find.Question) { q.Creator = 0 })
	}
	if q.Series != 0 {
		add(false, "in one series", func(q *find.Question) { q.Series = 0 })
	}
}

// SpanLabel spells a range for people: "1,000–5,000 words".
func SpanLabel(r find.Range, of string) string {
	switch low, high := words.Number(r.Min), words.Number(r.Max()); {
	case r.IsZero():
		return ""
	case r.Below == 0:
		return low + " " + of + " or more"
	case r.Min == 0:
		return "up to " + high + " " + of
	case r.Min == r.Max():
		return low + " " + of
	default:
		return low + "–" + high + " " + of
	}
}

func choiceLabel(c find.Choice, yes, no string) string {
	return map[find.Choice]string{find.Yes: yes, find.No: no}[c]
}

// tagName is what the answer says of a tag. One that the viewer may not know
// of, or that is none, has only its number.
func (l List) tagName(id archive.TagID) string {
	if t, ok := l.Answer.Tags[id]; ok && t.Name != "" {
		return t.Name
	}
	return "unknown tag " + address.Number(id.Public())
}
