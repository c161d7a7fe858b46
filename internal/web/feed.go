package web

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/base/prose"
	"ficstead/internal/base/text"
	"ficstead/internal/export"
	"ficstead/internal/find"
	"ficstead/internal/store"
)

// Every listing can be had in other forms: append .atom, .opds or .epub to its
// path.

const (
	atomType    = "application/atom+xml; charset=utf-8"
	catalogType = "application/atom+xml;profile=opds-catalog;kind=acquisition; charset=utf-8"
	rootType    = "application/atom+xml;profile=opds-catalog;kind=navigation; charset=utf-8"
	epubType    = "application/epub+zip"
	acquire     = "http://opds-spec.org/acquisition"
)

// Bounds of a list as one book: what an e-reader opens without complaint.
const (
	bookWorks = 200
	bookWords = 5_000_000
)

// form is the address of the same question in another form.
func (l listing) form(ext string) string {
	q := l.question
	path, query, asked := strings.Cut(l.scope.href(q), "?")
	if asked {
		return path + "." + ext + "?" + query
	}
	return path + "." + ext
}

func (l listing) forms() []link {
	if l.answer.Total == 0 {
		return nil
	}
	links := []link{{l.form("atom"), "Atom"}, {l.form("opds"), "OPDS"}}
	if l.answer.Total <= bookWorks {
		links = append([]link{{l.form("epub"), "EPUB"}}, links...)
	}
	return links
}

func (l listing) feeds() []feedLink {
	return []feedLink{{"application/atom+xml", l.form("atom"), l.scope.heading}}
}

// sendFeed sends a page of a listing as Atom or as a catalogue for e-readers.
func (s *Site) sendFeed(w http.ResponseWriter, r *http.Request, sc scope, ext string) error {
	l, err := s.list(r, sc)
	if err != nil {
		return err
	}
	f, mediaType := s.newFeed(r, l), atomType
	if ext == ".opds" {
		f.catalog(s.base(r), l)
		mediaType = catalogType
	}
	return f.send(w, r, mediaType)
}

// sendBook sends all works of a listing, not only those of a page, as one EPUB.
func (s *Site) sendBook(w http.ResponseWriter, r *http.Request, sc scope) error {
	q, _ := parseQuestion(r.URL.Query())
	q = sc.narrow(q)
	q.Now = s.now()
	ids, err := s.all(r, q)
	if err != nil {
		return err
	}
	var book export.Book
	err = s.Store.Read(r.Context(), func(tx *store.Tx) error {
		if err := bookFits(tx, ids); err != nil {
			return err
		}
		book, err = export.Load(tx, s.Viewer(r), ids...)
		return err
	})
	if err != nil {
		return err
	}
	book.Title = sc.heading
	if q.Query != "" {
		book.Title = q.Query
	}
	answer, err := bind(forms[0], book)
	if err != nil {
		return err
	}
	return answer.send(w, r, http.StatusOK)
}

// all is every work that q finds, if there are not too many for a book.
func (s *Site) all(r *http.Request, q find.Question) ([]archive.WorkID, error) {
	var ids []archive.WorkID
	for q.Page, q.Per = 1, 100; ; q.Page++ {
		answer, err := s.Finder.Works(r.Context(), s.Viewer(r), q)
		if _, beyond := errors.AsType[find.PageError](err); beyond {
			return ids, nil // the index changed meanwhile
		}
		if err != nil {
			return nil, err
		}
		if answer.Total == 0 {
			return nil, told{errs.NotFound, "Nothing to bind", "No work fits this question, so there is no book of it.", []link{{"/works", "All works"}}}
		}
		if answer.Total > bookWorks {
			return nil, tooLong(fmt.Sprintf("%s, and a book takes %d", counted(answer.Total, "work is", "works are"), bookWorks))
		}
		if ids = append(ids, answer.IDs...); q.Page >= answer.Pages {
			return ids, nil
		}
	}
}

