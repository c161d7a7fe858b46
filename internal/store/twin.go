package store

import (
	"crypto/sha256"

	"ficstead/internal/archive"
)

// WorksWithText returns the works of a keeper that have, or once had, a chapter
// with exactly this text (as Doc.HTML prints it), oldest first.
func (tx *Tx) WorksWithText(keeper archive.PersonID, html string) (works []archive.WorkID, err error) {
	sum := sha256.Sum256([]byte(html))
	err = tx.each("works with a text", func(row scanner) error {
		var id archive.WorkID
		err := row.Scan(&id)
		works = append(works, id)
		return err
	}, `SELECT h.work FROM body b JOIN hold h ON h.body = b.id JOIN work w ON w.id = h.work
		WHERE b.sum = $1 AND w.keeper = $2 ORDER BY h.work`, sum[:], keeper)
	return works, err
}
