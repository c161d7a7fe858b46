package epubfile

import (
	"html"
	"regexp"
	"strconv"
	"strings"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/epub"
	"ficstead/internal/base/prose"
	"ficstead/internal/base/text"
)

// describe takes from the package what it says of the work.
func describe(b *epub.Book) archive.Manuscript {
	m := archive.Manuscript{
		Kind:     Kind,
		Title:    b.Title,
		Language: text.Language(b.Language),
		Source:   source(b),
		Warnings: b.Damage,
	}
	for _, c := range b.Creators {
		if (c.Role == "" || c.Role == "aut") && !strings.EqualFold(c.Name, "unknown") {
			m.Creators = append(m.Creators, archive.Creator{Name: c.Name})
		}
	}
	if strings.Contains(b.Description, "<") {
		m.Summary = prose.Parse(b.Description)
	} else {
		m.Summary = prose.FromText(html.UnescapeString(b.Description))
	}
	for _, s := range b.Subjects {
		addSubject(&m, strings.TrimSpace(html.UnescapeString(s)))
	}
	for _, c := range b.Collections {
		part := archive.Part{Series: archive.Series{Title: c.Title}}
		if n, err := strconv.ParseFloat(c.Position, 64); err == nil && n > 0 && n < 1e6 {
			part.Number = int(n)
		}
		m.Series = append(m.Series, part)
	}
	m.Posted, m.Updated = dates(b)
	return m
}

// dates tells when a work was posted and last changed. A book of one date means
// its publication; dcterms:modified is when the file was made, and says nothing.
func dates(b *epub.Book) (posted, updated time.Time) {
	for _, d := range b.Dates {
		switch d.Event {
		case "creation", "packaged":
		case "modification":
			updated = d.Time
		default:
			if posted.IsZero() {
				posted = d.Time
			}
		}
	}
	if updated.IsZero() {
		updated = posted
	}
	return posted, updated
}

// source finds the address of the work: that which the book names as its
// source, or among its identifiers one of a site we know.
func source(b *epub.Book) archive.Source {
	if s := archive.ParseSource(b.Source); s.URL != "" {
		return s
	}
	for _, id := range b.Identifiers {
		value := id.Value
		if len(value) > 4 && strings.EqualFold(value[:4], "url:") || len(value) > 4 && strings.EqualFold(value[:4], "uri:") {
			value = value[4:]
		}
		if s := archive.ParseSource(value); s.URL != "" {
			return s
		}
	}
	return archive.Source{}
}

// closed are the tags of the kinds that have a closed set, in lower case, so
// that subjects find their way back into them.
var closed = map[string]archive.Kind{
	"general audiences": archive.Rating, "teen and up audiences": archive.Rating,
	"mature": archive.Rating, "explicit": archive.Rating, "not rated": archive.Rating,
	"no archive warnings apply": archive.Warning, "creator chose not to use archive warnings": archive.Warning,
	"choose not to use archive warnings": archive.Warning, "graphic depictions of violence": archive.Warning,
	"major character death": archive.Warning, "rape/non-con": archive.Warning, "underage": archive.Warning,
	"underage sex": archive.Warning, "rape/non-con elements": archive.Warning,
	"f/f": archive.Category, "f/m": archive.Category, "gen": archive.Category,
	"m/m": archive.Category, "multi": archive.Category,
}

var bookkeeping = regexp.MustCompile(`(?i)^(fan ?fiction|fanworks|last update( year/month)?:.*)$`)

// addSubject makes a tag of a subject, or reads what programs keep there.
func addSubject(m *archive.Manuscript, s string) {
	switch {
	case s == "", bookkeeping.MatchString(s):
	case strings.EqualFold(s, "completed"), strings.EqualFold(s, "complete"):
		m.Complete = true
	case strings.EqualFold(s, "in-progress"):
	default:
		kind, ok := closed[strings.ToLower(s)]
		if !ok {
			kind = archive.Freeform
		}
		m.Tags = append(m.Tags, archive.Tag{Kind: kind, Name: s})
	}
}
