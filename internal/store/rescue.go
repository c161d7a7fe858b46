package store

import (
	"fmt"
	"time"

	"ficstead/internal/archive"
)

// Rescue is an archive that was brought in whole, as it stands here.
type Rescue struct {
	ID         archive.RescueID
	Keeper     archive.PersonID
	Key        string // what the keys of all its things begin with, such as "efiction:example.org"
	Kind       string
	Version    string
	Site       archive.RescuedSite
	Visibility archive.Visibility // of its pages, and of works still to come
	Began      time.Time
	Finished   time.Time // of its last import that came to its end; zero if none did
}

const rescueColumns = `id, keeper, key, kind, version, name, slogan, url, language, visibility, began, finished`

func scanRescue(row scanner) (r Rescue, err error) {
	var began, finished int64
	err = row.Scan(&r.ID, &r.Keeper, &r.Key, &r.Kind, &r.Version, &r.Site.Name, &r.Site.Slogan, &r.Site.URL, &r.Site.Language,
		&r.Visibility, &began, &finished)
	r.Began, r.Finished = moment(began), moment(finished)
	return r, err
}

// Rescue returns the rescued archive with the given ID, or an errs.NotFound error.
func (tx *Tx) Rescue(id archive.RescueID) (Rescue, error) {
	row := tx.tx.QueryRowContext(tx.ctx, `SELECT `+rescueColumns+` FROM rescue WHERE id = $1`, id)
	r, err := scanRescue(row)
	return r, tx.fail(fmt.Sprintf("rescued archive %d", id), err)
}

// Rescues returns all rescued archives, the oldest first, whoever may see them.
func (tx *Tx) Rescues() (rescues []Rescue, err error) {
	err = tx.each("rescued archives", func(row scanner) error {
		r, err := scanRescue(row)
		rescues = append(rescues, r)
		return err
	}, `SELECT `+rescueColumns+` FROM rescue ORDER BY id`)
	return rescues, err
}

// EnsureRescue finds what Keeper keeps under Key, or begins it, and makes it say
// what r does of its kind and site. It sets all of r that is the store's.
func (tx *Tx) EnsureRescue(r *Rescue) error {
	what := fmt.Sprintf("rescued archive %.60q", r.Key)
	if err := checkText(what, r.Key, r.Kind, r.Version, r.Site.Name, r.Site.Slogan, r.Site.URL, r.Site.Language); err != nil {
		return err
	}
	row := tx.tx.QueryRowContext(tx.ctx, `
		INSERT INTO rescue (keeper, key, kind, version, name, slogan, url, language, visibility, began, finished, report)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
		ON CONFLICT (keeper, key) DO UPDATE SET seal = 0, kind = excluded.kind, version = excluded.version, name = excluded.name,
			slogan = excluded.slogan, url = excluded.url, language = excluded.language
		RETURNING `+rescueColumns,
		r.Keeper, short(r.Key), r.Kind, r.Version, r.Site.Name, r.Site.Slogan, r.Site.URL, r.Site.Language,
		r.Visibility, tx.now.UnixMicro(), time.Time{}.UnixMicro(), tx.store.packer.Compress(nil))
	known, err := scanRescue(row)
	*r = known
	return tx.fail(what, err)
}

// RescueByKey returns what a person keeps under a key.
func (tx *Tx) RescueByKey(keeper archive.PersonID, key string) (Rescue, error) {
	row := tx.tx.QueryRowContext(tx.ctx, `SELECT `+rescueColumns+` FROM rescue WHERE keeper = $1 AND key = $2`, keeper, short(key))
	r, err := scanRescue(row)
	return r, tx.fail(fmt.Sprintf("rescued archive %.60q", key), err)
}

// FinishRescue notes that an import came to its end, and what it said. One of its
// works counts as changed, so that nobody goes on showing its people and series as
// they were.
func (tx *Tx) FinishRescue(id archive.RescueID, report []byte) error {
	what := fmt.Sprintf("rescued archive %d", id)
	err := tx.exec(what, `UPDATE rescue SET seal = 0, finished = $2, report = $3 WHERE id = $1`,
		id, tx.now.UnixMicro(), tx.store.packer.Compress(report))
	if err != nil {
		return err
	}
	var one archive.WorkID
	if err := tx.one(what, []any{&one}, `SELECT coalesce(max(work), 0) FROM rescued_work WHERE rescue = $1`, id); err != nil || one == 0 {
		return err
	}
	return tx.log(one, 0)
}

