package vocabulary

import (
	"slices"

	"ficstead/internal/archive"
)

// Synonyms returns the synonyms of a canonical tag, ascending.
func (v *Vocabulary) Synonyms(id archive.TagID) (ids []archive.TagID) {
	v.members(id, func(own uint32) {
		if archive.TagID(own) != id {
			ids = append(ids, archive.TagID(own))
		}
	})
	slices.Sort(ids)
	return ids
}

// Metatags returns the canonical tags that a canonical tag is a subtag of, ascending.
func (v *Vocabulary) Metatags(id archive.TagID) []archive.TagID { return v.around(id, &v.above, true) }

// Subtags returns the canonical tags that are subtags of a canonical tag, ascending.
func (v *Vocabulary) Subtags(id archive.TagID) []archive.TagID { return v.around(id, &v.below, true) }

// Fandoms returns the fandoms that a canonical tag of another kind belongs to, ascending.
func (v *Vocabulary) Fandoms(id archive.TagID) []archive.TagID { return v.around(id, &v.above, false) }

// Children returns the canonical tags that belong to a canonical fandom, ascending.
func (v *Vocabulary) Children(id archive.TagID) []archive.TagID { return v.around(id, &v.below, false) }

// around returns the canonical tags to which links lead from a canonical tag and
// its synonyms.
func (v *Vocabulary) around(id archive.TagID, r *relation, sub bool) (ids []archive.TagID) {
	v.members(id, func(own uint32) {
		for _, l := range r.at(own) {
			if other := v.Canonical(archive.TagID(l >> 1)); l&1 == 1 == sub && other != id {
				ids = append(ids, other)
			}
		}
	})
	slices.Sort(ids)
	return slices.Compact(ids)
}

func (v *Vocabulary) members(id archive.TagID, f func(own uint32)) {
	if known(id) && v.Canonical(id) == id {
		v.climb().members(uint32(id), f)
	}
}
