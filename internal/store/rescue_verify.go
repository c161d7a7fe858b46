package store

import (
	"context"
	"errors"
	"fmt"

	"ficstead/internal/archive"
)

// verifyRescues reads all that stands packed in the rows of rescued archives, and
// looks for works that they name and that are not there.
func (s *Store) verifyRescues(ctx context.Context, found func(Damage)) error {
	return s.Read(ctx, func(tx *Tx) error {
		rescues, err := tx.Rescues()
		if err != nil {
			return err
		}
		for _, r := range rescues {
			_, reportErr := tx.RescueReport(r.ID)
			_, seriesErr := tx.RescuedSeriesList(r.ID)
			_, pagesErr := tx.Pages(r.ID)
			for _, err := range []error{reportErr, seriesErr, pagesErr} {
				if errors.Is(err, Damaged) {
					found(Damage{What: fmt.Sprintf("of the rescued archive %s: %v; import its dump again", r.Key, err)})
				} else if err != nil {
					return err
				}
			}
			if err := tx.verifyRescued(r, found); err != nil {
				return err
			}
		}
		return nil
	})
}

func (tx *Tx) verifyRescued(r Rescue, found func(Damage)) error {
	return tx.each("verify rescued works", func(row scanner) error {
		var key string
		var work archive.WorkID
		err := row.Scan(&key, &work)
		if err == nil {
			found(Damage{What: fmt.Sprintf("the rescued work %s names work %d, which is not there", key, work)})
		}
		return err
	}, `SELECT r.key, r.work FROM rescued_work r WHERE r.rescue = $1 AND r.work <> 0
		AND NOT EXISTS (SELECT 1 FROM work w WHERE w.id = r.work) ORDER BY r.key`, r.ID)
}
