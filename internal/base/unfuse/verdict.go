package unfuse

import "math"

// Verdict is what is to be done about a place.
type Verdict uint8

// The verdicts.
const (
	Leave   Verdict = iota
	Suggest         // a person may judge
	Mend            // the document shows that it lost spaces, and this is one of them
)

// What a place must gain, in bits, over its being as it was meant.
const (
	mendGain    = -2 // where the document is proven to have lost spaces
	moreCuts    = 3  // what each further cut of a token may lack
	suggestGain = -6 // there too
	lonelyGain  = 3  // in a document that shows nothing of it: asked
	lonelyMend  = 5  // and there mended: the likes of ofthe
	mostCuts    = 3  // more words than four are run together on purpose
	sureMargin  = 2  // over the second best cut
	gluedGain   = 12 // of a space after a stop
)

// Judge weighs a place against the document. Confidence is that of the cut.
func (r *Reader) Judge(p Point) (v Verdict, confidence float64) {
	r.finish()
	gain := p.Gain + moreCuts*float64(len(p.Cuts)-1)
	proven := r.lost
	if r.lost {
		gain += r.often
	}
	if p.Glued {
		proven = r.lost || r.tight
	}
	switch {
	case !r.IsEnglish() || p.Margin < sureMargin && gain < lonelyGain:
		return Leave, 0
	case proven && gain >= mendGain && p.Margin >= sureMargin && len(p.Cuts) <= mostCuts, p.sure && gain >= lonelyMend,
		r.hinted && gain >= lonelyGain && p.Margin >= sureMargin && len(p.Cuts) == 1:
		return Mend, min(0.99, 0.97+0.001*(gain-mendGain))
	case proven && gain >= suggestGain, gain >= lonelyGain:
		return Suggest, min(0.95, max(0.5, 0.68+0.05*gain))
	}
	return Leave, 0
}

// LostTags reports whether the document lost its spaces where tags were: many of
// its fusions are three words, the middle one of which stood between two tags.
func (r *Reader) LostTags() bool {
	const fewest, share = 2, 8
	r.finish()
	return r.lost && r.threes >= fewest && r.threes*share >= r.twos
}

// prove decides from the counts what the document is proven to have lost. Clean
// documents have at most one fusion in 20,000 words, and ten in a hundred
// thousand where an author's hand slips; damaged ones have more than two in
// 10,000.
func (r *Reader) prove() {
	signs := float64(r.fused) + likelySign*float64(r.likely) + gluedSign*float64(r.glued)
	rate := signs * 10_000 / float64(max(1, r.words))
	r.lost = (r.fused >= 1 || r.likely >= fewLikely) && (signs >= 5 && rate >= 1 || signs >= 3 && rate >= 2 || signs >= 1.5 && rate >= 3)
	r.tight = r.glued >= 5 && r.glued*5_000 >= r.words
	r.hinted = r.fused >= 1 && rate >= 1
	if r.lost {
		r.often = min(max(math.Log2(rate/usualRate), 0), oftenMost)
	}
}

const (
	fewLikely  = 3   // where no fusion is sure
	likelySign = 0.5 // of what a sure fusion says
	gluedSign  = 0.75
	usualRate  = 10 // signs in 10,000 words, where one space of 500 was lost: what cutCost says
	oftenMost  = 4  // bits that a space is likelier lost where many are
)
