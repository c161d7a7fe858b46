package vocabulary

import (
	"container/heap"
	"math/bits"
	"slices"

	"ficstead/internal/archive"
	"ficstead/internal/base/packed"
)

// weight is how many works a tag finds, in two bytes: never less than it is, and
// at most a thousandth more.
type weight uint16

const mantissa = 10 // bits that are kept of a number

func weightOf(works int) weight {
	n := uint64(max(works, 0))
	if n >= 1<<40 {
		n = 1<<40 - 1
	}
	shift := max(bits.Len64(n)-mantissa-1, 0)
	up := n >> shift
	if up<<shift < n {
		up++ // may make the next power of two, which is right as well
	}
	return weight(uint64(shift)<<mantissa + up)
}

// works returns the most works that may have this weight.
func (w weight) works() int {
	shift := int(w >> mantissa)
	if shift > 0 {
		shift--
	}
	return int(uint64(w)-uint64(shift)<<mantissa) << shift
}

// Weigh returns the vocabulary knowing how many works each canonical tag finds,
// whoever may see them: what is frequent is looked at first when typing is
// completed. It must be done anew when these numbers have changed much; until then
// completion is as good as they are.
func (v *Vocabulary) Weigh(uses func(archive.TagID) int) *Vocabulary {
	next := *v
	found := v.weights(uses)
	for i := range next.starts {
		l := &next.starts[i]
		l.weights = make([]weight, l.len())
		packed.Fork(workers, l.len(), func(_, from, to int) {
			for j := from; j < to; j++ {
				l.weights[j] = found.at(v.names.id(l.at[j]))
			}
		})
		l.peaks = peaksOf(l.weights)
	}
	next.popular = v.mostUsed(uses)
	return &next
}

// workers is how many processors work at what is done for all tags.
const workers = 2

// weights returns the weights of all tags, each that of its canonical tag.
func (v *Vocabulary) weights(uses func(archive.TagID) int) pages[weight] {
	found := pages[weight]{}.edit()
	v.answers.each(func(first uint32, page *[pageLen]uint32) {
		for i, a := range page {
			if c, _ := v.closure(a); a != 0 {
				found.set(first+uint32(i), weightOf(uses(archive.TagID(c))))
			}
		}
	})
	return found.pages
}

// manyPopular is how many tags of a kind slips of typing are looked for among.
const manyPopular = 8192

// mostUsed lists the canonical tags of each kind that find most works, most first.
// Kind 0 is all kinds.
func (v *Vocabulary) mostUsed(uses func(archive.TagID) int) (popular [kindCount][]uint32) {
	type used struct {
		id    uint32
		works int
	}
	var all [kindCount][]used
	byUse := func(a, b used) int {
		if a.works != b.works {
			return b.works - a.works
		}
		return int(a.id) - int(b.id)
	}
	v.answers.each(func(first uint32, page *[pageLen]uint32) {
		for i, a := range page {
			id := first + uint32(i)
			if c, _ := v.closure(a); a == 0 || c != id {
				continue
			}
			n := uses(archive.TagID(id))
			for _, kind := range [...]archive.Kind{0, archive.Kind(a >> kindShift)} {
				if n > 0 {
					all[kind] = append(all[kind], used{id, n})
				}
				if len(all[kind]) >= 4*manyPopular {
					slices.SortFunc(all[kind], byUse)
					all[kind] = all[kind][:manyPopular]
				}
			}
		}
	})
	for kind, list := range all {
		slices.SortFunc(list, byUse)
		for _, x := range list[:min(len(list), manyPopular)] {
			popular[kind] = append(popular[kind], x.id)
		}
	}
	return popular
}

// Peaks tell where the heaviest of a run of weights is without looking at them:
// each level has the heaviest of every 16 of the level below.
const peakShift = 4

func peaksOf(weights []weight) (peaks [][]weight) {
	for below := weights; len(below) > 1<<peakShift; {
		level := make([]weight, (len(below)-1)>>peakShift+1)
		for i, w := range below {
			level[i>>peakShift] = max(level[i>>peakShift], w)
		}
		peaks = append(peaks, level)
		below = level
	}
	return peaks
}

// heaviest returns the position of the heaviest of a part of l that is not empty,
// the first of equal ones.
func (l *list) heaviest(from, to int) int {
	best, at, level := weight(0), from, -1 // level -1 are the weights themselves
	look := func(n int, weights []weight, from, to int) {
		for i := from; i < to && i < len(weights); i++ {
			// Of equal ones the first: blocks further up begin before what is behind them.
			if w := weights[i]; w > best || w == best && i<<(peakShift*(n+1)) < at<<(peakShift*(level+1)) {
				best, at, level = w, i, n
			}
		}
	}
	n, weights := -1, l.weights
	for {
		if n+1 >= len(l.peaks) || to-from <= 2<<peakShift {
			look(n, weights, from, to)
			break
		}
		up, down := (from+1<<peakShift-1)>>peakShift, to>>peakShift
		look(n, weights, from, up<<peakShift)
		look(n, weights, down<<peakShift, to)
		n, from, to = n+1, up, down
		weights = l.peaks[n]
	}
	for level >= 0 { // go down to where it is
		level--
		weights = l.weights
		if level >= 0 {
			weights = l.peaks[level]
		}
		block := at << peakShift
		at = block
		for i := block; i < min(block+1<<peakShift, len(weights)); i++ {
			if weights[i] == best {
				at = i
				break
			}
		}
	}
	return at
}

// heavy yields what stands in parts of lists, the heaviest first.
type heavy []heavySpan

type heavySpan struct {
	span
	top    int // where the heaviest stands
	weight weight
}

func (h *heavy) put(s span) {
	if s.len() <= 0 || s.to > len(s.list.weights) {
		return
	}
	if top := s.list.heaviest(s.from, s.to); top >= s.from && top < s.to {
		heap.Push(h, heavySpan{s, top, s.list.weights[top]})
	}
}

// next takes the heaviest out; ok is false if there is nothing left.
func (h *heavy) next() (at uint32, w weight, ok bool) {
	if len(*h) == 0 {
		return 0, 0, false
	}
	s := heap.Pop(h).(heavySpan)
	h.put(span{s.list, s.from, s.top})
	h.put(span{s.list, s.top + 1, s.to})
	return s.list.at[s.top], s.weight, true
}

func (h heavy) Len() int           { return len(h) }
func (h heavy) Less(i, j int) bool { return h[i].weight > h[j].weight }
func (h heavy) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *heavy) Push(x any)        { *h = append(*h, x.(heavySpan)) }
func (h *heavy) Pop() any {
	last := len(*h) - 1
	x := (*h)[last]
	*h = (*h)[:last]
	return x
}
