package unfuse

import (
	"bytes"
	"math"
	"slices"

	"ficstead/internal/base/lexicon"
)

// The costs, in bits, of what the frequencies do not say.
const (
	cutCost        = 9   // that a space was lost here, in a document that shows no others
	unseenPair     = 2.5 // that two words which are never seen together stand together
	spellBase      = 10  // that a word is in no dictionary, and then for each of its letters
	spellLetter    = 3.4
	compoundCost   = 7 // that two words are written as one
	derivedCost    = 5 // that a word has an ending or a beginning that dictionaries leave out
	shortCost      = 4 // that a last word of one or two letters is but an ending
	contextMost    = 5
	contextLeast   = 2
	functionGain   = 3  // for each word that makes sentences and no compounds
	contractedGain = 6  // that letters follow a contraction: no word does so
	weakCost       = 10 // as derivedCost, of what is seldom an ending or beginning
	camelCost      = 20 // that a name has a capital within
	nameBase       = 10 // of a name that is nowhere else, and then for each letter
	nameLetter     = 2.2
	listedName     = 24 // of a name that is in lists only
	tinyCost       = 4  // of a token of so few letters: doin, tous
	tiny           = 4
	looseCost      = 2  // of large words that are never seen together
	longest        = 40 // letters of a token that is weighed
	longestWord    = 18
)

// node is one word that a token could have within, and the two best ways to it.
type node struct {
	from, to int
	id       lexicon.ID
	word     lexicon.Word
	cost     [2]float32
	back     [2]int // node and which of its ways: 2*node+way; -1 at the start
}

type lattice struct {
	nodes []node
	ends  [longest + 1][]int // nodes by where they end
}

// cut is how a token is best cut.
type cut struct {
	at     []int   // where spaces are missing, in folded bytes
	gain   float32 // over its being one word
	margin float32 // over the second best cut
	small  int     // of its words, how many make sentences
	paired int     // of the pairs at the cuts, how many are seen in English
	short  bool    // the last word may be but an ending
}

// isStrong reports whether a token is fused by itself, whatever its document. One
// of its words makes sentences: all others may be the compounds of an author.
func (c *cut) isStrong() bool {
	const gain, certain, margin, most = 5, 9, 4, 2
	return (c.gain >= gain && c.paired == len(c.at) || c.gain >= certain) && c.margin >= margin && c.small > 0 && !c.short && len(c.at) <= most
}

// beside is a word next to a token: none where a stop or an end is.
type beside struct {
	id   lexicon.ID
	word lexicon.Word
	ok   bool
}

// isLikely reports whether a token seems to be fused, as a hint of what its
// document is.
func (c *cut) isLikely() bool {
	return c.gain >= lonelyGain && c.margin >= sureMargin && c.small > 0 && !c.short && (len(c.at) == 1 || c.paired > 0)
}

// mostSpent bounds how many words within tokens, and pairs of them, are weighed
// for one document, to two seconds: a hostile one is made of long tokens that can
// be cut in a thousand ways. A novel that lost one space of twenty takes 200,000.
const mostSpent = 8_000_000

const infinite = 1e6

// weigh finds the best cut of the folded token; ok is false if there is none.
func (r *Reader) weigh(f *folded, before, after beside) (best cut, ok bool) {
	n := len(f.text)
	if n < 3 || n > longest || r.spent > mostSpent {
		return cut{}, false
	}
	l := &r.nodes
	l.nodes = l.nodes[:0]
	for i := range l.ends {
		l.ends[i] = l.ends[i][:0]
	}
	for from := range n {
		if from > 0 && len(l.ends[from]) == 0 {
			continue
		}
		r.extend(f, from, before)
	}
	first, second := r.ways(n, after)
	if first.node < 0 {
		return cut{}, false
	}
	best.gain = r.wholeCost(f) - first.cost
	best.margin = infinite
	if second.node >= 0 {
		best.margin = second.cost - first.cost
	}
	r.trace(first, &best)
	r.company(f, &best)
	if last := r.nodes.nodes[first.node]; mayEnd(f.text[last.from:]) {
		best.short = true
		if !inflected(f.text[:last.from]) {
			best.gain -= shortCost
		}
	}
	return best, true
}

