package plain

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"ficstead/internal/archive"
	"ficstead/internal/base/fiction"
	"ficstead/internal/base/prose"
)

// header is what stands above a story.
type header struct {
	title    string
	authors  []string
	fields   []field
	preamble []paragraph
}

// field is one labelled line, "Rating: T".
type field struct{ name, label, value string }

const (
	preambleParagraphs = 6   // how far down the labels may begin
	longestPreamble    = 400 // characters of a paragraph above them
	longestTitle       = 100
	longestByline      = 1000 // bytes of a line that may be searched for who wrote it
)

// readHeader takes the header off. The rest is the story. Labels with nothing
// below them stand under a story: a drabble that ends in "Word count: 100".
func readHeader(ps []paragraph) (header, []paragraph) {
	if begin := firstLabels(ps); begin >= 0 {
		if h, rest := headerFrom(ps, begin); h.isSure(ps[:begin]) && (len(rest) > 0 || len(h.preamble) == 0) {
			return h, rest
		}
	}
	h := header{}
	return h, h.readTitle(ps)
}

// isSure reports whether the labels below these paragraphs are a header and no
// part of the story: with prose above them they must say who wrote what, or much;
// one alone must say what such labels do, and no sentence.
func (h header) isSure(above []paragraph) bool {
	names := map[string]bool{}
	for _, f := range h.fields {
		names[f.name] = f.name != ""
	}
	delete(names, "")
	if slices.ContainsFunc(above, paragraph.isProse) {
		const much = 3
		return len(names) >= much || len(names) > 1 && (names["title"] || names["author"])
	}
	if f := h.fields[0]; len(h.fields) == 1 && !ofSentences[f.name] {
		return !(paragraph{f.value}).isProse() || f.name == "rating" && ratingOf(f.value) != ""
	}
	return true
}

// ofSentences are the fields that say sentences.
var ofSentences = map[string]bool{"summary": true, "notes": true, "disclaimer": true, "warning": true, "spoilers": true, "feedback": true, "title": true, "ours": true, "beta": true}

// isProse reports whether a paragraph reads like one of a story: it ends as
// sentences do, and is no byline.
func (p paragraph) isProse() bool {
	if p.isScene() || len(p) == 0 {
		return false
	}
	last := strings.TrimRight(p[len(p)-1], `"'”’»)*_ `)
	const fewest = 2
	return len(strings.Fields(p.String())) >= fewest && strings.ContainsAny(last[max(0, len(last)-3):], ".!?…") && byline(p[len(p)-1]) == ""
}

// headerFrom reads the lines above the labels, and the labels.
func headerFrom(ps []paragraph, begin int) (header, []paragraph) {
	h := header{}
	h.readPreamble(ps[:begin])
	i := begin
	for i < len(ps) {
		fields := fieldsOf(ps[i])
		if fields == nil && i+1 < len(ps) && fieldsOf(ps[i+1]) != nil {
			fields = unknownField(ps[i])
		}
		if fields == nil {
			break
		}
		i++
		if last := &fields[len(fields)-1]; last.value == "" && isProseField[last.name] && i < len(ps) && !ps[i].isScene() && fieldsOf(ps[i]) == nil {
			last.value = ps[i].String()
			i++
		}
		h.fields = append(h.fields, fields...)
	}
	for i < len(ps) && ps[i].isScene() {
		i++
	}
	return h, ps[i:]
}

// firstLabels returns the first paragraph of labels; -1 if there is none near
// the top.
func firstLabels(ps []paragraph) int {
	for i, p := range ps {
		if fieldsOf(p) != nil {
			if onlyNotes(p) && i > 0 {
				return -1 // a note above the first chapter is that chapter's
			}
			return i
		}
		if i >= preambleParagraphs || utf8.RuneCountInString(p.String()) > longestPreamble || fiction.HeadingOf(p[0]).Kind != fiction.NoHeading {
			return -1
		}
	}
	return -1
}

// onlyNotes reports whether the labels of p say nothing but notes.
func onlyNotes(p paragraph) bool {
	for _, f := range fieldsOf(p) {
		if f.name != "notes" && f.name != "disclaimer" {
			return false
		}
	}
	return true
}

var labelled = regexp.MustCompile(`^[*_#\[\s-]*([\p{L}][\p{L}/'’() -]{0,30}?)[*_\]]*\s*:[*_]*(?:\s+|$)(.*)$`)

