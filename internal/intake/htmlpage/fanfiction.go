package htmlpage

import (
	"fmt"
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

// netFacts are what a page of FanFiction.net, or of its sister FictionPress,
// says of a story. The page is taken apart after it was read.
type netFacts struct {
	line     string // "Rated: Fiction T - English - Drama - Ann - Chapters: 8 - …"
	stamps   []time.Time
	title    string
	author   archive.Creator
	summary  string
	fandoms  []string
	chapters []string // titles, from the list of chapters
	at       int      // the chapter that the page shows, from 1
	site     string
}

const fictionPress = "fictionpress.com"

// fanfictionNet reads what is around a story there; nil if the page is another's.
func fanfictionNet(root *html.Node) *netFacts {
	if dom.First(root, "#storytext,#storytextp,#profile_top") == nil {
		return nil
	}
	f := &netFacts{at: 1, site: "fanfiction.net"}
	if strings.Contains(dom.Title(root)+meta(root, "og:site_name")+attr(root, "link[rel=canonical]", "href"), "ictionPress") {
		f.site = fictionPress
	}
	f.line = ratedLine(root)
	if f.line == "" {
		return nil
	}
	if top := dom.First(root, "#profile_top"); top != nil {
		f.title = dom.Text(dom.First(top, "b.xcontrast_txt"))
		f.summary = dom.Text(dom.First(top, "div.xcontrast_txt"))
		for n := range dom.Each(top, "[data-xutime]") {
			if seconds, err := strconv.ParseInt(dom.Attr(n, "data-xutime"), 10, 64); err == nil {
				f.stamps = append(f.stamps, time.Unix(seconds, 0).UTC())
			}
		}
	}
	if a := dom.First(root, "#profile_top a[href^=/u/]"); a == nil {
		f.author = writer(dom.First(root, "a[href^=/u/]"), f.site)
	} else {
		f.author = writer(a, f.site)
	}
	f.readFandoms(root)
	f.readChapters(root)
	return f
}

// ratedLine finds the line of facts; of old pages it stands among others.
func ratedLine(root *html.Node) string {
	if n := dom.First(root, "#profile_top .xgray"); n != nil {
		return dom.Text(n)
	}
	said := dom.Text(dom.First(root, "body"))
	at := strings.Index(said, "Rated: ")
	if at < 0 {
		return ""
	}
	line, id, ok := strings.Cut(said[at:], " - id:")
	if !ok || len(line) > maxTitle {
		return ""
	}
	return line + " - id:" + digits.FindString(id)
}

var digits = regexp.MustCompile(`^ ?\d+`)

func writer(a *html.Node, site string) archive.Creator {
	if a == nil {
		return archive.Creator{}
	}
	return archive.Creator{Name: dom.Text(a), URL: "https://www." + site + dom.Attr(a, "href")}
}

func (f *netFacts) readFandoms(root *html.Node) {
	last := ""
	for a := range dom.Each(root, "#pre_story_links a") {
		last = dom.Text(a)
	}
	if both, ok := strings.CutSuffix(last, " Crossover"); ok {
		f.fandoms = strings.Split(both, " + ")
	} else if last != "" {
		f.fandoms = []string{last}
	} else if m := inMeta.FindStringSubmatch(meta(root, "description")); m != nil {
		f.fandoms = []string{strings.TrimSpace(m[1])}
		f.summary = m[2]
	}
}

// inMeta is how pages before 2012 describe a story for machines.
var inMeta = regexp.MustCompile(`^An? (.+?)  ?- .*?fanfiction.*? Story summary: (.+?)\.?$`)

func (f *netFacts) readChapters(root *html.Node) {
	menu := dom.First(root, "#chap_select,select[name=chapter]")
	for option := range dom.Each(menu, "option") {
		said := dom.Text(option)
		_, title, ok := strings.Cut(said, ". ")
		if !ok {
			title = said
		}
		f.chapters = append(f.chapters, title)
		if slices.ContainsFunc(option.Attr, func(a html.Attribute) bool { return a.Key == "selected" }) {
			f.at = len(f.chapters)
		}
	}
}

// genres are all that the site knows; what else stands in their place is names.
var genres = strings.Fields("Adventure Angst Crime Drama Family Fantasy Friendship General Horror Humor Hurt/Comfort Mystery Parody Poetry Romance Sci-Fi Spiritual Supernatural Suspense Tragedy Western")

// fill gives m what the page says.
func (f *netFacts) fill(m *archive.Manuscript) {
	if f.title != "" {
		m.Title = f.title
	}
	if f.author.Name != "" {
		m.Creators = []archive.Creator{f.author}
	}
	if m.Summary.IsEmpty() && f.summary != "" {
		m.Summary = prose.FromText(f.summary)
	}
	m.Tags = nil
	if f.site != fictionPress {
		addAll(m, archive.Fandom, f.fandoms)
	} else {
		addAll(m, archive.Freeform, f.fandoms)
	}
	f.readLine(m)
	if len(f.stamps) > 0 {
		m.Updated, m.Posted = f.stamps[0], f.stamps[len(f.stamps)-1]
	}
	if m.Updated.IsZero() {
		m.Updated = m.Posted
	}
	f.judgePart(m)
}

// readLine reads the line of facts from the left, where rating, language and
// genres stand without labels; then names; then labels to the end.
func (f *netFacts) readLine(m *archive.Manuscript) {
	names := ""
	for i, part := range strings.Split(f.line, " - ") {
		part = strings.TrimSpace(part)
		label, value, ok := strings.Cut(part, ":")
		value = strings.TrimSpace(value)
		switch {
		case i == 0:
			addAll(m, archive.Rating, []string{netRating(value)})
		case i == 1:
			m.Language = text.Language(part)
		case ok && netLabels[label]:
			f.readLabel(m, label, value)
		case part == "Complete":
			m.Complete = true
		case names == "" && isGenres(part):
			addAll(m, archive.Freeform, splitGenres(part))
		case names == "":
			names = part
		default:
			names += " - " + part
		}
	}
	addPeople(m, names)
}

var netLabels = map[string]bool{
	"Chapters": true, "Words": true, "Reviews": true, "Favs": true, "Follows": true, "Updated": true, "Published": true, "Status": true, "id": true,
}

func (f *netFacts) readLabel(m *archive.Manuscript, label, value string) {
	n, _ := strconv.Atoi(strings.ReplaceAll(value, ",", ""))
	switch label {
	case "Words":
		m.WordsClaimed = n
	case "Status":
		m.Complete = value == "Complete"
	case "Reviews":
		m.Comments = n
	case "Favs":
		m.Kudos = n
	case "Follows":
		m.Bookmarks = n
	case "Published":
		m.Posted = netDay(value, m.Posted)
	case "Updated":
		m.Updated = netDay(value, m.Updated)
	case "id":
		if m.Source.Key == "" && n > 0 {
			m.Source = archive.ParseSource(fmt.Sprintf("https://www.%s/s/%d", f.site, n))
		}
	}
}

// netDay reads the site's dates, which are of the United States.
func netDay(value string, otherwise time.Time) time.Time {
	for _, layout := range []string{"1/2/2006", "01-02-06", "1/2/06"} {
		if t, err := time.Parse(layout, value); err == nil {
			return t
		}
	}
	return otherwise
}

func netRating(s string) string {
	switch mark := s[strings.LastIndexByte(s, ' ')+1:]; mark {
	case "K", "K+", "G", "PG":
		return archive.RatingGeneral
	case "T", "PG-13":
		return archive.RatingTeen
	case "M", "R":
		return archive.RatingMature
	case "MA", "NC-17":
		return archive.RatingExplicit
	}
	return ""
}

func isGenres(part string) bool {
	for _, genre := range splitGenres(part) {
		if !slices.Contains(genres, genre) {
			return false
		}
	}
	return true
}

// splitGenres parts "Hurt/Comfort/Drama" into two.
func splitGenres(part string) []string {
	whole := strings.ReplaceAll(part, "Hurt/Comfort", "Hurt\x00Comfort")
	found := strings.Split(whole, "/")
	for i := range found {
		found[i] = strings.ReplaceAll(found[i], "\x00", "/")
	}
	return found
}

var pairs = regexp.MustCompile(`\[([^\]]+)\]`)

// addPeople adds names, and those in brackets as couples too.
func addPeople(m *archive.Manuscript, names string) {
	for _, pair := range pairs.FindAllStringSubmatch(names, -1) {
		addAll(m, archive.Relationship, []string{strings.Join(strings.Split(pair[1], ", "), "/")})
	}
	names = strings.NewReplacer("[", "", "] ", ", ", "]", "", " & ", ", ").Replace(names)
	addAll(m, archive.CharacterTag, strings.Split(names, ", "))
}

func addAll(m *archive.Manuscript, kind archive.Kind, names []string) {
	for _, name := range names {
		if name = strings.TrimSpace(name); name != "" {
			m.Tags = append(m.Tags, archive.Tag{Kind: kind, Name: name})
		}
	}
}

// judgePart says so if the page is one chapter of several, as every page there is.
func (f *netFacts) judgePart(m *archive.Manuscript) {
	if len(f.chapters) < 2 {
		if m.Complete {
			m.ChaptersPlanned = 1
		}
		return
	}
	title := f.chapters[f.at-1]
	if title == fmt.Sprintf("Chapter %d", f.at) {
		title = ""
	}
	m.Chapters[0].Title = title
	m.Numbers, m.ChaptersPosted = []int{f.at}, len(f.chapters)
	if m.Complete {
		m.ChaptersPlanned = len(f.chapters)
	}
}
