package fiction

import (
	"math"
	"strings"
	"unicode/utf8"
)

// What is seen at a place where a scene may begin.
const (
	cAlways = iota
	cChange // of words, six paragraphs on each side
	cOpens
	cTalkGoesOn
	cSpeech
	cAfterTalk
	cPunch
	cLong
	cLonger // than the one above, in logarithms
	cPerson
	cTense
	cGoesOn
	cPlace
	cName
	cThe
	cHanging // the one above ends in a colon or dash
	cLastWord
	cAsked
	cQuiet // no speech in both
	cPeople
	cNewcomers
	cLeft
	cStranger // begins with a name that was not there
	cTiny
	turnCues
)

// Cues are what is seen at one place.
type Cues [turnCues]float64

// TurnScore weighs cues: the odds, in logarithms, that a scene begins there.
func TurnScore(weights, cues *Cues) float64 {
	sum := 0.0
	for k, w := range weights {
		sum += w * cues[k]
	}
	return sum
}

// TurnCues tells what is seen before each paragraph but the first two and the
// last.
func TurnCues(paragraphs []string, see func(i int, cues *Cues)) {
	var small smallWords
	ps := make([]profile, len(paragraphs))
	for i, text := range paragraphs {
		ps[i] = profileOf(text, &small)
	}
	nameProfiles(ps, &small)
	sums := make([]profile, len(paragraphs)+1)
	for i := range ps {
		sums[i+1] = sums[i].plus(&ps[i])
	}
	for i := 2; i < len(paragraphs)-1; i++ {
		cues := turnAt(paragraphs, ps, sums, i)
		see(i, &cues)
	}
}

// smallWords are the hashes of words that are written small. A name that shares
// its place with one of them is not seen, which is rare.
type smallWords [1024]uint64

func (s *smallWords) add(h uint32)      { s[h>>6%1024] |= 1 << (h % 64) }
func (s *smallWords) has(h uint32) bool { return s[h>>6%1024]>>(h%64)&1 == 1 }

// nameProfiles counts names: words with a capital that are there twice and never
// without it.
func nameProfiles(ps []profile, small *smallWords) {
	times := map[uint32]int{}
	for i := range ps {
		for _, h := range ps[i].capitals {
			if !small.has(h) {
				times[h]++
			}
		}
	}
	for w := range goesOnWith {
		delete(times, wordHash(w))
	}
	for w := range commonFirst {
		delete(times, wordHash(w))
	}
	for i := range ps {
		for _, h := range ps[i].capitals {
			if times[h] > 1 {
				ps[i].names[h%nameBuckets]++
			}
		}
	}
}

// wordHash is that of a word in small letters, up to what is no letter of them.
func wordHash(w string) uint32 {
	h := uint32(2166136261)
	for i := range len(w) {
		c := w[i] | 0x20
		if c < 'a' || c > 'z' {
			break
		}
		h = (h ^ uint32(c)) * 16777619
	}
	return h
}

// turnAt sees the place before paragraph i.
func turnAt(paragraphs []string, ps, sums []profile, i int) (c Cues) {
	above, below := &ps[i-1], &ps[i]
	before, after := around(ps, sums, i, window)
	talk := 0
	for k := max(0, i-3); k < i; k++ {
		if ps[k].speaks {
			talk++
		}
	}
	first, _ := cutWord(strings.TrimLeft(paragraphs[i], `"“'‘_*`))
	last := lastRune(strings.TrimRightFunc(paragraphs[i-1], func(r rune) bool { return r == ' ' || r == '"' || r == '”' }))
	c[cAlways] = 1
	c[cChange] = 1 - likeness(&before, &after)
	c[cOpens] = is(OpensScene(paragraphs[i]))
	c[cTalkGoesOn] = is(below.beginsSpeak && above.speaks)
	c[cSpeech] = is(below.beginsSpeak)
	c[cAfterTalk] = is(talk >= 2 && !below.speaks)
	c[cPunch] = is(above.size < 90 && !above.endsSpeak)
	c[cLong] = is(below.size > 250)
	c[cLonger] = math.Log(float64(below.size+20) / float64(above.size+20))
	c[cPerson] = 10 * math.Abs(float64(share(before.first, before.size)-share(after.first, after.size)))
	c[cTense] = math.Abs(float64(tense(&before) - tense(&after)))
	c[cGoesOn] = is(goesOnWith[first])
	c[cPlace] = is(placing[first])
	c[cName] = is(beginsName(paragraphs[i]))
	c[cThe] = is(first == "The" || first == "A" || first == "It")
	c[cHanging] = is(strings.ContainsRune(":,;—-", last))
	c[cLastWord] = is(above.endsSpeak)
	c[cAsked] = is(last == '?')
	c[cQuiet] = is(!above.speaks && !below.speaks)
	c[cPeople], c[cNewcomers], c[cLeft] = people(&before, &after)
	c[cStranger] = is(c[cName] > 0 && before.names[wordHash(first)%nameBuckets] == 0)
	c[cTiny] = is(utf8.RuneCountInString(paragraphs[i]) < 14)
	return c
}

func is(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// around sums up so many paragraphs on each side of the place before i.
func around(ps, sums []profile, i, n int) (before, after profile) {
	return sums[i].minus(&sums[max(0, i-n)]), sums[min(len(ps), i+n)].minus(&sums[i])
}

// people compares who is there: how different they are, and the shares of those
// that came and that left.
func people(before, after *profile) (different, came, left float64) {
	var ab, aa, bb, allBefore, allAfter float64
	for k := range before.names {
		x, y := float64(before.names[k]), float64(after.names[k])
		ab, aa, bb = ab+x*y, aa+x*x, bb+y*y
		allBefore, allAfter = allBefore+x, allAfter+y
		if x == 0 {
			came += y
		}
		if y == 0 {
			left += x
		}
	}
	if aa == 0 || bb == 0 {
		return 0, 0, 0
	}
	return 1 - ab/math.Sqrt(aa*bb), came / allAfter, left / allBefore
}

// turnWeights were learnt by go run ./bench/unbroken -breaks.
var turnWeights = Cues{
	-2.06, 0.24, 0.85, -2.04, -2.40, 0.55, -2.50, -1.21, 0.71, -5.05, -1.43, -1.47,
	0.26, -0.66, 0.05, -2.57, -2.06, -1.04, -0.50, 0.61, 0.39, 0.33, 0.60, -2.02,
}