// fieldsOf reads a paragraph that begins with a known label; nil if it does
// not. Lines without a label go on with the value above them.
func fieldsOf(p paragraph) []field {
	var fields []field
	for i, line := range p {
		m := labelled.FindStringSubmatch(line)
		name := ""
		if m != nil {
			name = labels[labelKey(m[1])]
		}
		switch {
		case i == 0 && name == "":
			return nil
		case m != nil && (name != "" || startsUpper(m[1]) && len(strings.Fields(m[1])) <= 3):
			fields = append(fields, field{name, strings.TrimSpace(m[1]), strings.TrimSpace(m[2])})
		default:
			last := &fields[len(fields)-1]
			last.value = strings.TrimSpace(last.value + "\n" + line)
		}
	}
	return fields
}

// unknownField reads a line with a label we do not know; nil if it is none.
func unknownField(p paragraph) []field {
	m := labelled.FindStringSubmatch(p[0])
	if m == nil || len(p) > 1 || !startsUpper(m[1]) || len(strings.Fields(m[1])) > 3 {
		return nil
	}
	return []field{{"", strings.TrimSpace(m[1]), strings.TrimSpace(m[2])}}
}

func labelKey(s string) string {
	return strings.ToLower(strings.TrimSpace(strings.ReplaceAll(s, "’", "'")))
}

func startsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// readPreamble takes title and author from the lines above the labels; what
// else is there becomes notes.
func (h *header) readPreamble(ps []paragraph) {
	for _, p := range ps {
		if p.isScene() {
			continue
		}
		for _, line := range p {
			switch author := byline(line); {
			case author != "":
				h.authors = append(h.authors, author)
			case h.title == "" && len(h.authors) == 0 && utf8.RuneCountInString(line) <= longestTitle:
				h.setTitle(line)
			default:
				h.preamble = append(h.preamble, paragraph{line})
			}
		}
	}
}

// setTitle takes a line as the title, or as "Title by Author".
func (h *header) setTitle(line string) {
	title, author := titleAndAuthor(line)
	h.title = unquote(title)
	if author != "" {
		h.authors = append(h.authors, author)
	}
}

var by = regexp.MustCompile(`(?i)^[~*_\s-]*(?:written\s+)?by:?\s+(.+?)[~*_\s-]*$`)

// byline returns the name in a line "by Name"; "" if it is none.
func byline(line string) string {
	if len(line) > longestByline {
		return ""
	}
	m := by.FindStringSubmatch(line)
	if m == nil || !isName(m[1]) {
		return ""
	}
	return m[1]
}

// isName reports whether s can be what an author is called: short, and no sentence.
func isName(s string) bool {
	s = initial.ReplaceAllString(strings.TrimSpace(s), "$1")
	return s != "" && utf8.RuneCountInString(s) <= 60 && len(strings.Fields(s)) <= 6 && !strings.ContainsAny(s, `.!?;:"“”`)
}

var initial = regexp.MustCompile(`\b(\p{L}{1,2})\.`)

var titleBy = regexp.MustCompile(`^[~*_=\s]*(.+\S)\s+(?:by|By|BY)\s+(.+?)[~*_=\s]*$`)

// titleAndAuthor parts "Title by Author". The title must stand in quotes or
// have several words with capitals, for Stand by Me is by nobody.
func titleAndAuthor(line string) (title, author string) {
	if len(line) > longestByline {
		return line, ""
	}
	m := titleBy.FindStringSubmatch(line)
	if m == nil || !isName(m[2]) {
		return line, ""
	}
	words := strings.Fields(m[1])
	proper := len(words) >= 2 && isCapitals(m[1]) && (startsUpper(m[2]) || strings.ContainsAny(m[2], "_0123456789"))
	if unquote(m[1]) == m[1] && !proper {
		return line, ""
	}
	return m[1], m[2]
}

func unquote(title string) string {
	title = strings.Trim(title, "*_~= \t")
	for _, q := range []string{`""`, "“”", "«»", "''", "‘’"} {
		rs := []rune(q)
		if in, ok := strings.CutPrefix(title, string(rs[0])); ok {
			if in, ok = strings.CutSuffix(in, string(rs[1])); ok && in != "" {
				return strings.TrimSpace(in)
			}
		}
	}
	return title
}

