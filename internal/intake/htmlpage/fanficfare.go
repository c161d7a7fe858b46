package htmlpage

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/html"

	"ficstead/internal/archive"
	"ficstead/internal/base/dom"
	"ficstead/internal/base/prose"
	"ficstead/internal/base/text"
)

// readFanFicFare reads the table on top of a page that FanFicFare made, and
// takes it and the table of contents out. It reports whether the page is one.
func readFanFicFare(m *archive.Manuscript, root *html.Node) bool {
	table := dom.First(root, "table.full")
	link := dom.First(root, "h1 a.authorlink")
	if table == nil || link == nil || dom.First(root, "a[name=TOCTOP],a[name^=section0]") == nil {
		return false
	}
	head := dom.Closest(link, "h1")
	for a := range dom.Each(head, "a") {
		if dom.Is(a, ".authorlink") {
			m.Creators = append(m.Creators, archive.Creator{Name: dom.Text(a), URL: dom.Attr(a, "href")})
		} else {
			m.Title, m.Source = dom.Text(a), archive.ParseSource(dom.Attr(a, "href"))
		}
	}
	for _, row := range dom.All(table, "tr") {
		if cell := cells(row); len(cell) == 2 {
			readFareRow(m, strings.ToLower(strings.TrimRight(dom.Text(cell[0]), ": ")), cell[1])
		}
	}
	dom.Remove(head)
	dom.Remove(table)
	if top := dom.First(root, "a[name=TOCTOP]"); top != nil {
		if list := dom.Next(top); list != nil && list.Data == "p" {
			dom.Remove(list)
		}
		dom.Remove(top)
	}
	return true
}

func readFareRow(m *archive.Manuscript, label string, cell *html.Node) {
	value := dom.Text(cell)
	list := strings.Split(value, ", ")
	switch label {
	case "category":
		addAll(m, archive.Fandom, list)
	case "genre":
		for _, name := range list {
			kind := archive.Freeform
			if categories[name] {
				kind = archive.Category
			}
			addAll(m, kind, []string{name})
		}
	case "characters":
		addAll(m, archive.CharacterTag, list)
	case "relationships":
		addAll(m, archive.Relationship, list)
	case "warnings":
		addAll(m, archive.Warning, list)
	case "rating":
		if rating := netRating(value); rating != "" {
			value = rating
		}
		addAll(m, archive.Rating, []string{value})
	case "language":
		m.Language = text.Language(value)
	case "status":
		m.Complete = strings.EqualFold(value, "completed")
	case "published":
		m.Posted = fareDay(value)
	case "updated":
		m.Updated = fareDay(value)
	case "words":
		m.WordsClaimed, _ = strconv.Atoi(strings.ReplaceAll(value, ",", ""))
	case "series":
		if part := inSeries.FindStringSubmatch(value); part != nil {
			number, _ := strconv.Atoi(part[2])
			m.Series = append(m.Series, archive.Part{Series: archive.Series{Title: part[1], URL: dom.Attr(dom.First(cell, "a"), "href")}, Number: number})
		}
	case "summary":
		m.Summary = prose.Parse(dom.Inner(cell))
	}
}

var inSeries = regexp.MustCompile(`^(.+?)(?: \[(\d+)\])?$`)

var categories = map[string]bool{"F/F": true, "F/M": true, "Gen": true, "M/M": true, "Multi": true}

// fareDay reads a date; the time of day that may follow is left out.
func fareDay(value string) time.Time {
	t, _ := time.Parse(time.DateOnly, value[:min(len(value), len(time.DateOnly))])
	return t
}
