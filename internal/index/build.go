package index

import (
	"runtime"
	"strings"
	"unicode/utf8"

	"ficstead/internal/archive"
	"ficstead/internal/base/packed"
	"ficstead/internal/base/text"
	"ficstead/internal/index/segment"
	"ficstead/internal/index/vocabulary"
)

// Builder makes an index of works that come one by one, or many at once.
type Builder struct {
	words *vocabulary.Vocabulary
	parts []part // one for each processor that has had work
}

// part is what one processor has added.
type part struct {
	rows  filer
	built *segment.Builder
}

// NewBuilder begins an index of works whose tags are in words.
func NewBuilder(words *vocabulary.Vocabulary) *Builder {
	b := &Builder{words: words}
	b.grow(1)
	return b
}

// grow makes so many parts, if there are fewer.
func (b *Builder) grow(parts int) {
	for len(b.parts) < parts {
		b.parts = append(b.parts, part{newFiler(b.words), newWhole(b.words, false)})
	}
}

// Add adds a work. It keeps nothing of d.
func (b *Builder) Add(d Doc) { b.parts[0].add(&d) }

// fewDocs is up to where one processor is enough.
const fewDocs = 64

// AddAll adds works on all processors. It keeps nothing of docs.
func (b *Builder) AddAll(docs []Doc) {
	n := workers()
	if len(docs) < fewDocs {
		n = 1
	}
	b.grow(n)
	packed.Fork(n, len(docs), func(worker, from, to int) {
		for i := from; i < to; i++ {
			b.parts[worker].add(&docs[i])
		}
	})
}

// AddFrom adds the works that read finds. It is called on each processor, and adds
// one work after the other there; nothing is kept of them.
func (b *Builder) AddFrom(read func(add func(Doc))) {
	n := workers()
	b.grow(n)
	packed.Fork(n, n, func(worker, _, _ int) {
		read(func(d Doc) { b.parts[worker].add(&d) })
	})
}

func (p *part) add(d *Doc) {
	if known(d.ID) {
		p.built.Add(p.rows.row(d))
	}
}

// Done returns the index of all that was added.
func (b *Builder) Done() *Snapshot {
	var others []*segment.Builder
	for _, p := range b.parts[1:] {
		others = append(others, p.built)
	}
	return newBase(b.words, b.parts[0].built.Build(others...), false)
}

// workers is how many build at once.
func workers() int { return min(runtime.GOMAXPROCS(0), 8) }

func known(id archive.WorkID) bool { return id > 0 && int64(id) <= maxRow }

// filer works out what is indexed of works. What it returns holds until it is
// used again.
type filer struct {
	files    *vocabulary.Filer
	creators []archive.CreatorID
	series   []archive.SeriesID
	terms    []string
	passages [segment.PlaceCount][][]string
}

func newFiler(words *vocabulary.Vocabulary) filer { return filer{files: words.NewFiler()} }

// file works out by which tags a work with these tags of its own is found.
func (f *filer) file(own []archive.TagID) segment.Filing { return segment.Filing(f.files.File(own)) }

// row returns what is indexed of d.
func (f *filer) row(d *Doc) segment.Row {
	filing := f.file(d.Tags)
	f.terms = f.terms[:0]
	for p := range f.passages {
		f.passages[p] = f.passages[p][:0]
	}
	r := segment.Row{
		ID: d.ID, Keeper: d.Keeper, Visibility: d.Visibility & 3,
		Own: d.Tags, Filters: filing.Filters, Focus: filing.Focus,
		Language: d.Language, Complete: d.Complete, Crossover: filing.Crossover, OneShip: filing.OneShip,
		Values: d.numbers(),
	}
	title := lower(d.Title)
	r.TitleKey = TitleKey(title)
	f.put(InTitle, title)
	f.creators, f.series = f.creators[:0], f.series[:0]
	for i, c := range d.Creators {
		name := lower(c.String())
		f.put(InCreator, name)
		f.creators = append(f.creators, c.ID)
		if key := text.Key(name); i == 0 {
			r.CreatorKey = key
		} else {
			r.CreatorKey += creatorBreak + key
		}
	}
	for _, s := range d.Series {
		f.put(InSeries, s.Title)
		f.series = append(f.series, s.ID)
	}
	f.put(InSummary, d.Summary)
	f.put(InNotes, d.Notes)
	r.Creators, r.Series, r.Words = f.creators, f.series, f.passages
	return r
}

// put adds a passage to a place.
func (f *filer) put(p Place, s string) {
	from := len(f.terms)
	f.terms = text.AppendTerms(f.terms, s)
	if len(f.terms) > from {
		f.passages[p] = append(f.passages[p], f.terms[from:])
	}
}

// lower returns s in small letters if it is plain ASCII, so that folding it again
// and again costs nothing.
func lower(s string) string {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return s
		}
	}
	return strings.ToLower(s)
}
