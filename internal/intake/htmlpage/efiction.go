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
	"ficstead/internal/base/prose"
	"ficstead/internal/base/text"
)

// efiction is what a page of an archive that runs on eFiction says of a story.
// Skins change everything about such a page but the labels of its facts, the
// comments around some of them, and where its links lead.
type efiction struct {
	title    string
	authors  []archive.Creator
	labelled map[string]*labelled
	source   archive.Source
	chapters []string // titles, from the menu of chapters
	at       int      // the chapter that the page shows, from 1; 0 if it shows all

	before, after prose.Doc // notes around that chapter
}

// labelled is what stands after a label: its text, and the texts of links in it.
type labelled struct {
	said  string
	links []string
	html  string
}

const (
	ofStory  dom.Selector = "a[href*=viewstory.php]"
	ofAuthor dom.Selector = "a[href*=viewuser.php]"
)

// readEfiction reads what is around a story there; nil if the page is another's.
// It must come before the page is taken apart.
func readEfiction(root *html.Node) *efiction {
	head := dom.First(root, "#pagetitle,.pagetitle,#output h3")
	if head == nil || dom.First(head, ofAuthor) == nil {
		head = printableHead(root)
	}
	if head == nil {
		return nil
	}
	e := &efiction{labelled: map[string]*labelled{}}
	for a := range dom.Each(head, ofAuthor) {
		e.authors = append(e.authors, archive.Creator{Name: dom.Text(a), URL: archive.ParseSource(dom.Attr(a, "href")).URL})
	}
	if a := dom.First(head, ofStory); a != nil {
		e.title = dom.Text(a)
	} else {
		said, _, _ := strings.Cut(dom.Text(head), " by "+e.authors[0].Name)
		e.title = strings.TrimSpace(said)
	}
	for n := range dom.Each(root, "span.label,.label") {
		name, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(dom.Text(n))), ":")
		if l := after(n); name != "" && e.labelled[name] == nil {
			e.labelled[name] = l
		}
	}
	e.readMenu(root)
	e.readSource(root)
	return e
}

// printableHead finds the head of a page for printers: the title, and by whom.
func printableHead(root *html.Node) *html.Node {
	for a := range dom.Each(root, ofAuthor) {
		box := a.Parent
		if box == nil || !strings.Contains(strings.ToLower(dom.Text(box)), "by ") {
			return nil
		}
		if dom.First(root, ".infobox,.chaptertitle,.noteinfo") != nil && len(dom.Text(box)) < maxTitle {
			return box
		}
		return nil
	}
	return nil
}

// after gathers what follows a label, up to the next label.
func after(label *html.Node) *labelled {
	l := &labelled{}
	var said, inner strings.Builder
	for n := label.NextSibling; n != nil && !dom.Is(n, ".label"); n = n.NextSibling {
		if dom.First(n, ".label") != nil {
			break
		}
		said.WriteString(dom.Text(n) + " ")
		if n.Type == html.ElementNode {
			inner.WriteString(dom.Outer(n))
			if n.Data == "a" {
				l.links = append(l.links, dom.Text(n))
			}
		} else if n.Type == html.TextNode {
			inner.WriteString(html.EscapeString(n.Data))
		}
	}
	l.said, l.html = strings.Join(strings.Fields(said.String()), " "), inner.String()
	return l
}

// readMenu reads the menu by which readers go to another chapter.
func (e *efiction) readMenu(root *html.Node) {
	for option := range dom.Each(dom.First(root, "select[name=chapter]"), "option") {
		if n, err := strconv.Atoi(dom.Attr(option, "value")); err != nil || n < 1 {
			continue // "Story index", "All"
		}
		_, title, ok := strings.Cut(dom.Text(option), ". ")
		if !ok {
			title = dom.Text(option)
		}
		e.chapters = append(e.chapters, title)
		if slices.ContainsFunc(option.Attr, func(a html.Attribute) bool { return a.Key == "selected" }) {
			e.at = len(e.chapters)
		}
	}
}

var storyID = regexp.MustCompile(`(?:^|[?&])sid=(\d+)`)

// readSource finds the address of the story. Where the page's own is not known,
// a link that says where it leads does.
func (e *efiction) readSource(root *html.Node) {
	page := source(root)
	for a := range dom.Each(root, ofStory) {
		href := dom.Attr(a, "href")
		m := storyID.FindStringSubmatch(href)
		if m == nil {
			continue
		}
		address := href
		if page.URL != "" && !isWebAddress(href) {
			address = page.URL[:strings.LastIndexByte(page.URL, '/')+1] + href
		}
		if s := archive.ParseSource(address); s.Key != "" && storyID.MatchString(address) {
			base, _, _ := strings.Cut(s.URL, "?")
			e.source = archive.ParseSource(base + "?sid=" + m[1])
			return
		}
		if page.URL == "" {
			return // the first link is to the story itself, and nobody knows where that is
		}
	}
}

func isWebAddress(s string) bool {
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
}

