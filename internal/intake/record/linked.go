package record

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"

	"ficstead/internal/archive"
)

// Linked is what is known of a work in the words of schema.org, as JSON-LD:
// catalogues of libraries read it. The work itself is in the files it names.
type Linked struct {
	Context     []any          `json:"@context"`
	Type        string         `json:"@type"`
	ID          string         `json:"identifier,omitempty"`
	Name        string         `json:"name"`
	Authors     []LinkedPerson `json:"author,omitempty"`
	Language    string         `json:"inLanguage,omitempty"`
	Description string         `json:"description,omitempty"` // HTML
	Keywords    []LinkedTerm   `json:"keywords,omitempty"`
	Rating      []string       `json:"contentRating,omitempty"`
	About       []string       `json:"about,omitempty"` // fandoms
	Characters  []LinkedPerson `json:"character,omitempty"`
	Audience    []string       `json:"recipient,omitempty"`
	PartOf      []LinkedSeries `json:"isPartOf,omitempty"`
	Parts       []LinkedPart   `json:"hasPart,omitempty"`
	Status      string         `json:"creativeWorkStatus"`
	Published   string         `json:"datePublished,omitempty"`
	Modified    string         `json:"dateModified,omitempty"`
	URL         string         `json:"url,omitempty"`
	Publisher   *LinkedPerson  `json:"sourceOrganization,omitempty"`
	Words       int            `json:"ficstead:words"`
	Collections []string       `json:"ficstead:collections,omitempty"`
	Revision    int            `json:"version"`
	NoSearch    bool           `json:"ficstead:keptOutOfTextSearch,omitempty"`
	Files       []LinkedFile   `json:"encoding"`
}

// LinkedPerson is somebody or something with a name.
type LinkedPerson struct {
	Type    string `json:"@type"`
	Name    string `json:"name"`
	Account string `json:"alternateName,omitempty"`
	URL     string `json:"url,omitempty"`
}

// LinkedTerm is a tag, with what kind it is.
type LinkedTerm struct {
	Type string `json:"@type"`
	Name string `json:"name"`
	Kind string `json:"inDefinedTermSet"`
}

// LinkedSeries is a place in a series.
type LinkedSeries struct {
	Type   string `json:"@type"`
	Name   string `json:"name"`
	URL    string `json:"url,omitempty"`
	Number int    `json:"position,omitempty"`
}

// LinkedPart is a chapter, without its text.
type LinkedPart struct {
	Type   string `json:"@type"`
	Number int    `json:"position"`
	Name   string `json:"name,omitempty"`
	Words  int    `json:"ficstead:words"`
}

// LinkedFile is a file of a work, beside its description.
type LinkedFile struct {
	Type string `json:"@type"`
	Path string `json:"contentUrl"`
	Sum  string `json:"sha256"`
	Size int    `json:"contentSize"`

	// Of a file that the work was read from:
	Name     string `json:"name,omitempty"` // as it was called
	Kind     string `json:"ficstead:kind,omitempty"`
	Revision int    `json:"ficstead:revision,omitempty"` // that it made
	Original bool   `json:"ficstead:original,omitempty"`
}

// LinkedOf describes a work that has files.
func LinkedOf(w archive.Work, files []LinkedFile) Linked {
	l := Linked{
		Context: []any{"https://schema.org", map[string]string{"ficstead": "urn:ficstead:"}}, Type: "Book", ID: fmt.Sprint(w.ID.Public()),
		Name: w.Title, Language: w.Language, Description: w.Summary.HTML(), Audience: w.Recipient, Status: "Incomplete", Published: day(w.Posted), Modified: day(w.Updated),
		URL: w.Source.URL, Words: w.Words, Collections: w.Collections, Revision: w.Revision, NoSearch: w.NoTextSearch, Files: files,
	}
	if w.Complete {
		l.Status = "Complete"
	}
	if w.Source.Site != "" {
		l.Publisher = &LinkedPerson{Type: "Organization", Name: w.Source.Site}
	}
	for _, c := range w.Creators {
		l.Authors = append(l.Authors, LinkedPerson{"Person", c.Name, c.Account, c.URL})
	}
	for _, t := range w.Tags {
		switch t.Kind {
		case archive.Rating:
			l.Rating = append(l.Rating, t.Name)
		case archive.Fandom:
			l.About = append(l.About, t.Name)
		case archive.CharacterTag:
			l.Characters = append(l.Characters, LinkedPerson{Type: "Person", Name: t.Name})
		}
		l.Keywords = append(l.Keywords, LinkedTerm{"DefinedTerm", t.Name, t.Kind.String()})
	}
	for _, p := range w.Series {
		l.PartOf = append(l.PartOf, LinkedSeries{"BookSeries", p.Series.Title, p.Series.URL, p.Number})
	}
	for _, c := range w.Chapters {
		l.Parts = append(l.Parts, LinkedPart{"Chapter", c.Number, c.Title, c.Words})
	}
	return l
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.DateOnly)
}

// Encode prints a description, always the same.
func (l Linked) Encode() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "\t")
	err := e.Encode(l)
	return b.Bytes(), err
}

// ParseLinked reads what Encode prints.
func ParseLinked(data []byte) (l Linked, err error) {
	err = json.Unmarshal(data, &l)
	return l, err
}