// extend adds the words that begin at from.
func (r *Reader) extend(f *folded, from int, before beside) {
	l := &r.nodes
	id := lexicon.Start
	for to := from + 1; to <= min(len(f.text), from+longestWord); to++ {
		id = id.Next(f.text[to-1])
		if from == 0 && to == len(f.text) {
			break // whole
		}
		r.spent++
		word, ok := r.part(f, from, to, id)
		if !ok {
			continue
		}
		nd := node{from: from, to: to, id: id, word: word, cost: [2]float32{infinite, infinite}, back: [2]int{-1, -1}}
		if from == 0 {
			nd.cost[0] = word.Bits + r.context(before, beside{id, word, true})
		}
		r.spent += len(l.ends[from])
		for _, b := range l.ends[from] {
			prev := &l.nodes[b]
			step := cutCost + r.follow(beside{prev.id, prev.word, true}, beside{id, word, true})
			for way := range prev.cost {
				nd.offer(prev.cost[way]+step, 2*b+way)
			}
		}
		l.ends[to] = append(l.ends[to], len(l.nodes))
		l.nodes = append(l.nodes, nd)
	}
}

func (n *node) offer(cost float32, back int) {
	switch {
	case cost < n.cost[0]:
		n.cost[1], n.back[1] = n.cost[0], n.back[0]
		n.cost[0], n.back[0] = cost, back
	case cost < n.cost[1]:
		n.cost[1], n.back[1] = cost, back
	}
}

// follow is the cost of a word after another.
func (r *Reader) follow(a, b beside) float32 {
	switch {
	case !b.ok:
		return 0
	case !a.ok:
		return b.word.Bits
	}
	if joint, ok := r.lex.Pair(a.id, b.id); ok {
		return max(0.5, joint-a.word.Bits)
	}
	fits := r.lex.Fits(a.word, b.word)
	return b.word.Bits - min(max(fits, -4), 2) + unseenPair
}

// part returns what is known of a word within a token, if it can be one.
func (r *Reader) part(f *folded, from, to int, id lexicon.ID) (lexicon.Word, bool) {
	n := to - from
	for i := from + 1; i < to; i++ {
		if f.upper[i] && !f.upper[from] {
			return lexicon.Word{}, false // no capital within a word
		}
	}
	if n <= 2 && !isShort(f.text[from:to], f.upper[from]) {
		return lexicon.Word{}, false
	}
	if f.text[from] == '\'' || f.text[to-1] == '\'' {
		return lexicon.Word{}, false
	}
	if slices.Contains(f.accent[from:to], true) {
		return r.own(f, from, to)
	}
	w := r.lex.Word(id)
	switch {
	case w.Class == lexicon.Common && w.Bits < 28:
		return w, true
	case w.Class == lexicon.Name && w.Bits < lexicon.Uncounted && f.upper[from] && n > 2:
		return w, true
	case w.Class == lexicon.Name && f.upper[from] && n > 2:
		w = r.name
		w.Bits = listedName
		return w, true
	}
	return r.own(f, from, to)
}

// own returns what is known of a word that the document has elsewhere.
func (r *Reader) own(f *folded, from, to int) (lexicon.Word, bool) {
	if to-from < 3 {
		return lexicon.Word{}, false
	}
	s := r.seen[string(f.text[from:to])]
	if from > 0 && f.upper[from] && !f.upper[from-1] && to == len(f.text) && !s.own {
		w := r.name
		w.Bits = nameBase + nameLetter*float32(to-from)
		return w, true
	}
	if !s.own || s.capital == s.whole && !f.upper[from] {
		return lexicon.Word{}, false
	}
	w := r.name
	w.Bits = min(max(float32(math.Log2(float64(r.words)/float64(s.whole))), ownLeast), ownMost)
	return w, true
}

