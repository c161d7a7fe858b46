package store

import (
	"fmt"

	"ficstead/internal/archive"
)

// RescuedSeries is a series of a rescued archive, as it stands here.
type RescuedSeries struct {
	archive.RescuedSeries
	Rescue archive.RescueID
	ID     archive.SeriesID // 0 until it has a row of its own
}

const rescuedSeriesColumns = `rescue, key, title, summary, owner, open, reviews, series`

func (tx *Tx) rescuedSeries(query string, args ...any) (list []RescuedSeries, err error) {
	err = tx.each("rescued series", func(row scanner) error {
		var s RescuedSeries
		var summary string
		var packed []byte
		err := row.Scan(&s.Rescue, &s.Key, &s.Title, &summary, &s.Owner, &s.Open, &packed, &s.ID)
		if err != nil {
			return err
		}
		s.Summary = doc(summary)
		content, err := tx.unpackText("reviews of a series", packed)
		if err == nil {
			s.Reviews, err = unpackReviews(content)
		}
		list = append(list, s)
		return err
	}, query, args...)
	for i := range list {
		if err == nil {
			list[i].Parts, err = tx.rescuedParts(list[i])
		}
	}
	return list, err
}

func (tx *Tx) rescuedParts(s RescuedSeries) (parts []archive.RescuedPart, err error) {
	err = tx.each("parts of a rescued series", func(row scanner) error {
		var p archive.RescuedPart
		err := row.Scan(&p.Story, &p.Series, &p.Number, &p.Confirmed)
		parts = append(parts, p)
		return err
	}, `SELECT story, child, number, confirmed FROM rescued_part WHERE rescue = $1 AND series = $2 ORDER BY position`, s.Rescue, short(s.Key))
	return parts, err
}

// RescuedSeriesList returns the series of a rescued archive, in the order of keys.
func (tx *Tx) RescuedSeriesList(id archive.RescueID) ([]RescuedSeries, error) {
	return tx.rescuedSeries(`SELECT `+rescuedSeriesColumns+` FROM rescued_series WHERE rescue = $1 ORDER BY key`, id)
}

// RescuedSeriesByKey returns the series with a key, or an errs.NotFound error.
func (tx *Tx) RescuedSeriesByKey(id archive.RescueID, key string) (RescuedSeries, error) {
	list, err := tx.rescuedSeries(`SELECT `+rescuedSeriesColumns+` FROM rescued_series WHERE rescue = $1 AND key = $2`, id, short(key))
	return only("rescued series "+key, list, err)
}

// RescuedSeriesOf returns what rescued archives said of a series here, or an
// errs.NotFound error if it comes from none.
func (tx *Tx) RescuedSeriesOf(series archive.SeriesID) (RescuedSeries, error) {
	list, err := tx.rescuedSeries(`SELECT `+rescuedSeriesColumns+`
		FROM rescued_series WHERE series = $1 AND series <> 0 ORDER BY rescue, key LIMIT 1`, series)
	return only(fmt.Sprintf("rescued series %d", series), list, err)
}

// SeriesAbove returns the series here that a series of a rescued archive is a
// confirmed part of.
func (tx *Tx) SeriesAbove(s RescuedSeries) (above []archive.Series, err error) {
	err = tx.each("series above", func(row scanner) error {
		var a archive.Series
		err := row.Scan(&a.ID, &a.Title, &a.URL)
		above = append(above, a)
		return err
	}, `SELECT DISTINCT s.id, s.title, s.url FROM rescued_part p JOIN rescued_series r ON r.rescue = p.rescue AND r.key = p.series
		JOIN series s ON s.id = r.series WHERE p.rescue = $1 AND p.child = $2 AND p.child <> '' AND p.confirmed ORDER BY s.id`, s.Rescue, short(s.Key))
	return above, err
}

// SetRescuedSeries makes list the series of a rescued archive. Those that had a
// row here keep it.
func (tx *Tx) SetRescuedSeries(id archive.RescueID, list []archive.RescuedSeries) error {
	rows := map[string]archive.SeriesID{}
	err := tx.each("rescued series", func(row scanner) error {
		var key string
		var series archive.SeriesID
		err := row.Scan(&key, &series)
		rows[key] = series
		return err
	}, `SELECT key, series FROM rescued_series WHERE rescue = $1`, id)
	if err != nil {
		return err
	}
	for _, table := range []string{"rescued_part", "rescued_series"} {
		if err := tx.exec("rescued series", `DELETE FROM `+table+` WHERE rescue = $1`, id); err != nil {
			return err
		}
	}
	var series, parts [][]any
	seen := map[string]bool{}
	for _, s := range list {
		key := short(s.Key)
		if err := checkText(fmt.Sprintf("rescued series %.60q", s.Title), s.Key, s.Title, s.Summary.HTML(), s.Owner); err != nil {
			return err
		}
		if seen[key] {
			continue
		}
		seen[key] = true
		content, err := packReviews(s.Reviews)
		if err != nil {
			return err
		}
		series = append(series, []any{id, key, s.Title, s.Summary.HTML(), short(s.Owner), s.Open, tx.store.packer.Compress(content), rows[key]})
		for i, p := range s.Parts {
			if err := checkText("part", p.Story, p.Series); err != nil {
				return err
			}
			parts = append(parts, []any{id, key, i, short(p.Story), short(p.Series), p.Number, p.Confirmed})
		}
	}
	if err := tx.insert("rescued series", "rescued_series ("+rescuedSeriesColumns+")", series, ""); err != nil {
		return err
	}
	return tx.insert("rescued parts", "rescued_part (rescue, series, position, story, child, number, confirmed)", parts, "")
}

// BindSeries gives a series of a rescued archive its row among the series here,
// the one that its works name or a new one. by is its owner's name.
func (tx *Tx) BindSeries(s RescuedSeries, url, by string) error {
	known, err := tx.seriesOfParts(s)
	if err != nil {
		return err
	}
	if known == 0 {
		row := archive.Series{Title: s.Title, URL: url}
		if err := tx.ensureSeries(&row, []archive.Creator{{Name: by}}); err != nil {
			return err
		}
		known = row.ID
	}
	return tx.exec("rescued series", `UPDATE rescued_series SET seal = 0, series = $3 WHERE rescue = $1 AND key = $2`, s.Rescue, short(s.Key), known)
}

// seriesOfParts is the series by that name that a work of s is in, 0 if none is.
func (tx *Tx) seriesOfParts(s RescuedSeries) (archive.SeriesID, error) {
	var found archive.SeriesID
	err := tx.each("series of parts", func(row scanner) error {
		var id archive.SeriesID
		var title string
		err := row.Scan(&id, &title)
		if found == 0 && keyOf(title) == keyOf(s.Title) {
			found = id
		}
		return err
	}, `SELECT DISTINCT s.id, s.title FROM rescued_part p JOIN rescued_work w ON w.rescue = p.rescue AND w.key = p.story
		JOIN work_series ws ON ws.work = w.work JOIN series s ON s.id = ws.series
		WHERE p.rescue = $1 AND p.series = $2 AND p.confirmed ORDER BY s.id`, s.Rescue, short(s.Key))
	return found, err
}
