package htmlpage

import (
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/html"

	"ficstead/internal/archive"
	"ficstead/internal/base/dom"
	"ficstead/internal/base/prose"
)

// readCurrents takes the table that journals put above an entry, of mood, music
// and tags, out of the page. Only the tags tell of the story.
func readCurrents(m *archive.Manuscript, root *html.Node) {
	for _, table := range dom.All(root, "table") {
		rows := dom.All(table, "tr")
		if len(rows) == 0 || !allCurrent(rows) {
			continue
		}
		for _, row := range rows {
			if cell := cells(row); strings.Contains(dom.Text(cell[0]), "ags") {
				for a := range dom.Each(cell[1], "a") {
					addTag(m, dom.Text(a))
				}
			}
		}
		dom.Remove(table)
	}
}

func allCurrent(rows []*html.Node) bool {
	for _, row := range rows {
		cell := cells(row)
		if len(cell) != 2 || dom.First(row, "table") != nil {
			return false
		}
		switch label := strings.ToLower(strings.TrimRight(dom.Text(cell[0]), ": ")); label {
		case "current mood", "current music", "current location", "my mood", "my music", "my location", "mood", "music", "location", "entry tags", "my tags", "tags", "crossposts":
		default:
			return false
		}
	}
	return true
}

func cells(row *html.Node) []*html.Node { return dom.All(row, "td,th") }

// journal is what an entry of a journal says around its text. Journals are those
// of LiveJournal, of Dreamwidth, and of the other sites that run on their program.
type journal struct {
	author string
	source archive.Source // as the links to the entries beside it tell
	posted time.Time
	tags   []string
}

// readJournal reads what is around an entry; nil if the page is none. It must
// come before the page is taken apart.
func readJournal(root *html.Node) *journal {
	user := dom.First(root, ".b-singlepost-author-user .ljuser,.entry-poster .ljuser,.poster .ljuser,#poster .ljuser,.aentry-head__username .ljuser,table .ljuser,.ljuser")
	if user == nil {
		return nil
	}
	j := &journal{author: dom.Attr(user, "lj:user"), source: entrySource(root)}
	if j.author == "" {
		j.author = dom.Attr(user, "data-ljuser")
	}
	for n := range dom.Each(root, ".b-singlepost-author-date,.datetime .date,.aentry-head__date,span.time,.poster-info,font,td,.entry-date,.date") {
		if j.posted = entryDay(dom.Text(n)); !j.posted.IsZero() {
			break
		}
		if !dom.Is(n, "font,td") { // in which a story may tell a day
			if j.posted = spelledDay(dom.Text(n)); !j.posted.IsZero() {
				break
			}
		}
	}
	for a := range dom.Each(root, ".b-singlepost-tags-items a,.ljtags a,.aentry-tags a,.tag a[rel=tag]") {
		j.tags = append(j.tags, dom.Text(a))
	}
	return j
}

// entrySource finds the address of an entry in the links that lead from it to
// those before and after it: old pages do not say where they are.
func entrySource(root *html.Node) archive.Source {
	for a := range dom.Each(root, "a[href*=itemid=]") {
		u, err := url.Parse(dom.Attr(a, "href"))
		if err != nil {
			continue
		}
		host, said := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www."), u.Query()
		if n, err := strconv.Atoi(said.Get("itemid")); err == nil && n > 0 && isWord(said.Get("journal")) && strings.Count(host, ".") == 1 {
			return archive.ParseSource(fmt.Sprintf("http://%s.%s/%d.html", strings.ReplaceAll(said.Get("journal"), "_", "-"), host, n))
		}
	}
	return archive.Source{}
}

func isWord(s string) bool {
	return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789_-") == ""
}

var entryDate = regexp.MustCompile(`(?:^|wrote,?\s*|@\s*)((?:19|20)\d\d)-(\d\d)-(\d\d)\b`)

// entryDay reads the day that stands beside the name of who wrote an entry.
func entryDay(said string) time.Time {
	if len(said) > maxTitle {
		return time.Time{}
	}
	m := entryDate.FindStringSubmatch(said)
	if m == nil {
		return time.Time{}
	}
	t, _ := time.Parse(time.DateOnly, m[1]+"-"+m[2]+"-"+m[3])
	return t
}

// spelledDay reads a day whose month has a name.
func spelledDay(said string) time.Time {
	m := spelledDate.FindStringSubmatch(said[:min(len(said), maxTitle)])
	if m == nil {
		return time.Time{}
	}
	t, _ := time.Parse("Jan 2 2006", m[1]+" "+m[2]+" "+m[3])
	return t
}

// spelledDate is "October 4 2009, 23:31" and "Oct. 4th, 2009".
var spelledDate = regexp.MustCompile(`^\W*(?:[A-Z][a-z]+day,?\s+)?(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+((?:19|20)\d\d)\b`)