// ownLeast and ownMost bound how unlikely a word of the document is.
const (
	ownLeast = 8
	ownMost  = 15
)

// isShort reports whether a word of one or two letters is a usual one.
func isShort(word []byte, upper bool) bool {
	switch string(word) {
	case "i":
		return upper
	case "a", "am", "an", "as", "at", "be", "by", "do", "go", "he", "if", "in", "is", "it", "me", "my", "no", "of", "oh", "on", "or", "so", "to", "up", "us", "we":
		return true
	}
	return false
}

type end struct {
	cost      float32
	node, way int
}

// ways returns the two best ways through a token of n letters.
func (r *Reader) ways(n int, after beside) (first, second end) {
	first, second = end{infinite, -1, 0}, end{infinite, -1, 0}
	for _, i := range r.nodes.ends[n] {
		nd := &r.nodes.nodes[i]
		next := r.context(beside{nd.id, nd.word, true}, after)
		for way, cost := range nd.cost {
			if cost >= infinite || nd.back[way] < 0 {
				continue
			}
			e := end{cost + next, i, way}
			switch {
			case e.cost < first.cost:
				first, second = e, first
			case e.cost < second.cost:
				second = e
			}
		}
	}
	return first, second
}

// context is what the words beside a token say of its first or its last word:
// how much that costs more than anywhere, within bounds. They may be wrong too.
func (r *Reader) context(a, b beside) float32 {
	if !a.ok || !b.ok {
		return 0
	}
	return min(max(r.follow(a, b)-b.word.Bits, -contextMost), contextLeast)
}

// trace follows the best way back.
func (r *Reader) trace(e end, best *cut) {
	i, way := e.node, e.way
	for {
		nd := &r.nodes.nodes[i]
		back := nd.back[way]
		if back < 0 {
			break
		}
		best.at = append([]int{nd.from}, best.at...)
		prev := &r.nodes.nodes[back/2]
		if _, ok := r.lex.Pair(prev.id, nd.id); ok {
			best.paired++
		}
		i, way = back/2, back%2
	}
}

// isContraction tells don't and it's from somebody's.
func isContraction(w []byte) bool {
	i := bytes.LastIndexByte(w, '\'')
	switch {
	case i <= 0:
		return false
	case string(w[i:]) != "'s":
		return true
	}
	switch string(w[:i]) {
	case "he", "she", "it", "that", "what", "who", "there", "here", "let", "where", "how":
		return true
	}
	return false
}

// mayEnd reports whether a small word may be but an ending.
func mayEnd(w []byte) bool {
	switch string(w) {
	case "is", "a", "on", "us", "as", "it", "an", "at", "am", "or", "in":
		return true
	}
	return false
}

// company weighs what words a cut has: sentences are made of small words, and
// compounds and names of large ones.
func (r *Reader) company(f *folded, c *cut) {
	small, contracted := 0, false
	from := 0
	for i := range len(c.at) + 1 {
		to := len(f.text)
		if i < len(c.at) {
			to = c.at[i]
		}
		if word := f.text[from:to]; isSmall(word) {
			small++
		} else if isContraction(word) {
			small++
			contracted = contracted || to < len(f.text)
		}
		from = to
	}
	c.small = small
	if len(f.text) <= tiny {
		c.gain -= tinyCost
	}
	if contracted {
		c.gain += contractedGain
	}
	switch {
	case small == len(c.at)+1:
		c.gain += 2 * functionGain
	case small > 0:
		c.gain += functionGain
	case c.paired == 0 && f.upper[0]:
		c.gain -= functionGain + looseCost
	case c.paired == 0:
		c.gain -= looseCost
	}
}

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// inflected reports whether a word ends as no stem does that takes an ending.
func inflected(w []byte) bool {
	n := len(w)
	return n > 3 && (w[n-1] == 's' || string(w[n-2:]) == "ed" || string(w[n-2:]) == "ly" || string(w[n-3:]) == "ing")
}

