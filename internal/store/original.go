package store

import (
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/store/packing"
)

// Original is a file a work was read from, byte for byte.
type Original struct {
	Sum       string // SHA-256, in hex
	Work      archive.WorkID
	Revision  int    // of the work, that it made or confirmed; 0 if it only stands beside
	Kind      string // the format as recognised
	Name      string
	Size      int64
	Added     time.Time
	Withdrawn bool   // its revision was taken back
	Data      []byte // nil in a list
}

const originalColumns = `b.id, b.sum, o.work, o.revision, o.kind, o.name, b.size, o.added, o.withdrawn, o.keeper, o.seal`

func scanOriginal(row scanner) (o Original, body bodyID, err error) {
	var sum []byte
	var added, keeper, sealed int64
	err = row.Scan(&body, &sum, &o.Work, &o.Revision, &o.Kind, &o.Name, &o.Size, &added, &o.Withdrawn, &keeper, &sealed)
	o.Sum, o.Added = hex.EncodeToString(sum), moment(added)
	if err == nil {
		err = verifySeal(fmt.Sprintf("original %s of work %d", o.Sum, o.Work), sealed,
			keeper, int64(body), int64(o.Work), int64(o.Revision), o.Kind, o.Name, added, o.Withdrawn)
	}
	return o, body, err
}

// Original returns a file of a work by its SHA-256.
func (tx *Tx) Original(work archive.WorkID, sum string) (Original, error) {
	raw, err := packing.ParseSum(sum)
	if err != nil {
		return Original{}, err
	}
	what := fmt.Sprintf("original %s of work %d", sum, work)
	row := tx.tx.QueryRowContext(tx.ctx, `SELECT `+originalColumns+`
		FROM body b JOIN original o ON o.body = b.id WHERE b.sum = $1 AND o.work = $2`, raw, work)
	o, body, err := scanOriginal(row)
	if err != nil {
		return o, tx.fail(what, err)
	}
	contents, err := tx.bodies(what, body)
	o.Data = contents[body]
	return o, err
}

// Originals returns the files of a work without their data, the latest first.
func (tx *Tx) Originals(work archive.WorkID) (originals []Original, err error) {
	err = tx.each(fmt.Sprintf("originals of work %d", work), func(row scanner) error {
		o, _, err := scanOriginal(row)
		originals = append(originals, o)
		return err
	}, `SELECT `+originalColumns+` FROM original o JOIN body b ON b.id = o.body
		WHERE o.work = $1 ORDER BY o.revision DESC, o.added DESC, o.body DESC`, work)
	return originals, err
}

// AddOriginal keeps a file that a work was read from: Work, Revision, Kind, Name
// and Data say which. A file that the keeper of the work has kept before is an
// errs.Conflict error, unless it was withdrawn.
func (tx *Tx) AddOriginal(o Original) error {
	what := fmt.Sprintf("original %.60q", o.Name)
	if err := checkText(what, o.Kind, o.Name); err != nil {
		return err
	}
	var keeper archive.PersonID
	if err := tx.one(what, []any{&keeper}, `SELECT keeper FROM work WHERE id = $1`, o.Work); err != nil {
		return err
	}
	ids, err := tx.keepBodies(o.Work, o.Data)
	if err != nil {
		return err
	}
	var same archive.WorkID
	err = tx.one(what, []any{&same}, `
		INSERT INTO original (keeper, body, work, revision, kind, name, added, withdrawn) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (keeper, body) DO UPDATE
			SET seal = 0, revision = excluded.revision, kind = excluded.kind, name = excluded.name,
				added = excluded.added, withdrawn = excluded.withdrawn
			WHERE original.withdrawn AND original.work = excluded.work
		RETURNING work`, keeper, ids[0], o.Work, o.Revision, o.Kind, o.Name, tx.now.UnixMicro(), false)
	if errors.Is(err, errs.NotFound) {
		return fmt.Errorf("%s is kept already: %w", what, errs.Conflict)
	}
	return err
}

// WithdrawOriginals notes that the revisions of a work after the given one were
// taken back, so that bringing their files in again is news.
func (tx *Tx) WithdrawOriginals(work archive.WorkID, after int) error {
	return tx.exec(fmt.Sprintf("originals of work %d", work),
		`UPDATE original SET seal = 0, withdrawn = $3 WHERE work = $1 AND revision > $2`, work, after, true)
}

// IsWithdrawn reports whether what a person brought in as the file with the
// given sum was taken back.
func (tx *Tx) IsWithdrawn(keeper archive.PersonID, sum string) (withdrawn bool, err error) {
	raw, err := packing.ParseSum(sum)
	if err != nil {
		return false, err
	}
	err = tx.one("original "+sum, []any{&withdrawn},
		`SELECT o.withdrawn FROM original o JOIN body b ON b.id = o.body WHERE o.keeper = $1 AND b.sum = $2`, keeper, raw)
	return withdrawn, err
}

// Attachment returns a picture of a work by its SHA-256.
func (tx *Tx) Attachment(work archive.WorkID, sum string) (archive.Attachment, error) {
	raw, err := packing.ParseSum(sum)
	if err != nil {
		return archive.Attachment{}, err
	}
	a := archive.Attachment{Sum: sum}
	what := fmt.Sprintf("attachment %s of work %d", sum, work)
	var body bodyID
	var sealed int64
	err = tx.one(what, []any{&body, &a.MediaType, &sealed}, `SELECT b.id, a.media_type, a.seal
		FROM body b JOIN attachment a ON a.body = b.id WHERE b.sum = $1 AND a.work = $2`, raw, work)
	if err != nil {
		return archive.Attachment{}, err
	}
	if err := verifySeal(what, sealed, int64(work), int64(body), a.MediaType); err != nil {
		return archive.Attachment{}, err
	}
	contents, err := tx.bodies(what, body)
	a.Data = contents[body]
	return a, err
}

// AddAttachment keeps a picture for a work; one it has already is no error.
func (tx *Tx) AddAttachment(work archive.WorkID, a archive.Attachment) error {
	what := "attachment " + a.Sum
	if err := checkText(what, a.MediaType); err != nil {
		return err
	}
	if sum := packing.Sum(a.Data); sum != a.Sum {
		return fmt.Errorf("%s: its data has the sum %s: %w", what, sum, errs.Invalid)
	}
	ids, err := tx.keepBodies(work, a.Data)
	if err != nil {
		return err
	}
	return tx.exec(what, `INSERT INTO attachment (work, body, media_type) VALUES ($1, $2, $3)
		ON CONFLICT DO NOTHING`, work, ids[0], a.MediaType)
}
