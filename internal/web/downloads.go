package web

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/base/picture"
	"ficstead/internal/export"
	"ficstead/internal/store"
	"ficstead/internal/web/address"
	"ficstead/internal/web/answer"
	"ficstead/internal/web/page"
)

// A form is a way to take works away.
type form struct {
	ext, label, mediaType string
	make                  func(export.Book) ([]byte, error)
}

var forms = []form{
	{"epub", "EPUB", "application/epub+zip", export.EPUB},
	{"html", "HTML", page.HTMLType, export.HTML},
	{"md", "Markdown", "text/markdown; charset=utf-8", export.Markdown},
	{"txt", "Plain text", "text/plain; charset=utf-8", export.Text},
}

// promised are forms that the addresses are kept free for.
var promised = map[string]string{"azw3": "AZW3 (Kindle)", "pdf": "PDF"}

func downloadsOf(id archive.WorkID) []link {
	var links []link
	for _, f := range forms {
		links = append(links, link{Href: address.Download(id, f.ext), Label: f.label})
	}
	return links
}

func formOf(ext string, from string) (form, error) {
	for _, f := range forms {
		if f.ext == ext {
			return f, nil
		}
	}
	if name, ok := promised[ext]; ok {
		return form{}, told{Err: errs.NotFound, Heading: name + " is not offered yet", Message: "Take the EPUB: most readers open it, and Calibre makes the rest of it.", Links: []link{{Href: from + ".epub", Label: "EPUB"}, {Href: from, Label: "To the work"}}}

	}
	return form{}, fmt.Errorf("form %q: %w", ext, errs.NotFound)
}

// downloadWork sends a work in the form that ext names. The bytes are the same
// until the work changes, so the answer is kept like a page.
func (s *Site) downloadWork(w http.ResponseWriter, r *http.Request, ext string) error {
	f, err := formOf(ext, strings.TrimSuffix(r.URL.Path, "."+ext))
	if err != nil {
		return err
	}
	return s.keep(func(tx *store.Tx, r *http.Request) (*answer.Answer, error) {
		work, err := s.Work(tx, r)
		if err != nil {
			return nil, err
		}
		book, err := export.Load(tx, s.Viewer(r), work.ID)
		if err != nil {
			return nil, err
		}
		return bind(f, book)
	})(w, r)
}

// bind makes the file that is sent.
func bind(f form, book export.Book) (*answer.Answer, error) {
	body, err := f.make(book)
	if err != nil {
		return nil, err
	}
	return answer.NewFile(f.mediaType, export.FileName(book, f.ext), body), nil
}

var sumPattern = regexp.MustCompile(`^[0-9a-f]{64}$`)

// showImage sends a picture of a work to whom the work may be shown.
func (s *Site) showImage(w http.ResponseWriter, r *http.Request) error {
	sum := r.PathValue("sum")
	if !sumPattern.MatchString(sum) {
		return fmt.Errorf("image %q: %w", sum, errs.NotFound)
	}
	var kept archive.Attachment
	err := s.Store.Read(r.Context(), func(tx *store.Tx) error {
		work, err := s.Work(tx, r)
		if err != nil {
			return err
		}
		kept, err = tx.Attachment(work.ID, sum)
		return err
	})
	if err != nil {
		return err
	}
	p, err := picture.Bare(kept.Data)
	if err != nil {
		return fmt.Errorf("image %q: %w: %w", sum, err, errs.NotFound)
	}
	w.Header().Set("Cache-Control", "private, max-age=31536000, immutable")
	return answer.Send(w, r, http.StatusOK, p.MediaType, p.Data)
}
