package unfuse

import (
	"cmp"
	"maps"
	"slices"

	"ficstead/internal/base/lexicon"
)

// Reader reads a document and answers for its texts. It is for one goroutine.
type Reader struct {
	lex     *lexicon.Lexicon
	seen    map[string]seen // tokens that no dictionary has, folded
	name    lexicon.Word    // what a name is taken for
	words   int
	known   int // of the words
	glued   int // stops without a space between two words
	fused   int // distinct tokens that are surely fused
	likely  int // and that seem to be, seen once
	twos    int // distinct tokens that seem to be two words
	threes  int // and three
	read    bool
	often   float64 // bits that a lost space is likelier than usual
	lost    bool    // proven: spaces were lost between words
	hinted  bool    // one fusion at least is sure, and the text is not long
	tight   bool    // and after stops
	spent   int     // words within tokens and pairs of them that were weighed
	misread int     // distinct tokens that a scanner may have misread

	tokens []token
	folded folded
	other  folded
	nodes  lattice
}

// seen is how often a document has a token, how often with a capital first,
// and whether it is a word of its own: no fusion itself.
type seen struct {
	whole, capital int32
	own            bool
}

// NewReader returns a reader of English.
func NewReader() *Reader {
	lex := lexicon.English()
	return &Reader{lex: lex, seen: map[string]seen{}, name: lex.Word(lexicon.Of("emma"))}
}

// Name tells a word that the document may have: a name from its tags.
func (r *Reader) Name(word string) {
	r.folded.fold(word)
	if r.folded.ok && len(r.folded.text) > 2 && !r.isKnown(word) {
		r.seen[string(r.folded.text)] = seen{whole: often, capital: often, own: true}
	}
}

// Add reads one text of the document. All are read before anything is asked.
func (r *Reader) Add(text string) {
	last := token{}
	scan(text, func(t token) {
		if t.odd {
			last = token{}
			return
		}
		r.words++
		if t.glue != 0 && isGlued(text, last, t) {
			r.glued++
		}
		last = t
		if r.isKnown(text[t.from:t.to]) {
			r.known++
			return
		}
		r.folded.fold(text[t.from:t.to])
		if !r.folded.ok || len(r.folded.text) > longest {
			return
		}
		s, ok := r.seen[string(r.folded.text)]
		if !ok && len(r.seen) >= mostSeen {
			return
		}
		s.whole++
		if r.folded.upper[0] {
			s.capital++
		}
		r.seen[string(r.folded.text)] = s
	})
}

// finish judges the tokens that no dictionary has, short ones first: a long one
// may be made of them. Few distinct tokens matter, so this is cheap.
func (r *Reader) finish() {
	if r.read {
		return
	}
	r.read = true
	tokens := slices.SortedFunc(maps.Keys(r.seen), func(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b)) })
	for _, t := range tokens {
		if r.spent > mostSpent/2 {
			break // the texts themselves want to be read too
		}
		s := r.seen[t]
		r.folded.fold(t)
		if s.capital == s.whole && len(t) > 0 {
			r.folded.upper[0] = true
		}
		if s.capital == 0 && r.printed(&r.folded) != "" {
			r.misread++
		}
		c, ok := r.weigh(&r.folded, beside{}, beside{})
		if ok && c.isStrong() {
			r.fused++
		} else if ok && c.gain >= lonelyGain && s.whole == 1 && c.isLikely() {
			r.likely++
		}
		if ok && c.gain >= lonelyGain {
			r.twos += count(len(c.at) == 1)
			r.threes += count(len(c.at) == 2)
		}
		s.own = s.own || s.whole >= often && (!ok || c.gain+moreCuts*float32(len(c.at)-1) < ownGain && (2*c.small <= len(c.at)+1 || c.paired < len(c.at))) && !r.isJoint(t)
		r.seen[t] = s
	}
	r.prove()
}

// isJoint reports whether a token is a small word and another token that the
// document has: no word of its own, whatever the other is.
func (r *Reader) isJoint(t string) bool {
	for i := 1; i+2 < len(t) && i < 7; i++ {
		if isSmall([]byte(t[:i])) && r.seen[t[i:]].own {
			return true
		}
	}
	return false
}

const (
	mostSeen = 50_000 // distinct tokens that no dictionary has
	often    = 2      // times that make a token a word of the document
	ownGain  = 2      // bits up to which it is no fusion
)

// Proven reports whether the document is proven to have lost spaces.
func (r *Reader) Proven() bool {
	r.finish()
	return r.IsEnglish() && (r.lost || r.tight)
}

// Agrees reports whether other judges as r does: neither has anything to mend,
// or both have read the same words.
func (r *Reader) Agrees(other *Reader) bool {
	if !r.Proven() && !other.Proven() {
		return true
	}
	return r.lost == other.lost && r.tight == other.tight && r.words == other.words && maps.Equal(r.seen, other.seen)
}

// IsEnglish reports whether two of three words are in the dictionary.
func (r *Reader) IsEnglish() bool { return r.known*20 >= r.words*13 }

// isKnown reports whether a dictionary has a word, or what it is the genitive
// or a contraction of.
func (r *Reader) isKnown(word string) bool {
	id, base := lexicon.Start, lexicon.Start // base is up to the last apostrophe
	for i := 0; i < len(word); i++ {
		c := word[i]
		switch {
		case c >= 'A' && c <= 'Z':
			c |= 0x20
		case c >= 0x80:
			if len(word) > i+2 && word[i:i+3] == "’" {
				c, i = '\'', i+2
			} else {
				return r.isKnownAccented(word)
			}
		}
		if c == '\'' {
			base = id
		}
		id = id.Next(c)
	}
	if r.lex.Word(id).Class != lexicon.Unknown {
		return true
	}
	return base != lexicon.Start && r.lex.Word(base).Class != lexicon.Unknown && isEnding(word)
}

func (r *Reader) isKnownAccented(word string) bool {
	r.other.fold(word)
	if !r.other.ok {
		return true // not English: never looked at
	}
	return r.isKnown(string(r.other.text))
}

// isEnding reports whether what follows the last apostrophe is a contraction.
func isEnding(word string) bool {
	n := len(word)
	for i := n - 1; i >= 0 && i >= n-4; i-- {
		if word[i] == '\'' || word[i] == 0x99 { // the last byte of ’
			switch word[i+1:] {
			case "s", "d", "m", "t", "ll", "ve", "re", "S", "D", "M", "T", "LL", "VE", "RE", "em", "all":
				return true
			}
			return false
		}
	}
	return false
}

// beside returns a token as the neighbour of another.
func (r *Reader) beside(f *folded) beside {
	id := lexicon.Start
	for _, c := range f.text {
		id = id.Next(c)
	}
	w := r.lex.Word(id)
	if w.Class == lexicon.Unknown || w.Class == lexicon.Rare {
		return beside{}
	}
	return beside{id, w, true}
}
