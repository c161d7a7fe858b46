package main

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"

	"ficstead/internal/base/lexicon"
)

// The Web knows more pairs, and texts know those of stories: each counts half.
const webShare = 0.5

func tables(words map[string]lexicon.Class, web, text *counts) []byte {
	kinds, of := cluster(text, words)
	b := lexicon.Builder{Kinds: kinds}
	for _, w := range slices.Sorted(maps.Keys(words)) {
		switch class := words[w]; class {
		case lexicon.Rare:
			b.Rare(w)
		case lexicon.Name, lexicon.Common:
			b.Word(w, class, bits(webShare*web.words[w]/web.total+(1-webShare)*text.words[w]/text.total), of(w))
		}
	}
	pairs := map[pair]float64{}
	for p, n := range web.pairs {
		pairs[p] += webShare * n / web.total
	}
	for p, n := range text.pairs {
		if words[p.a] >= lexicon.Name && words[p.b] >= lexicon.Name && (n > 1 || pairs[p] > 0) {
			pairs[p] += (1 - webShare) * (n - 0.6) / text.total
		}
	}
	for _, p := range slices.SortedFunc(maps.Keys(pairs), func(a, b pair) int { return cmp.Or(cmp.Compare(a.a, b.a), cmp.Compare(a.b, b.b)) }) {
		b.Pair(p.a, p.b, bits(pairs[p]))
	}
	fmt.Printf("%d pairs\n", len(pairs))
	return b.Bytes()
}

func bits(share float64) float64 {
	if share <= 0 {
		return 99
	}
	return -math.Log2(share)
}
