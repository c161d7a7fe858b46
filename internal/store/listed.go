package store

import (
	"encoding/json"
	"fmt"

	"ficstead/internal/archive"
	"ficstead/internal/store/gather"
)

// A Standing is what tells whether a list may show a work, and whether it shows
// what it showed before.
type Standing struct {
	ID         archive.WorkID
	Keeper     archive.PersonID
	Visibility archive.Visibility
	Revision   int
}

// Standings returns how works stand, in the order of their IDs here. Those that
// are not there are left out.
func (tx *Tx) Standings(ids []archive.WorkID) ([]Standing, error) {
	return inOrder(tx, "standings", ids, func(row scanner) (id archive.WorkID, s Standing, err error) {
		err = row.Scan(&s.ID, &s.Keeper, &s.Visibility, &s.Revision)
		return s.ID, s, err
	}, `SELECT id, keeper, visibility, revision FROM work WHERE id IN (*)`)
}

// Listed returns works as lists show them, in the order of their IDs here: without
// notes, collections and source, without what tags are synonyms of and addresses of
// creators and series, and of their chapters only the numbers. Those that are not
// there are left out.
func (tx *Tx) Listed(ids []archive.WorkID) ([]archive.Work, error) {
	if err := tx.verifyHeads(ids); err != nil {
		return nil, err
	}
	return inOrder(tx, "listed works", ids, func(row scanner) (archive.WorkID, archive.Work, error) {
		w, err := scanListed(row)
		return w.ID, w, err
	}, `SELECT w.id, w.keeper, w.visibility, w.revision, w.title, w.recipients, w.language, w.summary, w.chapters_planned, w.complete, w.words,
			w.posted, w.updated, w.added, w.changed, w.kudos, w.hits, w.comments, w.bookmarks, n.chapters, n.tags, n.creators, n.series
		FROM work w JOIN work_names n ON n.work = w.id WHERE w.id IN (*)`)
}

// inOrder reads one row for each of ids, in their order.
func inOrder[T any](tx *Tx, what string, ids []archive.WorkID, scan func(scanner) (archive.WorkID, T, error), query string) ([]T, error) {
	found := make(map[archive.WorkID]T, len(ids))
	err := eachIn(tx, what, ids, func(row scanner) error {
		id, thing, err := scan(row)
		found[id] = thing
		return err
	}, query)
	things := make([]T, 0, len(found))
	for _, id := range ids {
		if thing, ok := found[id]; ok {
			things = append(things, thing)
		}
	}
	return things, err
}

func scanListed(row scanner) (w archive.Work, err error) {
	var recipients, summary, tags, creators, series string
	var posted, updated, added, changed int64
	var chapters int
	err = row.Scan(&w.ID, &w.Keeper, &w.Visibility, &w.Revision, &w.Title, &recipients, &w.Language, &summary, &w.ChaptersPlanned, &w.Complete, &w.Words,
		&posted, &updated, &added, &changed, &w.Kudos, &w.Hits, &w.Comments, &w.Bookmarks, &chapters, &tags, &creators, &series)
	if err != nil {
		return w, err
	}
	w.Summary = doc(summary)
	w.Posted, w.Updated, w.Added, w.Changed = moment(posted), moment(updated), moment(added), moment(changed)
	for n := range chapters {
		w.Chapters = append(w.Chapters, archive.ChapterHead{Number: n + 1})
	}
	if err := readNames(&w, tags, creators, series); err != nil {
		return w, err
	}
	if recipients != "null" && recipients != "[]" {
		err = json.Unmarshal([]byte(recipients), &w.Recipient)
	}
	return w, err
}

// readNames gives w the names that were gathered of it.
func readNames(w *archive.Work, tags, creators, series string) error {
	t, c, s := gather.Of(tags), gather.Of(creators), gather.Of(series)
	for t.More() {
		w.Tags = append(w.Tags, archive.Tag{ID: archive.TagID(t.Number()), Kind: archive.Kind(t.Number()), Name: t.Text()})
	}
	for c.More() {
		w.Creators = append(w.Creators, archive.Creator{ID: archive.CreatorID(c.Number()), Name: c.Text(), Account: c.Text()})
	}
	for s.More() {
		w.Series = append(w.Series, archive.Part{Series: archive.Series{ID: archive.SeriesID(s.Number()), Title: s.Text()}, Number: int(s.Number())})
	}
	if t.Broken() || c.Broken() || s.Broken() {
		return fmt.Errorf("names of work %d: they are %w", w.ID, Damaged)
	}
	return nil
}

// keepNames gathers the names of a work: of its tags, creators and series, which
// never change while it has them.
func (tx *Tx) keepNames(id archive.WorkID) error {
	return tx.exec("names of work", `INSERT INTO work_names (work, chapters, tags, creators, series) `+gather.Names+` WHERE w.id = $1`, id)
}
