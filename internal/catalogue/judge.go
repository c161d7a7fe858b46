package catalogue

import (
	"cmp"
	"slices"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/base/text"
)

// verdict is how a candidate stands to what the archive has.
type verdict int

const (
	unknown verdict = iota // nothing here is the same work
	equal                  // it says nothing that is not here
	older                  // it is an earlier state of what is here
	other                  // it is the same state in another format, and reads a little differently
	newer                  // it is a later state
	twin                   // it has the text of another work that is here, and is kept apart
)

func (v verdict) status() archive.Status {
	switch v {
	case unknown:
		return archive.StatusNew
	case newer:
		return archive.StatusUpdated
	case twin:
		return archive.StatusDuplicate
	}
	return archive.StatusSame
}

// isRead reports whether the text that is read is the candidate's from now on.
func (v verdict) isRead() bool { return v == unknown || v == twin || v == newer }

// warning is what people should know of a verdict, a sentence or "".
func (v verdict) warning() string {
	switch v {
	case older:
		return "This is an older copy of a work that is here; the newer one stays, and the file is kept beside it."
	case other:
		return "This is a work that is here in another format, and of the same date; the one that is here stays, and the file is kept beside it."
	}
	return ""
}

const day = 24 * time.Hour

// judge compares two copies of what their source calls one work. A date tells
// which is newer; but more chapters are news whatever a date says, because
// some sources move it only when they please. A copy that says no date is taken
// to be as old as the one that is here, or older if it has fewer chapters. Where
// the age is the same, fewer chapters make it older, and another text is news
// only in the same format: else a plain text would take the italics out of a
// work that came as a book.
func judge(known archive.Work, knownChapters []archive.Chapter, w archive.Work, chapters []archive.Chapter, sameForm bool) verdict {
	w = inherit(known, w, sameForm)
	age := w.Updated.Compare(known.Updated)
	if !sameForm && w.Updated.Truncate(day).Equal(known.Updated.Truncate(day)) {
		age = 0 // some formats tell the hour and others do not
	}
	switch {
	case age > 0, len(chapters) > len(knownChapters):
		return newer
	case age < 0, len(chapters) < len(knownChapters) && age == 0:
		return older
	case sameWork(known, w) && slices.EqualFunc(knownChapters, chapters, sameChapter):
		return equal
	case !sameForm:
		return other
	}
	return newer
}

// inherit gives a newer copy what only the archive knows, and what only the
// older copy said.
func inherit(known, w archive.Work, sameForm bool) archive.Work {
	w.ID, w.Keeper, w.Visibility, w.Revision = known.ID, known.Keeper, known.Visibility, known.Revision
	w.Added, w.Changed = known.Added, known.Changed
	w.Kudos, w.Hits = cmp.Or(w.Kudos, known.Kudos), cmp.Or(w.Hits, known.Hits)
	w.Comments, w.Bookmarks = cmp.Or(w.Comments, known.Comments), cmp.Or(w.Bookmarks, known.Bookmarks)
	w.Language = cmp.Or(w.Language, known.Language)
	if w.Posted.IsZero() {
		w.Posted = known.Posted
	}
	if w.Updated.IsZero() {
		w.Updated = known.Updated
	}
	if w.ChaptersPlanned == 0 && !w.Complete {
		w.ChaptersPlanned = known.ChaptersPlanned
	}
	if !sameForm || !tellsAll(w) {
		w = enrich(known, w)
	}
	return w
}

// tellsAll reports whether w comes from a source that tells all there is, so
// that what it does not say was taken out: only such have all three of these.
func tellsAll(w archive.Work) bool {
	return len(w.TagsOf(archive.Rating)) > 0 && len(w.TagsOf(archive.Warning)) > 0 && len(w.TagsOf(archive.Fandom)) > 0
}

// enrich keeps what only the known copy says: a page without its table of tags
// must not take the tags out of a work that came with them.
func enrich(known, w archive.Work) archive.Work {
	var missing []archive.Tag
	for _, kind := range archive.Kinds {
		if len(w.TagsOf(kind)) == 0 {
			missing = append(missing, known.TagsOf(kind)...)
		}
	}
	w.Tags = byKind(slices.Concat(w.Tags, missing))
	w.Creators, w.Recipient = either(w.Creators, known.Creators), either(w.Recipient, known.Recipient)
	w.Series, w.Collections = either(w.Series, known.Series), either(w.Collections, known.Collections)
	for _, d := range []struct{ new, old *prose.Doc }{{&w.Summary, &known.Summary}, {&w.Notes, &known.Notes}, {&w.EndNotes, &known.EndNotes}} {
		if d.new.IsEmpty() {
			*d.new = *d.old
		}
	}
	if w.Source.URL == "" {
		w.Source = known.Source
	}
	return w
}

// either returns the new things, or if there are none the old.
func either[T any](new, old []T) []T {
	if len(new) == 0 {
		return old
	}
	return new
}

// byKind puts tags into the order of kinds. Within a kind it is the creator's.
func byKind(tags []archive.Tag) []archive.Tag {
	return slices.SortedStableFunc(slices.Values(tags), func(a, b archive.Tag) int { return cmp.Compare(a.Kind, b.Kind) })
}

// sameWork compares what people wrote. How an address or a name is spelled is
// not news: the archive keeps names as they were first written.
func sameWork(a, b archive.Work) bool {
	return a.Title == b.Title && a.Language == b.Language && a.Complete == b.Complete && a.ChaptersPlanned == b.ChaptersPlanned &&
		a.Posted.Equal(b.Posted) &&
		sameProse(a.Summary, b.Summary) && sameProse(a.Notes, b.Notes) && sameProse(a.EndNotes, b.EndNotes) &&
		slices.Equal(a.Recipient, b.Recipient) && slices.Equal(a.Collections, b.Collections) &&
		slices.EqualFunc(a.Creators, b.Creators, sameCreator) &&
		slices.EqualFunc(byKind(distinct(a.Tags)), byKind(distinct(b.Tags)), sameTag) &&
		slices.EqualFunc(a.Series, b.Series, samePart)
}

func sameChapter(a, b archive.Chapter) bool {
	return a.Title == b.Title && sameProse(a.Text, b.Text) &&
		sameProse(a.Summary, b.Summary) && sameProse(a.Notes, b.Notes) && sameProse(a.EndNotes, b.EndNotes)
}

func sameProse(a, b prose.Doc) bool { return a.HTML() == b.HTML() }

func sameCreator(a, b archive.Creator) bool {
	return text.Key(a.Name) == text.Key(b.Name) && text.Key(a.Account) == text.Key(b.Account)
}

func sameTag(a, b archive.Tag) bool { return a.Kind == b.Kind && text.Key(a.Name) == text.Key(b.Name) }

func samePart(a, b archive.Part) bool {
	return a.Number == b.Number && text.Key(a.Series.Title) == text.Key(b.Series.Title)
}

// distinct leaves out what names a tag for the second time, as the store does.
func distinct(tags []archive.Tag) []archive.Tag {
	var kept []archive.Tag
	for _, t := range tags {
		if !slices.ContainsFunc(kept, func(k archive.Tag) bool { return sameTag(k, t) }) {
			kept = append(kept, t)
		}
	}
	return kept
}
