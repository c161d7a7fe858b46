package store

import (
	"errors"
	"fmt"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/base/text"
)

// linkTags gives a work its tags, each once, and makes those that are new.
func (tx *Tx) linkTags(w *archive.Work) error {
	tags, err := tx.ensureTags(w.Tags)
	if err != nil {
		return err
	}
	w.Tags = tags
	var rows [][]any
	for i, t := range tags {
		rows = append(rows, []any{w.ID, i, t.ID})
	}
	return tx.insert("tags of work", "work_tag (work, position, tag)", rows, "")
}

// linkCreators gives a work its creators, each once, and makes those that are new.
func (tx *Tx) linkCreators(w *archive.Work) error {
	var creators []archive.Creator
	var rows [][]any
	seen := map[archive.CreatorID]bool{}
	for _, c := range w.Creators {
		if err := tx.ensureCreator(&c); err != nil {
			return err
		}
		if seen[c.ID] {
			continue
		}
		seen[c.ID] = true
		rows = append(rows, []any{w.ID, len(creators), c.ID})
		creators = append(creators, c)
	}
	w.Creators = creators
	return tx.insert("creators of work", "work_creator (work, position, creator)", rows, "")
}

// linkSeries gives a work its places in series, and makes those that are new.
func (tx *Tx) linkSeries(w *archive.Work) error {
	var parts []archive.Part
	var rows [][]any
	seen := map[archive.SeriesID]bool{}
	for _, p := range w.Series {
		if err := tx.ensureSeries(&p.Series, w.Creators); err != nil {
			return err
		}
		if seen[p.Series.ID] {
			continue
		}
		seen[p.Series.ID] = true
		rows = append(rows, []any{w.ID, len(parts), p.Series.ID, p.Number})
		parts = append(parts, p)
	}
	w.Series = parts
	return tx.insert("series of work", "work_series (work, position, series, number)", rows, "")
}

func (tx *Tx) unlink(id archive.WorkID) error {
	for _, table := range []string{"work_tag", "work_creator", "work_series", "work_names"} {
		if err := tx.exec("unlink work", `DELETE FROM `+table+` WHERE work = $1`, id); err != nil {
			return err
		}
	}
	return nil
}

// dropNames removes those creators and series of a work as it was that no work
// has any more. Tags stay: wranglers have put order into them; and so do series
// of rescued archives, which may hold others.
func (tx *Tx) dropNames(old archive.Work) error {
	for _, c := range old.Creators {
		err := tx.exec("remove creator", `DELETE FROM creator WHERE id = $1
			AND NOT EXISTS (SELECT 1 FROM work_creator wc WHERE wc.creator = $1)`, c.ID)
		if err == nil {
			err = tx.exec("rescued person", `UPDATE rescued_person SET seal = 0, creator = 0 WHERE creator = $1
				AND NOT EXISTS (SELECT 1 FROM creator c WHERE c.id = $1)`, c.ID)
		}
		if err != nil {
			return err
		}
	}
	for _, p := range old.Series {
		err := tx.exec("remove series", `DELETE FROM series WHERE id = $1
			AND NOT EXISTS (SELECT 1 FROM work_series ws WHERE ws.series = $1)
			AND NOT EXISTS (SELECT 1 FROM rescued_series rs WHERE rs.series = $1)`, p.Series.ID)
		if err != nil {
			return err
		}
	}
	return nil
}

// ensureCreator finds the creator of that name and account, or makes one. An
// address is kept when it is the first.
func (tx *Tx) ensureCreator(c *archive.Creator) error {
	what := fmt.Sprintf("creator %.60q", c.String())
	key, account := creatorKeys(*c)
	if err := checkText(what, c.Name, c.Account, c.URL); err != nil {
		return err
	}
	if key == "" {
		return fmt.Errorf("%s: the name is empty: %w", what, errs.Invalid)
	}
	var known archive.Creator
	err := tx.one(what, []any{&known.ID, &known.Name, &known.Account, &known.URL},
		`SELECT `+creatorColumns+` FROM creator WHERE key = $1 AND account_key = $2`, key, account)
	if errors.Is(err, errs.NotFound) {
		return tx.one(what, []any{&c.ID}, `INSERT INTO creator (name, account, url, key, account_key)
			VALUES ($1, $2, $3, $4, $5) RETURNING id`, c.Name, c.Account, c.URL, key, account)
	}
	if err == nil && known.URL == "" && c.URL != "" {
		known.URL = c.URL
		err = tx.exec(what, `UPDATE creator SET seal = 0, url = $2 WHERE id = $1`, known.ID, known.URL)
	}
	*c = known
	return err
}

// creatorKeys is what makes a creator the same as another: an account that only
// repeats the name tells nothing.
func creatorKeys(c archive.Creator) (key, account string) {
	key, account = keyOf(c.Name), keyOf(c.Account)
	if account == key {
		account = ""
	}
	return key, account
}

// ensureSeries finds the series, or makes it. The creators are those of the
// work that says it is part of it.
func (tx *Tx) ensureSeries(s *archive.Series, creators []archive.Creator) error {
	what := fmt.Sprintf("series %.60q", s.Title)
	if err := checkText(what, s.Title, s.URL); err != nil {
		return err
	}
	if text.Key(s.Title) == "" {
		return fmt.Errorf("%s: the title is empty: %w", what, errs.Invalid)
	}
	key := seriesKey(*s, creators)
	var known archive.Series
	err := tx.one(what, []any{&known.ID, &known.Title, &known.URL}, `SELECT id, title, url FROM series WHERE key = $1`, key)
	if errors.Is(err, errs.NotFound) {
		return tx.one(what, []any{&s.ID}, `INSERT INTO series (title, url, key) VALUES ($1, $2, $3) RETURNING id`, s.Title, s.URL, key)
	}
	*s = known
	return err
}

// seriesKey is the address without its scheme where there is one, and title and
// first creator where there is none: parts of a series may have co-authors.
func seriesKey(s archive.Series, creators []archive.Creator) string {
	if s.URL != "" {
		_, address, found := strings.Cut(s.URL, "://")
		if !found {
			address = s.URL
		}
		return short("url " + strings.TrimRight(strings.TrimPrefix(strings.ToLower(address), "www."), "/"))
	}
	key := "title " + text.Key(s.Title)
	if len(creators) > 0 {
		key += "\n" + text.Key(creators[0].Name)
	}
	return short(key)
}
