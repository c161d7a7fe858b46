package web

import (
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/intake"
	"ficstead/internal/store"
)

// Bounds of one upload, beside intake.MaxFile: a file is held in memory while it
// is written down.
const (
	maxFiles  = 5000
	maxUpload = 4 << 30 // bytes of a whole upload
	maxName   = 180     // characters of a file's name that are kept
)

// noFiles is what a form without files is answered.
var noFiles = errs.Problems{{Field: "files", Message: "Choose at least one file to bring in."}}

// Receive keeps the files of a multipart upload as an import of whoever sends
// it. Each file is kept before the next is read, and is on its way from then
// on: what arrived of an upload that breaks off is not lost. A file that is too
// large is refused in its receipt, and the others come in.
func (s *Site) Receive(w http.ResponseWriter, r *http.Request) (archive.ImportID, error) {
	viewer := s.Viewer(r)
	if !viewer.MayBringIn() {
		return 0, fmt.Errorf("bring in: %w", errs.SignIn)
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxUpload)
	parts, err := r.MultipartReader()
	if err != nil {
		return 0, noFiles
	}
	u := upload{site: s, r: r, batch: store.Import{Owner: viewer.Person}}
	for {
		part, err := parts.NextPart()
		if err == io.EOF {
			break
		}
		if err == nil && u.count >= maxFiles {
			err = errTooMany
		}
		if err == nil {
			err = u.part(part)
		}
		if err != nil {
			return u.broken(err)
		}
	}
	if u.batch.ID == 0 {
		return 0, noFiles
	}
	return u.batch.ID, nil
}

var errTooMany = errors.New("too many files")

// An upload is an import that is being received.
type upload struct {
	site  *Site
	r     *http.Request
	batch store.Import // has no ID before the first file
	count int
}

// part keeps one part of the form if it is a file. A file field in which
// nothing was chosen has an empty name.
func (u *upload) part(part *multipart.Part) error {
	if part.FileName() == "" {
		return nil
	}
	data, err := io.ReadAll(io.LimitReader(part, intake.MaxFile+1))
	if err != nil {
		return err
	}
	name := labelOf(part.FileName())
	if len(data) > intake.MaxFile {
		return u.refuse(name, fmt.Sprintf("The file is larger than %d MB. If it is a collection, unpack it and bring its files in.", intake.MaxFile>>20))
	}
	return u.add(func(tx *store.Tx, id archive.ImportID) error {
		_, err := tx.AddImportItem(id, name, data)
		return err
	})
}

// add puts one file on the list, and begins the import with the first.
func (u *upload) add(f func(*store.Tx, archive.ImportID) error) error {
	batch := u.batch
	err := u.site.Store.Write(u.r.Context(), func(tx *store.Tx) error {
		batch = u.batch
		if batch.ID == 0 {
			if err := tx.AddImport(&batch); err != nil {
				return err
			}
		}
		return f(tx, batch.ID)
	})
	if err != nil {
		return storeError{err}
	}
	u.batch = batch
	u.count++
	u.site.wakeImporter()
	return nil
}

// refuse notes something that is not taken in, with the reason.
func (u *upload) refuse(name, sentence string) error {
	return u.add(func(tx *store.Tx, id archive.ImportID) error {
		item, err := tx.AddImportItem(id, name, nil)
		if err != nil {
			return err
		}
		return tx.FinishItem(item, []archive.Receipt{{Source: name, Status: archive.StatusRefused, Error: sentence}})
	})
}

// broken ends an upload that cannot be read to its end. What was kept stays,
// and the person is told what is missing.
func (u *upload) broken(err error) (archive.ImportID, error) {
	sentence := "The upload broke off here. Choose the files that are missing again."
	var ours storeError
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &ours):
		return 0, ours.error
	case errors.As(err, &large):
		sentence = fmt.Sprintf("One upload takes %d GB; what came after that was not read. Bring the rest in separately.", maxUpload>>30)
	case errors.Is(err, errTooMany):
		sentence = fmt.Sprintf("One upload takes %d files; the rest was not read. Bring it in separately, or as a ZIP.", maxFiles)
	}
	if u.batch.ID == 0 && !errors.As(err, &large) {
		return 0, errs.Problems{{Field: "files", Message: "What was sent could not be read as files. Try again."}}
	}
	if err := u.refuse("the rest of the upload", sentence); err != nil {
		return 0, err
	}
	return u.batch.ID, nil
}

// storeError marks what the store said while a file was kept.
type storeError struct{ error }

func (e storeError) Unwrap() error { return e.error }

func (s *Site) wakeImporter() {
	if s.Importer != nil {
		s.Importer.Wake()
	}
}

// labelOf makes of a name that anybody may have sent one that can be shown. It
// is only ever a label: no file is opened by it.
func labelOf(name string) string {
	name = path.Base(strings.ReplaceAll(strings.ToValidUTF8(name, "�"), `\`, "/"))
	name = strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, name))
	if name == "" || strings.Trim(name, "./") == "" {
		return "file without a name"
	}
	if n := utf8.RuneCountInString(name); n > maxName {
		runes := []rune(name)
		name = string(runes[:maxName/2]) + "…" + string(runes[n-maxName/2:])
	}
	return name
}
