// Package oldarchive makes archives of eFiction that never were: a dump in any of
// the dialects and schemas that are found, the folder of stories, and what a
// reader must find in them. The same seed gives the same archive.
//
// What must be found is put down where it is made up, and never read from the
// dump: a fault of the reader cannot hide in it.
package oldarchive

import "math/rand/v2"

// The shapes that an archive may have.
var (
	Dialects = []string{"backup", "backup-utf8", "hand", "phpmyadmin", "mysqldump", "sequelpro"}
	Variants = []string{"A", "B", "C", "D"}
	Stores   = []string{"files", "mysql", "mixed"}
	Charsets = []string{"windows-1252", "utf-8-in-latin1", "utf-8"}
)

// Options say what archive to make.
type Options struct {
	Seed     uint64
	Stories  int // 0 for the size of a real one: 3,835 stories, 4,556 chapters, 23 million words
	Words    int // of a chapter, about; 0 for as many as in the real one
	Dialect  string
	Variant  string
	Store    string
	Charset  string
	Prefix   string // of tables
	Bridged  bool   // members are those of a forum
	NoQuirks bool
}

// The counts of the archive that the default is modelled on.
const (
	realStories  = 3835
	realChapters = 4556
	realSeries   = 249
	realReviews  = 4505
	realAuthors  = 378
	realMembers  = 1138
	realWords    = 5087 // of a chapter
)

// Made is an archive, and what must be found in it.
type Made struct {
	Dump  []byte
	Files map[string][]byte // of the folder of stories
	Truth Truth
}

// Truth is what a reader must find.
type Truth struct {
	Name, URL  string
	People     []Person
	Stories    []Story
	Series     []Series
	Favourites int
	Pages      map[string]string // title by name
	Words      int
	Claimed    map[string]int
	Findings   map[string]int // how many of each matter, by "level/about"
	Secrets    []string       // must be in nothing that comes out
}

// Person is a member.
type Person struct {
	UID         int
	Name, Email string
	Author      bool
	Bio         string
}

// Story is a story with all that is told of it. Tags are "kind:name".
type Story struct {
	SID               int
	Title             string
	Creators          []string
	Tags              []string
	Collections       []string
	Series            []string // "title #number"
	Summary, Notes    string
	Posted, Updated   string // 2006-01-02, "" if unknown
	Complete, Pending bool
	Featured          bool
	Words, Hits       int // as claimed
	Liked             int
	Chapters          []Chapter
	Reviews           []Review
	Pictures          int
}

// Chapter is a chapter of a story. Paragraphs are plain text.
type Chapter struct {
	ID, Place       int
	Title           string
	Notes, EndNotes string
	By              string // if not by the story's creators
	Paragraphs      []string
	Missing         bool
}

// Review is a review of a story.
type Review struct {
	ID, Chapter  int
	Name         string
	UID          int
	Text, Answer string
	Rating       int
}

// Series is a series. Parts are "sid 3" or "series 2", "?" behind those not confirmed.
type Series struct {
	ID    int
	Title string
	Owner int
	Open  bool
	Parts []string
}

// Make makes an archive.
func Make(o Options) Made {
	m := &maker{Options: o, rand: rand.New(rand.NewPCG(o.Seed, 77)), files: map[string][]byte{}}
	if m.Stories == 0 {
		m.Stories = realStories
	}
	if m.Words == 0 {
		m.Words = realWords
	}
	for name, of := range map[string]*string{"mysqldump": &m.Dialect, "B": &m.Variant, "files": &m.Store, "windows-1252": &m.Charset} {
		if *of == "" {
			*of = name
		}
	}
	m.truth.Findings = map[string]int{}
	m.phrases()
	m.settings()
	m.lists()
	m.people()
	m.stories()
	m.series()
	m.reviews()
	m.favourites()
	m.pages()
	m.stats()
	return Made{Dump: m.print(), Files: m.files, Truth: m.truth}
}

type maker struct {
	Options
	rand  *rand.Rand
	truth Truth
	files map[string][]byte
	db    []*table
	pool  []string // paragraphs
	chap  int      // the last number of a chapter
}

// share is n of the real archive, at this size.
func (m *maker) share(n int) int { return max(3, n*m.Stories/realStories) }

func (m *maker) quirk(i, every, of int) bool { return !m.NoQuirks && i%every == of }

// tell notes that a finding is expected.
func (m *maker) tell(about string) { m.truth.Findings[about]++ }
