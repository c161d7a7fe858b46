package efiction

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
)

// Kind is the kind of all that comes from a dump.
const Kind = "efiction"

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
	prefix string
	tables archiveTables
	files  Files
	root   string // of the stories within files; "" or with a slash at the end

	site        archive.RescuedSite
	host        string // of keys
	siteKey     string
	version     string
	store       string // where the archive kept text: "files", "mysql", "" if unknown
	storiesPath string // the folder of the stories, as its pages address it

	names      map[int]string // of people, by number
	people     []archive.RescuedPerson
	series     []archive.RescuedSeries
	favourites []archive.Favourite
	pages      []archive.RescuedPage
	claimed    map[string]int
	found      map[string]int
	findings   []archive.Finding
	partial    bool // it is cut, or lacks tables

	slashed  slashes
	approved bool // chapters have been approved one by one
	tags     *tagger
	stories  map[int]*story
	order    []int // numbers of stories
}

// Rescued is all but the stories.
func (d *Dump) Rescued() archive.Rescued {
	return archive.Rescued{
		Key: Kind + ":" + d.host, Kind: Kind, Version: d.version, Site: d.site, People: d.people, Series: d.series, Favourites: d.favourites,
		Pages: d.pages, Claimed: d.claimed, Found: d.found, Findings: slices.Clone(d.findings),
		Partial: d.partial, Latest: d.latest(),
	}
}

// Tags is what becomes of each category, character, class, rating and
// challenge: what was given, and what seems best for the rest.
func (d *Dump) Tags() archive.TagRules { return d.tags.rules }

// Keys are the identities of all stories, in the order of their numbers.
func (d *Dump) Keys() []string {
	keys := make([]string, len(d.order))
	for i, sid := range d.order {
		keys[i] = d.key("sid", sid)
	}
	return keys
}

// Story reads one story; NotFound if there is none of that key.
func (d *Dump) Story(key string) (archive.RescuedStory, error) {
	n, ok := strings.CutPrefix(key, "efiction:"+d.host+":sid:")
	sid, err := strconv.Atoi(n)
	if !ok || err != nil || d.stories[sid] == nil {
		return archive.RescuedStory{}, fmt.Errorf("story %s: %w", key, errs.NotFound)
	}
	return d.rescue(d.stories[sid]), nil
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
