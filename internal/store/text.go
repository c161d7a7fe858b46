package store

import (
	"ficstead/internal/archive"
)

// Text is the text of a chapter that may be searched.
type Text struct {
	Work     archive.WorkID
	Chapter  int
	Body     int64 // names the content: another has another
	Language string
}

// Texts returns the texts of those of works that may be searched.
func (tx *Tx) Texts(works []archive.WorkID) (texts []Text, err error) {
	err = eachIn(tx, "texts", works, func(row scanner) error {
		var t Text
		err := row.Scan(&t.Work, &t.Chapter, &t.Body, &t.Language)
		texts = append(texts, t)
		return err
	}, `SELECT c.work, c.number, c.text, w.language FROM chapter c JOIN work w ON w.id = c.work
		WHERE c.until = 0 AND c.text <> 0 AND NOT w.no_text_search AND c.work IN (*) ORDER BY c.work, c.number`)
	return texts, err
}

// CountTexts returns how many texts may be searched.
func (tx *Tx) CountTexts() (n int, err error) {
	err = tx.one("count texts", []any{&n}, `SELECT count(*) FROM chapter WHERE until = 0 AND text <> 0
		AND work NOT IN (SELECT id FROM work WHERE no_text_search)`)
	return n, err
}

// Contents returns the HTML of texts, each verified, by Body.
func (tx *Tx) Contents(texts []Text) (map[int64][]byte, error) {
	ids := make([]bodyID, len(texts))
	for i, t := range texts {
		ids[i] = bodyID(t.Body)
	}
	contents, err := tx.bodies("texts", ids...)
	if err != nil {
		return nil, err
	}
	found := make(map[int64][]byte, len(contents))
	for id, content := range contents {
		found[int64(id)] = content
	}
	return found, nil
}

// WorkIDs returns up to limit works beyond one, ascending.
func (tx *Tx) WorkIDs(after archive.WorkID, limit int) ([]archive.WorkID, error) {
	return tx.workIDs(`SELECT id FROM work WHERE id > $1 ORDER BY id LIMIT $2`, after, limit)
}

// NoTextSearch returns the works whose texts are kept out of searches.
func (tx *Tx) NoTextSearch() ([]archive.WorkID, error) {
	return tx.workIDs(`SELECT id FROM work WHERE no_text_search ORDER BY id`)
}

func (tx *Tx) workIDs(query string, args ...any) (ids []archive.WorkID, err error) {
	err = tx.each("works", func(row scanner) error {
		var id archive.WorkID
		err := row.Scan(&id)
		ids = append(ids, id)
		return err
	}, query, args...)
	return ids, err
}

// Searched returns those of works whose texts may be searched.
func (tx *Tx) Searched(works []archive.WorkID) (map[archive.WorkID]bool, error) {
	searched := make(map[archive.WorkID]bool, len(works))
	err := eachIn(tx, "works", works, func(row scanner) error {
		var id archive.WorkID
		err := row.Scan(&id)
		searched[id] = true
		return err
	}, `SELECT id FROM work WHERE NOT no_text_search AND id IN (*)`)
	return searched, err
}
