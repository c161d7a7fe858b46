package vocabulary

import (
	"bytes"
	"cmp"
	"math/bits"
	"slices"
	"unicode/utf8"

	"ficstead/internal/archive"
)

// Slips of typing are looked for among the commonest tags, and among those that
// begin as what was typed does, or that have a word which begins as a word of it
// does: most slips are not at the beginning of every word.
const (
	nearTries = 200 // of each beginning, the most frequent
	longest   = 100 // letters of what is looked for
)

// Near returns canonical tags of a kind (0: any) that find works for the viewer and
// of which a name is name, or a word of it, but for a slip or two of typing; the
// nearest first.
func (v *Vocabulary) Near(u Uses, kind archive.Kind, name string, most int) []Completion {
	key, words := typedWords(name)
	typed := []rune(string(key))
	slips := min(2, len(typed)/4) // in a short name any other is near
	if slips == 0 || len(typed) > longest || kind >= kindCount || most <= 0 {
		return nil
	}
	n := &nearing{v: v, typed: typed, letters: lettersOf(key), slips: slips, near: map[archive.TagID]int{}}
	for _, id := range v.popular[kind] {
		id := archive.TagID(id) // which may have become a synonym or of another kind since
		if v.Canonical(id) == id && (kind == 0 || v.Kind(id) == kind) {
			n.try(id, v.key(id))
		}
	}
	for _, part := range beginnings(key, words) {
		for _, which := range [...]int{heads, middles} {
			n.tryMost(slices.Collect(v.spans(kind, which, part)), kind)
		}
	}
	return n.best(u, most)
}

// beginnings returns the first halves of what was typed and of its longer words.
func beginnings(key []byte, words [][]byte) (parts [][]byte) {
	for _, s := range append([][]byte{key}, words[:min(len(words), 4)]...) {
		half := len(s) / 2
		for half < len(s) && !utf8.RuneStart(s[half]) {
			half++
		}
		if half >= 3 && !slices.ContainsFunc(parts, func(p []byte) bool { return bytes.Equal(p, s[:half]) }) {
			parts = append(parts, s[:half])
		}
	}
	return parts
}

// nearing collects tags that are near.
type nearing struct {
	v       *Vocabulary
	typed   []rune
	letters uint32
	slips   int
	near    map[archive.TagID]int // how near the nearest name is
	room    [3][longest + 4]int
}

func (n *nearing) try(canonical archive.TagID, key []byte) {
	if d := n.nearest(key); d <= n.slips {
		if old, ok := n.near[canonical]; !ok || d < old {
			n.near[canonical] = d
		}
	}
}

// tryMost tries the most frequent of parts of lists, and of what came lately all.
func (n *nearing) tryMost(spans []span, kind archive.Kind) {
	var parts heavy
	tries := 0
	look := func(at uint32) {
		own, key, _, _ := n.v.names.record(at)
		id := n.v.Canonical(archive.TagID(own))
		if n.v.record(archive.TagID(own)) == at && (kind == 0 || n.v.Kind(id) == kind) {
			n.try(id, key)
		}
	}
	for _, s := range spans {
		if s.list.weights != nil {
			parts.put(s)
			continue
		}
		for ; s.from < s.to && tries < 4*nearTries; s.from++ {
			look(s.list.at[s.from])
			tries++
		}
	}
	for range nearTries {
		at, w, ok := parts.next()
		if !ok || w == 0 {
			return
		}
		look(at)
	}
}

func (n *nearing) best(u Uses, most int) (list []Completion) {
	type near struct {
		ranked
		slips int
	}
	var all []near
	for id, d := range n.near {
		if works := u.All(id); works > 0 {
			all = append(all, near{ranked{id, works}, d})
		}
	}
	order := func(a, b near) int { return cmp.Or(cmp.Compare(a.slips, b.slips), n.v.byWorks(a.ranked, b.ranked)) }
	slices.SortFunc(all, order)
	all = all[:min(len(all), 4*most)] // by far more would be asked for than is shown
	for i := range all {
		all[i].works = u.Visible(all[i].id)
	}
	all = slices.DeleteFunc(all, func(x near) bool { return x.works == 0 })
	slices.SortFunc(all, order)
	for _, x := range all[:min(most, len(all))] {
		list = append(list, n.v.completion(x.ranked))
	}
	return list
}

// nearest is the distance of what was typed to key or to a word of it, whichever
// is less; if beyond slips it may be any that is greater.
func (n *nearing) nearest(key []byte) int {
	best := n.distance(key, n.slips+1)
	for word := range bytes.FieldsSeq(key) {
		if len(word) < len(key) {
			best = min(best, n.distance(word, best))
		}
	}
	return best
}

// distance is the number of letters to add, leave out, change or swap with their
// neighbour to make s of what was typed; most if it is not less than that.
func (n *nearing) distance(s []byte, most int) int {
	// Each slip makes a letter come or go, or one of each; a word of bytes has at
	// most as many letters.
	if len(s) < len(n.typed)-most+1 || len(s) > 4*(len(n.typed)+most) || bits.OnesCount32(lettersOf(s)^n.letters) > 2*(most-1) {
		return most
	}
	var runes [longest + 3]rune
	b := runes[:0]
	for len(s) > 0 && len(b) < len(runes) {
		r, size := utf8.DecodeRune(s)
		b, s = append(b, r), s[size:]
	}
	if len(s) > 0 || len(b) >= len(n.typed)+most || len(b) <= len(n.typed)-most {
		return most
	}
	before, last, row := n.room[0][:len(b)+1], n.room[1][:len(b)+1], n.room[2][:len(b)+1]
	for j := range last {
		last[j] = j
	}
	a := n.typed
	for i := range a {
		row[0] = i + 1
		least := row[0]
		for j := range b {
			change := last[j]
			if a[i] != b[j] {
				change++
			}
			d := min(change, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				d = min(d, before[j-1]+1)
			}
			row[j+1] = d
			least = min(least, d)
		}
		if least > most {
			return most
		}
		before, last, row = last, row, before
	}
	return min(last[len(b)], most)
}

// lettersOf has a bit for each letter of ASCII that s has; some share one.
func lettersOf(s []byte) (letters uint32) {
	for _, c := range s {
		if c < utf8.RuneSelf {
			letters |= 1 << (c & 31)
		}
	}
	return letters
}
