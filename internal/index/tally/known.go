package tally

import (
	"ficstead/internal/archive"
	"ficstead/internal/base/beside"
)

// known is a set of rows of the base of which it is known how many have the
// tags that matter.
type known interface {
	// size is the number of rows.
	size() int
	// tags calls f for tags of a kind and how many rows have them, about the most
	// frequent first. It may leave out tags of which enough says that so many rows
	// at most do not matter. No other tag that it does not call f for has more rows
	// than rest.
	tags(kind archive.Kind, enough func(most uint32) bool, f func(ord, n uint32)) (rest uint32)
	// large reports whether that takes so long that it is worth a second core, and
	// may be asked of two kinds at once.
	large() bool
	// tails reports whether tags without a head are among those it knows.
	tails() bool
	// has reports whether tags may call f for a tag.
	has(kind archive.Kind, ord uint32) bool
	// languages calls f for the languages of the rows, by their number in the base.
	languages(f func(i, n int))
}

// less returns the most frequent tags of the rows of k without those that gone
// counted but with those that come counted: of what was found. Where what k knows
// does not decide a kind it is counted one by one; of several less reports false.
func (t *Table) less(k known, gone, come *counter, a Ask, in inBase) (answer Answer, ok bool) {
	coming := t.byKind(come, a)
	var decided [KindCount]bool
	decide := func(from, to archive.Kind) {
		for kind, unsure := from, 0; kind <= to && unsure < 2; kind++ {
			if decided[kind] = t.lessOf(kind, k, gone, come, a, coming[kind]); !decided[kind] {
				unsure++
			}
		}
	}
	if k.large() { // half of the work is for the kind that comes last
		wait := beside.Start(func() { decide(archive.Freeform, archive.Freeform) })
		decide(archive.Rating, archive.Freeform-1)
		wait()
	} else {
		decide(archive.Rating, archive.Freeform)
	}
	var unsure archive.Kind
	for _, kind := range archive.Kinds {
		switch {
		case decided[kind]:
			answer.Tops[kind] = come.tops[kind].tags()
		case unsure != 0 || kind < archive.Fandom:
			return Answer{}, false
		default:
			unsure = kind
		}
	}
	if unsure != 0 {
		answer.Tops[unsure] = t.scanOne(unsure, a, in)
	}
	k.languages(func(i, n int) { come.langs[i] += n })
	for i, n := range gone.langs {
		come.langs[i] -= n
	}
	answer.Languages = come.languages()
	return answer, true
}

// lessOf finds the most frequent tags of one kind, and reports whether they are.
func (t *Table) lessOf(kind archive.Kind, k known, gone, come *counter, a Ask, coming []Count) bool {
	top := &come.tops[kind]
	top.reset(a)
	most := uint32(0) // that comes to any one tag
	for _, c := range coming {
		most = max(most, c.N)
	}
	rest := k.tags(kind, func(n uint32) bool { return n+most < top.least() },
		func(ord, n uint32) { top.offer(ord, n-t.of(gone, ord)+t.of(come, ord)) })
	if rest > 0 && rest >= top.least() {
		return false
	}
	for _, c := range coming {
		if k.has(kind, c.Tag) {
			continue
		}
		if rest > 0 && rest+c.N >= top.least() {
			return false
		}
		top.offer(c.Tag, c.N)
	}
	return true
}
