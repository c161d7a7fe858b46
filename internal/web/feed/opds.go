package feed

import (
	"encoding/xml"

	"ficstead/internal/archive"
	"ficstead/internal/web/address"
	"ficstead/internal/web/listing"
	"ficstead/internal/web/words"
)

// RootPath is where e-readers begin.
const RootPath = "/opds"

const acquisition = "http://opds-spec.org/acquisition"

// Catalog is an acquisition feed of OPDS 1.2: the listing with the EPUB of each
// work and the way to its next page.
func (s Site) Catalog(self string, l listing.List, works []archive.Work) Feed {
	f := s.Atom(self, l, works)
	f.Links[0].Type = CatalogType
	f.Links = append(f.Links, s.start())
	if l.Answer.Page < l.Answer.Pages {
		next := l
		next.Question.Page = l.Answer.Page + 1
		f.Links = append(f.Links, Link{Rel: "next", Href: s.Base + next.Form("opds"), Type: CatalogType})
	}
	for i, w := range works {
		f.Entries[i].Links = append(f.Entries[i].Links, Link{Rel: acquisition, Href: s.Base + address.Download(w.ID, "epub"), Type: "application/epub+zip"})
	}
	return f
}

// Root is the navigation feed that leads to all works and to each fandom.
func (s Site) Root(fandoms []archive.Tag) Feed {
	f := s.feed(s.Base+RootPath, "Ficstead", Link{Rel: "self", Href: s.Base + RootPath, Type: RootType}, s.start(),
		Link{Rel: "search", Href: s.Base + RootPath + "/search.xml", Type: SearchType})
	f.Author = &person{Name: "Ficstead", URI: s.Base}
	f.Entries = []Entry{s.way("/works.opds", "All works", "The newest first", f.Updated), s.way("/works.opds?sort=title", "By title", "All works from A", f.Updated)}
	for _, t := range fandoms {
		f.Entries = append(f.Entries, s.way(address.Tag(t.ID)+".opds", t.Name, words.Counted(t.Uses, "work", "works"), f.Updated))
	}
	return f
}

func (s Site) start() Link { return Link{Rel: "start", Href: s.Base + RootPath, Type: RootType} }

// way is an entry that leads to another feed.
func (s Site) way(path, title, says, updated string) Entry {
	return Entry{ID: s.Base + path, Title: title, Updated: updated, Content: &content{"text", says},
		Links: []Link{{Rel: "subsection", Href: s.Base + path, Type: CatalogType}}}
}

// Search tells e-readers how to ask.
func (s Site) Search() []byte {
	return []byte(xml.Header + `<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/"><ShortName>Ficstead</ShortName><Description>Works in this library</Description>` +
		`<Url type="` + CatalogType + `" template="` + escape(s.Base) + `/works.opds?q={searchTerms}"/></OpenSearchDescription>`)
}
