package intake

import "ficstead/internal/base/zipfile"

// The bounds of what is taken in. They are here to keep hostile files from
// taking the machine, and are far above anything a person has written.
const (
	// MaxFile is the bound for any file, in bytes. An EPUB of a long work with
	// a picture in each chapter has 60 MB.
	MaxFile = 100 << 20

	// MaxText is the bound for a file that is all text or HTML. The longest
	// works of fan fiction have five million words, which is 30 MB; reading
	// takes some twenty bytes of memory for each of text, which a small server
	// must have.
	MaxText = 32 << 20

	// maxChapters bounds how many chapters one file may claim. The longest
	// serials have some two thousand.
	maxChapters = 20_000

	// maxPictures bounds the pictures taken from one file, in bytes together.
	// What is beyond it stays in the original only.
	maxPictures = 80 << 20

	// maxTitle is how many letters of a title are kept. Titles are longer only
	// where a reader of pages has taken a paragraph for one.
	maxTitle = 500
)

// zipLimits are the bounds for a ZIP of stories: collections have up to 100,000
// files, which are unpacked one at a time. A lost directory is read as far as it
// goes, and what is lost is told.
func zipLimits() zipfile.Limits {
	limits := zipfile.Bounds()
	limits.Entries = 100_000
	limits.Entry = MaxFile
	limits.Total = 4 << 30
	limits.Twice = true
	limits.Salvage = true
	return limits
}
