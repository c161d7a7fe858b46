package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
)

// AddWork keeps a new work with its chapters and what was mended in them. It
// sets all of w that the store decides: IDs, Revision, Chapters, Words, and
// Added and Changed if they are zero. A keeper's second work with the same
// source key is an errs.Conflict error.
func (tx *Tx) AddWork(w *archive.Work, cs []archive.Chapter, mends []archive.Mend) error {
	w.Revision = 1
	if w.Added.IsZero() {
		w.Added = tx.now
	}
	if w.Changed.IsZero() {
		w.Changed = tx.now
	}
	cs = tx.settle(w, cs)
	args, err := workArgs(w)
	if err != nil {
		return err
	}
	err = tx.one(fmt.Sprintf("add work %.60q", w.Title), []any{&w.ID}, `
		INSERT INTO work (keeper, visibility, revision, title, recipients, collections, language, summary, notes, end_notes,
			chapters_planned, complete, words, posted, updated, added, changed, kudos, hits, comments, bookmarks,
			source_url, source_site, source_key)
		VALUES `+places(len(args), 1)+` RETURNING id`, args...)
	if err != nil {
		return err
	}
	if w.NoTextSearch {
		if err := tx.SetNoTextSearch(w.ID, true); err != nil {
			return err
		}
	}
	return tx.keepRest(w, cs, mends)
}

// ChangeWork makes w what the work with its ID is, as a new revision: what it
// was stays readable. It sets what AddWork sets, and Changed always. A w that
// was read before somebody else's change is an errs.Conflict error.
func (tx *Tx) ChangeWork(w *archive.Work, cs []archive.Chapter, mends []archive.Mend) error {
	old, err := tx.Work(w.ID)
	if err != nil {
		return err
	}
	if w.Revision != old.Revision {
		return fmt.Errorf("work %d is at revision %d, and not %d, by now: %w", w.ID, old.Revision, w.Revision, errs.Conflict)
	}
	if err := tx.keepHead(old); err != nil {
		return err
	}
	w.Revision++
	w.NoTextSearch = old.NoTextSearch // of whatever copy came in
	w.Changed = later(tx.now, old.Changed)
	cs = tx.settle(w, cs)
	args, err := workArgs(w)
	if err != nil {
		return err
	}
	err = tx.exec(fmt.Sprintf("change work %d", w.ID), `
		UPDATE work SET seal = 0, (keeper, visibility, revision, title, recipients, collections, language, summary, notes, end_notes,
			chapters_planned, complete, words, posted, updated, added, changed, kudos, hits, comments, bookmarks,
			source_url, source_site, source_key) = `+places(len(args), 1)+fmt.Sprintf(" WHERE id = $%d", len(args)+1),
		append(args, w.ID)...)
	if err != nil {
		return err
	}
	if err := tx.unlink(w.ID); err != nil {
		return err
	}
	if err := tx.keepRest(w, cs, mends); err != nil {
		return err
	}
	return tx.dropNames(old)
}

// RemoveWork removes a work with all its revisions, files and pictures, and
// whatever belongs to no other work. Only the log remembers that it was there.
func (tx *Tx) RemoveWork(id archive.WorkID) error {
	old, err := tx.Work(id)
	if err != nil && !errors.Is(err, Damaged) { // what is damaged can be removed, and brought in again
		return err
	}
	var held []bodyID
	err = tx.each("remove work", func(row scanner) error {
		var body bodyID
		err := row.Scan(&body)
		held = append(held, body)
		return err
	}, `SELECT body FROM hold WHERE work = $1`, id)
	if err != nil {
		return err
	}
	if err := tx.unlink(id); err != nil {
		return err
	}
	if err := tx.forgetLikeness(id); err != nil {
		return err
	}
	if err := tx.dropRescued(id); err != nil {
		return err
	}
	for _, table := range []string{"attachment", "original", "chapter", "revision", "decision", "reading", "hold"} {
		if err := tx.exec("remove work", `DELETE FROM `+table+` WHERE work = $1`, id); err != nil {
			return err
		}
	}
	if err := tx.exec("remove work", `DELETE FROM work WHERE id = $1`, id); err != nil {
		return err
	}
	if err := tx.dropBodies(held); err != nil {
		return err
	}
	if err := tx.dropNames(old); err != nil {
		return err
	}
	return tx.log(id, 0)
}

// settle numbers and counts the chapters, and makes w say what they are.
func (tx *Tx) settle(w *archive.Work, cs []archive.Chapter) []archive.Chapter {
	settled := make([]archive.Chapter, len(cs))
	w.Chapters, w.Words = nil, 0
	for i, c := range cs {
		c.Number = i + 1
		if c.Words == 0 {
			c.Words = c.Text.Words()
		}
		settled[i] = c
		w.Chapters = append(w.Chapters, archive.ChapterHead{Number: c.Number, Title: c.Title, Words: c.Words})
		w.Words += c.Words
	}
	for _, t := range []*time.Time{&w.Posted, &w.Updated, &w.Added, &w.Changed} {
		*t = moment(t.UnixMicro())
	}
	for _, names := range []*[]string{&w.Recipient, &w.Collections} {
		if len(*names) == 0 {
			*names = nil // as it will be read
		}
	}
	return settled
}

// keepRest keeps what stands outside the work's own row.
func (tx *Tx) keepRest(w *archive.Work, cs []archive.Chapter, mends []archive.Mend) error {
	for _, f := range []func() error{
		func() error { return tx.keepChapters(w, cs) },
		func() error { return tx.keepRevision(w, mends) },
		func() error { return tx.keepShingles(w.ID, cs) },
		func() error { return tx.linkTags(w) },
		func() error { return tx.linkCreators(w) },
		func() error { return tx.linkSeries(w) },
		func() error { return tx.keepNames(w.ID) },
		func() error { return tx.log(w.ID, 0) },
	} {
		if err := f(); err != nil {
			return err
		}
	}
	return nil
}

// workArgs is the work's own row without its ID, in the order of workColumns and
// without the last of them.
func workArgs(w *archive.Work) ([]any, error) {
	texts := []string{w.Title, w.Language, w.Summary.HTML(), w.Notes.HTML(), w.EndNotes.HTML(), w.Source.URL, w.Source.Site, w.Source.Key}
	if err := checkText(fmt.Sprintf("work %.60q", w.Title), slices.Concat(texts, w.Recipient, w.Collections)...); err != nil {
		return nil, err
	}
	recipients, err := json.Marshal(w.Recipient)
	if err != nil {
		return nil, err
	}
	collections, err := json.Marshal(w.Collections)
	if err != nil {
		return nil, err
	}
	return []any{
		w.Keeper, w.Visibility, w.Revision, w.Title, string(recipients), string(collections), w.Language,
		w.Summary.HTML(), w.Notes.HTML(), w.EndNotes.HTML(), w.ChaptersPlanned, w.Complete, w.Words,
		w.Posted.UnixMicro(), w.Updated.UnixMicro(), w.Added.UnixMicro(), w.Changed.UnixMicro(),
		w.Kudos, w.Hits, w.Comments, w.Bookmarks, w.Source.URL, w.Source.Site, w.Source.Key,
	}, nil
}

// later is now, or just after before where the clock went back: downloads of
// two revisions must never claim the same age.
func later(now, before time.Time) time.Time {
	if !now.After(before) {
		return before.Add(time.Microsecond)
	}
	return now
}
