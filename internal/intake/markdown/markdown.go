package markdown

import (
	"ficstead/internal/archive"
)

// Kind is the name of the format.
const Kind = "markdown"

// Match reports whether s, decoded, is Markdown.
func Match(s, name string) bool { return false }

// Read reads the Markdown s of the file name. The error is a whole sentence and errs.Invalid.
func Read(s, name string) (archive.Manuscript, error) {
	return archive.Manuscript{Kind: Kind}, nil
}
