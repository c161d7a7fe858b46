package catalogue

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/store"
)

// mostMissing is how many chapters a part may leave out: a number beyond that is
// a mistake of the page.
const mostMissing = 2000

// partKind is added to the kind of a kept file that holds some chapters only.
const partKind = "/part"

// missing is what stands in the place of a chapter that was in no file yet.
var missing = prose.FromText("This chapter was not among the files that were brought in.")

// isMissing reports whether c only keeps the place of a chapter.
func isMissing(c archive.Chapter) bool { return c.Text.IsEmpty() && c.Notes.HTML() == missing.HTML() }

// whole is all of a work's chapters, and what was mended in them.
type whole struct {
	chapters []archive.Chapter
	mends    []archive.Mend
}

// numbersOf returns the numbers of the chapters of a manuscript that holds some
// of a work's; nil of one that holds all, or whose numbers make no sense.
func numbersOf(m archive.Manuscript) []int {
	if len(m.Numbers) != len(m.Chapters) {
		return nil
	}
	for i, n := range m.Numbers {
		if n < 1 || i > 0 && n <= m.Numbers[i-1] || n > mostMissing+len(m.Numbers) {
			return nil
		}
	}
	return m.Numbers
}

// alone is a candidate as a work of its own: chapters that are some of a work's
// stand in their places, with the places of those before them kept.
func (c candidate) alone() whole {
	if c.numbers == nil {
		return whole{c.chapters, c.mends}
	}
	all, _ := place(whole{}, c.numbers, whole{c.chapters, c.mends}, never)
	return all
}

func never(archive.Chapter) bool { return false }

// placeIn puts the chapters of a candidate among those of the work that is here.
// They take the places of chapters that are missing, or come after the last; the
// place of one that is here only if the candidate is newer.
func (c candidate) placeIn(tx *store.Tx, known archive.Work, chapters []archive.Chapter) (decision, error) {
	mends, err := tx.Mends(known.ID)
	if err != nil {
		return decision{}, err
	}
	reading, err := tx.ReadingAt(known.ID, known.Revision)
	if err != nil {
		return decision{}, err
	}
	instead := never
	if isLater(c.work.Updated, known.Updated) {
		instead = func(archive.Chapter) bool { return true }
	}
	all, changed := place(whole{chapters, mends}, c.numbers, whole{c.chapters, c.mends}, instead)
	d := decision{verdict: equal, known: known, chosen: reading.Chosen, whole: &all}
	if changed {
		d.verdict = newer
	}
	return d, nil
}

// among is what the work is after the candidate's chapters came to it. What is
// said of a work is said with its first chapter; the other parts add what nobody
// said before.
func (c candidate) among(known archive.Work) archive.Work {
	w := c.work
	if !slices.Contains(c.numbers, 1) && !isLater(c.work.Updated, known.Updated) {
		w = enrich(c.work, known)
		w.Complete, w.ChaptersPlanned = c.work.Complete, max(c.work.ChaptersPlanned, known.ChaptersPlanned)
	}
	if w.Updated.Before(known.Updated) {
		w.Updated = known.Updated
	}
	return w
}

// isLater compares days: pages tell no more.
func isLater(a, b time.Time) bool { return a.Truncate(day).After(b.Truncate(day)) }

// place puts chapters where their numbers say; into the place of one that is
// here and not missing if instead says so. It reports whether anything changed.
func place(here whole, numbers []int, part whole, instead func(archive.Chapter) bool) (all whole, changed bool) {
	all.chapters = slices.Clone(here.chapters)
	taken := map[int]bool{}
	for i, n := range numbers {
		for len(all.chapters) < n {
			all.chapters = append(all.chapters, archive.Chapter{Number: len(all.chapters) + 1, Notes: missing})
		}
		there := &all.chapters[n-1]
		if !isMissing(*there) && (!instead(*there) || sameChapter(*there, part.chapters[i])) {
			continue
		}
		*there = part.chapters[i]
		there.Number = n
		taken[n], changed = true, true
	}
	for _, m := range here.mends {
		if !taken[m.Chapter] {
			all.mends = append(all.mends, m)
		}
	}
	for _, m := range part.mends {
		if m.Chapter > 0 && m.Chapter <= len(numbers) {
			m.Chapter = numbers[m.Chapter-1]
		}
		if taken[m.Chapter] || m.Chapter == 0 && len(here.chapters) == 0 {
			all.mends = append(all.mends, m)
		}
	}
	slices.SortStableFunc(all.mends, func(a, b archive.Mend) int { return a.Chapter - b.Chapter })
	return all, changed
}

// assemble makes one manuscript of those of several files, in the order in which
// they were brought in: as keeping one after the other did.
func assemble(parts []archive.Manuscript) archive.Manuscript {
	m := parts[0]
	is := whole{m.Chapters, m.Mends}
	if numbers := numbersOf(m); numbers != nil {
		is, _ = place(whole{}, numbers, is, never)
	}
	for _, part := range parts[1:] {
		instead := never
		if isLater(part.Updated, m.Updated) {
			instead = func(archive.Chapter) bool { return true }
		}
		is, _ = place(is, numbersOf(part), whole{part.Chapters, part.Mends}, instead)
		if part.Updated.Before(m.Updated) {
			part.Updated = m.Updated
		}
		part.Attachments = append(m.Attachments[:len(m.Attachments):len(m.Attachments)], part.Attachments...)
		m = part
	}
	m.Chapters, m.Mends, m.Numbers = is.chapters, is.mends, nil
	return m
}

// partsOf lists the files that the text of a work was put together from, in
// order, given the one that was added last, and all its files, the latest first.
// A file that holds all chapters begins anew.
func partsOf(last store.Original, files []store.Original) []store.Original {
	if !strings.HasSuffix(last.Kind, partKind) {
		return []store.Original{last}
	}
	var parts []store.Original
	for _, o := range files {
		if o.Revision < 1 || o.Revision > last.Revision || o.Withdrawn {
			continue
		}
		parts = append(parts, o)
		if !strings.HasSuffix(o.Kind, partKind) {
			break
		}
	}
	slices.Reverse(parts)
	return parts
}

// gaps lists the numbers of the chapters that are not here.
func (c candidate) gaps(all []archive.Chapter) (gaps []int) {
	for _, chapter := range all {
		if isMissing(chapter) {
			gaps = append(gaps, chapter.Number)
		}
	}
	for n := len(all) + 1; n <= min(c.posted, mostMissing); n++ {
		gaps = append(gaps, n)
	}
	return gaps
}

// partWarning says that a work is here only in part, or "".
func (c candidate) partWarning(d decision) string {
	if c.numbers == nil || d.held {
		return ""
	}
	all := c.alone().chapters
	if d.whole != nil {
		all = d.whole.chapters
	}
	gaps := c.gaps(all)
	switch {
	case len(gaps) == 1:
		return fmt.Sprintf("Chapter %d of this work is not here yet.", gaps[0])
	case len(gaps) > 1:
		return fmt.Sprintf("%d chapters of this work are not here yet, the first is chapter %d.", len(gaps), gaps[0])
	}
	return ""
}
