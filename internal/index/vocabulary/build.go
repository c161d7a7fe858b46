package vocabulary

import (
	"iter"

	"ficstead/internal/archive"
	"ficstead/internal/base/packed"
)

// Build makes a vocabulary of all tags, and all links between them, of an archive,
// in any order. Of two tags of one id the last counts. What has an id that cannot be
// is left out.
func Build(tags iter.Seq[archive.Tag], links iter.Seq[archive.TagLink]) *Vocabulary {
	b := &builder{v: New(), answers: pages[uint32]{}.edit(), direct: pages[uint32]{}.edit(), records: pages[uint32]{}.edit()}
	for t := range tags {
		b.add(t)
	}
	b.v.direct, b.v.records = b.direct.pages, b.records.pages
	b.relate(links)
	b.answerAll()
	b.v.answers = b.answers.pages
	b.v.starts = b.v.allStarts()
	return b.v
}

// builder is a vocabulary in the making.
type builder struct {
	v                        *Vocabulary
	answers, direct, records *pagesEdit[uint32]
}

func (b *builder) add(t archive.Tag) {
	if !known(t.ID) {
		return
	}
	id := uint32(t.ID)
	old := b.records.at(id)
	if old == 0 || b.v.names.name(old) != t.Name {
		at, ok := b.v.names.put(id, t.Name)
		if !ok {
			return
		}
		b.records.set(id, at)
	}
	if old == 0 {
		b.v.count++
	}
	b.answers.set(id, kindBits(t.Kind)|id)
	if c := canonicalOf(t); c != b.direct.at(id) {
		b.direct.set(id, c)
	}
}

// kindBits has a kind where it stands in an answer.
func kindBits(k archive.Kind) answer {
	if k >= kindCount {
		k = 0
	}
	return answer(k) << kindShift
}

// canonicalOf is the tag that t was made a synonym of, 0 if it is none.
func canonicalOf(t archive.Tag) uint32 {
	if !known(t.Canonical) || t.Canonical == t.ID {
		return 0
	}
	return uint32(t.Canonical)
}

func (b *builder) relate(links iter.Seq[archive.TagLink]) {
	var synonyms, above, below []pair
	b.v.direct.each(func(first uint32, page *[pageLen]uint32) {
		for i, c := range page {
			if c != 0 {
				synonyms = append(synonyms, pairOf(c, first+uint32(i)))
			}
		}
	})
	for l := range links {
		if isLink(l) {
			above = append(above, pairOf(uint32(l.Child), linkOf(uint32(l.Parent), l.Sub)))
			below = append(below, pairOf(uint32(l.Parent), linkOf(uint32(l.Child), l.Sub)))
		}
	}
	b.v.synonyms, b.v.above, b.v.below = newRelation(synonyms), newRelation(above), newRelation(below)
}

func isLink(l archive.TagLink) bool { return known(l.Parent) && known(l.Child) && l.Parent != l.Child }

// answerAll works out the answers of synonyms and of what has metatags above it.
func (b *builder) answerAll() {
	c := b.v.climb()
	closures := map[uint32]answer{} // of canonical tags that have metatags
	for i, child := range b.v.above.from {
		for _, l := range b.v.above.list(i) {
			if l&1 == 0 {
				continue
			}
			canonical := root(c.direct, child)
			if _, done := closures[canonical]; !done {
				closures[canonical] = b.v.addClosure(canonical, c.all(canonical))
			}
		}
	}
	b.records.each(func(first uint32, page *[pageLen]uint32) {
		for i, at := range page {
			if at == 0 {
				continue
			}
			id := first + uint32(i)
			canonical := root(c.direct, id)
			a, ok := closures[canonical]
			if !ok {
				a = canonical
			}
			if now := b.answers.at(id)&^(climbs|rest) | a; now != b.answers.at(id) {
				b.answers.set(id, now)
			}
		}
	})
}

func (v *Vocabulary) climb() *climb {
	return &climb{direct: v.direct.at, synonyms: &v.synonyms, above: &v.above, metatags: map[uint32][]uint32{}}
}

// addClosure keeps a closure and returns the answer that names it, without a kind.
func (v *Vocabulary) addClosure(canonical uint32, list []uint32) answer {
	if len(list) < 2 {
		return canonical
	}
	at, ok := v.closures.add(append([]uint32{uint32(len(list)), canonical}, list...)...)
	if !ok || at > rest {
		return canonical
	}
	return climbs | at
}

// allStarts makes the starts of all tags.
func (v *Vocabulary) allStarts() starts {
	parts := make([]unsorted, workers)
	packed.Fork(workers, len(v.records), func(worker, from, to int) {
		v.records[from:to].each(func(first uint32, page *[pageLen]uint32) {
			first += uint32(from) * pageLen
			for i, at := range page {
				if at != 0 {
					parts[worker].add(v.standsAmong(first+uint32(i)), at, v.names.key(at))
				}
			}
		})
	})
	return v.names.sorted(parts)
}

// standsAmong is the kind among which the names of a tag are looked for.
func (v *Vocabulary) standsAmong(id uint32) archive.Kind {
	if kind := v.Kind(v.Canonical(archive.TagID(id))); kind != 0 {
		return kind
	}
	return v.Kind(archive.TagID(id))
}
