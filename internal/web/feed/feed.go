package feed

import (
	"bytes"
	"encoding/xml"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/base/text"
	"ficstead/internal/web/address"
	"ficstead/internal/web/listing"
	"ficstead/internal/web/words"
)

// The media types of feeds.
const (
	AtomType    = "application/atom+xml"
	CatalogType = "application/atom+xml;profile=opds-catalog;kind=acquisition"
	RootType    = "application/atom+xml;profile=opds-catalog;kind=navigation"
	SearchType  = "application/opensearchdescription+xml"
)

// Site is where the feeds are: its address as the client sees it, without a
// slash at the end, and its icon.
type Site struct{ Base, Icon string }

// The elements of Atom (RFC 4287) and what OPDS 1.2 adds.
// A Feed is a list of works, or of lists.
type Feed struct {
	XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
	DC      string   `xml:"xmlns:dc,attr"`
	ID      string   `xml:"id"`
	Title   string   `xml:"title"`
	Updated string   `xml:"updated"`
	Icon    string   `xml:"icon,omitempty"`
	Author  *person  `xml:"author"` // where the entries have none of their own
	Links   []Link   `xml:"link"`
	Entries []Entry  `xml:"entry"`
}

// A Link leads from a feed or an entry elsewhere.
type Link struct {
	Rel   string `xml:"rel,attr,omitempty"`
	Href  string `xml:"href,attr"`
	Type  string `xml:"type,attr,omitempty"`
	Title string `xml:"title,attr,omitempty"`
}

// An Entry is a work, or another feed.
type Entry struct {
	ID         string     `xml:"id"`
	Title      string     `xml:"title"`
	Updated    string     `xml:"updated"`
	Published  string     `xml:"published,omitempty"`
	Authors    []person   `xml:"author"`
	Language   string     `xml:"dc:language,omitempty"`
	Categories []category `xml:"category"`
	Summary    *content   `xml:"summary,omitempty"`
	Content    *content   `xml:"content,omitempty"`
	Links      []Link     `xml:"link"`
}

type person struct {
	Name string `xml:"name"`
	URI  string `xml:"uri,omitempty"`
}

type category struct {
	Scheme string `xml:"scheme,attr,omitempty"`
	Term   string `xml:"term,attr"`
	Label  string `xml:"label,attr,omitempty"`
}

type content struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

// Atom is a page of a listing with its works. Self is the feed's own address.
func (s Site) Atom(self string, l listing.List, works []archive.Work) Feed {
	page := s.Base + l.Scope.Href(l.Question)
	f := s.feed(page, l.Scope.Heading+" · Ficstead", Link{Rel: "self", Href: s.Base + self, Type: AtomType}, Link{Rel: "alternate", Href: page, Type: "text/html"})
	latest := time.Unix(0, 0)
	for _, w := range works {
		f.Entries = append(f.Entries, s.entry(w))
		if w.Changed.After(latest) {
			latest = w.Changed
		}
	}
	f.Updated = latest.UTC().Format(time.RFC3339)
	return f
}

func (s Site) feed(id, title string, links ...Link) Feed {
	return Feed{DC: "http://purl.org/dc/terms/", ID: id, Title: title, Icon: s.Base + s.Icon, Links: links, Updated: time.Unix(0, 0).UTC().Format(time.RFC3339)}
}

func (s Site) entry(w archive.Work) Entry {
	item := Entry{
		ID: s.Base + address.Work(w.ID), Title: words.Title(w), Updated: w.Changed.UTC().Format(time.RFC3339), Language: w.Language,
		Links: []Link{{Rel: "alternate", Href: s.Base + address.Work(w.ID), Type: "text/html", Title: "Work"}},
	}
	if !w.Posted.IsZero() {
		item.Published = w.Posted.UTC().Format(time.RFC3339)
	}
	for _, c := range w.Creators {
		item.Authors = append(item.Authors, person{c.String(), s.Base + address.Creator(c.ID)})
	}
	for _, t := range w.Tags {
		item.Categories = append(item.Categories, category{s.Base + "/tags#" + t.Kind.String(), t.Name, t.Name})
	}
	if len(item.Authors) == 0 {
		item.Authors = []person{{Name: "Anonymous"}}
	}
	item.Summary = &content{"html", w.Summary.Print(prose.Options{NoTargets: true, Image: func(_, _ string) string { return "" }}) + "<p>" + words.Counted(w.Words, "word", "words") + " · " + words.Completion(w) + languageNote(w) + "</p>"}
	return item
}

func languageNote(w archive.Work) string {
	if name := text.LanguageName(w.Language); name != "" {
		return " · " + escape(name)
	}
	return ""
}

// XML prints the feed.
func (f Feed) XML() ([]byte, error) {
	body, err := xml.MarshalIndent(f, "", " ")
	return append([]byte(xml.Header), body...), err
}

func escape(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s)) // a bytes.Buffer takes everything
	return b.String()
}
