package export

import (
	"crypto/sha1"
	_ "embed" // the style
	"fmt"
	"strings"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/epub"
	"ficstead/internal/base/prose"
)

//go:embed book.css
var bookStyle string

// folder is where all of a book lies in its EPUB.
const folder = "EPUB/"

// EPUB prints b as EPUB 3, which readers of EPUB 2 open too. docs/formats/epub.md
// says what is where.
func EPUB(b Book) ([]byte, error) {
	w := &binder{book: b, out: epub.Book{
		Title:       b.title(),
		Language:    b.language(),
		Identifiers: []epub.Identifier{{Value: b.urn()}},
		Modified:    b.changed(),
		Metas:       map[string][]string{},
	}}
	if b.dir() == "rtl" {
		w.out.Dir = "rtl"
	}
	w.describe()
	if err := w.addCover(); err != nil {
		return nil, fmt.Errorf("cover of %q: %w", b.title(), err)
	}
	if len(b.Works) != 1 {
		w.addList()
	}
	for i, bound := range b.Works {
		w.addWork(i, bound)
	}
	w.resource("style.css", "text/css", []byte(bookStyle))
	w.describeAccess()
	return epub.Write(w.out)
}

// binder makes an EPUB of a Book.
type binder struct {
	book     Book
	out      epub.Book
	pictures map[string]picture // of the work being bound, by sum
	parts    []part             // pages of the work being bound
	notes    map[string]string  // of the work being bound: the page of each note
	added    map[string]bool    // pictures by their place in the EPUB
}

// part is a page before the links to notes on other pages are known.
type part struct {
	name  string
	page  epub.Page
	notes map[string]bool // on the page
}

// urn is a name that stays the same as long as the work does, also in another
// archive that has it from the same source.
func (b Book) urn() string {
	h := sha1.New()
	for _, bound := range b.Works {
		w := bound.Work
		key := w.Source.Key
		if key == "" {
			key = fmt.Sprintf("%d@%d", w.ID, w.Added.UnixMicro())
		}
		fmt.Fprintf(h, "ficstead\x00%s\x00", key)
	}
	u := h.Sum(nil)
	u[6], u[8] = u[6]&0x0f|0x50, u[8]&0x3f|0x80 // a UUID of version 5
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", u[:4], u[4:6], u[6:8], u[8:10], u[10:16])
}

// describe fills in what libraries look at.
func (w *binder) describe() {
	for _, c := range w.book.creators() {
		w.out.Creators = append(w.out.Creators, epub.Creator{Name: c.String(), Role: "aut"})
	}
	seen := map[string]bool{}
	for _, bound := range w.book.Works {
		for _, kind := range archive.Kinds {
			for _, t := range bound.Work.TagsOf(kind) {
				if !seen[t.Name] {
					seen[t.Name] = true
					w.out.Subjects = append(w.out.Subjects, t.Name)
				}
			}
		}
	}
	if len(w.book.Works) != 1 {
		return
	}
	work := w.book.Works[0].Work
	w.out.Description = work.Summary.Text()
	w.out.Source = safeLink(work.Source.URL)
	if !work.Posted.IsZero() {
		w.out.Dates = []epub.Date{{Value: work.Posted.Format(time.DateOnly)}}
	}
	for _, p := range work.Series {
		c := epub.Collection{Title: p.Series.Title, Type: "series"}
		if p.Number > 0 {
			c.Position = fmt.Sprint(p.Number)
		}
		w.out.Collections = append(w.out.Collections, c)
	}
}

// describeAccess tells people who cannot read every book whether they can this one.
func (w *binder) describeAccess() {
	metas := w.out.Metas
	metas["schema:accessMode"] = []string{"textual"}
	metas["schema:accessModeSufficient"] = []string{"textual"}
	metas["schema:accessibilityFeature"] = []string{"displayTransformability", "readingOrder", "structuralNavigation", "tableOfContents"}
	metas["schema:accessibilityHazard"] = []string{"none"}
	metas["schema:accessibilitySummary"] = []string{"The text can be enlarged and restyled, and is in reading order with a table of contents."}
	if len(w.added) > 0 {
		metas["schema:accessMode"] = []string{"textual", "visual"}
		metas["schema:accessibilityHazard"] = []string{"unknown"}
		metas["schema:accessibilitySummary"] = []string{"The text can be enlarged and restyled, and is in reading order with a table of contents. Pictures have the descriptions that the creator gave them."}
	}
}

func (w *binder) addCover() error {
	c := newCover(w.book)
	picture, err := c.PNG()
	if err != nil {
		return err
	}
	w.out.Cover = folder + "cover.png"
	w.resource("cover.png", "image/png", picture)
	label := "Cover: " + w.book.title()
	if by := joinNames(w.book.creators()); by != "" {
		label += " by " + by
	}
	w.page("cover", epub.Page{Title: w.book.title(), Language: w.book.language(), Dir: w.book.dir(), Kind: "cover",
		Body: `<div class="cover">` + c.SVG(label) + "</div>"})
	return nil
}

