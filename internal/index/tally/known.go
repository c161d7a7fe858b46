package tally

import "ficstead/internal/archive"

// known is a set of rows of the base of which it is known how many have the
// tags that matter.
type known interface {
	// size is the number of rows.
	size() int
	// tags calls f for tags of a kind and how many rows have them, about the most
	// frequent first, until enough says that tags with no more than so many uses
	// do not matter. No other tag has more rows than rest.
	tags(kind archive.Kind, enough func(uses uint32) bool, f func(ord, n uint32)) (rest uint32)
	// tails reports whether tags without a head are among those it knows.
	tails() bool
	// has reports whether tags may call f for a tag.
	has(kind archive.Kind, ord uint32) bool
	// languages calls f for the languages of the rows.
	languages(f func(code string, n int))
}

// less returns the most frequent tags of the rows of k without those that gone
// counted but with those that come counted. It reports false if what k knows
// does not decide it.
func (t *Table) less(k known, gone, come *counter, a Ask) (answer Answer, ok bool) {
	coming := t.byKind(come, a)
	for _, kind := range archive.Kinds {
		top := top{most: a.Most, names: a.Names}
		most := uint32(0) // that comes to any one tag
		for _, c := range coming[kind] {
			most = max(most, c.N)
		}
		rest := k.tags(kind, func(uses uint32) bool { return len(top.list) == top.most && uses+most < top.least() },
			func(ord, n uint32) { top.offer(ord, n-t.of(gone, ord)+t.of(come, ord)) })
		if rest > 0 && rest >= top.least() {
			return Answer{}, false
		}
		for _, c := range coming[kind] {
			if k.has(kind, c.Tag) {
				continue
			}
			if rest > 0 && rest+c.N >= top.least() {
				return Answer{}, false
			}
			top.offer(c.Tag, c.N)
		}
		answer.Tops[kind] = top.list
	}
	answer.Languages = map[string]int{}
	k.languages(func(code string, n int) { answer.Languages[code] += n })
	for code, n := range gone.langs {
		answer.Languages[code] -= n
	}
	for code, n := range come.langs {
		answer.Languages[code] += n
	}
	return answer, true
}