// fill gives m what the page says, where the entry does not say it itself.
func (j *journal) fill(m *archive.Manuscript) {
	if len(m.Creators) == 0 && j.author != "" {
		m.Creators = []archive.Creator{{Name: j.author}}
	}
	if m.Source.URL == "" {
		m.Source = j.source
	}
	if m.Posted.IsZero() {
		m.Posted = j.posted
	}
	if m.Updated.IsZero() {
		m.Updated = m.Posted
	}
	for _, t := range j.tags {
		if !hasTag(m, t) {
			addTag(m, t)
		}
	}
	c := &m.Chapters[0]
	if blocks := c.Text.Blocks(); len(blocks) > 1 && m.Title != "" && strings.TrimSpace(blocks[0].Text()) == m.Title {
		c.Text = prose.New(blocks[1:]) // the subject of the entry, printed above it
	}
	j.judgePart(m)
}

func hasTag(m *archive.Manuscript, name string) bool {
	for _, t := range m.Tags {
		if strings.EqualFold(t.Name, name) {
			return true
		}
	}
	return false
}

// ofSeveral is how authors number the entries that a long story is posted in.
var ofSeveral = regexp.MustCompile(`(?i)^(.*?\S)[\s,:;–—-]*[(\[]?\s*(?:part|pt\.?|chapter|ch\.?)?\s*(\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|[ivx]{1,5})\s*(?:/|of|von|de|sur)\s*(\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|[ivx]{1,5}|\?)\s*[)\]]?(.*)$`)

var alsoPart = regexp.MustCompile(`(?i)^(.*?\S)[\s,:;–—-]*[(\[]?\s*\b(?:part|pt\.?|chapter)\s+(\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten)\s*[)\]]?\s*$`)

var spelled = map[string]int{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}

// Part returns the title without its number, the number, and of how many; 0 if
// the title has none.
func Part(title string) (whole string, number, of int) {
	m := ofSeveral.FindStringSubmatch(title)
	if m == nil {
		if m = alsoPart.FindStringSubmatch(title); m == nil {
			return title, 0, 0
		}
		m = append(m, "", "")
	}
	number, of = numeral(m[2]), numeral(m[3])
	if number == 0 || of > 0 && number > of {
		return title, 0, 0
	}
	return strings.TrimSpace(m[1] + strings.TrimRight(m[4], " ")), number, of
}

func numeral(s string) int {
	if n, ok := spelled[strings.ToLower(s)]; ok {
		return n
	}
	n, _ := strconv.Atoi(s)
	return n
}

// judgePart says so if the entry is one of several that a story was posted in.
// Entries have addresses of their own; what they share is who wrote them, and
// the title.
func (j *journal) judgePart(m *archive.Manuscript) {
	whole, number, of := Part(m.Title)
	if number == 0 || j.author == "" || whole == "" {
		return
	}
	m.Title = whole
	m.Numbers, m.ChaptersPosted = []int{number}, of
	m.Source.Key = "journal:" + strings.ToLower(j.author) + ":" + strings.ToLower(strings.Join(strings.Fields(whole), " "))
	if of > 0 {
		m.ChaptersPlanned = of
	}
}

// storyInfo is the comment in which pages of authors' own sites tell of a story.
var (
	storyInfo  = regexp.MustCompile(`(?s)^\s*STORYINFO\s+(.*)$`)
	infoLabels = regexp.MustCompile(`(?m)\b(title|fandom|pairing|characters|rating|date|summary|wordcount):\s*`)
)

// readStoryInfo reads that comment.
func readStoryInfo(root *html.Node) map[string]string {
	info := map[string]string{}
	dom.Walk(root, func(n *html.Node) dom.Step {
		if n.Type != html.CommentNode {
			return dom.Into
		}
		m := storyInfo.FindStringSubmatch(n.Data)
		if m == nil {
			return dom.Into
		}
		at := infoLabels.FindAllStringSubmatchIndex(m[1], -1)
		for i, a := range at {
			end := len(m[1])
			if i+1 < len(at) {
				end = at[i+1][0]
			}
			info[m[1][a[2]:a[3]]] = strings.TrimSpace(m[1][a[1]:end])
		}
		return dom.Stop
	})
	return info
}

func fillInfo(m *archive.Manuscript, info map[string]string) {
	if len(info) == 0 {
		return
	}
	if info["title"] != "" {
		m.Title = info["title"]
	}
	addAll(m, archive.Fandom, strings.Split(info["fandom"], ", "))
	addAll(m, archive.Relationship, strings.Split(info["pairing"], ", "))
	addAll(m, archive.CharacterTag, strings.Split(info["characters"], ", "))
	addAll(m, archive.Rating, []string{info["rating"]})
	if m.Summary.IsEmpty() {
		m.Summary = prose.FromText(info["summary"])
	}
	if t := date(info["date"]); !t.IsZero() {
		m.Posted, m.Updated = t, t
	}
	m.WordsClaimed = count(info["wordcount"])
}

// exchanged is how the archives of gift exchanges say for whom and for what a
// story was written.
var exchanged = regexp.MustCompile(`(?i)\bWritten for:\s*(.{1,100}?) in the ((?:[\pL\d' -]{1,60}?) Challenge|(?:[\pL' -]{1,60}) (?:19|20)\d\d)\b`)

func readExchange(root *html.Node) (recipient, collection string) {
	for n := range dom.Each(root, "center") {
		if m := exchanged.FindStringSubmatch(dom.Text(n)); m != nil {
			return m[1], strings.TrimSuffix(m[2], " Challenge")
		}
	}
	return "", ""
}
