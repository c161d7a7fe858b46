package wrangle

import (
	"slices"

	"ficstead/internal/archive"
	"ficstead/internal/store"
)

// above returns the canonical tags directly over some canonical tags. It counts
// all synonyms as one tag: a circle through a merge is one too.
func above(tx *store.Tx, ids []archive.TagID) ([]archive.TagID, error) {
	merged, err := tx.MergedInto(ids)
	if err != nil {
		return nil, err
	}
	links, err := tx.TagLinksAbove(append(merged, ids...))
	if err != nil {
		return nil, err
	}
	var parents []archive.TagID
	for _, l := range links {
		if l.Sub {
			parents = append(parents, l.Parent)
		}
	}
	return canonical(tx, parents)
}

// canonical returns the tags that answer for some, ascending, each once.
func canonical(tx *store.Tx, ids []archive.TagID) (canonical []archive.TagID, err error) {
	tags, err := tx.Tags(ids)
	for _, t := range tags {
		if t.Canonical != 0 {
			t.ID = t.Canonical
		}
		canonical = append(canonical, t.ID)
	}
	slices.Sort(canonical)
	return slices.Compact(canonical), err
}
