package fiction

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Turn is a place between two paragraphs where another scene may begin.
type Turn struct {
	Before     int     // the paragraph that would begin it
	Confidence float64 // below one half: nobody can know
}

const (
	buckets     = 128 // that words are thrown into
	nameBuckets = 64
	window      = 6  // paragraphs compared on each side
	apartBy     = 4  // paragraphs that turns are apart
	fewestOf    = 12 // paragraphs a scene can be looked for in
)

// profile is what a paragraph shows of its scene.
type profile struct {
	words       [buckets]float32 // the longer ones in it
	first       float32          // I and my outside speech
	past        float32          // was, had, said
	present     float32          // is, has, says
	size        int
	names       [nameBuckets]float32
	capitals    []uint32 // words with a capital
	speaks      bool     // speech is in it
	beginsSpeak bool
	endsSpeak   bool
}

// Turns ranks the places where another scene may begin, the likeliest first, at
// most so many. It looks for what moves the clock, the place or the people, and
// for a change of words: all of that happens within scenes too.
func Turns(paragraphs []string, most int) []Turn { return TurnsBy(&turnWeights, paragraphs, most) }

// TurnsBy ranks by other weights.
func TurnsBy(weights *Cues, paragraphs []string, most int) []Turn {
	if len(paragraphs) < fewestOf || most <= 0 {
		return nil
	}
	scores := make([]float64, len(paragraphs))
	scores[0], scores[1], scores[len(scores)-1] = never, never, never
	TurnCues(paragraphs, func(i int, cues *Cues) { scores[i] = TurnScore(weights, cues) })
	order := make([]int, 0, len(scores))
	for i, s := range scores {
		if s > never && isPeak(scores, i) {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(scores[b], scores[a]) })
	var turns []Turn
	for _, i := range order[:min(most, len(order))] {
		p := 1 / (1 + math.Exp(-scores[i]))
		turns = append(turns, Turn{i, math.Round(100*min(p, mostSure)) / 100})
	}
	return turns
}

const (
	never    = -1e9
	mostSure = 0.49 // nobody can know
)

// isPeak reports whether no place near i scores better.
func isPeak(scores []float64, i int) bool {
	for k := max(0, i-apartBy+1); k < min(len(scores), i+apartBy); k++ {
		if scores[k] > scores[i] || scores[k] == scores[i] && k < i {
			return false
		}
	}
	return true
}

// placing are the words that sentences about a place begin with.
var placing = map[string]bool{"In": true, "On": true, "At": true, "Across": true, "Within": true, "Inside": true, "Behind": true, "Aboard": true, "Under": true, "Near": true, "By": true}

var goesOnWith = func() map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq("But And So Then He She It They Yet His Her Their This That These Those Still Now Or Nor For Yes No Oh") {
		set[w] = true
	}
	return set
}()

// beginsName reports whether a paragraph that opens no scene begins with a word
// that is no common one: mostly somebody's name.
func beginsName(text string) bool {
	first, rest := cutWord(text)
	r, _ := utf8.DecodeRuneInString(first)
	if utf8.RuneCountInString(first) < 3 || !unicode.IsUpper(r) {
		return false
	}
	return !commonFirst[first] && rest != ""
}

var commonFirst = func() map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(`The There When What Where Why How You Your Our After Before While With Without Once One Two All Some Every Each Not Nothing Nobody
		Perhaps Maybe Well Even Just Only Through Under Over From Into Upon Out Off Its Such Here Again Suddenly Finally Slowly Instead Because Although Though Any Another Both Most Many Much`) {
		set[w] = true
	}
	return set
}()

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

func share(n float32, size int) float32 { return n / float32(max(size, 1)) }

// tense is how much of the verbs that tell it are of the past.
func tense(p *profile) float32 {
	if p.past+p.present < 3 {
		return 1
	}
	return p.past / (p.past + p.present)
}

func (p *profile) plus(q *profile) profile {
	sum := *p
	for i := range sum.words {
		sum.words[i] += q.words[i]
	}
	for i := range sum.names {
		sum.names[i] += q.names[i]
	}
	sum.first += q.first
	sum.past += q.past
	sum.present += q.present
	sum.size += q.size
	return sum
}

func (p *profile) minus(q *profile) profile {
	d := *p
	for i := range d.words {
		d.words[i] -= q.words[i]
	}
	for i := range d.names {
		d.names[i] -= q.names[i]
	}
	d.first -= q.first
	d.past -= q.past
	d.present -= q.present
	d.size -= q.size
	return d
}

// likeness is the cosine of two profiles.
func likeness(a, b *profile) float64 {
	var ab, aa, bb float64
	for i := range a.words {
		x, y := float64(a.words[i]), float64(b.words[i])
		ab += x * y
		aa += x * x
		bb += y * y
	}
	if aa == 0 || bb == 0 {
		return 1
	}
	return ab / math.Sqrt(aa*bb)
}

func profileOf(text string, small *smallWords) profile {
	p := profile{size: len(text)}
	text = strings.TrimSpace(text)
	first, _ := utf8.DecodeRuneInString(text)
	p.beginsSpeak = first == '"' || first == '“' || first == '«' || first == '„'
	p.endsSpeak = text != "" && strings.ContainsRune(`"”»`, lastRune(text))
	p.speaks = p.beginsSpeak || strings.ContainsAny(text, `"“«`)
	quoted := false
	start, hash := -1, uint32(2166136261)
	for i, r := range text {
		switch r {
		case '"':
			quoted = !quoted
		case '“', '«':
			quoted = true
		case '”', '»':
			quoted = false
		}
		if unicode.IsLetter(r) {
			if start < 0 {
				start, hash = i, 2166136261
			}
			hash = (hash ^ uint32(unicode.ToLower(r))) * 16777619
			continue
		}
		if start >= 0 {
			p.word(text[start:i], hash, quoted, small)
			start = -1
		}
	}
	if start >= 0 {
		p.word(text[start:], hash, quoted, small)
	}
	return p
}

func (p *profile) word(w string, hash uint32, quoted bool, small *smallWords) {
	switch {
	case w[0] >= 'a' && w[0] <= 'z':
		small.add(hash)
	case len(w) >= 3 && w[0] >= 'A' && w[0] <= 'Z':
		p.capitals = append(p.capitals, hash)
	}
	if len(w) >= 5 {
		p.words[hash%buckets]++
		return
	}
	if quoted {
		return
	}
	switch w {
	case "I", "my", "me", "My":
		p.first++
	case "was", "had", "were", "said", "did", "went":
		p.past++
	case "is", "has", "are", "says", "does", "goes":
		p.present++
	}
}
