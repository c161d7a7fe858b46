package vocabulary

import (
	"bytes"
	"cmp"
	"iter"
	"slices"

	"ficstead/internal/archive"
	"ficstead/internal/base/text"
)

// Uses tells how many works a canonical tag finds.
type Uses interface {
	All(archive.TagID) int     // whoever may see them; asked for thousands of tags
	Visible(archive.TagID) int // that the viewer may see; asked for dozens
}

// Completion is a canonical tag that what was typed may mean, and how many works
// it finds for the viewer.
type Completion struct {
	Tag   archive.Tag
	Works int
}

// Effort is bounded whatever is typed.
const (
	manyStarts = 2000 // beyond these the heaviest are looked at, else all
	mostLooks  = 4000 // of the heaviest
	mostFresh  = 30_000
	mostWords  = 16
	mostTyped  = 500 // bytes
)

// Complete returns canonical tags of a kind (0: any) that find works for the viewer
// and whose name, or that of a synonym, fits what was typed: those that begin with
// it first, then those with a word that does, then those in which each word typed
// begins a word; in each group the most frequent first, equal ones by name.
func (v *Vocabulary) Complete(u Uses, kind archive.Kind, typed string, most int) []Completion {
	key, words := typedWords(typed)
	if len(words) == 0 || most <= 0 || kind >= kindCount {
		return nil
	}
	c := &completing{v: v, uses: u, kind: kind, most: most, taken: map[archive.TagID]bool{}}
	c.group(slices.Collect(v.spans(kind, heads, key)), nil)
	c.group(slices.Collect(v.spans(kind, middles, key)), nil)
	if len(words) > 1 && len(c.done) < most {
		c.group(v.fewest(kind, words), func(key []byte) bool { return startsWords(key, words) })
	}
	return c.done
}

// typedWords returns the key of what was typed, and its words.
func typedWords(typed string) (key []byte, words [][]byte) {
	if len(typed) > mostTyped {
		typed = typed[:mostTyped]
	}
	key = []byte(text.Key(typed))
	words = bytes.Fields(key)
	return key, words[:min(len(words), mostWords)]
}

// fewest returns the starts that begin with one of words, with that which has the
// fewest of them.
func (v *Vocabulary) fewest(kind archive.Kind, words [][]byte) []span {
	var best []span
	for i, word := range words {
		all := append(slices.Collect(v.spans(kind, heads, word)), slices.Collect(v.spans(kind, middles, word))...)
		if i == 0 || total(all) < total(best) {
			best = all
		}
	}
	return best
}

func total(spans []span) (n int) {
	for _, s := range spans {
		n += s.len()
	}
	return n
}

// candidates yields canonical tags of which a name is among spans and fits, each
// once, with the most works that any of those which follow may find; the most
// frequent first.
func (v *Vocabulary) candidates(u Uses, kind archive.Kind, spans []span, fits func(key []byte) bool) iter.Seq2[archive.TagID, int] {
	return func(yield func(archive.TagID, int) bool) {
		c := candidates{v: v, kind: kind, fits: fits, seen: map[archive.TagID]bool{}}
		few := total(spans) <= manyStarts
		var rest heavy
		for _, s := range spans {
			if isFresh := s.list.weights == nil; !few && !isFresh {
				rest.put(s)
				continue
			}
			for i := s.from; i < min(s.to, s.from+mostFresh); i++ {
				c.look(s.list.at[i])
			}
		}
		ranked := c.rank(u)
		for range mostLooks {
			at, w, ok := rest.next()
			if !ok || w == 0 {
				break
			}
			for len(ranked) > 0 && ranked[0].works >= w.works() {
				if !yield(ranked[0].id, ranked[0].works) {
					return
				}
				ranked = ranked[1:]
			}
			if id, ok := c.meant(at); ok && !yield(id, w.works()) {
				return
			}
		}
		for _, r := range ranked {
			if !yield(r.id, r.works) {
				return
			}
		}
	}
}

type candidates struct {
	v    *Vocabulary
	kind archive.Kind
	fits func(key []byte) bool // nil: all do
	seen map[archive.TagID]bool
	ids  []archive.TagID
}

// meant returns the canonical tag that a record names, if it fits and is not one
// that was met already.
func (c *candidates) meant(at uint32) (archive.TagID, bool) {
	own, key, _, _ := c.v.names.record(at)
	if c.v.record(archive.TagID(own)) != at {
		return 0, false // a former name
	}
	id := c.v.Canonical(archive.TagID(own))
	kind := c.v.Kind(id)
	if kind == 0 || c.kind != 0 && kind != c.kind || c.seen[id] || c.fits != nil && !c.fits(key) {
		return 0, false
	}
	c.seen[id] = true
	return id, true
}

func (c *candidates) look(at uint32) {
	if id, ok := c.meant(at); ok {
		c.ids = append(c.ids, id)
	}
}

type ranked struct {
	id    archive.TagID
	works int
}

// rank puts what was looked at in order, without those that find nothing.
func (c *candidates) rank(u Uses) []ranked {
	list := make([]ranked, 0, len(c.ids))
	for _, id := range c.ids {
		if n := u.All(id); n > 0 {
			list = append(list, ranked{id, n})
		}
	}
	slices.SortFunc(list, func(a, b ranked) int { return cmp.Or(cmp.Compare(b.works, a.works), cmp.Compare(a.id, b.id)) })
	return list
}

// completing collects completions, group by group.
type completing struct {
	v     *Vocabulary
	uses  Uses
	kind  archive.Kind
	most  int
	taken map[archive.TagID]bool
	done  []Completion
}

// group adds the best of one group: tags with a name among spans that fits.
func (c *completing) group(spans []span, fits func(key []byte) bool) {
	room := c.most - len(c.done)
	if room <= 0 || len(spans) == 0 {
		return
	}
	var best []ranked
	for id, atMost := range c.v.candidates(c.uses, c.kind, spans, fits) {
		if len(best) == room && atMost < best[room-1].works {
			break
		}
		if !c.taken[id] && (len(best) < room || c.uses.All(id) >= best[room-1].works) {
			best = c.insert(best, ranked{id, c.uses.Visible(id)}, room)
		}
	}
	for _, x := range best {
		c.taken[x.id] = true
		c.done = append(c.done, c.v.completion(x))
	}
}

func (v *Vocabulary) completion(x ranked) Completion {
	t, _ := v.Tag(x.id)
	return Completion{t, x.works}
}

func (c *completing) insert(best []ranked, x ranked, most int) []ranked {
	if x.works == 0 {
		return best
	}
	i, _ := slices.BinarySearchFunc(best, x, c.v.byWorks)
	best = slices.Insert(best, i, x)
	return best[:min(len(best), most)]
}

// byWorks puts the most frequent first, equal ones by name.
func (v *Vocabulary) byWorks(a, b ranked) int {
	if a.works != b.works {
		return b.works - a.works
	}
	return v.CompareNames(a.id, b.id)
}

// Namesakes returns the canonical tags of a kind that find works for the viewer and
// that have a word, whole, in their name or in a synonym's; the most frequent first.
func (v *Vocabulary) Namesakes(u Uses, kind archive.Kind, word string, most int) []Completion {
	key, _ := typedWords(word)
	if len(key) == 0 || kind >= kindCount || most <= 0 {
		return nil
	}
	var found []ranked
	for id := range v.candidates(u, kind, v.wholeWord(kind, key), nil) {
		if n := u.Visible(id); n > 0 {
			found = append(found, ranked{id, n})
		}
		if len(found) == 2*most {
			break
		}
	}
	slices.SortStableFunc(found, func(a, b ranked) int { return b.works - a.works })
	var list []Completion
	for _, x := range found[:min(len(found), most)] {
		list = append(list, v.completion(x))
	}
	return list
}