// readTitle looks for a title above a story without labels, and takes it off.
// It must be proven: by an author below it, by a chapter heading or a break
// that follows, or by its capitals.
func (h *header) readTitle(ps []paragraph) []paragraph {
	i := 0
	for i < len(ps) && ps[i].isScene() {
		i++
	}
	if i >= len(ps) {
		return ps
	}
	p := ps[i]
	second := ""
	if i+1 < len(ps) {
		second = ps[i+1][0]
	}
	title, author := titleAndAuthor(p[0])
	if len(p) > 3 || author == "" && !isTitle(p[0]) {
		return ps
	}
	rest := ps[i+1:]
	switch {
	case len(p) >= 2 && byline(p[1]) != "":
		h.title, h.authors = unquote(p[0]), []string{byline(p[1])}
		h.preamble = append(h.preamble, nonEmpty(p[2:])...)
	case len(p) > 1:
		return ps
	case author != "":
		h.title, h.authors = unquote(title), []string{author}
	case byline(second) != "" && len(ps[i+1]) == 1:
		h.title, h.authors = unquote(p[0]), []string{byline(second)}
		rest = ps[i+2:]
	case second == SceneBreak, fiction.HeadingOf(second).Kind != fiction.NoHeading, isCapitals(p[0]) && len(rest) > 0:
		h.title = unquote(p[0])
	default:
		return ps
	}
	for len(rest) > 0 && rest[0].isScene() {
		rest = rest[1:]
	}
	return rest
}

func nonEmpty(p paragraph) []paragraph {
	if len(p) == 0 {
		return nil
	}
	return []paragraph{p}
}

// isTitle reports whether a line can be one: short, no sentence, no heading.
func isTitle(line string) bool {
	return utf8.RuneCountInString(line) <= longestTitle && !strings.ContainsAny(line[len(line)-1:], ".,;:") &&
		fiction.HeadingOf(line).Kind == fiction.NoHeading && startsUpper(strings.TrimLeft(line, `"“‘'*_~([ `))
}

// isCapitals reports whether all letters of a line are capitals, or its first,
// its last and all its longer words begin with one.
func isCapitals(line string) bool {
	if line == strings.ToUpper(line) && line != strings.ToLower(line) {
		return true
	}
	words := strings.Fields(line)
	for _, w := range words {
		if utf8.RuneCountInString(w) > 3 && !startsUpper(strings.TrimLeft(w, `"“‘'(`)) {
			return false
		}
	}
	return len(words) >= 2 && startsUpper(words[0]) && startsUpper(words[len(words)-1]) && !strings.ContainsAny(line[len(line)-1:], `!?"'`) && !strings.HasSuffix(line, "”")
}

// fill puts the header into m. What has no field of its own becomes notes.
func (h header) fill(m *archive.Manuscript) {
	m.Title = h.title
	var notes, summary []string
	for _, p := range h.preamble {
		notes = append(notes, p.String())
	}
	authors := h.authors
	for _, f := range h.fields {
		switch f.name {
		case "title":
			if title := unquote(f.value); m.Title != title {
				if m.Title != "" {
					notes = append([]string{m.Title}, notes...) // a greeting above the labels
				}
				m.Title = title
			}
		case "author":
			authors = splitNames(f.value)
		case "summary":
			summary = append(summary, f.value)
		case "notes":
			notes = append(notes, f.value)
		default:
			if !fillField(m, f) && f.value != "" {
				notes = append(notes, f.label+": "+f.value)
			}
		}
	}
	for _, a := range authors {
		m.Creators = append(m.Creators, creator(a))
	}
	m.Summary = textDoc(summary)
	if notes := textDoc(notes); !notes.IsEmpty() {
		m.Notes = prose.New(append(notes.Blocks(), m.Notes.Blocks()...))
	}
}

func textDoc(parts []string) prose.Doc { return prose.FromText(strings.Join(parts, "\n\n")) }

var account = regexp.MustCompile(`^(.+?)\s*[(<](?:mailto:)?([^()<>@]+)(@[^()<>]*)?[)>]$`)

// creator reads "Pseud" and "Pseud (account)"; an address is not kept.
func creator(s string) archive.Creator {
	s = strings.Trim(s, "*_ ")
	m := account.FindStringSubmatch(s)
	switch {
	case m == nil:
		return archive.Creator{Name: s}
	case m[3] != "":
		return archive.Creator{Name: m[1]}
	}
	return archive.Creator{Name: m[1], Account: m[2]}
}
