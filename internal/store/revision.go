package store

import (
	"encoding/json"
	"fmt"
	"time"

	"ficstead/internal/archive"
)

// Revision is a work between two changes.
type Revision struct {
	Number   int // from 1
	Changed  time.Time
	Chapters int
	Words    int
	Why      string // a sentence, "" if nobody said
}

// Revisions returns all revisions of a work, the present one first.
func (tx *Tx) Revisions(id archive.WorkID) (revisions []Revision, err error) {
	err = tx.each(fmt.Sprintf("revisions of work %d", id), func(row scanner) error {
		var r Revision
		var changed, mends, head, sealed int64
		err := row.Scan(&r.Number, &changed, &r.Chapters, &r.Words, &r.Why, &mends, &head, &sealed)
		r.Changed = moment(changed)
		if err == nil {
			err = verifySeal(fmt.Sprintf("revision %d of work %d", r.Number, id), sealed,
				int64(id), int64(r.Number), changed, int64(r.Chapters), int64(r.Words), r.Why, mends, head)
		}
		revisions = append(revisions, r)
		return err
	}, `SELECT number, changed, chapters, words, why, mends, head, seal FROM revision WHERE work = $1 ORDER BY number DESC`, id)
	if err != nil {
		return nil, err
	}
	return revisions, tx.unbroken(id, revisions)
}

// unbroken reports that revisions of a work are missing: a row that is lost has no seal.
func (tx *Tx) unbroken(id archive.WorkID, revisions []Revision) error {
	var last int
	err := tx.one(fmt.Sprintf("work %d", id), []any{&last}, `SELECT coalesce(max(revision), 0) FROM work WHERE id = $1`, id)
	if err == nil && last != len(revisions) {
		err = fmt.Errorf("work %d has %d revisions, and %d were kept: it is %w", id, len(revisions), last, Damaged)
	}
	return err
}

// SetWhy says why the present revision of a work was made.
func (tx *Tx) SetWhy(id archive.WorkID, why string) error {
	what := fmt.Sprintf("work %d", id)
	if err := checkText(what, why); err != nil {
		return err
	}
	return tx.exec(what, `UPDATE revision SET seal = 0, why = $2 WHERE work = $1
		AND number = (SELECT revision FROM work WHERE id = $1)`, id, why)
}

// Mends returns what was mended, or could be, in the present revision of a work.
func (tx *Tx) Mends(id archive.WorkID) ([]archive.Mend, error) {
	w, err := tx.Work(id)
	if err != nil {
		return nil, err
	}
	return tx.MendsAt(id, w.Revision)
}

// MendsAt is Mends for any revision.
func (tx *Tx) MendsAt(id archive.WorkID, revision int) (mends []archive.Mend, err error) {
	err = tx.readRevision(id, revision, "mends", &mends)
	return mends, err
}

// WorkAt returns a work as it was in a revision. Who may see it, and what its
// readers made of it, is as it is now.
func (tx *Tx) WorkAt(id archive.WorkID, revision int) (archive.Work, error) {
	w, err := tx.Work(id)
	if err != nil || w.Revision == revision {
		return w, err
	}
	var h head
	if err := tx.readRevision(id, revision, "head", &h); err != nil {
		return w, err
	}
	h.restore(&w)
	w.Revision, w.Words, w.Chapters = revision, 0, nil
	rows, err := tx.chapterRows(fmt.Sprintf("chapters of work %d", id), `SELECT `+chapterColumns+` FROM chapter
		WHERE work = $1 AND since <= $2 AND (until = 0 OR until >= $2) ORDER BY number`, id, revision)
	for _, c := range rows {
		w.Chapters = append(w.Chapters, archive.ChapterHead{Number: c.Number, Title: c.Title, Words: c.Words})
		w.Words += c.Words
	}
	return w, err
}

