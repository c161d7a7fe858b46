package upload

import (
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/bounds"
	"ficstead/internal/base/errs"
	"ficstead/internal/intake"
	"ficstead/internal/store"
)

// Bounds of one upload, beside intake.MaxFile: a file is held in memory while it
// is written down.
const (
	maxFiles  = bounds.UploadFiles
	maxUpload = bounds.Upload
)

// grace is how long an upload may go on after the program was told to stop. The
// server waits longer for its requests, so there is time to answer.
const grace = 8 * time.Second

// Stopping is the kind of an upload that ended because the program does.
var Stopping = errors.New("the program is about to stop")

// NoFiles is what a form without files is answered.
var NoFiles = errs.Problems{{Field: "files", Message: "Choose at least one file to bring in."}}

var errTooMany = errors.New("too many files")

// A Desk takes uploads in. It must not be copied.
type Desk struct {
	Store *store.Store
	Wake  func()      // is called after each file that is kept
	Ended func() bool // reports whether the program was told to stop

	now   func() time.Time // nil is the clock
	seats seats
}

// Receive keeps the files of a multipart upload as an import of their owner. A
// file that is too large is refused in its receipt, and the others come in.
func (d *Desk) Receive(w http.ResponseWriter, r *http.Request, owner archive.PersonID) (archive.ImportID, error) {
	if r.ContentLength > maxUpload {
		return 0, errs.Problems{{Field: "files", Message: fmt.Sprintf("One upload takes %d GB; nothing of this one was read. Bring it in in smaller parts.", maxUpload>>30)}}
	}
	r.Body = http.MaxBytesReader(w, &line{ReadCloser: r.Body, desk: d}, maxUpload)
	parts, err := r.MultipartReader()
	if err != nil {
		return 0, NoFiles
	}
	u := upload{desk: d, r: r, batch: store.Import{Owner: owner}}
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
		return 0, NoFiles
	}
	return u.batch.ID, nil
}

func (d *Desk) clock() time.Time {
	if d.now != nil {
		return d.now()
	}
	return time.Now()
}

// A line is a body that ends some time after the program was told to stop.
type line struct {
	io.ReadCloser
	desk  *Desk
	ended time.Time // when the end was first noticed
}

func (l *line) Read(p []byte) (int, error) {
	if l.desk.Ended != nil && l.desk.Ended() {
		switch now := l.desk.clock(); {
		case l.ended.IsZero():
			l.ended = now
		case now.Sub(l.ended) > grace:
			return 0, Stopping
		}
	}
	return l.ReadCloser.Read(p)
}

// An upload is an import that is being received.
type upload struct {
	desk  *Desk
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
	h := hold{seats: &u.desk.seats, whole: u.r.ContentLength}
	defer h.release()
	fits, err := h.read(u.r.Context(), part)
	if err != nil {
		return err
	}
	name := labelOf(part.FileName())
	if !fits {
		return u.refuse(name, fmt.Sprintf("The file is larger than %d MB. If it is a collection, unpack it and bring its files in.", intake.MaxFile>>20))
	}
	return u.add(func(tx *store.Tx, id archive.ImportID) error {
		_, err := tx.AddImportItem(id, name, h.data)
		return err
	})
}

// add puts one file on the list, and begins the import with the first.
func (u *upload) add(f func(*store.Tx, archive.ImportID) error) error {
	batch := u.batch
	err := u.desk.Store.Write(u.r.Context(), func(tx *store.Tx) error {
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
	if u.desk.Wake != nil {
		u.desk.Wake()
	}
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

const rest = "the rest of the upload"

// broken ends an upload that cannot be read to its end. What was kept stays,
// and the person is told what is missing.
func (u *upload) broken(err error) (archive.ImportID, error) {
	sentence := "The upload broke off here. Choose the files that are missing again."
	var ours storeError
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &ours):
		return 0, ours.error
	case errors.Is(err, Stopping):
		if u.batch.ID == 0 {
			return 0, fmt.Errorf("upload before its first file: %w", err)
		}
		noted := u.refuse(rest, "Ficstead was stopped while this was arriving. Choose the files that are missing again.")
		return 0, errors.Join(fmt.Errorf("upload after %d files: %w", u.count, err), noted)
	case errors.As(err, &large):
		sentence = fmt.Sprintf("One upload takes %d GB; what came after that was not read. Bring the rest in separately.", maxUpload>>30)
	case errors.Is(err, errTooMany):
		sentence = fmt.Sprintf("One upload takes %d files; the rest was not read. Bring it in separately, or as a ZIP.", maxFiles)
	}
	if u.batch.ID == 0 && !errors.As(err, &large) {
		return 0, errs.Problems{{Field: "files", Message: "What was sent could not be read as files. Try again."}}
	}
	if err := u.refuse(rest, sentence); err != nil {
		return 0, err
	}
	return u.batch.ID, nil
}

// storeError marks what the store said while a file was kept.
type storeError struct{ error }

func (e storeError) Unwrap() error { return e.error }
