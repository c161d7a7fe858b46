package index

import (
	"runtime"

	"ficstead/internal/archive"
	"ficstead/internal/base/text"
	"ficstead/internal/index/segment"
	"ficstead/internal/index/vocabulary"
)

// Builder makes an index of works that come one by one.
type Builder struct {
	words *vocabulary.Vocabulary
	rows  filer
	built *segment.Builder
}

// NewBuilder begins an index of works whose tags are in words.
func NewBuilder(words *vocabulary.Vocabulary) *Builder {
	return &Builder{words: words, rows: filer{words: words}, built: newWhole(words, false)}
}

// Add adds a work. It keeps nothing of d.
func (b *Builder) Add(d Doc) {
	if known(d.ID) {
		b.built.Add(b.rows.row(d))
	}
}

// Done returns the index of all that was added.
func (b *Builder) Done() *Snapshot { return newBase(b.words, b.built.Build(), false) }

// workers is how many build at once.
func workers() int { return min(runtime.GOMAXPROCS(0), 8) }

func known(id archive.WorkID) bool { return id > 0 && int64(id) <= maxRow }

// filer works out what is indexed of works. What it returns holds until it is
// used again.
type filer struct {
	words          *vocabulary.Vocabulary
	filters, focus []archive.TagID
}

// file works out by which tags a work with these tags of its own is found.
func (f *filer) file(own []archive.TagID) segment.Filing {
	f.filters = f.words.Filters(f.filters[:0], own)
	f.focus = f.words.Focus(f.focus[:0], own)
	return segment.Filing{
		Filters: f.filters, Focus: f.focus,
		Crossover: f.words.Crosses(own), OneShip: f.words.OneShip(own),
	}
}

// row returns what is indexed of d.
func (f *filer) row(d Doc) segment.Row {
	filing := f.file(d.Tags)
	r := segment.Row{
		ID: d.ID, Keeper: d.Keeper, Visibility: d.Visibility & 3,
		Own: d.Tags, Filters: filing.Filters, Focus: filing.Focus,
		Language: d.Language, Complete: d.Complete, Crossover: filing.Crossover, OneShip: filing.OneShip,
		Values: d.numbers(), TitleKey: TitleKey(d.Title), CreatorKey: CreatorKey(d.Creators),
		Words: termsOf(d),
	}
	for _, c := range d.Creators {
		r.Creators = append(r.Creators, c.ID)
	}
	for _, s := range d.Series {
		r.Series = append(r.Series, s.ID)
	}
	return r
}

// termsOf returns the words of d, by place and passage.
func termsOf(d Doc) (terms [segment.PlaceCount][][]string) {
	put := func(p Place, s string) {
		if words := text.Terms(s); len(words) > 0 {
			terms[p] = append(terms[p], words)
		}
	}
	put(InTitle, d.Title)
	for _, c := range d.Creators {
		put(InCreator, c.String())
	}
	for _, s := range d.Series {
		put(InSeries, s.Title)
	}
	put(InSummary, d.Summary)
	put(InNotes, d.Notes)
	return terms
}