// RescueReport returns what the last import that came to its end said; empty if none did.
func (tx *Tx) RescueReport(id archive.RescueID) ([]byte, error) {
	what := fmt.Sprintf("report of rescued archive %d", id)
	var packed []byte
	if err := tx.one(what, []any{&packed}, `SELECT report FROM rescue WHERE id = $1`, id); err != nil {
		return nil, err
	}
	return tx.unpackText(what, packed)
}

// unpackText reads what was packed into a column of a row.
func (tx *Tx) unpackText(what string, packed []byte) ([]byte, error) {
	text, err := tx.store.packer.Expand(packed)
	if err != nil {
		return nil, fmt.Errorf("%s (%w): %w", what, err, Damaged)
	}
	return text, nil
}

// ShowRescue says who may see the pages of a rescued archive and its works: all
// that were not pending, and that nobody has made private or hidden since. It
// returns how many works changed.
func (tx *Tx) ShowRescue(id archive.RescueID, v archive.Visibility) (int, error) {
	what := fmt.Sprintf("show rescued archive %d", id)
	if err := tx.exec(what, `UPDATE rescue SET seal = 0, visibility = $2 WHERE id = $1`, id, v); err != nil {
		return 0, err
	}
	var works []archive.WorkID
	err := tx.each(what, func(row scanner) error {
		var work archive.WorkID
		err := row.Scan(&work)
		works = append(works, work)
		return err
	}, `UPDATE work SET seal = 0, visibility = $2 WHERE visibility IN ($3, $4) AND visibility <> $2
		AND id IN (SELECT work FROM rescued_work WHERE rescue = $1 AND NOT pending) RETURNING id`,
		id, v, archive.Restricted, archive.Public)
	if err != nil {
		return 0, err
	}
	for _, work := range works {
		if err := tx.log(work, 0); err != nil {
			return 0, err
		}
	}
	return len(works), nil
}

// RescueCounts are how much of a rescued archive is here.
type RescueCounts struct {
	Works      int `json:"works"`
	Pending    int `json:"pending"` // of the works
	Closed     int `json:"closed"`  // works that were not pending and that visitors may not see
	Removed    int `json:"removed"` // works that were here and were removed since
	Reviews    int `json:"reviews"` // of works
	People     int `json:"people"`
	Series     int `json:"series"`
	Favourites int `json:"favourites"`
	Pages      int `json:"pages"`
}

// CountRescued counts what is here of a rescued archive.
func (tx *Tx) CountRescued(id archive.RescueID) (c RescueCounts, err error) {
	err = tx.one(fmt.Sprintf("count rescued archive %d", id), []any{&c.Works, &c.Pending, &c.Closed, &c.Removed, &c.Reviews, &c.People, &c.Series, &c.Favourites, &c.Pages}, `
		SELECT (SELECT count(*) FROM rescued_work WHERE rescue = $1 AND work <> 0),
			(SELECT count(*) FROM rescued_work WHERE rescue = $1 AND work <> 0 AND pending),
			(SELECT count(*) FROM rescued_work r JOIN work w ON w.id = r.work WHERE r.rescue = $1 AND NOT r.pending AND w.visibility <> $2),
			(SELECT count(*) FROM rescued_work WHERE rescue = $1 AND work = 0),
			(SELECT coalesce(sum(count), 0) FROM review_list WHERE rescue = $1),
			(SELECT count(*) FROM rescued_person WHERE rescue = $1),
			(SELECT count(*) FROM rescued_series WHERE rescue = $1),
			(SELECT count(*) FROM rescued_favourite WHERE rescue = $1),
			(SELECT count(*) FROM rescued_page WHERE rescue = $1)`, id, archive.Public)
	return c, err
}

// RescuedShare is how much of a rescued archive one keeper has under one visibility.
type RescuedShare struct {
	Keeper         archive.PersonID
	Visibility     archive.Visibility
	Works, Reviews int
}

// RescuedShares returns what is here of a rescued archive by who may see it.
func (tx *Tx) RescuedShares(id archive.RescueID) (shares []RescuedShare, err error) {
	err = tx.each(fmt.Sprintf("shares of rescued archive %d", id), func(row scanner) error {
		var s RescuedShare
		err := row.Scan(&s.Keeper, &s.Visibility, &s.Works, &s.Reviews)
		shares = append(shares, s)
		return err
	}, `SELECT w.keeper, w.visibility, count(*), coalesce(sum(l.count), 0)
		FROM (SELECT DISTINCT work FROM rescued_work WHERE rescue = $1 AND work <> 0) r JOIN work w ON w.id = r.work
		LEFT JOIN review_list l ON l.rescue = $1 AND l.work = w.id GROUP BY w.keeper, w.visibility ORDER BY w.keeper, w.visibility`, id)
	return shares, err
}
