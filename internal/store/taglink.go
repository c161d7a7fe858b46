package store

import (
	"cmp"
	"fmt"
	"slices"

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

// TagLinksOf returns the links that have one of these tags at either end, by
// parent and child, each once.
func (tx *Tx) TagLinksOf(ids []archive.TagID) ([]archive.TagLink, error) {
	down, err := tx.linksBy(`SELECT parent, child, sub FROM tag_link WHERE parent IN (*)`, ids)
	if err != nil {
		return nil, err
	}
	up, err := tx.linksBy(`SELECT parent, child, sub FROM tag_link WHERE child IN (*)`, ids)
	return sortLinks(append(down, up...)), err
}

// TagLinksAbove returns the links in which one of these tags is the child, by
// parent and child, each once.
func (tx *Tx) TagLinksAbove(ids []archive.TagID) ([]archive.TagLink, error) {
	links, err := tx.linksBy(`SELECT parent, child, sub FROM tag_link WHERE child IN (*)`, ids)
	return sortLinks(links), err
}

func (tx *Tx) linksBy(query string, ids []archive.TagID) (links []archive.TagLink, err error) {
	err = eachIn(tx, "links of tags", ids, func(row scanner) error {
		var l archive.TagLink
		err := row.Scan(&l.Parent, &l.Child, &l.Sub)
		links = append(links, l)
		return err
	}, query)
	return links, err
}

func sortLinks(links []archive.TagLink) []archive.TagLink {
	slices.SortFunc(links, func(a, b archive.TagLink) int {
		return cmp.Or(cmp.Compare(a.Parent, b.Parent), cmp.Compare(a.Child, b.Child))
	})
	return slices.Compact(links)
}

// EachTagLink calls f for every link, by parent and child, until f fails. f may ask
// tx for more.
func (tx *Tx) EachTagLink(f func(archive.TagLink) error) error {
	for after := (archive.TagLink{}); ; {
		var links []archive.TagLink
		err := tx.each("tag links", func(row scanner) error {
			var l archive.TagLink
			err := row.Scan(&l.Parent, &l.Child, &l.Sub)
			links = append(links, l)
			return err
		}, `SELECT parent, child, sub FROM tag_link WHERE (parent, child) > ($1, $2) ORDER BY parent, child LIMIT 5000`, after.Parent, after.Child)
		if err != nil || len(links) == 0 {
			return err
		}
		for _, l := range links {
			if err := f(l); err != nil {
				return err
			}
			after = l
		}
	}
}

// MergedInto returns the tags that were merged into one of these, directly or
// through others.
func (tx *Tx) MergedInto(ids []archive.TagID) (merged []archive.TagID, err error) {
	for level := ids; len(level) > 0; {
		var next []archive.TagID
		err := eachIn(tx, "merged tags", level, func(row scanner) error {
			var id archive.TagID
			err := row.Scan(&id)
			next = append(next, id)
			return err
		}, `SELECT id FROM tag WHERE merged <> 0 AND merged IN (*)`)
		if err != nil {
			return nil, err
		}
		slices.Sort(next)
		level = slices.Compact(next) // a tag may be asked about twice
		merged = append(merged, level...)
	}
	return merged, nil
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
	if err := tx.exec("merge tag", `UPDATE tag SET seal = 0, merged = $2 WHERE id = $1`, from, into); err != nil {
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
	err := tx.exec("merge tag", `UPDATE tag SET seal = 0, canonical = $2 WHERE id = $1`, from, root)
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
		}, `UPDATE tag SET seal = 0, canonical = $1 WHERE merged <> 0 AND merged IN (*) RETURNING id`, root)
		if err != nil {
			return err
		}
		level = next
	}
	return nil
}

// logTags notes that tags changed, in this order; 0 is none.
func (tx *Tx) logTags(ids ...archive.TagID) error {
	seq, err := tx.LastChange()
	if err != nil {
		return err
	}
	var rows [][]any
	seen := map[archive.TagID]bool{0: true}
	for _, id := range ids {
		if !seen[id] {
			seen[id] = true
			seq++
			rows = append(rows, []any{0, id, seq})
		}
	}
	tx.logged = tx.logged || len(rows) > 0
	return tx.insert("log change", "change (work, tag, seq)", rows, "ON CONFLICT (work, tag) DO UPDATE SET seq = excluded.seq")
}
