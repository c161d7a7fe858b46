package efiction

import (
	"fmt"
	"io"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
)

// Files is the folder of the stories, or a ZIP of it. Paths have slashes.
type Files interface {
	// Read returns a file, or errs.NotFound.
	Read(path string) ([]byte, error)
	// Find returns all paths whose last part is name, in order.
	Find(name string) []string
}

// Options are what a person decided about a dump.
type Options struct {
	Prefix string           // of the tables, if the dump holds several archives
	Tags   archive.TagRules // what becomes of categories, characters, classes and ratings; nil for what seems best
}

// Several is the question that a dump asks which holds more than one archive.
type Several struct {
	Archives []Archive
}

// Archive is one of several in a dump.
type Archive struct {
	Prefix  string // what its tables' names begin with; may be ""
	Name    string
	Stories int
}

func (s Several) Error() string {
	var each []string
	for _, a := range s.Archives {
		each = append(each, fmt.Sprintf("“%s” (prefix %q, %d stories)", a.Name, a.Prefix, a.Stories))
	}
	return fmt.Sprintf("This dump holds %d archives: %s. Say which one to bring in by its prefix.", len(s.Archives), strings.Join(each, ", "))
}

// Unwrap makes it Invalid.
func (s Several) Unwrap() error { return errs.Invalid }

// Dump is an archive that was opened. Its methods may be called by several
// goroutines at once, if those of its Files may.
type Dump struct {
}

// Match reports whether text begins like a dump of eFiction; the first megabyte
// is enough.
func Match(head []byte) bool { return false }

// Open reads all tables of a dump, packed by gzip or ZIP or not. Files may be
// nil. It keeps what it can of a dump that is cut; an error is a Refusal or Several.
func Open(dump io.Reader, files Files, o Options) (*Dump, error) {
	return nil, archive.Refusal("not yet")
}

// Rescued is all but the stories.
func (d *Dump) Rescued() archive.Rescued { return archive.Rescued{} }

// Tags is what becomes of each category, character, class, rating and
// challenge: what was given, and what seems best for the rest.
func (d *Dump) Tags() archive.TagRules { return nil }

// Keys are the identities of all stories, in the order of their numbers.
func (d *Dump) Keys() []string { return nil }

// Story reads one story; NotFound if there is none of that key.
func (d *Dump) Story(key string) (archive.RescuedStory, error) {
	return archive.RescuedStory{}, errs.NotFound
}

// Stories reads all stories in the order of Keys: range over it. A story that
// cannot be read is an error, and the next one follows.
func (d *Dump) Stories(yield func(archive.RescuedStory, error) bool) {
	for _, key := range d.Keys() {
		if s, err := d.Story(key); !yield(s, err) {
			return
		}
	}
}
