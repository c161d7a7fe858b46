package shingle

import (
	"math/bits"
	"slices"
	"unicode"
)

// length is how many letters a run has. Five words and nine letters serve alike
// on clean text; only letters stand lost spaces.
const length = 9

// Set holds the runs of a text as hashes, sorted, each once.
type Set []uint64

// Of returns the runs of texts, as if they were one after the other.
func Of(texts ...string) Set {
	size := 0
	for _, t := range texts {
		size += len(t)
	}
	set := make(Set, 0, size)
	for _, t := range texts {
		each(t, func(h uint64) { set = append(set, h) })
	}
	return slices.Compact(sorted(set))
}

// inBucket is about how many hashes are sorted at once.
const inBucket = 8

// sorted sorts hashes, which mix has spread evenly: it deals them out by their
// first bits, and what is in one bucket then needs little sorting.
func sorted(hashes Set) Set {
	shift := 64 - bits.Len(uint(len(hashes)/inBucket))
	ends := make([]int, 1<<(64-shift)+1) // of the buckets, counted from 1; before dealing, where they begin
	for _, h := range hashes {
		ends[h>>shift+1]++
	}
	for i := range ends[1:] {
		ends[i+1] += ends[i]
	}
	dealt := make(Set, len(hashes))
	for _, h := range hashes {
		dealt[ends[h>>shift]] = h
		ends[h>>shift]++
	}
	begin := 0
	for _, end := range ends {
		slices.Sort(dealt[begin:end])
		begin = end
	}
	return dealt
}

// Likeness is how much two texts share, in parts of one.
type Likeness struct {
	Jaccard  float64 // of all that is in either
	OfFirst  float64 // of the first
	OfSecond float64 // of the second
}

// Compare is exact. Two empty sets share nothing.
func Compare(a, b Set) Likeness {
	shared := Shared(a, b)
	if shared == 0 {
		return Likeness{}
	}
	n := float64(shared)
	return Likeness{Jaccard: n / float64(len(a)+len(b)-shared), OfFirst: n / float64(len(a)), OfSecond: n / float64(len(b))}
}

// Shared counts the hashes that are in both; each must be sorted, as sets and
// samples are.
func Shared(a, b []uint64) (n int) {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			n++
			i++
			j++
		}
	}
	return n
}

// The sample of a text: its smallest hashes, which copies of the same chapter
// share, and one in rate of all, which are the same wherever the chapters are
// cut. A text of fewer letters than least has none: it proves nothing.
const (
	smallest = 8
	rate     = 4096
	least    = 200
)

// Sample returns the hashes that stand for a text, sorted, each once: eight,
// and one for each four thousand letters.
func Sample(text string) []uint64 {
	var low, rest []uint64
	letters := 0
	each(text, func(h uint64) {
		letters++
		if h%rate == 0 {
			rest = append(rest, h)
		}
		low = keepSmallest(low, h)
	})
	if letters < least {
		return nil
	}
	all := append(low, rest...)
	slices.Sort(all)
	return slices.Compact(all)
}

// Likely reports whether two texts are worth a comparison, given how many hashes
// their samples share and have: strangers share one now and then, and large ones
// a few; copies share most, and a text that stands whole in another a good part
// of its own.
func Likely(shared, a, b int) bool {
	const fewest, oneIn = 2, 10
	return shared >= fewest && shared*oneIn >= min(a, b)
}

// keepSmallest puts h into the few smallest, which are sorted.
func keepSmallest(low []uint64, h uint64) []uint64 {
	if len(low) == smallest && h >= low[smallest-1] {
		return low
	}
	i, found := slices.BinarySearch(low, h)
	if found {
		return low
	}
	low = slices.Insert(low, i, h)
	return low[:min(len(low), smallest)]
}

// each calls f with the hash of every run of text, in order. The hash rolls: a
// letter comes in, the ninth before it goes out.
func each(text string, f func(uint64)) {
	const base = 0x9e3779b97f4a7c15 | 1
	power := uint64(1) // of base, for the letter that goes out
	for range length {
		power *= base
	}
	var window [length]uint64
	hash, n := uint64(0), 0
	for _, r := range text {
		if r = letter(r); r < 0 {
			continue
		}
		hash = hash*base + uint64(r) - window[n%length]*power
		window[n%length] = uint64(r)
		n++
		if n >= length {
			f(mix(hash))
		}
	}
}

// letter folds what is compared, and is -1 for all else. Accents stay: they are
// letters of their own in many languages.
func letter(r rune) rune {
	switch {
	case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
		return r
	case 'A' <= r && r <= 'Z':
		return r + 'a' - 'A'
	case r < 0x80:
		return -1
	case unicode.IsLetter(r) || unicode.IsDigit(r):
		return unicode.ToLower(r)
	}
	return -1
}

// mix spreads a hash so that its order says nothing of the text (the finalizer
// of SplitMix64).
func mix(h uint64) uint64 {
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return h ^ h>>31
}
