package wrangle

import "ficstead/internal/archive"

// circular reports whether subtag links lead from a tag back to it. It counts
// all synonyms as one tag: a circle through a merge is one too. tags are those
// that the links name.
func circular(links []archive.TagLink, tags []archive.Tag) bool {
	root := map[archive.TagID]archive.TagID{}
	for _, t := range tags {
		if root[t.ID] = t.ID; t.Canonical != 0 {
			root[t.ID] = t.Canonical
		}
	}
	below := map[archive.TagID][]archive.TagID{}
	above := map[archive.TagID]int{} // how many links lead to a tag from what is not taken away
	for _, l := range links {
		if l.Sub {
			below[root[l.Parent]] = append(below[root[l.Parent]], root[l.Child])
			above[root[l.Child]]++
		}
	}
	// Take away the tags that nothing stands over, again and again: in a circle
	// something always does.
	var free []archive.TagID
	for id := range below {
		if above[id] == 0 {
			free = append(free, id)
		}
	}
	for len(free) > 0 {
		id := free[len(free)-1]
		free = free[:len(free)-1]
		for _, child := range below[id] {
			if above[child]--; above[child] == 0 {
				free = append(free, child)
			}
		}
	}
	for _, n := range above {
		if n > 0 {
			return true
		}
	}
	return false
}