// wholeCost is the cost of a token's being one word.
func (r *Reader) wholeCost(f *folded) float32 {
	n := len(f.text)
	cost := float32(spellBase + spellLetter*float32(n))
	id := lexicon.Start
	for i := 1; i < n; i++ {
		id = id.Next(f.text[i-1])
		if f.upper[i] && (!f.upper[i-1] || i == 1) {
			switch {
			case i == 1 && (f.text[0] == 'i' || f.text[0] == 'e'): // iPhone, at the start of a sentence IPhone
				cost = 0
			case isCamel(f.text[:i]):
				cost = min(cost, camelCost)
			}
			continue
		}
		head, tail := r.lex.Word(id), r.lex.Word(lexicon.Of(string(f.text[i:])))
		if head.Class == lexicon.Common && tail.Class == lexicon.Common && i > 2 && n-i > 2 && !isSmall(f.text[:i]) && !isSmall(f.text[i:]) {
			cost = min(cost, head.Bits+tail.Bits+compoundCost)
		}
		if head.Class == lexicon.Common && i > 2 && !inflected(f.text[:i]) {
			cost = min(cost, head.Bits+suffixCost(f.text[i:]))
		}
		if tail.Class == lexicon.Common && n-i > 2 && !isSmall(f.text[i:]) {
			cost = min(cost, tail.Bits+prefixCost(f.text[:i]))
		}
	}
	return cost
}

// isCamel reports whether names go on with a capital after this.
func isCamel(head []byte) bool {
	switch string(head) {
	case "mc", "mac", "o'", "d'", "l'", "de", "la", "le", "di", "du", "da", "van", "von", "fitz", "des", "del", "you", "my":
		return true
	}
	return false
}

// isSmall reports whether a word is one of those that make sentences: they are
// no part of compounds and names. Those that are (after, other, every) are not
// among them.
func isSmall(word []byte) bool {
	switch string(word) {
	case "a", "an", "the", "this", "that", "these", "those", "each", "both", "such",
		"i", "me", "my", "mine", "you", "your", "yours", "he", "him", "his", "she", "her", "hers", "it", "its", "we", "us", "our", "ours", "they", "them", "their", "theirs",
		"myself", "yourself", "himself", "herself", "itself", "themselves", "whom", "whose", "which", "what", "when", "why", "how",
		"and", "or", "but", "nor", "if", "as", "than", "because", "though", "although", "while", "until", "unless", "since", "whether",
		"of", "in", "on", "at", "to", "for", "from", "with", "by", "about", "through", "during", "without", "toward", "towards", "among",
		"is", "are", "was", "were", "been", "being", "am", "do", "does", "did", "have", "has", "had", "can", "could", "will", "would", "shall", "should", "might", "must",
		"not", "very", "too", "just", "only", "always", "then", "again", "also", "perhaps", "maybe", "really", "quite",
		"said", "something", "anything", "nothing", "everything", "someone", "anyone", "everyone", "nobody", "somebody":
		return true
	}
	return false
}

func suffixCost(s []byte) float32 {
	switch string(s) {
	case "s", "es", "ed", "d", "ing", "er", "ers", "ly", "y", "ness", "ish", "less", "like", "able", "ful", "est", "dom", "hood", "ship", "ward", "wards", "wise", "ism", "ist", "ists", "self", "man", "men", "in", "en", "ie", "ies", "th", "fulness", "ally", "sell", "sells", "worth", "side", "town", "son", "son's":
		return derivedCost
	case "is", "a", "on", "us", "as", "it", "an", "at", "am", "or":
		return weakCost
	}
	return infinite
}

func prefixCost(s []byte) float32 {
	switch string(s) {
	case "un", "re", "non", "anti", "over", "under", "out", "mis", "pre", "sub", "super", "self", "half", "semi", "ex", "de", "dis", "inter", "mid", "fore", "co", "auto", "micro", "stereo", "para", "neo", "electro", "mega", "ultra", "hyper", "multi", "pseudo":
		return derivedCost
	case "a", "be", "en", "in", "im", "up", "down", "by", "off", "on", "no", "to":
		return weakCost
	}
	return infinite
}
