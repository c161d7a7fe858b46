package store

import (
	"fmt"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
)

// TagLinks returns all links between tags.
func (tx *Tx) TagLinks() (links []archive.TagLink, err error) {
	err = tx.each("tag links", func(row scanner) error {
		var l archive.TagLink
		err := row.Scan(&l.Parent, &l.Child, &l.Sub)
		links = append(links, l)
		return err
	}, `SELECT parent, child, sub FROM tag_link ORDER BY parent, child`)
	return links, err
}

// LinkTags adds a link. One between the same tags, of either sort, is an
// errs.Conflict error. It does not look for cycles: see catalogue/wrangle.
func (tx *Tx) LinkTags(l archive.TagLink) error {
	err := tx.exec(fmt.Sprintf("link tag %d to %d", l.Child, l.Parent),
		`INSERT INTO tag_link (parent, child, sub) VALUES ($1, $2, $3)`, l.Parent, l.Child, l.Sub)
	if err != nil {
		return err
	}
	return tx.logTags(l.Parent, l.Child)
}

// UnlinkTags takes the link between two tags away.
func (tx *Tx) UnlinkTags(parent, child archive.TagID) error {
	var same archive.TagID
	err := tx.one(fmt.Sprintf("link of tag %d to %d", child, parent), []any{&same},
		`DELETE FROM tag_link WHERE parent = $1 AND child = $2 RETURNING child`, parent, child)
	if err != nil {
		return err
	}
	return tx.logTags(parent, child)
}

// SetCanonical makes from a synonym of into, and with it all that is a synonym
// of from; 0 makes it its own again, and those stay with it. It does not look
// for cycles: see catalogue/wrangle.
func (tx *Tx) SetCanonical(from, into archive.TagID) error {
	root, err := tx.root(into)
	if err != nil {
		return err
	}
	if root == from {
		return fmt.Errorf("tag %d cannot be a synonym of itself: %w", from, errs.Invalid)
	}
	was, err := tx.Tag(from)
	if err != nil {
		return err
	}
	if err := tx.exec("merge tag", `UPDATE tag SET merged = $2 WHERE id = $1`, from, into); err != nil {
		return err
	}
	if err := tx.settleCanonical(from, root); err != nil {
		return err
	}
	return tx.logTags(into, was.Canonical)
}

// root is the canonical tag that answers for a tag, itself if it is one.
func (tx *Tx) root(id archive.TagID) (archive.TagID, error) {
	if id == 0 {
		return 0, nil
	}
	t, err := tx.Tag(id)
	if err == nil && t.Canonical != 0 {
		return t.Canonical, nil
	}
	return id, err
}

// settleCanonical lets root answer for from, and for all that were merged into
// from; where root is 0 from itself answers.
func (tx *Tx) settleCanonical(from, root archive.TagID) error {
	err := tx.exec("merge tag", `UPDATE tag SET canonical = $2 WHERE id = $1`, from, root)
	if err != nil {
		return err
	}
	if root == 0 {
		root = from
	}
	for level := []archive.TagID{from}; len(level) > 0; {
		if err := tx.logTags(level...); err != nil {
			return err
		}
		var next []archive.TagID
		err := eachIn(tx, "merge tag", level, func(row scanner) error {
			var id archive.TagID
			err := row.Scan(&id)
			next = append(next, id)
			return err
		}, `UPDATE tag SET canonical = $1 WHERE merged <> 0 AND merged IN (*) RETURNING id`, root)
		if err != nil {
			return err
		}
		level = next
	}
	return nil
}

func (tx *Tx) logTags(ids ...archive.TagID) error {
	for _, id := range ids {
		if id == 0 {
			continue
		}
		if err := tx.log(0, id); err != nil {
			return err
		}
	}
	return nil
}
