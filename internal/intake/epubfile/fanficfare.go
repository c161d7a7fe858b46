package epubfile

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/html"

	"ficstead/internal/archive"
	"ficstead/internal/base/dom"
	"ficstead/internal/base/epub"
	"ficstead/internal/base/prose"
)

// isFanFicFare recognises the books of that program by its name in them.
func isFanFicFare(b *epub.Book) bool {
	for _, c := range b.Contributors {
		if strings.HasPrefix(c.Name, "FanFicFare") {
			return true
		}
	}
	for _, id := range b.Identifiers {
		if strings.HasPrefix(id.Value, "fanficfare-uid:") {
			return true
		}
	}
	return false
}

// readTitlePage reads "<b>Label:</b> value<br/>" rows: they tell the kinds of
// the tags, which the package has without.
func readTitlePage(m *archive.Manuscript, b *epub.Book, pages []*html.Node) {
	for _, page := range pages {
		if body := dom.First(page, "body"); dom.Is(body, ".fff_titlepage") {
			t := titlePage{m: m, subjects: b.Subjects, kinds: map[string]archive.Kind{}}
			t.read(body)
			t.sortTags()
			return
		}
	}
}

type titlePage struct {
	m        *archive.Manuscript
	subjects []string
	kinds    map[string]archive.Kind // of names, as the rows tell
	order    []archive.Tag           // of rows the package does not repeat
}

func (t *titlePage) read(body *html.Node) {
	for i, a := range dom.All(body, "a.authorlink") {
		if i < len(t.m.Creators) {
			t.m.Creators[i].URL = dom.Attr(a, "href")
		}
	}
	for label := range dom.Each(body, "b") {
		name := strings.ToLower(strings.TrimSuffix(dom.Text(label), ":"))
		t.readRow(name, label)
	}
}

func (t *titlePage) readRow(name string, label *html.Node) {
	value := dom.Text(after(label))
	switch name {
	case "category":
		t.setKind(archive.Fandom, value)
	case "characters":
		t.setKind(archive.CharacterTag, value)
	case "relationships":
		t.setKind(archive.Relationship, value)
	case "genre":
		t.setKind(archive.Freeform, value)
	case "rating":
		t.order = append(t.order, archive.Tag{Kind: archive.Rating, Name: rating(value)})
	case "warnings":
		for warning := range strings.SplitSeq(value, ", ") {
			t.order = append(t.order, archive.Tag{Kind: archive.Warning, Name: warning})
		}
	case "status":
		t.m.Complete = strings.EqualFold(value, "completed")
	case "published":
		t.m.Posted = day(value, t.m.Posted)
	case "updated":
		t.m.Updated = day(value, t.m.Updated)
	case "words":
		t.m.WordsClaimed = number(value)
	case "series":
		t.readSeries(value, dom.Attr(dom.First(after(label), "a"), "href"))
	case "summary":
		if summary := dom.Next(label); summary != nil && summary.Data == "div" {
			t.m.Summary = prose.Parse(dom.Inner(summary))
		}
	}
}

// after gathers copies of what stands between a label and the end of its row.
func after(label *html.Node) *html.Node {
	row := box()
	for n := label.NextSibling; n != nil && !dom.Is(n, "br,b"); n = n.NextSibling {
		if n.Type == html.TextNode {
			row.AppendChild(&html.Node{Type: html.TextNode, Data: n.Data})
			continue
		}
		copied := &html.Node{Type: n.Type, Data: n.Data, Attr: n.Attr}
		copied.AppendChild(&html.Node{Type: html.TextNode, Data: dom.Text(n)})
		row.AppendChild(copied)
	}
	return row
}

// maxSubjects bounds the looking; the longest lists have some hundreds.
const maxSubjects = 2000

// setKind notes the kind of each subject that the row holds. The row is joined
// by commas, which names may have too, so the package's subjects are looked for.
func (t *titlePage) setKind(kind archive.Kind, row string) {
	if len(t.subjects) > maxSubjects {
		return
	}
	row = ", " + row + ", "
	for _, s := range t.subjects {
		name := strings.TrimSpace(html.UnescapeString(s))
		if _, known := t.kinds[name]; !known && strings.Contains(row, ", "+name+", ") {
			t.kinds[name] = kind
		}
	}
}

func (t *titlePage) sortTags() {
	for i, tag := range t.m.Tags {
		if kind, ok := t.kinds[tag.Name]; ok && tag.Kind == archive.Freeform {
			t.m.Tags[i].Kind = kind
		}
	}
	t.m.Tags = append(t.order, t.m.Tags...)
}

// rating says in the archive's words what a site calls a rating.
func rating(s string) string {
	switch strings.ToLower(s) {
	case "k", "g", "k+", "pg", "general":
		return archive.RatingGeneral
	case "t", "pg-13", "pg13", "teen":
		return archive.RatingTeen
	case "m", "r":
		return archive.RatingMature
	case "ma", "nc-17", "nc17", "x":
		return archive.RatingExplicit
	}
	return s
}

var inSeries = regexp.MustCompile(`^(.*?)(?: \[(\d+)\])?$`)

func (t *titlePage) readSeries(value, address string) {
	m := inSeries.FindStringSubmatch(value)
	if m == nil || m[1] == "" {
		return
	}
	part := archive.Part{Series: archive.Series{Title: m[1], URL: address}}
	part.Number, _ = strconv.Atoi(m[2])
	t.m.Series = []archive.Part{part}
}

func day(value string, otherwise time.Time) time.Time {
	if t, err := time.Parse(time.DateOnly, value[:min(len(value), 10)]); err == nil {
		return t
	}
	return otherwise
}

func number(s string) int {
	n, _ := strconv.Atoi(strings.ReplaceAll(s, ",", ""))
	return n
}
