package store

import (
	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
)

// EachIndexed calls f for the works with IDs from from on, before to, in order of ID,
// with what an index asks for: of prose only the plain text, of chapters only how many.
// Nothing of w may be kept but texts; f must not ask tx for more.
func (tx *Tx) EachIndexed(from, to archive.WorkID, f func(w *archive.Work, summary, notes string, chapters int) error) error {
	var w archive.Work
	return tx.each("works to be indexed", func(row scanner) error {
		w = archive.Work{Tags: w.Tags[:0], Creators: w.Creators[:0], Series: w.Series[:0]}
		var summary, notes, endNotes, tags, creators, series string
		var posted, updated, added int64
		var chapters int
		err := row.Scan(&w.ID, &w.Keeper, &w.Visibility, &w.Title, &w.Language, &summary, &notes, &endNotes, &w.Complete, &w.Words,
			&posted, &updated, &added, &w.Kudos, &w.Hits, &w.Comments, &w.Bookmarks, &chapters, &tags, &creators, &series)
		if err != nil {
			return err
		}
		w.Posted, w.Updated, w.Added = moment(posted), moment(updated), moment(added)
		if err := readNames(&w, tags, creators, series); err != nil {
			return err
		}
		return f(&w, prose.TextOf(summary), prose.TextOf(notes)+"\n\n"+prose.TextOf(endNotes), chapters)
	}, `SELECT w.id, w.keeper, w.visibility, w.title, w.language, w.summary, w.notes, w.end_notes, w.complete, w.words,
			w.posted, w.updated, w.added, w.kudos, w.hits, w.comments, w.bookmarks, n.chapters, n.tags, n.creators, n.series
		FROM work w JOIN work_names n ON n.work = w.id WHERE w.id >= $1 AND w.id < $2 ORDER BY w.id`, from, to)
}

// LastWork is the largest ID of a work, 0 if there is none.
func (tx *Tx) LastWork() (id archive.WorkID, err error) {
	err = tx.one("last work", []any{&id}, `SELECT coalesce(max(id), 0) FROM work`)
	return id, err
}
