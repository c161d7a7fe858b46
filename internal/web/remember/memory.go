package remember

import (
	"net/url"
	"strings"

	"ficstead/internal/base/text"
	"ficstead/internal/find"
	"ficstead/internal/web/address"
	"ficstead/internal/web/listing"
	"ficstead/internal/web/words"
)

// shown is how many chapters the page tells of.
const shown = 10

// Bounds, in bytes: longer than any line that anybody remembers.
const (
	maxLine = 1000
	maxName = 200
)

// A memory is what the form says.
type memory struct {
	find.Memory
	Length   string // a name of lengths
	From, To string // the range of words, as typed
	Since    string // the first year, as typed
	Until    string
	Language string
	problems []find.Problem
	asked    bool // something was typed
}

// A length is how long a story felt.
type length struct{ Value, Label, Says, words string }

var lengths = [...]length{
	{"", "I do not know", "", ""},
	{"short", "Short", "up to 5,000 words", "..5000"},
	{"evening", "One evening", "5,000 to 40,000", "5000-40000"},
	{"novel", "A novel", "40,000 or more", "40000.."},
}

// read takes what the form sends. It understands what it can, and tells the rest.
func read(v url.Values) memory {
	field := func(name string, most int) string {
		s := strings.Join(strings.Fields(strings.ReplaceAll(strings.ToValidUTF8(v.Get(name), ""), "\x00", "")), " ")
		if len(s) > most {
			s = strings.ToValidUTF8(s[:most], "")
		}
		return s
	}
	m := memory{Length: field("length", maxName), From: field("words-from", maxName), To: field("words-to", maxName), Since: field("since", maxName), Until: field("until", maxName), Language: text.Language(field("lang", maxName))}
	m.Line, m.Fandom, m.Ship, m.Most = field("line", maxLine), field("fandom", maxName), field("ship", maxName), shown
	q, problems := find.ParseQuestion(url.Values{"words": {m.span()}, "posted": {between(m.Since, m.Until)}, "complete": {field("complete", maxName)}, "lang": {field("lang", maxName)}})
	m.Words, m.Posted, m.Complete, m.Languages, m.problems = q.Words, q.Posted, q.Complete, q.Languages, problems
	if len(v.Get("line")) > maxLine {
		m.problems = append(m.problems, find.Problem{Field: "line", Message: "That is a long piece. Its beginning was looked for; one sentence is best."})
	}
	m.asked = m.Line != "" || len(m.values()) > 0
	return m
}

// span is the range of words: the numbers that were typed, or else the length.
func (m memory) span() string {
	if typed := between(m.From, m.To); typed != "" {
		return typed
	}
	for _, l := range lengths {
		if l.Value == m.Length {
			return l.words
		}
	}
	return ""
}

// between spells a range with one end or two.
func between(from, to string) string {
	if from == "" && to == "" {
		return ""
	}
	return from + ".." + to
}

// values are the parameters of all but the line, as a listing has them.
func (m memory) values() url.Values {
	q := find.Question{Words: m.Words, Posted: m.Posted, Complete: m.Complete, Languages: m.Languages}
	var query []string
	for _, tag := range [][2]string{{"fandom", m.Fandom}, {"ship", m.Ship}} {
		if tag[1] != "" {
			query = append(query, tag[0]+`:"`+strings.ReplaceAll(tag[1], `"`, " ")+`"`)
		}
	}
	q.Query = strings.Join(query, " ")
	return q.Values()
}

// listing is the address of the works that fit all but the line.
func (m memory) listing() string { return address.With("/works", m.values()) }

// known says in short what is known beside the line.
func (m memory) known() string {
	var parts []string
	add := func(s string) {
		if s != "" {
			parts = append(parts, s)
		}
	}
	add(m.Fandom)
	add(m.Ship)
	add(listing.SpanLabel(m.Words, "words"))
	add(m.Posted.String())
	add(map[find.Choice]string{find.Yes: "it had an end", find.No: "it was going on"}[m.Complete])
	for _, code := range m.Languages {
		add(words.Language(code))
	}
	return strings.Join(parts, " · ")
}