func tooLong(what string) error {
	return told{errs.Invalid, "Too much for one book", "In this list " + what + ". Narrow it with a filter, or take the works one by one.", []link{{"/works", "All works"}}}
}

func bookFits(tx *store.Tx, ids []archive.WorkID) error {
	works, err := tx.Works(ids)
	words := 0
	for _, w := range works {
		words += w.Words
	}
	if err == nil && words > bookWords {
		return tooLong(fmt.Sprintf("are %s words, and a book takes %s", number(words), number(bookWords)))
	}
	return err
}

// The elements of Atom (RFC 4287) and what OPDS 1.2 adds.
type feed struct {
	XMLName xml.Name   `xml:"http://www.w3.org/2005/Atom feed"`
	DC      string     `xml:"xmlns:dc,attr"`
	ID      string     `xml:"id"`
	Title   string     `xml:"title"`
	Updated string     `xml:"updated"`
	Icon    string     `xml:"icon,omitempty"`
	Links   []feedRef  `xml:"link"`
	Entries []feedItem `xml:"entry"`
}

type feedRef struct {
	Rel   string `xml:"rel,attr,omitempty"`
	Href  string `xml:"href,attr"`
	Type  string `xml:"type,attr,omitempty"`
	Title string `xml:"title,attr,omitempty"`
}

type feedItem struct {
	ID         string         `xml:"id"`
	Title      string         `xml:"title"`
	Updated    string         `xml:"updated"`
	Published  string         `xml:"published,omitempty"`
	Authors    []feedPerson   `xml:"author"`
	Language   string         `xml:"dc:language,omitempty"`
	Categories []feedCategory `xml:"category"`
	Summary    *feedText      `xml:"summary,omitempty"`
	Content    *feedText      `xml:"content,omitempty"`
	Links      []feedRef      `xml:"link"`
}

type feedPerson struct {
	Name string `xml:"name"`
	URI  string `xml:"uri,omitempty"`
}

type feedCategory struct {
	Scheme string `xml:"scheme,attr,omitempty"`
	Term   string `xml:"term,attr"`
	Label  string `xml:"label,attr,omitempty"`
}

type feedText struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

func (s *Site) newFeed(r *http.Request, l listing) feed {
	base := s.base(r)
	f := feed{
		DC: "http://purl.org/dc/terms/", ID: base + l.scope.href(l.question), Title: l.scope.heading + " · Ficstead", Icon: base + iconPath(),
		Links: []feedRef{{Rel: "self", Href: base + r.URL.RequestURI(), Type: "application/atom+xml"}, {Rel: "alternate", Href: base + l.scope.href(l.question), Type: "text/html"}},
	}
	latest := time.Unix(0, 0)
	for _, w := range l.works {
		f.Entries = append(f.Entries, newFeedItem(base, w))
		if w.Changed.After(latest) {
			latest = w.Changed
		}
	}
	f.Updated = latest.UTC().Format(time.RFC3339)
	return f
}

func newFeedItem(base string, w archive.Work) feedItem {
	item := feedItem{
		ID: base + WorkPath(w.ID), Title: titleOf(w), Updated: w.Changed.UTC().Format(time.RFC3339), Language: w.Language,
		Links: []feedRef{{Rel: "alternate", Href: base + WorkPath(w.ID), Type: "text/html", Title: "Work"}},
	}
	if !w.Posted.IsZero() {
		item.Published = w.Posted.UTC().Format(time.RFC3339)
	}
	for _, c := range w.Creators {
		item.Authors = append(item.Authors, feedPerson{c.String(), base + CreatorPath(c.ID)})
	}
	for _, t := range w.Tags {
		item.Categories = append(item.Categories, feedCategory{base + "/tags#" + t.Kind.String(), t.Name, t.Name})
	}
	if len(item.Authors) == 0 {
		item.Authors = []feedPerson{{Name: "Anonymous"}}
	}
	item.Summary = &feedText{"html", w.Summary.Print(prose.Options{Image: noImages}) + "<p>" + counted(w.Words, "word", "words") + " · " + completion(w) + languageNote(w) + "</p>"}
	return item
}

