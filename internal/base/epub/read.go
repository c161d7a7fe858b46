package epub

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"ficstead/internal/base/bounds"
	"ficstead/internal/base/zipfile"
)

const mediaType = "application/epub+zip"

// Is reports whether data looks like an EPUB, of whatever health.
func Is(data []byte) bool {
	if !zipfile.Is(data) {
		return false
	}
	if bytes.Contains(data[:min(len(data), 200)], []byte(mediaType)) {
		return true
	}
	z, err := zipfile.Open(data, Limits())
	return err == nil && (z.File("META-INF/container.xml") != nil || findPackage(z) != "")
}

// Read reads an EPUB. The error wraps one of this package's, or a zipfile.Error.
func Read(data []byte, limits zipfile.Limits) (*Book, error) {
	z, err := zipfile.Open(data, limits)
	if err != nil {
		return nil, fmt.Errorf("read EPUB: %w", err)
	}
	r := &reader{zip: z, files: map[string]*zipfile.File{}, book: &Book{Metas: map[string][]string{}}}
	for _, f := range z.Files {
		r.files[f.Name] = f
	}
	if z.Salvaged {
		r.damage("The file is damaged at its end; what is after that is lost.")
	}
	if err := r.read(); err != nil {
		return nil, fmt.Errorf("read EPUB: %w", err)
	}
	return r.book, nil
}

// reader holds what is known while a book is read.
type reader struct {
	zip   *zipfile.Archive
	files map[string]*zipfile.File
	book  *Book

	pack     *node                // the package document
	base     string               // its folder
	manifest []*manifestItem      // in order
	doubted  bool                 // the order is known to be wrong
	locked   map[string]bool      // addresses of encrypted files
	refines  map[[2]string]string // what metas say of others, by id and property
	at       map[string]int       // places in the spine, by address
	cut      error                // a bound that was met; nothing is read after it
}

func (r *reader) damage(sentence string) {
	const enough = 50
	if len(r.book.Damage) < enough && !slices.Contains(r.book.Damage, sentence) {
		r.book.Damage = append(r.book.Damage, sentence)
	}
}

func (r *reader) read() error {
	name := r.packageName()
	if name == "" && !r.mayBeBook() {
		return ErrNot
	}
	r.readPackage(name)
	r.readEncryption()
	r.readMetadata()
	r.readManifest()
	r.readSpine()
	r.readContents()
	r.readResources()
	r.findCover()
	if r.cut != nil {
		return r.cut
	}
	if len(r.book.Spine) == 0 {
		return r.nothing()
	}
	return nil
}

// nothing says why there is no text.
func (r *reader) nothing() error {
	for _, f := range r.zip.Files {
		if f.Encrypted || r.locked[f.Name] {
			return ErrEncrypted
		}
	}
	if r.zip.Salvaged {
		return &zipfile.Error{Kind: zipfile.ErrTruncated}
	}
	return ErrNoText
}

// mayBeBook reports whether a file without a package says otherwise that it is an EPUB.
func (r *reader) mayBeBook() bool {
	if r.find("META-INF/container.xml") != nil {
		return true
	}
	return strings.HasPrefix(strings.TrimSpace(string(r.entry("mimetype"))), mediaType)
}

// entry returns the bytes of a file, or nil if there is none or it cannot be read.
func (r *reader) entry(name string) []byte {
	f := r.find(name)
	if f == nil {
		return nil
	}
	data, err := r.unpack(f, bounds.Package)
	if err != nil && len(data) == 0 {
		return nil
	}
	return data
}

// unpack reads f. Bounds of the whole file end the reading; faults of one file are told.
func (r *reader) unpack(f *zipfile.File, limit int64) ([]byte, error) {
	if r.cut != nil {
		return nil, r.cut
	}
	data, err := f.Read(limit)
	switch {
	case errors.Is(err, zipfile.ErrBomb), errors.Is(err, zipfile.ErrBig):
		r.cut = err
		return nil, err
	case errors.Is(err, zipfile.ErrDamaged):
		r.damage(fmt.Sprintf("“%s” in the file is damaged; it was read as far as it goes.", path.Base(f.Name)))
	}
	return data, err
}

// find returns the file that an address means: the very one, one that differs
// in case only, or the only one with that last part.
func (r *reader) find(name string) *zipfile.File {
	if f := r.files[name]; f != nil {
		return f
	}
	if f := r.zip.File(name); f != nil {
		return f
	}
	var found *zipfile.File
	last := path.Base(name)
	for _, f := range r.zip.Files {
		if strings.EqualFold(path.Base(f.Name), last) && !strings.HasPrefix(f.Name, "META-INF/") {
			if found != nil {
				return nil
			}
			found = f
		}
	}
	return found
}
