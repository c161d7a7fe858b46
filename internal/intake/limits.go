package intake

import (
	"bytes"
	"fmt"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/bounds"
	"ficstead/internal/base/epub"
	"ficstead/internal/base/zipfile"
)

const (
	MaxFile     = bounds.File
	MaxText     = bounds.Text
	maxPictures = bounds.FilePictures

	// maxTitle is how many letters of a title are kept. Titles are longer only
	// where a reader of pages has taken a paragraph for one.
	maxTitle = 500
)

// zipLimits are the bounds for a ZIP of stories: collections have up to 100,000
// files, which are unpacked one at a time. A lost directory is read as far as it
// goes, and what is lost is told.
func zipLimits() zipfile.Limits {
	limits := zipfile.Bounds()
	limits.Entries = bounds.ZIPCollection
	limits.Entry = MaxFile
	limits.Total = bounds.Upload
	limits.Twice = true
	limits.Salvage = true
	return limits
}

var (
	tooLong  = archive.Refusal(fmt.Sprintf("The text is larger than %d MB, which no story is. Bring it in smaller parts.", MaxText>>20))
	tooMany  = archive.Refusal(fmt.Sprintf("The page holds more than %d tags, far more than text between them. Bring it in smaller parts.", bounds.Tags))
	tooLined = archive.Refusal(fmt.Sprintf("The text has more than %d lines. Bring it in smaller parts, or without its empty lines.", bounds.Lines))
)

// checkTags refuses pages that would take far more memory than they have bytes.
func checkTags(pages ...string) error {
	n := 0
	for _, page := range pages {
		if n += strings.Count(page, "<"); n > bounds.Tags {
			return tooMany
		}
	}
	return nil
}

func checkLines(text string) error {
	if strings.Count(text, "\n") > bounds.Lines {
		return tooLined
	}
	return nil
}

// checkBook holds all pages of a book against the bounds of one text.
func checkBook(b *epub.Book) error {
	size, tags := 0, 0
	for _, item := range b.Spine {
		size += len(item.Data)
		tags += bytes.Count(item.Data, []byte("<"))
	}
	switch {
	case size > MaxText:
		return tooLong
	case tags > bounds.Tags:
		return tooMany
	}
	return nil
}
