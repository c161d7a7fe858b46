package archive

// Alike is how the texts of two works stand to each other. The numbers are
// stored: never renumber.
type Alike uint8

// The ways to be alike.
const (
	Different Alike = 0
	SameText  Alike = 1 // the same story, however it is typeset
	Revised   Alike = 2 // the same story rewritten, or badly damaged
	PartOf    Alike = 3 // the first stands whole in the second
	Contains  Alike = 4 // the second stands whole in the first
)

// The shares of text from which on works are alike. Different chapters of one
// novel share 0.15 at most and different novels hundredths of that, so that none
// of these is near to chance.
const (
	sameFrom, wholeFrom, revisedFrom = 0.8, 0.8, 0.5
)

// JudgeAlike says what shares of text mean: of all that is in either work, of
// the first, and of the second, each from 0 to 1.
func JudgeAlike(of, ofFirst, ofSecond float64) Alike {
	switch {
	case of >= sameFrom:
		return SameText
	case ofFirst >= wholeFrom:
		return PartOf
	case ofSecond >= wholeFrom:
		return Contains
	case max(of, min(ofFirst, ofSecond)) >= revisedFrom:
		return Revised
	}
	return Different
}

// Turned is the same said of the second work and the first.
func (a Alike) Turned() Alike {
	switch a {
	case PartOf:
		return Contains
	case Contains:
		return PartOf
	}
	return a
}

// String is the name in JSON and in addresses.
func (a Alike) String() string {
	return [...]string{"different", "same", "revised", "part", "whole"}[min(a, Contains)]
}

// Likeness is what is known of two works whose texts are alike.
type Likeness struct {
	Work, Other     WorkID
	Alike           Alike
	OfWork, OfOther float64 // how much of each stands in the other, from 0 to 1
	Apart           bool    // a person said that both are to be kept
}

// Turned is the same said of the other work and this one.
func (l Likeness) Turned() Likeness {
	return Likeness{Work: l.Other, Other: l.Work, Alike: l.Alike.Turned(), OfWork: l.OfOther, OfOther: l.OfWork, Apart: l.Apart}
}
