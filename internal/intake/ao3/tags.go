package ao3

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/html"

	"ficstead/internal/archive"
	"ficstead/internal/base/dom"
	"ficstead/internal/base/text"
)

// kinds are the labels of tags, in all spellings there have been, without
// colon and in lower case.
var kinds = map[string]archive.Kind{
	"rating": archive.Rating, "ratings": archive.Rating,
	"archive warning": archive.Warning, "archive warnings": archive.Warning,
	"warning": archive.Warning, "warnings": archive.Warning,
	"category": archive.Category, "categories": archive.Category,
	"fandom": archive.Fandom, "fandoms": archive.Fandom,
	"relationship": archive.Relationship, "relationships": archive.Relationship,
	"pairing": archive.Relationship, "pairings": archive.Relationship,
	"character": archive.CharacterTag, "characters": archive.CharacterTag,
	"additional tag": archive.Freeform, "additional tags": archive.Freeform,
	"freeform": archive.Freeform, "freeforms": archive.Freeform, "tags": archive.Freeform,
}

// readTable reads the table of tags: pairs of a label and what it stands for.
func (d *draft) readTable(dl *html.Node) {
	label := ""
	for _, n := range dom.Elements(dl) {
		switch n.Data {
		case "dt":
			label = strings.ToLower(strings.TrimRight(dom.Text(n), ": "))
		case "dd":
			d.readRow(label, n)
		}
	}
}

func (d *draft) readRow(label string, dd *html.Node) {
	if kind, ok := kinds[label]; ok {
		d.addTags(kind, dd)
		return
	}
	switch label {
	case "language":
		d.readLanguage(dom.Text(dd))
	case "series":
		d.readSeries(dd)
	case "collection", "collections":
		d.Collections = append(d.Collections, names(dd)...)
	case "stats":
		d.readStats(dom.Text(dd))
	default:
		d.readStrangeRow(label, dd)
	}
}

// readStrangeRow keeps the tags of kinds that only some archives have, such as
// "Medium", and tells of whatever else there is.
func (d *draft) readStrangeRow(label string, dd *html.Node) {
	if dom.First(dd, "a[href*=/tags/]") != nil {
		d.addTags(archive.Freeform, dd)
	} else if said := dom.Text(dd); said != "" {
		d.warn("The file says “" + label + ": " + said + "”, which has no place here.")
	}
}

func (d *draft) addTags(kind archive.Kind, dd *html.Node) {
	for _, name := range names(dd) {
		if kind == archive.Warning && name == "Choose Not To Use Archive Warnings" {
			name = "Creator Chose Not To Use Archive Warnings" // as it is shown since April 2023
		}
		d.Tags = append(d.Tags, archive.Tag{Kind: kind, Name: name})
	}
}

// names returns the names in a row: its links, for names may hold commas. A row
// without links is split at its commas.
func names(dd *html.Node) []string {
	var found []string
	for a := range dom.Each(dd, "a") {
		if name := dom.Text(a); name != "" {
			found = append(found, name)
		}
	}
	if found != nil {
		return found
	}
	for name := range strings.SplitSeq(dom.Text(dd), ", ") {
		if name = strings.Trim(name, " ,"); name != "" {
			found = append(found, name)
		}
	}
	return found
}

func (d *draft) readLanguage(name string) {
	if d.Language = text.Language(name); d.Language == "" && name != "" {
		d.warn("The language “" + name + "” is not known here.")
	}
}

var partOf = regexp.MustCompile(`(?i)part\s+(\d+)\s+of\s*`)

// readSeries reads "Part 1 of <a>One</a>, Part 3 of <a>Other</a>".
func (d *draft) readSeries(dd *html.Node) {
	if dom.First(dd, "a") == nil {
		d.readUnlinkedSeries(dom.Text(dd))
		return
	}
	said := ""
	dom.Walk(dd, func(n *html.Node) dom.Step {
		if n.Type == html.TextNode {
			said += n.Data
		}
		if !dom.Is(n, "a") || dom.Is(n, "a[href*=/works/]") { // those lead to the part before or after
			return dom.Into
		}
		part := archive.Part{Series: archive.Series{Title: dom.Text(n), URL: d.resolve(dom.Attr(n, "href"))}}
		if m := partOf.FindStringSubmatch(said); m != nil {
			part.Number, _ = strconv.Atoi(m[1])
		}
		d.Series = append(d.Series, part)
		said = ""
		return dom.Over
	})
}

func (d *draft) readUnlinkedSeries(said string) {
	starts := partOf.FindAllStringSubmatchIndex(said, -1)
	for i, at := range starts {
		end := len(said)
		if i+1 < len(starts) {
			end = starts[i+1][0]
		}
		number, _ := strconv.Atoi(said[at[2]:at[3]])
		title := strings.Trim(said[at[1]:end], " ,")
		d.Series = append(d.Series, archive.Part{Series: archive.Series{Title: title}, Number: number})
	}
}

var (
	dates    = regexp.MustCompile(`(?i)(published|updated|completed):\s*(\d{4}-\d{2}-\d{2})`)
	counts   = regexp.MustCompile(`(?i)(words|kudos|hits|comments|bookmarks):\s*(\d[\d,.]*)`)
	progress = regexp.MustCompile(`(?i)chapters:\s*(\d[\d,]*)\s*/\s*(\d[\d,]*|\?)`)
)

// readStats reads "Published: 2006-07-09 Updated: … Words: 7,526 Chapters: 3/?".
// A work is complete if it has all chapters that were planned.
func (d *draft) readStats(said string) {
	for _, m := range dates.FindAllStringSubmatch(said, -1) {
		day, err := time.Parse(time.DateOnly, m[2])
		switch {
		case err != nil:
			d.warn("The file gives the date “" + m[2] + "”, which is none.")
		case strings.EqualFold(m[1], "published"):
			d.Posted = day
		default:
			d.Updated = day
			d.Complete = d.Complete || strings.EqualFold(m[1], "completed")
		}
	}
	for _, m := range counts.FindAllStringSubmatch(said, -1) {
		*d.count(strings.ToLower(m[1])) = number(m[2])
	}
	if m := progress.FindStringSubmatch(said); m != nil {
		d.posted, d.ChaptersPlanned = number(m[1]), number(m[2])
		d.Complete = m[1] == m[2]
	}
	if d.Updated.IsZero() {
		d.Updated = d.Posted
	}
}

func (d *draft) count(label string) *int {
	switch label {
	case "words":
		return &d.WordsClaimed
	case "kudos":
		return &d.Kudos
	case "hits":
		return &d.Hits
	case "comments":
		return &d.Comments
	}
	return &d.Bookmarks
}

// number reads "7,526"; a "?" is 0.
func number(s string) int {
	n, _ := strconv.Atoi(strings.NewReplacer(",", "", ".", "").Replace(s))
	return n
}