// readRevision reads the JSON that a column of a revision names.
func (tx *Tx) readRevision(id archive.WorkID, revision int, column string, into any) error {
	what := fmt.Sprintf("revision %d of work %d", revision, id)
	var body bodyID
	err := tx.one(what, []any{&body}, `SELECT `+column+` FROM revision WHERE work = $1 AND number = $2`, id, revision)
	if err != nil || body == 0 {
		return err
	}
	contents, err := tx.bodies(what, body)
	if err != nil {
		return err
	}
	return tx.fail(what, json.Unmarshal(contents[body], into))
}

// keepRevision notes the revision that w now is.
func (tx *Tx) keepRevision(w *archive.Work, mends []archive.Mend) error {
	body, err := tx.keepMends(w.ID, mends)
	if err != nil {
		return err
	}
	return tx.exec("add revision", `INSERT INTO revision (work, number, changed, chapters, words, why, mends, head)
		VALUES ($1, $2, $3, $4, $5, '', $6, 0)`, w.ID, w.Revision, w.Changed.UnixMicro(), len(w.Chapters), w.Words, body)
}

func (tx *Tx) keepMends(id archive.WorkID, mends []archive.Mend) (bodyID, error) {
	for _, m := range mends {
		if err := checkText("mend "+m.Rule, m.Rule, m.Before, m.After, m.From); err != nil {
			return 0, err
		}
	}
	var content []byte
	if len(mends) > 0 {
		var err error
		if content, err = json.Marshal(mends); err != nil {
			return 0, err
		}
	}
	ids, err := tx.keepBodies(id, content)
	if err != nil {
		return 0, err
	}
	return ids[0], nil
}

// SetMends says what was mended, or could be, in the present revision of a work:
// suggestions may come to it later, which change no text.
func (tx *Tx) SetMends(id archive.WorkID, mends []archive.Mend) error {
	body, err := tx.keepMends(id, mends)
	if err != nil {
		return err
	}
	err = tx.exec("mends of work", `UPDATE revision SET seal = 0, mends = $2 WHERE work = $1
		AND number = (SELECT revision FROM work WHERE id = $1)`, id, body)
	if err != nil {
		return err
	}
	return tx.log(id, 0)
}

// keepHead keeps what the row and links of a work say, before they change.
func (tx *Tx) keepHead(old archive.Work) error {
	content, err := json.Marshal(headOf(old))
	if err != nil {
		return err
	}
	ids, err := tx.keepBodies(old.ID, content)
	if err != nil {
		return err
	}
	return tx.exec("keep head", `UPDATE revision SET seal = 0, head = $3 WHERE work = $1 AND number = $2`, old.ID, old.Revision, ids[0])
}

// head is what can be said of a work and changes with its revisions. It holds
// names, because the rows they have now may be gone when it is read.
type head struct {
	Title           string
	Creators        []archive.Creator
	Recipient       []string
	Collections     []string
	Language        string
	Tags            []archive.Tag
	Series          []archive.Part
	Summary         string
	Notes           string
	EndNotes        string
	ChaptersPlanned int
	Complete        bool
	Posted          time.Time
	Updated         time.Time
	Changed         time.Time
	Source          archive.Source
}

func headOf(w archive.Work) head {
	return head{
		w.Title, w.Creators, w.Recipient, w.Collections, w.Language, w.Tags, w.Series,
		w.Summary.HTML(), w.Notes.HTML(), w.EndNotes.HTML(), w.ChaptersPlanned, w.Complete,
		w.Posted, w.Updated, w.Changed, w.Source,
	}
}

// restore makes w say what h says.
func (h head) restore(w *archive.Work) {
	w.Title, w.Creators, w.Recipient, w.Collections = h.Title, h.Creators, h.Recipient, h.Collections
	w.Language, w.Tags, w.Series = h.Language, h.Tags, h.Series
	w.Summary, w.Notes, w.EndNotes = doc(h.Summary), doc(h.Notes), doc(h.EndNotes)
	w.ChaptersPlanned, w.Complete = h.ChaptersPlanned, h.Complete
	w.Posted, w.Updated, w.Changed, w.Source = h.Posted, h.Updated, h.Changed, h.Source
}