func languageNote(w archive.Work) string {
	if name := text.LanguageName(w.Language); name != "" {
		return " · " + xmlText(name)
	}
	return ""
}

func iconPath() string {
	path, err := assetPath("icon.svg")
	if err != nil {
		panic(err) // it is embedded
	}
	return path
}

func xmlText(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s)) // a bytes.Buffer takes everything
	return b.String()
}

// catalog makes an acquisition feed of OPDS 1.2 out of the feed.
func (f *feed) catalog(base string, l listing) {
	f.Links[0].Type = strings.TrimSuffix(catalogType, "; charset=utf-8")
	f.Links = append(f.Links, feedRef{Rel: "start", Href: base + "/opds", Type: strings.TrimSuffix(rootType, "; charset=utf-8")})
	if l.answer.Page < l.answer.Pages {
		next := l
		next.question.Page = l.answer.Page + 1
		f.Links = append(f.Links, feedRef{Rel: "next", Href: base + next.form("opds"), Type: strings.TrimSuffix(catalogType, "; charset=utf-8")})
	}
	for i, w := range l.works {
		f.Entries[i].Links = append(f.Entries[i].Links, feedRef{Rel: acquire, Href: base + downloadPath(w.ID, "epub"), Type: epubType})
	}
}

func (f feed) send(w http.ResponseWriter, r *http.Request, mediaType string) error {
	body, err := xml.MarshalIndent(f, "", " ")
	if err != nil {
		return err
	}
	return Send(w, r, http.StatusOK, mediaType, append([]byte(xml.Header), body...))
}

// base is the address of this site as the client sees it.
func (s *Site) base(r *http.Request) string {
	switch {
	case s.PublicURL != "":
		return strings.TrimRight(s.PublicURL, "/")
	case r.TLS != nil:
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// showCatalog is where e-readers begin.
func (s *Site) showCatalog(w http.ResponseWriter, r *http.Request) error {
	base, now := s.base(r), time.Unix(0, 0).UTC().Format(time.RFC3339)
	f := feed{
		ID: base + "/opds", Title: "Ficstead", Updated: now, Icon: base + iconPath(),
		Links: []feedRef{
			{Rel: "self", Href: base + "/opds", Type: strings.TrimSuffix(rootType, "; charset=utf-8")},
			{Rel: "start", Href: base + "/opds", Type: strings.TrimSuffix(rootType, "; charset=utf-8")},
			{Rel: "search", Href: base + "/opds/search.xml", Type: "application/opensearchdescription+xml"},
		},
	}
	add := func(path, title, says string) {
		f.Entries = append(f.Entries, feedItem{ID: base + path, Title: title, Updated: now, Content: &feedText{"text", says},
			Links: []feedRef{{Rel: "subsection", Href: base + path, Type: strings.TrimSuffix(catalogType, "; charset=utf-8")}}})
	}
	add("/works.opds", "All works", "The newest first")
	add("/works.opds?sort=title", "By title", "All works from A")
	for _, t := range s.Finder.Fandoms(s.Viewer(r)) {
		add(TagPath(t.ID)+".opds", t.Name, counted(t.Uses, "work", "works"))
	}
	return f.send(w, r, rootType)
}

// showOpenSearch tells e-readers how to search.
func (s *Site) showOpenSearch(w http.ResponseWriter, r *http.Request) error {
	base := xmlText(s.base(r))
	return Send(w, r, http.StatusOK, "application/opensearchdescription+xml; charset=utf-8", []byte(xml.Header+
		`<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/"><ShortName>Ficstead</ShortName><Description>Works in this library</Description>`+
		`<Url type="application/atom+xml;profile=opds-catalog;kind=acquisition" template="`+base+`/works.opds?q={searchTerms}"/></OpenSearchDescription>`))
}
