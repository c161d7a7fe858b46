package htmlpage

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/html"

	"ficstead/internal/archive"
	"ficstead/internal/base/dom"
	"ficstead/internal/base/fanficfare"
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

// fillFare gives m the text of a page that FanFicFare made, if it has any.
func fillFare(m *archive.Manuscript, body *html.Node) bool {
	m.Chapters = fareChapters(m, body)
	if m.Chapters == nil {
		m.Chapters = []archive.Chapter{fareChapter(m, "", body)}
	}
	if len(m.Chapters) == 1 && strings.EqualFold(m.Chapters[0].Title, m.Title) {
		m.Chapters[0].Title = ""
	}
	if m.Complete {
		m.ChaptersPlanned = len(m.Chapters)
	}
	return slices.ContainsFunc(m.Chapters, func(c archive.Chapter) bool { return !c.Text.IsEmpty() })
}

// fareChapters parts the text of a page that FanFicFare made where its chapters
// begin; nil if it does not say where.
func fareChapters(m *archive.Manuscript, body *html.Node) []archive.Chapter {
	starts := map[*html.Node]bool{}
	for a := range dom.Each(body, "a[name^=section0]") {
		if a.Parent == body {
			starts[a] = true
		}
	}
	if len(starts) == 0 {
		return nil
	}
	var chapters []archive.Chapter
	for n := body.FirstChild; n != nil; {
		if !starts[n] {
			n = n.NextSibling
			continue
		}
		title := dom.Text(n)
		piece := &html.Node{Type: html.ElementNode, Data: "div"}
		for n = n.NextSibling; n != nil && !starts[n]; {
			next := n.NextSibling
			dom.Remove(n)
			piece.AppendChild(n)
			n = next
		}
		chapters = append(chapters, fareChapter(m, title, piece))
	}
	return chapters
}

func fareChapter(m *archive.Manuscript, title string, piece *html.Node) archive.Chapter {
	var own fanficfare.Notes
	own.Take(piece)
	return archive.Chapter{
		Title: title, Summary: m.Prose(own.Summary), Notes: m.Prose(own.Before), Text: m.Prose(dom.Inner(piece)), EndNotes: m.Prose(own.After),
	}
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
