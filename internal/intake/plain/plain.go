package plain

import (
	"ficstead/internal/archive"
)

// Kind is the name of the format.
const Kind = "text"

// Match reports whether s, decoded, is plain text.
func Match(s, name string) bool { return true }

// Read reads the text s of the file name. The error is a whole sentence and errs.Invalid.
func Read(s, name string) (archive.Manuscript, error) {
	return archive.Manuscript{Kind: Kind}, nil
}
