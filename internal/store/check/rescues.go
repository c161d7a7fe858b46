package check

import (
	"errors"
	"fmt"

	"ficstead/internal/archive"
	"ficstead/internal/store"
)

// rescues reads all that stands packed in the rows of rescued archives, and
// looks for works that they name and that are not there.
func (c *checker) rescues() error {
	return c.store.Read(c.ctx, func(tx *store.Tx) error {
		rescues, err := tx.Rescues()
		if err != nil {
			return err
		}
		for _, r := range rescues {
			_, reportErr := tx.RescueReport(r.ID)
			_, seriesErr := tx.RescuedSeriesList(r.ID)
			_, pagesErr := tx.Pages(r.ID)
			for _, err := range []error{reportErr, seriesErr, pagesErr} {
				if errors.Is(err, store.Damaged) {
					c.found(New(Rescued, fmt.Sprintf("Something of the rescued archive %d cannot be read: %v.", r.ID, err)))
				} else if err != nil {
					return err
				}
			}
			if err := c.rescued(tx, r); err != nil {
				return err
			}
		}
		return nil
	})
}

func (c *checker) rescued(tx *store.Tx, r store.Rescue) error {
	return tx.Rows("verify rescued works", func(scan func(...any) error) error {
		var key string
		var work archive.WorkID
		err := scan(&key, &work)
		if err == nil {
			c.found(New(Rescued, fmt.Sprintf("The rescued work %s names work %d, which is not there.", key, work)))
		}
		return err
	}, `SELECT r.key, r.work FROM rescued_work r WHERE r.rescue = $1 AND r.work <> 0
		AND NOT EXISTS (SELECT 1 FROM work w WHERE w.id = r.work) ORDER BY r.key`, r.ID)
}