// addList adds the title page of several works.
func (w *binder) addList() {
	var body strings.Builder
	body.WriteString("<h1>" + epub.Escape(w.book.title()) + "</h1>\n<ol>\n")
	for i, bound := range w.book.Works {
		fmt.Fprintf(&body, "<li><a href=\"%s.xhtml\">%s</a>", pageName(w.book, i, "preface"), epub.Escape(titleOf(bound.Work)))
		if by := joinNames(bound.Work.Creators); by != "" {
			body.WriteString(" by " + epub.Escape(by))
		}
		body.WriteString("</li>\n")
	}
	body.WriteString("</ol>")
	w.page("works", epub.Page{Title: w.book.title(), Language: w.book.language(), Kind: "titlepage", Body: body.String()})
	w.out.TOC = append(w.out.TOC, epub.Entry{Title: w.book.title(), Href: folder + "works.xhtml"})
}

// pageName names a page of work i, without its end.
func pageName(b Book, i int, name string) string {
	if len(b.Works) == 1 {
		return name
	}
	return fmt.Sprintf("work-%d-%s", i+1, name)
}

// addWork adds the pages of a work.
func (w *binder) addWork(i int, bound Bound) {
	w.pictures, w.notes = bound.pictures(), map[string]string{}
	name := func(s string) string { return pageName(w.book, i, s) }
	address := func(s string) string { return folder + name(s) + ".xhtml" }
	entries := []epub.Entry{{Title: "Preface", Href: address("preface")}}
	w.part(name("preface"), bound, "titlepage", "Preface", func(m *markup) {
		m.links.end = name("afterword") + ".xhtml#endnotes"
		m.preface()
	})
	for _, c := range bound.Chapters {
		title := heading(c)
		if bound.isSingle() {
			title = titleOf(bound.Work)
		}
		page := name(fmt.Sprintf("chapter-%d", c.Number))
		entries = append(entries, epub.Entry{Title: title, Href: folder + page + ".xhtml"})
		w.part(page, bound, "bodymatter", title, func(m *markup) {
			m.links.chapterEnd = func(n int) string { return fmt.Sprintf("#endnotes%d", n) }
			m.write("<div id=\"chapters\" class=\"userstuff chapters\">\n")
			m.chapter(c)
			m.write("</div>\n")
		})
	}
	if bound.hasAfterword() {
		entries = append(entries, epub.Entry{Title: "Afterword", Href: address("afterword")})
		w.part(name("afterword"), bound, "backmatter", "Afterword", (*markup).afterword)
	}
	w.finish()
	if len(w.book.Works) == 1 {
		w.out.TOC = append(w.out.TOC, entries...)
		return
	}
	w.out.TOC = append(w.out.TOC, epub.Entry{Title: titleOf(bound.Work), Href: address("preface"), Children: entries})
}

// part adds a page of a work that write writes.
func (w *binder) part(name string, bound Bound, kind, title string, write func(*markup)) {
	m := &markup{bound: bound, image: w.image, print: prose.Doc.XHTML, taken: map[string]bool{}, xml: true}
	write(m)
	for note := range m.taken {
		if w.notes[note] == "" {
			w.notes[note] = name + ".xhtml"
		}
	}
	w.parts = append(w.parts, part{name, epub.Page{
		Title:    title,
		Language: bound.language(),
		Dir:      dirOf(bound.language()),
		Kind:     kind,
		Body:     strings.ReplaceAll(m.b.String(), ` lang="en">`, ` lang="en" xml:lang="en">`),
	}, m.taken})
}

// finish adds the pages of a work, now that all its notes are known.
func (w *binder) finish() {
	for _, p := range w.parts {
		p.page.Body = relink(p.page.Body, func(note string) (string, bool) {
			if p.notes[note] {
				return "", true
			}
			return w.notes[note], w.notes[note] != ""
		})
		w.page(p.name, p.page)
	}
	w.parts = nil
}

func (w *binder) page(name string, p epub.Page) {
	p.Styles = []string{"style.css"}
	w.out.Spine = append(w.out.Spine, epub.Item{
		ID: name, Href: folder + name + ".xhtml", MediaType: "application/xhtml+xml",
		Title: p.Title, Kind: p.Kind, Data: p.XHTML(),
	})
}

func (w *binder) resource(name, mediaType string, data []byte) {
	id := strings.NewReplacer("/", "-", ".", "-").Replace(name)
	w.out.Resources = append(w.out.Resources, epub.Item{ID: id, Href: folder + name, MediaType: mediaType, Data: data})
}

// image adds a picture to the book where it is first used, and returns its
// address. One that cannot be shown, or is not ours, is described in its place.
func (w *binder) image(src, _ string) string {
	sum, _ := strings.CutPrefix(src, "image:")
	p, ok := w.pictures[sum]
	if !ok {
		return ""
	}
	name := "images/" + sum[:min(len(sum), 24)] + p.ext
	if w.added == nil {
		w.added = map[string]bool{}
	}
	if !w.added[name] {
		w.added[name] = true
		w.resource(name, p.mediaType, p.data)
	}
	return name
}
