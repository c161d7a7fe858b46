package export

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/intake/record"
	"ficstead/internal/store"
	"ficstead/internal/store/packing"
)

// File is a file of a parcel.
type File struct {
	Name string // within the parcel, with slashes
	Data []byte
}

// Parcel is everything there is of one work, as files: to be read anywhere (EPUB
// and HTML), to be catalogued (metadata.jsonld), to be brought in again without a
// loss (story.json), and what it was read from, byte for byte.
func Parcel(tx *store.Tx, v archive.Viewer, id archive.WorkID) ([]File, error) {
	book, err := Load(tx, v, id)
	if err != nil {
		return nil, err
	}
	var files []File
	for _, form := range []struct {
		name  string
		write func(Book) ([]byte, error)
	}{{"work.epub", EPUB}, {"work.html", HTML}} {
		data, err := form.write(book)
		if err != nil {
			return nil, err
		}
		files = append(files, File{form.name, data})
	}
	files = append(files, File{"story.json", record.StoryOf(manuscriptOf(book.Works[0])).Encode()})
	var linked []record.LinkedFile
	for _, f := range files {
		linked = append(linked, linkedFile(f))
	}
	originals, err := tx.Originals(id)
	if err != nil {
		return nil, err
	}
	for _, o := range originals {
		if o, err = tx.Original(id, o.Sum); err != nil {
			return nil, err
		}
		f := File{"originals/" + o.Sum[:16] + originalExt(o.Name), o.Data}
		l := linkedFile(f)
		l.Name, l.Kind, l.Revision, l.Original = o.Name, o.Kind, o.Revision, true
		files, linked = append(files, f), append(linked, l)
	}
	metadata, err := record.LinkedOf(book.Works[0].Work, linked).Encode()
	return append(files, File{"metadata.jsonld", metadata}), err
}

func linkedFile(f File) record.LinkedFile {
	return record.LinkedFile{Type: "MediaObject", Path: f.Name, Sum: packing.Sum(f.Data), Size: len(f.Data)}
}

// originalExt is the ending of a file's name, if it is one that any disk can have.
func originalExt(name string) string {
	ext := strings.ToLower(path.Ext(name))
	safe := len(ext) > 1 && len(ext) <= 8 && !strings.ContainsFunc(ext[1:], func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	if safe {
		return ext
	}
	return ""
}

// manuscriptOf is a work as if it had just been read.
func manuscriptOf(b Bound) archive.Manuscript {
	w := b.Work
	m := archive.Manuscript{
		Title: w.Title, Creators: w.Creators, Recipient: w.Recipient, Language: w.Language, Tags: w.Tags, Series: w.Series,
		Collections: w.Collections, Summary: w.Summary, Notes: w.Notes, EndNotes: w.EndNotes, Chapters: b.Chapters,
		ChaptersPlanned: w.ChaptersPlanned, Complete: w.Complete, Posted: w.Posted, Updated: w.Updated,
		Kudos: w.Kudos, Hits: w.Hits, Comments: w.Comments, Bookmarks: w.Bookmarks, Source: w.Source,
	}
	for _, sum := range b.sums() {
		if a, ok := b.Images[sum]; ok && !slices.ContainsFunc(m.Attachments, func(o archive.Attachment) bool { return o.Sum == sum }) {
			m.Attachments = append(m.Attachments, a)
		}
	}
	return m
}

// ParcelName is the folder of a work's parcel.
func ParcelName(id archive.WorkID) string { return fmt.Sprint(id.Public()) }
