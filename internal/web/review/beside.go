package review

import (
	"fmt"
	"html/template"
	"net/http"
	"strconv"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/base/prose"
	"ficstead/internal/intake"
	"ficstead/internal/review"
	"ficstead/internal/store"
	"ficstead/internal/web/address"
	"ficstead/internal/web/mends"
	"ficstead/internal/web/page"
	"ficstead/internal/web/words"
)

var besideView = page.New[besidePage](templates, "review/beside")

// besidePage is a chapter beside what it was made of, row by row.
type besidePage struct {
	page.Frame
	Name           string
	Tongue         page.Tongue
	Work           string // address
	Path           string
	Review         string
	Read           string // address of the chapter for readers
	Label          string
	Number         int
	Revision       int
	Files          []string // that the work came in
	Said           string
	Rows           []besideRow
	Loose          []*mends.Entry // whose place is not known
	Seen, Off      string
	Previous, Next page.Link
	More           page.Link // the rest of a long chapter
}

// besideRow is a paragraph and what it was made of.
type besideRow struct {
	Anchor  string
	Source  string
	Cut     bool // the source goes on
	Text    template.HTML
	Same    bool // nothing was mended in it
	Entries []*mends.Entry
}

const (
	rowsPerPage = 300
	// longestSource is how much of a source a row shows, in bytes: one paragraph
	// of a text without any may be a whole book.
	longestSource = 20_000
)

func (p *Pages) showBeside(w http.ResponseWriter, r *http.Request) error {
	n, err := strconv.Atoi(r.PathValue("chapter"))
	if err != nil {
		return fmt.Errorf("chapter %q: %w", r.PathValue("chapter"), errs.NotFound)
	}
	var m matter
	var chapters []archive.Chapter
	var files []store.Original
	err = p.Store.Read(r.Context(), func(tx *store.Tx) (err error) {
		if m, err = p.matter(tx, r); err != nil {
			return err
		}
		if n < 1 || n > len(m.work.Chapters) {
			return fmt.Errorf("chapter %d of %d: %w", n, len(m.work.Chapters), errs.NotFound)
		}
		if chapters, err = tx.Chapters(m.work.ID); err != nil {
			return err
		}
		for _, f := range m.files {
			if f, err = tx.Original(m.work.ID, f.Sum); err != nil {
				return err
			}
			files = append(files, f)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if !m.readable {
		return page.Told{Err: errs.NotFound, Heading: "No file is kept with this work", Message: "So there is nothing to show beside its chapters.",
			Links: []page.Link{{Href: address.Work(m.work.ID), Label: "To the work"}}}
	}
	var source strings.Builder
	for _, f := range files {
		text, err := intake.Source(f)
		if err != nil {
			return err
		}
		source.WriteString(text + "\n")
	}
	from, _ := strconv.Atoi(r.URL.Query().Get("from"))
	v := newBesidePage(m, chapters, n, source.String(), max(0, from))
	v.Said = saidWords(r.URL.Query().Get("done"), m)
	v.Frame = p.Frame(r, v.Label+" beside its source", "browse")
	w.Header().Set("Cache-Control", "no-store")
	return besideView.Show(w, r, http.StatusOK, v)
}

func newBesidePage(m matter, chapters []archive.Chapter, n int, source string, from int) besidePage {
	id := m.work.ID
	v := besidePage{
		Name: words.Title(m.work), Tongue: page.TongueOf(m.work.Language), Work: address.Work(id), Path: address.Beside(id, n),
		Review: address.Review(id), Read: address.Chapter(id, n), Label: words.Chapter(m.work.Chapters[n-1]), Number: n, Revision: m.work.Revision,
	}
	for _, f := range m.files {
		v.Files = append(v.Files, f.Name)
	}
	if n > 1 {
		v.Previous = page.Link{Href: address.Beside(id, n-1), Label: words.Chapter(m.work.Chapters[n-2])}
	}
	if n < len(chapters) {
		v.Next = page.Link{Href: address.Beside(id, n+1), Label: words.Chapter(m.work.Chapters[n])}
	}
	rows := review.Beside(source, chapters)[n-1]
	entries := v.place(m, chapters[n-1], rows, source)
	blocks := chapters[n-1].Text.Blocks()
	for i, row := range rows[min(from, len(rows)):] {
		if i == rowsPerPage {
			v.More = page.Link{Href: fmt.Sprintf("%s?from=%d", v.Path, from+i), Label: "The rest of this chapter"}
			break
		}
		b := besideRow{Anchor: fmt.Sprintf("r%d", row.Block+1), Source: row.Source, Entries: entries[row.Block]}
		if len(b.Source) > longestSource {
			b.Source, b.Cut = strings.ToValidUTF8(b.Source[:longestSource], ""), true
		}
		if row.Block >= 0 {
			d := prose.New(blocks[row.Block : row.Block+1])
			b.Text = template.HTML(d.Print(prose.Options{Prefix: b.Anchor + "-", Heading: 2, Image: image(id)}))
			b.Same = len(b.Entries) == 0
		} else if strings.TrimSpace(b.Source) == "" {
			continue
		}
		v.Rows = append(v.Rows, b)
	}
	return v
}

func image(id archive.WorkID) func(src, alt string) string {
	return func(src, _ string) string {
		if sum, ours := strings.CutPrefix(src, "image:"); ours {
			return address.Image(id, sum)
		}
		return ""
	}
}

// place finds the mends of a chapter, by the block that they are in: by their
// place in the source where they know it, else by what they say.
func (v *besidePage) place(m matter, c archive.Chapter, rows []review.Row, source string) map[int][]*mends.Entry {
	ruler := review.NewRuler(source)
	c.Number = v.Number
	var here []archive.Mend
	for _, mend := range m.mends {
		if mend.Chapter == v.Number || mend.Chapter == 0 && v.Number == 1 {
			here = append(here, mend)
		}
	}
	places := review.NewPlaces([]archive.Chapter{c}, here)
	at := map[int][]*mends.Entry{}
	for _, e := range mends.Entries(here, m.decisions) {
		place := places.Find(e.Mend)
		if e.At > 0 && len(m.files) == 1 {
			if block, ok := review.RowAt(rows, ruler.Byte(e.At)); ok {
				place = review.Place{Found: true, Block: block}
			}
		}
		e.Show("", "")
		v.Seen += e.ID + " "
		if !e.Ticked {
			v.Off += e.ID + " "
		}
		if place.Found {
			at[place.Block] = append(at[place.Block], e)
		} else {
			v.Loose = append(v.Loose, e)
		}
	}
	return at
}
