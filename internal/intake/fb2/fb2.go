package fb2

import (
	"encoding/base64"
	"strings"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/bounds"
	"ficstead/internal/base/text"
	"ficstead/internal/base/xmltree"
)

// Kind is the name of the format.
const Kind = "fb2"

const (
	broken archive.Refusal = "This is an FB2 book whose text is missing or too damaged to be read. Download it again, or try another format of the work."
	tooBig archive.Refusal = "This FB2 book is larger than any story is. Bring it in smaller parts."
)

// Match reports whether a file is a FictionBook.
func Match(data []byte) bool {
	return strings.Contains(xmltree.Decode(data[:min(len(data), 4000)&^1]), "<FictionBook")
}

var spaces = map[string]string{
	"http://www.gribuser.ru/xml/fictionbook/2.0": "",
	"http://www.gribuser.ru/xml/fictionbook/2.1": "",
	"http://www.gribuser.ru/xml/fictionbook/2.2": "",
	"http://www.w3.org/1999/xlink":               "l",
}

// Read reads a book. Keep keeps a picture and says its address, "" if it cannot
// be kept. The error is a Refusal.
func Read(data []byte, keep func([]byte) string) (m archive.Manuscript, err error) {
	m.Kind = Kind
	if len(data) > bounds.Part {
		return m, tooBig
	}
	root := xmltree.Parse(data, spaces)
	r := &reader{book: root.Child("FictionBook"), keep: keep, m: &m, notes: map[string]*xmltree.Node{}, pictures: map[string]*xmltree.Node{}, shown: map[string]string{}, told: map[string]bool{}}
	if r.book == nil {
		return m, broken
	}
	r.gather()
	r.describe(r.book.Child("description"))
	for _, body := range r.bodies() {
		r.body(body)
	}
	r.leftNotes()
	if len(m.Chapters) == 0 {
		return m, broken
	}
	if root.Cut {
		m.Warnings = append(m.Warnings, "The book is damaged or too large: its text was read as far as it goes, and the rest is missing.")
	}
	return m, nil
}

// reader goes through a book once.
type reader struct {
	book     *xmltree.Node
	keep     func([]byte) string
	m        *archive.Manuscript
	notes    map[string]*xmltree.Node // by id
	order    []string                 // the ids of notes
	pictures map[string]*xmltree.Node // by id
	shown    map[string]string        // the addresses of those that were shown
	told     map[string]bool          // the notes that were told
	spaced   bool                     // empty lines part paragraphs, not scenes
}

// gather finds what the text refers to, and how it uses empty lines.
func (r *reader) gather() {
	paragraphs, empties := 0, 0
	for _, n := range r.book.Nodes {
		switch {
		case n.Name == "binary":
			r.pictures[n.Attr("id")] = n
		case n.Name == "body" && isNotes(n):
			for section := range n.Each("section") {
				if id := section.Attr("id"); id != "" && r.notes[id] == nil {
					r.notes[id] = section
					r.order = append(r.order, id)
				}
			}
		case n.Name == "body":
			for range n.Each("p") {
				paragraphs++
			}
			for range n.Each("empty-line") {
				empties++
			}
		}
	}
	r.spaced = empties*5 > paragraphs && paragraphs > 10
}

func isNotes(body *xmltree.Node) bool {
	switch strings.ToLower(body.Attr("name")) {
	case "notes", "comments", "footnotes", "note":
		return true
	}
	return false
}

// bodies are those of the story.
func (r *reader) bodies() (found []*xmltree.Node) {
	for _, n := range r.book.Nodes {
		if n.Name == "body" && !isNotes(n) {
			found = append(found, n)
		}
	}
	return found
}

