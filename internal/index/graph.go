package index

import (
	"slices"

	"ficstead/internal/archive"
)

// graph is how tags stand to each other. It is never changed once made.
type graph struct {
	tags     table[*tag]
	links    []archive.TagLink
	synonyms relation // of a canonical tag
	metatags relation // of a canonical tag, directly above it
	subtags  relation // of a canonical tag, directly below it
	fandoms  relation // of a canonical character or relationship
	children relation // of a canonical fandom
}

// tag is a tag with the words of its name.
type tag struct {
	archive.Tag
	key   string
	terms []uint32
}

// maxHops bounds the way from a synonym to its canonical tag. Merging keeps it
// at one; damage must not keep us going round.
const maxHops = 32

// canonical returns the tag that id is a synonym of, or id.
func (g *graph) canonical(id archive.TagID) archive.TagID {
	for range maxHops {
		t := g.tags.at(uint32(id))
		if t == nil || t.Canonical == 0 {
			return id
		}
		id = t.Canonical
	}
	return id
}

// relate works out the relations from tags and links.
func (g *graph) relate() {
	synonyms, metatags, subtags, fandoms, children := relation{}, relation{}, relation{}, relation{}, relation{}
	g.tags.each(func(_ uint32, t *tag) {
		if t != nil && t.Canonical != 0 {
			synonyms.add(g.canonical(t.ID), t.ID)
		}
	})
	for _, l := range g.links {
		parent, child := g.canonical(l.Parent), g.canonical(l.Child)
		switch {
		case parent == child:
		case l.Sub:
			metatags.add(child, parent)
			subtags.add(parent, child)
		default:
			fandoms.add(child, parent)
			children.add(parent, child)
		}
	}
	g.synonyms, g.metatags, g.subtags = synonyms.tidy(), metatags.tidy(), subtags.tidy()
	g.fandoms, g.children = fandoms.tidy(), children.tidy()
}

// relation lists for a tag the tags that stand to it in some way.
type relation map[archive.TagID][]archive.TagID

func (r relation) add(from, to archive.TagID) { r[from] = append(r[from], to) }

// tidy puts the lists in order, each tag once.
func (r relation) tidy() relation {
	for from, to := range r {
		slices.Sort(to)
		r[from] = slices.Compact(to)
	}
	return r
}

// above returns the canonical tag of id and all metatags above it. It ends even
// if damage made a circle of them.
func (g *graph) above(id archive.TagID) []archive.TagID {
	ids := []archive.TagID{g.canonical(id)}
	for i := 0; i < len(ids); i++ {
		for _, up := range g.metatags[ids[i]] {
			if !slices.Contains(ids, up) {
				ids = append(ids, up)
			}
		}
	}
	return ids
}

// filters returns the tags that a work with these tags is found by, ascending.
func (g *graph) filters(tags []uint32) []uint32 {
	ids := make([]uint32, 0, len(tags))
	for _, id := range tags {
		if len(g.metatags) == 0 { // no need to climb
			ids = append(ids, uint32(g.canonical(archive.TagID(id))))
			continue
		}
		for _, up := range g.above(archive.TagID(id)) {
			ids = append(ids, uint32(up))
		}
	}
	slices.Sort(ids)
	return slices.Clip(slices.Compact(ids))
}

// crosses reports whether a work with these tags crosses fandoms: whether it
// has two that have no metatag in common.
func (g *graph) crosses(tags []uint32) bool {
	var families [][]archive.TagID
	for _, id := range tags {
		if t := g.tags.at(id); t == nil || t.Kind != archive.Fandom {
			continue
		}
		family := g.above(archive.TagID(id))
		apart := families[:0:0]
		for _, other := range families {
			if haveCommon(family, other) {
				family = append(family, other...)
			} else {
				apart = append(apart, other)
			}
		}
		families = append(apart, family)
	}
	return len(families) > 1
}

// ships counts the relationships among tags; synonyms are one.
func (g *graph) ships(tags []uint32) int {
	var ships []archive.TagID
	for _, id := range tags {
		if t := g.tags.at(id); t != nil && t.Kind == archive.Relationship {
			if id := g.canonical(t.ID); !slices.Contains(ships, id) {
				ships = append(ships, id)
			}
		}
	}
	return len(ships)
}

func haveCommon(a, b []archive.TagID) bool {
	return slices.ContainsFunc(a, func(id archive.TagID) bool { return slices.Contains(b, id) })
}

// moved returns the tags whose place changed between g and next: works found by
// these in g, and no others, may now be found by other tags.
func (g *graph) moved(next *graph, changed []archive.TagID) []archive.TagID {
	var ids []archive.TagID
	note := func(id archive.TagID) { ids = append(ids, g.canonical(id), g.canonical(next.canonical(id))) }
	for _, id := range changed {
		was, is := g.tags.at(uint32(id)), next.tags.at(uint32(id))
		if was == nil || was.Canonical != is.Canonical || was.Kind != is.Kind {
			note(id)
		}
	}
	before, after := linkSet(g.links), linkSet(next.links)
	for _, links := range [][]archive.TagLink{g.links, next.links} {
		for _, l := range links {
			if before[l] != after[l] {
				note(l.Parent)
				note(l.Child)
			}
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

func linkSet(links []archive.TagLink) map[archive.TagLink]bool {
	set := make(map[archive.TagLink]bool, len(links))
	for _, l := range links {
		set[l] = true
	}
	return set
}
