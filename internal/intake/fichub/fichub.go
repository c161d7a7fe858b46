package fichub

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/html"

	"ficstead/internal/archive"
	"ficstead/internal/base/dom"
	"ficstead/internal/base/epub"
	"ficstead/internal/base/prose"
)

// Kind is the name of the format.
const Kind = "fichub"

const (
	sign                   = "Exported with the assistance of"
	noText archive.Refusal = "The file has the page of facts that FicHub makes and none of the story. Export the work again."
)

// MatchBook reports whether the pages of a book are an export.
func MatchBook(pages []*html.Node) bool { return introduction(pages) >= 0 }

// introduction returns the page of facts, or -1.
func introduction(pages []*html.Node) int {
	for i, page := range pages[:min(len(pages), 3)] {
		if isSigned(page) {
			return i
		}
	}
	return -1
}

func isSigned(page *html.Node) bool {
	for p := range dom.Each(page, "p") {
		if said := dom.Text(p); strings.HasPrefix(said, sign) && strings.HasSuffix(said, "FicHub.net") {
			return true
		}
	}
	return false
}

// Match reports whether a page is an export as HTML.
func Match(root *html.Node) bool {
	return dom.First(root, "#chap_1") != nil && dom.First(root, ".chapter_nav") != nil && isSigned(root)
}

// ReadBook reads an export as EPUB. The line is what the site that the work is
// from says of it, in its own words, "" if nothing. The language is always told
// as English, and so is not known. The pages are used up.
func ReadBook(b *epub.Book, pages []*html.Node) (m archive.Manuscript, line string, err error) {
	r := reader{}
	r.m.Kind = Kind
	at := introduction(pages)
	r.facts(pages[at])
	if r.m.Title == "" {
		r.m.Title = b.Title
	}
	if len(r.m.Creators) == 0 {
		for _, c := range b.Creators {
			r.m.Creators = append(r.m.Creators, archive.Creator{Name: c.Name})
		}
	}
	r.m.Summary = prose.Parse(b.Description)
	for i, page := range pages {
		body := dom.First(page, "body")
		if i == at || body == nil || dom.First(body, "nav") != nil {
			continue
		}
		r.chapter(body)
	}
	r.m.Warnings = append(r.m.Warnings, b.Damage...)
	return r.done()
}

// Read reads an export as HTML; see ReadBook.
func Read(root *html.Node) (m archive.Manuscript, line string, err error) {
	r := reader{}
	r.m.Kind = Kind
	chapters := dom.All(root, "div[id^=chap_]")
	for _, c := range chapters {
		dom.Remove(c)
	}
	r.facts(root)
	r.m.Title = dom.Text(dom.First(root, "h1 .title"))
	if by := dom.Text(dom.First(root, "h2 .author")); by != "" {
		r.m.Creators = []archive.Creator{{Name: by}}
	}
	r.m.Summary = r.m.Prose(dom.Inner(orEmpty(dom.First(root, "body div"))))
	for _, c := range chapters {
		dom.RemoveAll(c, ".chapter_nav")
		r.chapter(c)
	}
	return r.done()
}

func orEmpty(n *html.Node) *html.Node {
	if n == nil {
		return &html.Node{Type: html.ElementNode, Data: "div"}
	}
	return n
}

type reader struct {
	m    archive.Manuscript
	line string
}

func (r *reader) done() (archive.Manuscript, string, error) {
	if len(r.m.Chapters) == 0 {
		return archive.Manuscript{}, "", noText
	}
	if r.m.Complete && r.m.ChaptersPlanned == 0 {
		r.m.ChaptersPlanned = len(r.m.Chapters)
	}
	return r.m, r.line, nil
}

// facts reads the lines in front of a work. What has no label and stands among
// them is the site's own line.
func (r *reader) facts(page *html.Node) {
	m := &r.m
	m.Title = dom.Text(dom.First(page, "h1"))
	counted := false
	for p := range dom.Each(page, "p") {
		said := dom.Text(p)
		label, value, _ := strings.Cut(said, ":")
		value = strings.TrimSpace(value)
		switch label {
		case "By":
			m.Creators = []archive.Creator{{Name: value}}
		case "Status":
			m.Complete = strings.EqualFold(value, "complete")
		case "Published":
			m.Posted = day(value)
		case "Updated":
			m.Updated = day(value)
		case "Words":
			m.WordsClaimed, counted = number(value), true
		case "Chapters":
			counted = true
		case "Original source":
			m.Source = archive.ParseSource(dom.Attr(dom.First(p, "a[href]"), "href"))
		default:
			if counted && said != "" && !strings.HasPrefix(said, sign) && r.line == "" {
				r.line = said
			}
		}
	}
	if m.Updated.IsZero() {
		m.Updated = m.Posted
	}
}

func day(value string) time.Time {
	t, _ := time.Parse(time.DateOnly, value)
	return t
}

func number(s string) int {
	n, _ := strconv.Atoi(strings.ReplaceAll(s, ",", ""))
	return n
}

// chapter makes a chapter of a box that begins with its title. Where the site
// has none FicHub writes the number.
func (r *reader) chapter(box *html.Node) {
	c := archive.Chapter{Number: len(r.m.Chapters) + 1}
	for _, n := range dom.Elements(box) {
		if dom.IsBlank(n) {
			continue
		}
		if dom.Is(n, "h1,h2,h3") {
			c.Title = dom.Text(n)
			dom.Remove(n)
		}
		break
	}
	if c.Title == fmt.Sprintf("Chapter %d", c.Number) {
		c.Title = ""
	}
	if c.Text = r.m.Prose(dom.Inner(box)); !c.Text.IsEmpty() {
		r.m.Chapters = append(r.m.Chapters, c)
	}
}
