package store

import (
	"fmt"

	"ficstead/internal/archive"
)

const creatorColumns = `id, name, account, url`

func scanCreator(row scanner) (c archive.Creator, err error) {
	err = row.Scan(&c.ID, &c.Name, &c.Account, &c.URL)
	return c, err
}

// Creator returns the creator with the given ID, or an errs.NotFound error.
func (tx *Tx) Creator(id archive.CreatorID) (archive.Creator, error) {
	var c archive.Creator
	var key, account string
	var sealed int64
	what := fmt.Sprintf("creator %d", id)
	err := tx.one(what, []any{&c.ID, &c.Name, &c.Account, &c.URL, &key, &account, &sealed},
		`SELECT `+creatorColumns+`, key, account_key, seal FROM creator WHERE id = $1`, id)
	if err == nil {
		err = verifySeal(what, sealed, int64(c.ID), c.Name, c.Account, c.URL, key, account)
	}
	return c, err
}

// CreatorByName returns the creator with a name, whatever its letters' case and
// accents. Where several accounts use the name it is the one that has no other,
// or else the first.
func (tx *Tx) CreatorByName(name string) (archive.Creator, error) {
	row := tx.tx.QueryRowContext(tx.ctx, `SELECT `+creatorColumns+` FROM creator
		WHERE key = $1 ORDER BY account_key <> '', id LIMIT 1`, queryKey(name))
	c, err := scanCreator(row)
	return c, tx.fail(fmt.Sprintf("creator %.60q", name), err)
}

// EachCreator calls f for every creator, in order of ID, until f fails. f may
// ask tx for more.
func (tx *Tx) EachCreator(f func(archive.Creator) error) error {
	for after := archive.CreatorID(0); ; {
		var creators []archive.Creator
		err := tx.each("creators", func(row scanner) error {
			c, err := scanCreator(row)
			creators = append(creators, c)
			return err
		}, `SELECT `+creatorColumns+` FROM creator WHERE id > $1 ORDER BY id LIMIT 5000`, after)
		if err != nil || len(creators) == 0 {
			return err
		}
		for _, c := range creators {
			if err := f(c); err != nil {
				return err
			}
			after = c.ID
		}
	}
}

// Series returns the series with the given ID, or an errs.NotFound error.
func (tx *Tx) Series(id archive.SeriesID) (s archive.Series, err error) {
	var key string
	var sealed int64
	what := fmt.Sprintf("series %d", id)
	err = tx.one(what, []any{&s.ID, &s.Title, &s.URL, &key, &sealed}, `SELECT id, title, url, key, seal FROM series WHERE id = $1`, id)
	if err == nil {
		err = verifySeal(what, sealed, int64(s.ID), s.Title, s.URL, key)
	}
	return s, err
}

// SeriesWorks returns the works of a series in its order, whoever may see them.
func (tx *Tx) SeriesWorks(id archive.SeriesID) (works []archive.WorkID, err error) {
	err = tx.each(fmt.Sprintf("works of series %d", id), func(row scanner) error {
		var w archive.WorkID
		err := row.Scan(&w)
		works = append(works, w)
		return err
	}, `SELECT work FROM work_series WHERE series = $1 ORDER BY number, work`, id)
	return works, err
}
