package index

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/RoaringBitmap/roaring/v2"

	"ficstead/internal/archive"
	"ficstead/internal/base/text"
)

// nameStart is the rest of a tag's key from the beginning of one of its words.
// All of them in order are what typing is completed from.
type nameStart struct {
	rest string
	tag  archive.TagID
	head bool // rest is the whole key
}

func compareStarts(a, b nameStart) int {
	return cmp.Or(cmp.Compare(a.rest, b.rest), cmp.Compare(a.tag, b.tag))
}

// withNames returns names with those of tags, in order.
func withNames(names []nameStart, tags []*tag) []nameStart {
	if len(tags) == 0 {
		return names
	}
	var fresh []nameStart
	for _, t := range tags {
		eachWordStart(t.key, func(at int) { fresh = append(fresh, nameStart{t.key[at:], t.ID, at == 0}) })
	}
	slices.SortFunc(fresh, compareStarts)
	merged := make([]nameStart, 0, len(names)+len(fresh))
	for _, n := range names {
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
		letter := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
		if i == 0 || letter && !inWord {
			f(i)
		}
		inWord = letter
	}
}

// Completion is a canonical tag that what was typed may mean, and how many of
// the works asked about are found by it.
type Completion struct {
	Tag   archive.Tag
	Works int
}

// match is how well a tag fits what was typed; less is better.
type match uint8

const (
	atStart match = iota // its name begins with it
	within               // from a word on
	apart                // each word typed begins a word of it
)

// Complete returns canonical tags of a kind (0: any) whose name, or that of a
// synonym, fits what was typed, that works of in are found by: those that begin
// with it first, the most frequent first, equal ones by name.
func (s *Snapshot) Complete(in *roaring.Bitmap, kind archive.Kind, typed string, most int) []Completion {
	typed = text.Key(typed)
	fits := s.matches(kind, typed)
	type candidate struct {
		id    archive.TagID
		fit   match
		works int // in all, which no count within is above
	}
	candidates := make([]candidate, 0, len(fits))
	for id, fit := range fits {
		if n := s.sets[byTag].at(uint32(id)).Len(); n > 0 {
			candidates = append(candidates, candidate{id, fit, n})
		}
	}
	slices.SortFunc(candidates, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.fit, b.fit), cmp.Compare(b.works, a.works), s.graph.compareNames(a.id, b.id))
	})
	type found struct {
		candidate
		seen int
	}
	var best []found
	compare := func(a, b found) int {
		return cmp.Or(cmp.Compare(a.fit, b.fit), cmp.Compare(b.seen, a.seen), s.graph.compareNames(a.id, b.id))
	}
	for _, c := range candidates {
		if len(best) >= most && (most <= 0 || c.fit > best[most-1].fit || c.works < best[most-1].seen) {
			break
		}
		f := found{c, s.sets[byTag].at(uint32(c.id)).CountWithin(in)}
		if f.seen == 0 {
			continue
		}
		i, _ := slices.BinarySearchFunc(best, f, compare)
		best = slices.Insert(best, i, f)
		best = best[:min(len(best), most)]
	}
	completions := make([]Completion, len(best))
	for i, f := range best {
		completions[i] = Completion{s.graph.tags.at(uint32(f.id)).Tag, f.seen}
	}
	return completions
}

// matches returns how well canonical tags fit, each by its best name.
func (s *Snapshot) matches(kind archive.Kind, typed string) map[archive.TagID]match {
	fits := map[archive.TagID]match{}
	words := strings.Fields(typed)
	if len(words) == 0 {
		return fits
	}
	longest := slices.MaxFunc(words, func(a, b string) int { return cmp.Compare(len(a), len(b)) })
	note := func(n nameStart, fit match) {
		t := s.graph.tags.at(uint32(n.tag))
		if t == nil || kind != 0 && t.Kind != kind {
			return
		}
		if fit == apart && !startsWords(t.key, words) {
			return
		}
		id := s.graph.canonical(n.tag)
		if best, ok := fits[id]; (!ok || fit < best) && s.graph.tags.at(uint32(id)) != nil {
			fits[id] = fit
		}
	}
	s.eachStart(typed, func(n nameStart) {
		if n.head {
			note(n, atStart)
		} else {
			note(n, within)
		}
	})
	if len(words) > 1 {
		s.eachStart(longest, func(n nameStart) { note(n, apart) })
	}
	return fits
}

// eachStart calls f for the names, from a word on, that begin with prefix.
func (s *Snapshot) eachStart(prefix string, f func(nameStart)) {
	i, _ := slices.BinarySearchFunc(s.names, prefix, func(n nameStart, p string) int { return cmp.Compare(n.rest, p) })
	for ; i < len(s.names) && strings.HasPrefix(s.names[i].rest, prefix); i++ {
		f(s.names[i])
	}
}

// startsWords reports whether each of words begins a word of key.
func startsWords(key string, words []string) bool {
	for _, word := range words {
		found := false
		eachWordStart(key, func(at int) { found = found || strings.HasPrefix(key[at:], word) })
		if !found {
			return false
		}
	}
	return true
}
