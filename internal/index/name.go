package index

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"

	"ficstead/internal/archive"
	"ficstead/internal/base/text"
)

// names are the keys of all tags, whole and from each later word on, in order:
// what typing is completed from.
type names struct{ heads, middles []nameStart }

// nameStart is the key of a tag from the beginning of one of its words.
type nameStart struct {
	rest string
	tag  archive.TagID
}

func compareStarts(a, b nameStart) int {
	return cmp.Or(cmp.Compare(a.rest, b.rest), cmp.Compare(a.tag, b.tag))
}

// with returns n with the names of tags.
func (n names) with(tags []*tag) names {
	if len(tags) == 0 {
		return n
	}
	var fresh names
	for _, t := range tags {
		eachWordStart(t.key, func(at int) {
			list := &fresh.middles
			if at == 0 {
				list = &fresh.heads
			}
			*list = append(*list, nameStart{t.key[at:], t.ID})
		})
	}
	return names{mergeStarts(n.heads, fresh.heads), mergeStarts(n.middles, fresh.middles)}
}

// mergeStarts merges fresh, in any order, into list.
func mergeStarts(list, fresh []nameStart) []nameStart {
	slices.SortFunc(fresh, compareStarts)
	if len(list) == 0 {
		return fresh
	}
	merged := make([]nameStart, 0, len(list)+len(fresh))
	for _, n := range list {
		for len(fresh) > 0 && compareStarts(fresh[0], n) < 0 {
			merged = append(merged, fresh[0])
			fresh = fresh[1:]
		}
		merged = append(merged, n)
	}
	return append(merged, fresh...)
}

// eachWordStart calls f for the start of key and of every word in it.
func eachWordStart(key string, f func(at int)) {
	inWord := false
	for i, r := range key {
		letter := isLetter(r)
		if i == 0 || letter && !inWord {
			f(i)
		}
		inWord = letter
	}
}

// beginning returns the part of list that begins with prefix.
func beginning(list []nameStart, prefix string) []nameStart {
	from := sort.Search(len(list), func(i int) bool { return list[i].rest >= prefix })
	n := sort.Search(len(list)-from, func(i int) bool { return !strings.HasPrefix(list[from+i].rest, prefix) })
	return list[from : from+n]
}

// Completion is a canonical tag that what was typed may mean, and how many of
// the works asked about are found by it.
type Completion struct {
	Tag   archive.Tag
	Works int
}

// Complete returns canonical tags of a kind (0: any) that the works are found
// by and whose name, or that of a synonym, fits what was typed: those that
// begin with it first, then those with a word that does, then those in which
// each word typed begins a word; in each group the most frequent first, equal
// ones by name.
func (f *Found) Complete(kind archive.Kind, typed string, most int) []Completion {
	s, in := f.s, f.rows
	typed = text.Key(typed)
	words := strings.Fields(typed)
	if len(words) == 0 || most <= 0 || kind >= KindCount {
		return nil
	}
	c := &completing{s: s, in: in, kind: kind, most: most, taken: map[archive.TagID]bool{}}
	c.group(beginning(s.names.heads, typed), func(key string) bool { return strings.HasPrefix(key, typed) })
	c.group(beginning(s.names.middles, typed), func(key string) bool { return startsWords(key, []string{typed}) })
	if len(words) > 1 {
		c.group(s.fewest(words), func(key string) bool { return startsWords(key, words) })
	}
	return c.done
}

// fewest returns the names in which one of words begins a word, of the word
// that has the fewest of them.
func (s *Snapshot) fewest(words []string) []nameStart {
	var heads, middles []nameStart
	for i, word := range words {
		h, m := beginning(s.names.heads, word), beginning(s.names.middles, word)
		if i == 0 || len(h)+len(m) < len(heads)+len(middles) {
			heads, middles = h, m
		}
	}
	return slices.Concat(heads, middles)
}

// completing collects completions, group by group.
type completing struct {
	s     *Snapshot
	in    *roaring.Bitmap
	kind  archive.Kind
	most  int
	taken map[archive.TagID]bool
	done  []Completion
}

// manyNames is where names are so many that trying all tags, the most frequent
// first, soon comes upon enough that fit.
const manyNames = 2000

// group adds the best of one group: tags with a name among starts, which are
// those whose key fits.
func (c *completing) group(starts []nameStart, fits func(key string) bool) {
	room := c.most - len(c.done)
	if room <= 0 || len(starts) == 0 {
		return
	}
	ids := c.s.counters.frequent(c.s)[c.kind]
	if len(starts) <= manyNames {
		ids, fits = c.meant(starts, fits), func(string) bool { return true }
	}
	var best []Completion
	for _, id := range ids {
		set := c.s.sets[byTag].at(id)
		if len(best) == room && set.Len() < best[room-1].Works {
			break
		}
		if t := c.s.graph.tags.at(id); !c.taken[t.ID] && c.fits(t, fits) {
			best = c.insert(best, Completion{t.Tag, set.CountWithin(c.in)}, room)
		}
	}
	for _, x := range best {
		c.taken[x.Tag.ID] = true
	}
	c.done = append(c.done, best...)
}

// meant returns the canonical tags that starts which fit are names of, the most
// frequent first.
func (c *completing) meant(starts []nameStart, fits func(key string) bool) []uint32 {
	var ids []uint32
	for _, n := range starts {
		id := uint32(c.s.graph.canonical(n.tag))
		t := c.s.graph.tags.at(id)
		if t != nil && (c.kind == 0 || t.Kind == c.kind) && c.s.sets[byTag].at(id) != nil && fits(c.s.graph.tags.at(uint32(n.tag)).key) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	slices.SortStableFunc(ids, func(a, b uint32) int {
		return cmp.Compare(c.s.sets[byTag].at(b).Len(), c.s.sets[byTag].at(a).Len())
	})
	return ids
}

// fits reports whether the name of t or of a synonym does.
func (c *completing) fits(t *tag, fits func(key string) bool) bool {
	return fits(t.key) || slices.ContainsFunc(c.s.graph.synonyms[t.ID], func(id archive.TagID) bool {
		return fits(c.s.graph.tags.at(uint32(id)).key)
	})
}

func (c *completing) insert(best []Completion, x Completion, most int) []Completion {
	if x.Works == 0 {
		return best
	}
	i, _ := slices.BinarySearchFunc(best, x, func(a, b Completion) int {
		return cmp.Or(cmp.Compare(b.Works, a.Works), c.s.graph.compareNames(a.Tag.ID, b.Tag.ID))
	})
	best = slices.Insert(best, i, x)
	return best[:min(len(best), most)]
}

// startsWords reports whether each of words begins a word of key.
func startsWords(key string, words []string) bool {
	return !slices.ContainsFunc(words, func(word string) bool { return !startsWord(key, word) })
}

func startsWord(key, word string) bool {
	first, _ := utf8.DecodeRuneInString(word)
	for from := 0; ; from++ {
		i := strings.Index(key[from:], word)
		if i < 0 {
			return false
		}
		from += i
		before, _ := utf8.DecodeLastRuneInString(key[:from])
		if from == 0 || isLetter(first) && !isLetter(before) {
			return true
		}
	}
}

func isLetter(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }
