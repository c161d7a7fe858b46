package store

import (
	"errors"
	"fmt"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
)

// chapterRow is a chapter with the rows of its prose.
type chapterRow struct {
	archive.Chapter
	parts [4]bodyID // summary, notes, end notes, text
}

const chapterColumns = `work, number, since, until, title, words, summary, notes, end_notes, text, seal`

// scanChapter reads a row of chapterColumns, and compares it with its seal.
func scanChapter(row scanner) (work archive.WorkID, c chapterRow, err error) {
	var since, until, sealed int64
	err = row.Scan(&work, &c.Number, &since, &until, &c.Title, &c.Words, &c.parts[0], &c.parts[1], &c.parts[2], &c.parts[3], &sealed)
	if err != nil {
		return work, c, err
	}
	return work, c, verifySeal(fmt.Sprintf("chapter %d of work %d", c.Number, work), sealed,
		int64(work), int64(c.Number), since, until, c.Title, int64(c.Words),
		int64(c.parts[0]), int64(c.parts[1]), int64(c.parts[2]), int64(c.parts[3]))
}

// Chapter returns chapter n of a work as it is now.
func (tx *Tx) Chapter(id archive.WorkID, n int) (archive.Chapter, error) {
	return tx.oneChapter(id, n, `SELECT `+chapterColumns+` FROM chapter WHERE work = $1 AND number = $2 AND until = 0`, id, n)
}

// ChapterAt returns chapter n of a work as it was in a revision.
func (tx *Tx) ChapterAt(id archive.WorkID, revision, n int) (archive.Chapter, error) {
	return tx.oneChapter(id, n, `SELECT `+chapterColumns+` FROM chapter
		WHERE work = $1 AND number = $2 AND since <= $3 AND (until = 0 OR until >= $3)
		AND EXISTS (SELECT 1 FROM revision r WHERE r.work = $1 AND r.number = $3)`, id, n, revision)
}

func (tx *Tx) oneChapter(id archive.WorkID, n int, query string, args ...any) (archive.Chapter, error) {
	cs, err := tx.chapters(id, query, args...)
	if err == nil && len(cs) == 0 {
		err = fmt.Errorf("work %d, chapter %d: %w", id, n, errs.NotFound)
	}
	if err != nil {
		return archive.Chapter{}, err
	}
	return cs[0], nil
}

// Chapters returns all chapters of a work as they are now, in order.
func (tx *Tx) Chapters(id archive.WorkID) ([]archive.Chapter, error) {
	cs, err := tx.chapters(id, `SELECT `+chapterColumns+` FROM chapter WHERE work = $1 AND until = 0 ORDER BY number`, id)
	if err != nil {
		return nil, err
	}
	return cs, tx.allChapters(id, len(cs))
}

// allChapters compares how many chapters were read of a work with how many it has:
// a row that is lost has no seal.
func (tx *Tx) allChapters(id archive.WorkID, n int) error {
	var want int
	err := tx.one(fmt.Sprintf("chapters of work %d", id), []any{&want}, `SELECT chapters FROM work_names WHERE work = $1`, id)
	if errors.Is(err, errs.NotFound) && n == 0 {
		return nil // no work
	}
	if err == nil && n != want {
		err = fmt.Errorf("work %d has %d chapters, and %d were kept: it is %w", id, n, want, Damaged)
	}
	return err
}

// ChaptersAt returns all chapters of a work as they were in a revision.
func (tx *Tx) ChaptersAt(id archive.WorkID, revision int) ([]archive.Chapter, error) {
	return tx.chapters(id, `SELECT `+chapterColumns+` FROM chapter
		WHERE work = $1 AND since <= $2 AND (until = 0 OR until >= $2) ORDER BY number`, id, revision)
}

func (tx *Tx) chapters(id archive.WorkID, query string, args ...any) ([]archive.Chapter, error) {
	what := fmt.Sprintf("chapters of work %d", id)
	rows, err := tx.chapterRows(what, query, args...)
	if err != nil {
		return nil, err
	}
	var ids []bodyID
	for _, c := range rows {
		ids = append(ids, c.parts[:]...)
	}
	contents, err := tx.bodies(what, ids...)
	if err != nil {
		return nil, err
	}
	var cs []archive.Chapter
	for _, c := range rows {
		c.Summary, c.Notes = doc(string(contents[c.parts[0]])), doc(string(contents[c.parts[1]]))
		c.EndNotes, c.Text = doc(string(contents[c.parts[2]])), doc(string(contents[c.parts[3]]))
		cs = append(cs, c.Chapter)
	}
	return cs, nil
}

func (tx *Tx) chapterRows(what, query string, args ...any) (rows []chapterRow, err error) {
	err = tx.each(what, func(row scanner) error {
		_, c, err := scanChapter(row)
		rows = append(rows, c)
		return err
	}, query, args...)
	return rows, err
}

// keepChapters makes cs the chapters of a revision of w, and leaves alone those
// that the revision before had just so.
func (tx *Tx) keepChapters(w *archive.Work, cs []archive.Chapter) error {
	rows, err := tx.keepProse(w.ID, cs)
	if err != nil {
		return err
	}
	what := fmt.Sprintf("chapters of work %d", w.ID)
	old, err := tx.chapterRows(what, `SELECT `+chapterColumns+` FROM chapter WHERE work = $1 AND until = 0 ORDER BY number`, w.ID)
	if err != nil {
		return err
	}
	var added [][]any
	for i, c := range rows {
		if i < len(old) && sameChapter(old[i], c) {
			continue
		}
		added = append(added, []any{w.ID, c.Number, w.Revision, 0, c.Title, c.Words, c.parts[0], c.parts[1], c.parts[2], c.parts[3]})
	}
	for i, c := range old {
		if i < len(rows) && sameChapter(c, rows[i]) {
			continue
		}
		err := tx.exec(what, `UPDATE chapter SET seal = 0, until = $3 WHERE work = $1 AND number = $2 AND until = 0`, w.ID, c.Number, w.Revision-1)
		if err != nil {
			return err
		}
	}
	return tx.insert(what, "chapter (work, number, since, until, title, words, summary, notes, end_notes, text)", added, "")
}

// sameChapter compares all but the prose itself, which is the same if its rows are.
func sameChapter(a, b chapterRow) bool {
	return a.Number == b.Number && a.Title == b.Title && a.Words == b.Words && a.parts == b.parts
}

// keepProse keeps the bodies of chapters.
func (tx *Tx) keepProse(id archive.WorkID, cs []archive.Chapter) ([]chapterRow, error) {
	var contents [][]byte
	for _, c := range cs {
		for _, html := range []string{c.Summary.HTML(), c.Notes.HTML(), c.EndNotes.HTML(), c.Text.HTML()} {
			if err := checkText(fmt.Sprintf("chapter %d", c.Number), c.Title, html); err != nil {
				return nil, err
			}
			contents = append(contents, []byte(html))
		}
	}
	bodies, err := tx.keepBodies(id, contents...)
	if err != nil {
		return nil, err
	}
	var rows []chapterRow
	for i, c := range cs {
		rows = append(rows, chapterRow{c, [4]bodyID(bodies[4*i:])})
	}
	return rows, nil
}