// describe takes what a book says of itself. Of document-info only the address
// is the work's: its author is who made the file.
func (r *reader) describe(description *xmltree.Node) {
	about := description.Child("title-info")
	m := r.m
	m.Title = about.Child("book-title").Line()
	m.Language = text.Language(about.Child("lang").Line())
	m.Summary = m.Prose(r.blocks(about.Child("annotation"), 0))
	m.Source = archive.ParseSource(description.Child("document-info", "src-url").Line())
	if about == nil {
		return
	}
	for _, n := range about.Nodes {
		switch n.Name {
		case "author":
			if name := nameOf(n); name != "" {
				m.Creators = append(m.Creators, archive.Creator{Name: name})
			}
		case "genre":
			if name := genre(n.Line()); name != "" {
				m.Tags = append(m.Tags, archive.Tag{Kind: archive.Freeform, Name: name})
			}
		case "keywords":
			for word := range strings.SplitSeq(n.Line(), ",") {
				m.Tags = append(m.Tags, archive.Tag{Kind: archive.Freeform, Name: strings.TrimSpace(word)})
			}
		case "sequence":
			r.sequence(n)
		case "date":
			if day, err := time.Parse(time.DateOnly, strings.TrimSpace(n.Attr("value"))); err == nil {
				m.Posted = day
			}
		}
	}
}

// sequence makes a part of a series, and of those it stands in.
func (r *reader) sequence(n *xmltree.Node) {
	if name := strings.Join(strings.Fields(n.Attr("name")), " "); name != "" {
		r.m.Series = append(r.m.Series, archive.Part{Series: archive.Series{Title: name}, Number: whole(n.Attr("number"))})
	}
	for _, inner := range n.Nodes {
		if inner.Name == "sequence" {
			r.sequence(inner)
		}
	}
}

// whole reads a small number, or returns 0.
func whole(s string) (n int) {
	for _, c := range strings.TrimSpace(s) {
		if c < '0' || c > '9' || n > 100_000 {
			return 0
		}
		n = n*10 + int(c-'0')
	}
	return n
}

func nameOf(n *xmltree.Node) string {
	parts := []string{n.Child("first-name").Line(), n.Child("middle-name").Line(), n.Child("last-name").Line()}
	if name := strings.Join(strings.Fields(strings.Join(parts, " ")), " "); name != "" {
		return name
	}
	return n.Child("nickname").Line()
}

// genres are codes of the format that people would write otherwise.
var genres = map[string]string{
	"fanfiction": "", "fanfic": "", "unrecognised": "", "other": "", "sf": "Science Fiction", "sf_fantasy": "Fantasy", "sf_history": "Alternate History",
	"sf_horror": "Horror", "sf_humor": "Humor", "sf_space": "Space", "sf_social": "Science Fiction", "sf_fantasy_city": "Urban Fantasy", "sf_heroic": "Heroic Fantasy", "sf_action": "Action",
	"sf_detective": "Mystery", "sf_epic": "Epic", "sf_cyberpunk": "Cyberpunk", "sf_mystic": "Mystic", "sf_postapocalyptic": "Post-Apocalypse", "love": "Romance",
	"love_contemporary": "Romance", "love_history": "Historical Romance", "love_sf": "Romance", "love_erotica": "Erotica", "love_detective": "Romance", "love_short": "Romance",
	"detective": "Mystery", "det_classic": "Mystery", "det_crime": "Crime", "thriller": "Thriller", "det_police": "Police", "adventure": "Adventure", "adv_history": "Historical",
	"adv_maritime": "Sea", "prose_contemporary": "Contemporary", "prose_classic": "Classic", "prose_history": "Historical", "prose_military": "Military",
	"humor": "Humor", "humor_prose": "Humor", "poetry": "Poetry", "dramaturgy": "Drama", "child_tale": "Fairy Tale", "child_sf": "Science Fiction", "popadancy": "Isekai", "popadanec": "Isekai",
}

// genre spells a code as people do.
func genre(code string) string {
	if name, ok := genres[strings.ToLower(code)]; ok {
		return name
	}
	return strings.ReplaceAll(code, "_", " ")
}

// picture keeps the picture of an address within the book, once.
func (r *reader) picture(href string) string {
	id, ok := strings.CutPrefix(href, "#")
	n := r.pictures[id]
	if !ok || n == nil {
		return ""
	}
	if address, known := r.shown[id]; known {
		return address
	}
	data, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(n.Inner()), ""))
	if err == nil {
		r.shown[id] = r.keep(data)
	}
	return r.shown[id]
}
