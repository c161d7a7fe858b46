package store

import (
	"fmt"

	"ficstead/internal/archive"
)

// fill completes works with what stands in other tables, in one query for each
// table however many works there are.
func (tx *Tx) fill(works []archive.Work) error {
	at := make(map[archive.WorkID][]*archive.Work, len(works))
	ids := make([]archive.WorkID, 0, len(works))
	for i := range works {
		w := &works[i]
		if at[w.ID] == nil {
			ids = append(ids, w.ID)
		}
		at[w.ID] = append(at[w.ID], w)
	}
	for _, f := range []func([]archive.WorkID, map[archive.WorkID][]*archive.Work) error{
		tx.fillTags, tx.fillCreators, tx.fillSeries, tx.fillChapters,
	} {
		if err := f(ids, at); err != nil {
			return err
		}
	}
	return nil
}

func (tx *Tx) fillTags(ids []archive.WorkID, at map[archive.WorkID][]*archive.Work) error {
	return eachIn(tx, "tags of works", ids, func(row scanner) error {
		var id archive.WorkID
		var t archive.Tag
		var key string
		var merged, sealed int64
		err := row.Scan(&id, &t.ID, &t.Kind, &t.Name, &t.Canonical, &key, &merged, &sealed)
		if err == nil {
			err = verifySeal(fmt.Sprintf("tag %d", t.ID), sealed, int64(t.ID), int64(t.Kind), t.Name, key, merged, int64(t.Canonical))
		}
		for _, w := range at[id] {
			w.Tags = append(w.Tags, t)
		}
		return err
	}, `SELECT wt.work, t.id, t.kind, t.name, t.canonical, t.key, t.merged, t.seal FROM work_tag wt JOIN tag t ON t.id = wt.tag
		WHERE wt.work IN (*) ORDER BY wt.work, wt.position`)
}

func (tx *Tx) fillCreators(ids []archive.WorkID, at map[archive.WorkID][]*archive.Work) error {
	return eachIn(tx, "creators of works", ids, func(row scanner) error {
		var id archive.WorkID
		var c archive.Creator
		var key, account string
		var sealed int64
		err := row.Scan(&id, &c.ID, &c.Name, &c.Account, &c.URL, &key, &account, &sealed)
		if err == nil {
			err = verifySeal(fmt.Sprintf("creator %d", c.ID), sealed, int64(c.ID), c.Name, c.Account, c.URL, key, account)
		}
		for _, w := range at[id] {
			w.Creators = append(w.Creators, c)
		}
		return err
	}, `SELECT wc.work, c.id, c.name, c.account, c.url, c.key, c.account_key, c.seal FROM work_creator wc JOIN creator c ON c.id = wc.creator
		WHERE wc.work IN (*) ORDER BY wc.work, wc.position`)
}

func (tx *Tx) fillSeries(ids []archive.WorkID, at map[archive.WorkID][]*archive.Work) error {
	return eachIn(tx, "series of works", ids, func(row scanner) error {
		var id archive.WorkID
		var p archive.Part
		var key string
		var sealed int64
		err := row.Scan(&id, &p.Series.ID, &p.Series.Title, &p.Series.URL, &key, &p.Number, &sealed)
		if err == nil {
			err = verifySeal(fmt.Sprintf("series %d", p.Series.ID), sealed, int64(p.Series.ID), p.Series.Title, p.Series.URL, key)
		}
		for _, w := range at[id] {
			w.Series = append(w.Series, p)
		}
		return err
	}, `SELECT ws.work, s.id, s.title, s.url, s.key, ws.number, s.seal FROM work_series ws JOIN series s ON s.id = ws.series
		WHERE ws.work IN (*) ORDER BY ws.work, ws.position`)
}

func (tx *Tx) fillChapters(ids []archive.WorkID, at map[archive.WorkID][]*archive.Work) error {
	return eachIn(tx, "chapters of works", ids, func(row scanner) error {
		id, c, err := scanChapter(row)
		for _, w := range at[id] {
			w.Chapters = append(w.Chapters, archive.ChapterHead{Number: c.Number, Title: c.Title, Words: c.Words})
		}
		return err
	}, `SELECT `+chapterColumns+` FROM chapter WHERE until = 0 AND work IN (*) ORDER BY work, number`)
}