// fill gives m what the page says.
func (e *efiction) fill(m *archive.Manuscript) {
	if e.title != "" {
		m.Title = e.title
	}
	if len(e.authors) > 0 {
		m.Creators = distinctCreators(e.authors)
	}
	if e.source.Key != "" {
		m.Source = e.source
	}
	for name, l := range e.labelled {
		switch name {
		case "summary":
			m.Summary = prose.Parse(l.html)
		case "story notes", "storynotes":
			if l.said != "" {
				m.Notes = prose.Parse(l.html)
			}
		case "completed", "complete":
			m.Complete = strings.HasPrefix(strings.ToLower(l.said), "y")
		case "word count", "words":
			m.WordsClaimed = count(l.said)
		case "read", "hits":
			m.Hits = count(l.said)
		case "reviews":
			m.Comments = count(l.said)
		case "published":
			m.Posted = efictionDay(l.said)
		case "updated":
			m.Updated = efictionDay(l.said)
		case "language", "languages":
			m.Language = text.Language(l.said)
		}
	}
	if m.Updated.IsZero() {
		m.Updated = m.Posted
	}
	e.fillTags(m)
	e.fillSeries(m)
	e.judgePart(m)
}

// kinds are those of the labels that archives of this program usually have; what
// they add themselves are freeforms.
var kinds = []struct {
	label string
	kind  archive.Kind
}{
	{"rated", archive.Rating}, {"rating", archive.Rating}, {"warnings", archive.Warning}, {"warning", archive.Warning},
	{"fandoms", archive.Fandom}, {"fandom", archive.Fandom},
	{"pairings", archive.Relationship}, {"pairing", archive.Relationship}, {"relationships", archive.Relationship},
	{"characters", archive.CharacterTag}, {"categories", archive.Freeform}, {"category", archive.Freeform},
	{"genres", archive.Freeform}, {"genre", archive.Freeform}, {"types", archive.Freeform}, {"challenges", archive.Freeform},
}

func (e *efiction) fillTags(m *archive.Manuscript) {
	m.Tags = nil
	for _, k := range kinds {
		l := e.labelled[k.label]
		if l == nil || strings.EqualFold(l.said, "none") || l.said == "" {
			continue
		}
		if k.kind == archive.Rating {
			addAll(m, archive.Rating, []string{efictionRating(l.said)})
			continue
		}
		names := l.links
		if len(names) == 0 {
			names = strings.Split(l.said, ", ")
		}
		for _, name := range names {
			kind := k.kind
			if strings.HasPrefix(k.label, "categor") && strings.Contains(name, "/") && !strings.Contains(name, " ") {
				kind = archive.Relationship // many archives sort by pairing
			}
			addAll(m, kind, []string{name})
		}
	}
}

var inRating = regexp.MustCompile(`(?i)^\W*(NC-?17|PG-?1[35]|PG|MA|[GKTRMX]\+?)\b`)

// efictionRating knows the marks that most archives use; a rating of the
// archive's own stays as it is.
func efictionRating(said string) string {
	m := inRating.FindStringSubmatch(said)
	if m == nil {
		return said
	}
	switch strings.ToUpper(m[1]) {
	case "G", "K", "K+", "PG":
		return archive.RatingGeneral
	case "PG-13", "PG13", "PG-15", "PG15", "T", "T+":
		return archive.RatingTeen
	case "R", "M", "M+":
		return archive.RatingMature
	}
	return archive.RatingExplicit
}

func (e *efiction) fillSeries(m *archive.Manuscript) {
	if l := e.labelled["series"]; l != nil {
		for _, title := range l.links {
			m.Series = append(m.Series, archive.Part{Series: archive.Series{Title: title}})
		}
	}
}

// judgePart says so if the page is one chapter of several.
func (e *efiction) judgePart(m *archive.Manuscript) {
	if len(e.chapters) < 2 || e.at == 0 {
		if n := e.labelled["chapters"]; n != nil && m.Complete {
			m.ChaptersPlanned = count(n.said)
		}
		return
	}
	m.Chapters[0].Title = e.chapters[e.at-1]
	m.Numbers, m.ChaptersPosted = []int{e.at}, len(e.chapters)
	if m.Complete {
		m.ChaptersPlanned = len(e.chapters)
	}
}

var leadingNumber = regexp.MustCompile(`\d[\d,.]*`)

func count(said string) int {
	n, _ := strconv.Atoi(strings.NewReplacer(",", "", ".", "").Replace(leadingNumber.FindString(said)))
	return n
}

// efictionDay reads the formats that archives are set to most; numbers alone are
// day, month, year, as the program sets them unless told otherwise.
func efictionDay(said string) time.Time {
	for _, layout := range []string{"January 2, 2006", "Jan 2, 2006", "January 02, 2006", "2 January 2006", "2 Jan 2006", "02/01/06", "02/01/2006", "2.1.2006", time.DateOnly} {
		if t, err := time.Parse(layout, strings.TrimSpace(said)); err == nil {
			return t
		}
	}
	return time.Time{}
}

func distinctCreators(all []archive.Creator) []archive.Creator {
	var kept []archive.Creator
	for _, c := range all {
		if c.Name != "" && !slices.ContainsFunc(kept, func(k archive.Creator) bool { return k.Name == c.Name }) {
			kept = append(kept, c)
		}
	}
	return kept
}
