package synthetic

import (
	"cmp"
	"iter"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"ficstead/internal/archive"
)

// Archive is the works of a seed. It is safe for any number of readers.
type Archive struct {
	Seed  uint64
	Works int

	u    *universe
	ids  []uint32 // TagIDs by number in the universe, 0 for those that do not occur
	tags []uint32 // numbers in the universe by TagID; tags[0] is none
	words
}

// NoteFile is a file in the folder of a filled archive that says of what seed and
// of how many works it is.
const NoteFile = "synthetic"

// New makes the archive of a seed with so many works.
func New(seed uint64, works int) *Archive {
	a := &Archive{Seed: seed, Works: works, u: newUniverse(works), words: newWords()}
	a.number()
	return a
}

// number gives tags their ids.
func (a *Archive) number() {
	const never = ^uint32(0)
	first := make([]uint32, a.u.size()) // the first work that has a tag
	for i := range first {
		first[i] = never
	}
	const chunk = 1 << 14
	var wait sync.WaitGroup
	var next atomic.Int64
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			var tags []uint32
			for {
				end := int(next.Add(chunk))
				for i := end - chunk; i < min(end, a.Works); i++ {
					tags, _ = a.draw(i, tags[:0])
					for _, t := range tags {
						lower(&first[t], uint32(i))
					}
				}
				if end >= a.Works {
					return
				}
			}
		})
	}
	wait.Wait()
	var used []uint32
	for n, i := range first {
		if i != never {
			used = append(used, uint32(n))
		}
	}
	slices.SortFunc(used, func(x, y uint32) int { return cmp.Or(cmp.Compare(first[x], first[y]), cmp.Compare(x, y)) })
	for i := 0; i < len(used); i++ { // what stands over those that are used, last
		over := []uint32{a.u.canonical(used[i])}
		if up, ok := a.u.metatag(over[0]); ok {
			over = append(over, up)
		}
		for _, n := range over {
			if first[n] == never {
				first[n] = 0
				used = append(used, n)
			}
		}
	}
	a.ids, a.tags = first, append([]uint32{0}, used...)
	clear(a.ids)
	for id, n := range a.tags[1:] {
		a.ids[n] = uint32(id + 1)
	}
}

// lower makes at the smaller of itself and i.
func lower(at *uint32, i uint32) {
	for old := atomic.LoadUint32(at); i < old; old = atomic.LoadUint32(at) {
		if atomic.CompareAndSwapUint32(at, old, i) {
			return
		}
	}
}

// TagCount is how many tags there are. Their ids are 1 to TagCount.
func (a *Archive) TagCount() int { return len(a.tags) - 1 }

// Kind is the kind of a tag.
func (a *Archive) Kind(id archive.TagID) archive.Kind {
	kind, _ := a.u.kind(a.tags[id])
	return kind
}

// Canonical is the tag that id is a synonym of, or id.
func (a *Archive) Canonical(id archive.TagID) archive.TagID {
	return archive.TagID(a.ids[a.u.canonical(a.tags[id])])
}

// Metatag is the canonical tag directly above a canonical tag, 0 if there is none.
func (a *Archive) Metatag(id archive.TagID) archive.TagID {
	up, ok := a.u.metatag(a.tags[id])
	if !ok {
		return 0
	}
	return archive.TagID(a.ids[up])
}

// Tag is a tag with its name.
func (a *Archive) Tag(id archive.TagID) archive.Tag {
	t := archive.Tag{ID: id, Kind: a.Kind(id), Name: a.Name(id)}
	if c := a.Canonical(id); c != id {
		t.Canonical = c
	}
	return t
}

// Tags are all tags, in the order of their ids.
func (a *Archive) Tags() iter.Seq[archive.Tag] {
	return func(yield func(archive.Tag) bool) {
		for id := 1; id < len(a.tags); id++ {
			if !yield(a.Tag(archive.TagID(id))) {
				return
			}
		}
	}
}

// Links are the links between tags: metatags over subtags, and fandoms over
// those of their characters and relationships that somebody has put in order.
func (a *Archive) Links() iter.Seq[archive.TagLink] {
	return func(yield func(archive.TagLink) bool) {
		for id := archive.TagID(1); int(id) < len(a.tags); id++ {
			for _, l := range a.LinksOf(id) {
				if !yield(l) {
					return
				}
			}
		}
	}
}

// LinksOf are the links to what stands over a tag.
func (a *Archive) LinksOf(id archive.TagID) (links []archive.TagLink) {
	if a.Canonical(id) != id {
		return nil
	}
	if up := a.Metatag(id); up != 0 {
		links = append(links, archive.TagLink{Parent: up, Child: id, Sub: true})
	}
	if f := a.fandomOver(id); f != 0 {
		links = append(links, archive.TagLink{Parent: f, Child: id})
	}
	return links
}

// fandomOver is the fandom that a character or relationship is linked to, or 0.
func (a *Archive) fandomOver(id archive.TagID) archive.TagID {
	n := a.tags[id]
	kind, i := a.u.kind(n)
	if kind != archive.CharacterTag && kind != archive.Relationship || mix(uint64(n)+11)%10 >= 7 {
		return 0
	}
	if kind == archive.Relationship {
		i /= shipsPerCharacter
	}
	f, _ := a.u.fandomOf(i)
	return archive.TagID(a.ids[a.u.base[archive.Fandom]+uint32(f)])
}

// AppendFilters appends the tags that a work with these tags is found by: the
// canonical ones and the metatags above them, ascending, each once.
func (a *Archive) AppendFilters(filters, tags []archive.TagID) []archive.TagID {
	from := len(filters)
	for _, id := range tags {
		for id = a.Canonical(id); id != 0; id = a.Metatag(id) {
			filters = append(filters, id)
		}
	}
	slices.Sort(filters[from:])
	return filters[:from+len(slices.Compact(filters[from:]))]
}
