package epub

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"hash/crc32"
	"path"
	"strings"
	"time"
)

// Write makes an EPUB 3.3 of b. The same book gives the same bytes. Every item
// needs an address of its own; the table of contents is b.TOC, or the pages
// that have a title.
func Write(b Book) ([]byte, error) {
	w := &writer{book: &b, names: map[string]bool{}}
	if err := w.plan(); err != nil {
		return nil, fmt.Errorf("write EPUB: %w", err)
	}
	w.zip = zip.NewWriter(&w.out)
	w.add("mimetype", []byte(mediaType), false)
	w.add("META-INF/container.xml", []byte(w.container()), true)
	w.add(w.packageName, []byte(w.packageDocument()), true)
	w.add(w.navName, w.navDocument(), true)
	w.add(w.ncxName, []byte(w.ncxDocument()), true)
	for _, item := range w.items() {
		w.add(item.Href, item.Data, !isPressed(item.MediaType))
	}
	if w.err == nil {
		w.err = w.zip.Close()
	}
	if w.err != nil {
		return nil, fmt.Errorf("write EPUB: %w", w.err)
	}
	return w.out.Bytes(), nil
}

// writer holds what is known while a book is written.
type writer struct {
	book  *Book
	names map[string]bool // addresses in use, in lower case
	pages map[string]bool // addresses of the text
	toc   []Entry
	ids   []string // of items(), in order

	base                          string // folder of the package, "" for the root
	packageName, navName, ncxName string

	out  bytes.Buffer
	zip  *zip.Writer
	pack *flate.Writer // reused from entry to entry
	err  error
}

func (w *writer) items() []Item {
	return append(w.book.Spine[:len(w.book.Spine):len(w.book.Spine)], w.book.Resources...)
}

// plan checks the addresses and finds names for the files of our own.
func (w *writer) plan() error {
	if len(w.book.Spine) == 0 {
		return ErrNoText
	}
	w.base = path.Dir(w.book.Spine[0].Href)
	w.pages = map[string]bool{}
	for _, item := range w.book.Spine {
		w.pages[item.Href] = true
	}
	for _, item := range w.items() {
		if item.Href == "" || path.Clean(item.Href) != item.Href || path.IsAbs(item.Href) || strings.HasPrefix(item.Href, "..") {
			return fmt.Errorf("%q is no address", item.Href)
		}
		key := strings.ToLower(item.Href)
		if w.names[key] {
			return fmt.Errorf("%q stands for two items", item.Href)
		}
		w.names[key] = true
		for w.base != "." && !strings.HasPrefix(item.Href, w.base+"/") {
			w.base = path.Dir(w.base)
		}
	}
	w.packageName = w.freeName("package", ".opf")
	w.navName = w.freeName("nav", ".xhtml")
	w.ncxName = w.freeName("toc", ".ncx")
	w.nameItems()
	w.toc = w.entries()
	return nil
}

func (w *writer) freeName(stem, ext string) string {
	for n := 0; ; n++ {
		name := stem + ext
		if n > 0 {
			name = fmt.Sprintf("%s-%d%s", stem, n, ext)
		}
		name = path.Join(w.base, name)
		if key := strings.ToLower(name); !w.names[key] {
			w.names[key] = true
			return name
		}
	}
}

// nameItems gives every item an id that XML allows and no other item has.
func (w *writer) nameItems() {
	taken := map[string]bool{"nav": true, "ncx": true, "pub-id": true}
	for i, item := range w.items() {
		id := item.ID
		if !isName(id) || taken[id] {
			id = fmt.Sprintf("item-%d", i+1)
			for taken[id] {
				id += "-"
			}
		}
		taken[id] = true
		w.ids = append(w.ids, id)
	}
}

// isName reports whether s can be an id. Fewer than XML allows, but enough. The
// ids that metadata makes begin with an underscore, so that they never meet.
func isName(s string) bool {
	for i, r := range s {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !letter && (i == 0 || !strings.ContainsRune("0123456789-_.", r)) {
			return false
		}
	}
	return s != ""
}

// isPressed reports whether packing would gain nothing.
func isPressed(mediaType string) bool {
	switch mediaType {
	case "image/jpeg", "image/png", "image/gif", "image/webp", "font/woff", "font/woff2":
		return true
	}
	return false
}

// zipVersion is the version of the ZIP format that knows packing.
const zipVersion = 20

// add writes one entry. All its sizes stand before it, as readers of streams
// need and the first entry must, and it has no extra field.
func (w *writer) add(name string, data []byte, pack bool) {
	if w.err != nil {
		return
	}
	h := &zip.FileHeader{
		Name:               name,
		CreatorVersion:     zipVersion,
		ReaderVersion:      zipVersion,
		Method:             zip.Store,
		CRC32:              crc32.ChecksumIEEE(data),
		UncompressedSize64: uint64(len(data)),
	}
	//lint:ignore SA1019 Modified is not written here, and elsewhere adds an extra field, which the first entry must not have.
	h.ModifiedDate, h.ModifiedTime = dosTime(w.book.Modified)
	packed := data
	if pack && len(data) > 0 {
		h.Method = zip.Deflate
		packed = w.deflate(data)
	}
	h.CompressedSize64 = uint64(len(packed))
	for _, r := range name {
		if r > '~' {
			h.Flags |= 0x800 // the name is UTF-8
		}
	}
	entry, err := w.zip.CreateRaw(h)
	if err == nil {
		_, err = entry.Write(packed)
	}
	w.err = err
}

func (w *writer) deflate(data []byte) []byte {
	var out bytes.Buffer
	if w.pack == nil {
		pack, err := flate.NewWriter(&out, flate.DefaultCompression)
		w.err = errors.Join(w.err, err)
		w.pack = pack
	}
	w.pack.Reset(&out)
	_, err := w.pack.Write(data)
	w.err = errors.Join(w.err, err, w.pack.Close())
	return out.Bytes()
}

// dosTime is the time of all entries; what is before 1980 is the first of its days.
func dosTime(t time.Time) (date, clock uint16) {
	t = t.UTC()
	if t.Year() < 1980 || t.Year() > 2107 {
		return 1<<5 | 1, 0
	}
	return uint16(t.Day() + int(t.Month())<<5 + (t.Year()-1980)<<9),
		uint16(t.Second()/2 + t.Minute()<<5 + t.Hour()<<11)
}
