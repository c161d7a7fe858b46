package unbroken

// cue is one thing seen at a place where a paragraph may begin: a row of the
// weights.
type cue uint16

// The fields of cues, and how many values each has. The last six hang on
// where the paragraph began.
const (
	fEnd = iota
	fBegin
	fWord
	fShapes
	fBefore
	fBeginBefore
	fAfter
	fBeginAfter
	fLength
	fLengthBefore
	fSubjects
	fSubjectsAround
	fWords
	fWordsAfter
	fOpens
	fSpeechAhead
	fSpeechBehind
	fTalk
	fEndBefore
	fEndAfter
	fLengthAfter
	fThirdBefore
	fThirdAfter
	fSaid
	fNamed
	fSpeakerBehind
	fSpeakerTwoBehind
	fSpeakerAhead
	fSize
	fCount
	fCourse
	fSpeaker
	fFirst
	fWhole
	fields
)

var sizes = [fields]int{
	fEnd: ends, fBegin: begins, fWord: mostUsual, fShapes: shapes * shapes, fBefore: shapes + 1, fBeginBefore: begins, fAfter: shapes + 1, fBeginAfter: begins,
	fLength: lengths, fLengthBefore: lengths, fSubjects: relations * 4, fSubjectsAround: relations * relations, fWords: 3, fWordsAfter: 3, fOpens: 2,
	fSpeechAhead: far, fSpeechBehind: far, fTalk: 8,
	fEndBefore: ends + 1, fEndAfter: ends + 1, fLengthAfter: lengths + 1, fThirdBefore: shapes + 1, fThirdAfter: shapes + 1, fSaid: begins + 1, fNamed: 4,
	fSpeakerBehind: relations * shapes, fSpeakerTwoBehind: relations * shapes, fSpeakerAhead: relations * shapes,
	fSize: lengths * 2, fCount: 12 * 2, fCourse: courses * shapes, fSpeaker: relations * shapes, fFirst: begins, fWhole: lengths,
}

var offsets = func() (at [fields + 1]cue) {
	for i, n := range sizes {
		at[i+1] = at[i] + cue(n)
	}
	return at
}()

func of(field, value int) cue { return offsets[field] + cue(value) }

const (
	far       = 6
	lengths   = 12
	relations = 4
	courses   = 6
)

// length classes a number of bytes.
func length(n int) int {
	class := 0
	for most := 16; n > most && class < lengths-1; class++ {
		most += most/2 + 1
	}
	return class
}

// relation tells whether two sentences are about the same one: unknown, the
// same, another, or a name and a pronoun.
func relation(a uint32, ga byte, b uint32, gb byte) int {
	switch {
	case a == 0 || b == 0:
		return 0
	case a == b:
		return 1
	case (ga == 0) == (gb == 0):
		return 2
	}
	return 3
}

// document is what a whole text is like.
type document struct {
	row   []sentence
	ahead []uint8 // sentences to the next speech
	talk  int     // how much speech there is
	// The nearest speech whose speaker is known, before each sentence and after
	// it; -1 if it is far.
	speaker, nextSpeaker []int
}

// nearby is how many sentences a speaker is remembered.
const nearby = 12

func documentOf(row []sentence) *document {
	d := &document{row: row, ahead: make([]uint8, len(row)+1), speaker: make([]int, len(row)+1), nextSpeaker: make([]int, len(row)+1)}
	spoken := 0
	d.ahead[len(row)] = far - 1
	last := -1
	for i := len(row) - 1; i >= 0; i-- {
		d.nextSpeaker[i] = last
		if row[i].shape == tells {
			d.ahead[i] = min(d.ahead[i+1]+1, far-1)
			continue
		}
		spoken++
		if row[i].subject != 0 {
			last = i
		}
	}
	last = -1
	for i := range row {
		d.speaker[i] = last
		if i-last > nearby {
			d.speaker[i] = -1
		}
		if row[i].shape != tells && row[i].subject != 0 {
			last = i
		}
	}
	d.talk = min(8*spoken/max(len(row), 1), 7)
	return d
}

// none stands for what is before the beginning and behind the end.
var none = sentence{shape: shapes, end: ends}

func (d *document) sentence(i int) *sentence {
	if i < 0 || i >= len(d.row) {
		return &none
	}
	return &d.row[i]
}

// at appends the cues before sentence i, as far as they do not hang on where the
// paragraph began.
func (d *document) at(i int, cues []cue) []cue {
	above, below, second, next := d.sentence(i-1), d.sentence(i), d.sentence(i-2), d.sentence(i+1)
	lengthAfter := lengths
	if next != &none {
		lengthAfter = length(next.to - next.from)
	}
	behind := 0
	for behind < far-1 && d.sentence(i-1-behind).shape == tells {
		behind++
	}
	kinds := 2*one(above.shape != tells) + one(below.shape != tells)
	named := 2*one(below.names(above.subject)) + one(above.names(below.subject))
	return append(cues, of(fEnd, above.end), of(fBegin, below.begin), of(fWord, below.word), of(fShapes, above.shape*shapes+below.shape),
		of(fBefore, second.shape), of(fBeginBefore, above.begin), of(fAfter, next.shape), of(fBeginAfter, next.begin),
		of(fLength, length(below.to-below.from)), of(fLengthBefore, length(above.to-above.from)), of(fLengthAfter, lengthAfter),
		of(fSubjects, about(above, below)*4+kinds), of(fSubjectsAround, about(second, below)*relations+about(above, next)),
		of(fWords, shared(above, below)), of(fWordsAfter, shared(below, next)), of(fOpens, one(below.opens)),
		of(fSpeechAhead, int(d.ahead[i])), of(fSpeechBehind, behind), of(fTalk, d.talk),
		of(fEndBefore, second.end), of(fEndAfter, below.end), of(fThirdBefore, d.sentence(i-3).shape), of(fThirdAfter, d.sentence(i+2).shape),
		of(fSaid, below.said), of(fNamed, named),
		of(fSpeakerBehind, about(d.sentence(d.speaker[i]), below)*shapes+below.shape),
		of(fSpeakerTwoBehind, about(d.sentence(d.speaker[max(d.speaker[i], 0)]), below)*shapes+below.shape),
		of(fSpeakerAhead, about(above, d.sentence(d.nextSpeaker[i]))*shapes+above.shape))
}

func about(a, b *sentence) int { return relation(a.subject, a.gender, b.subject, b.gender) }

func one(is bool) int {
	if is {
		return 1
	}
	return 0
}

// shared counts words that two sentences share, two at most.
func shared(a, b *sentence) int {
	n := 0
	for _, w := range a.words {
		for _, v := range b.words {
			if w == v {
				if n++; n == 2 {
					return n
				}
				break
			}
		}
	}
	return n
}

// paragraph is what is known of one that is not at its end.
type paragraph struct {
	from   int
	n      int
	begin  int
	last   int // shape of its last sentence
	spoken bool
	since  int // sentences after speech
	who    uint32
	gender byte
}

// add goes on by a sentence.
func (p *paragraph) add(s *sentence) {
	if p.n == 0 {
		p.from, p.begin = s.from, s.begin
	}
	p.n++
	p.last = s.shape
	if s.shape != tells {
		p.spoken, p.since = true, 0
	} else {
		p.since++
	}
	if s.subject != 0 && (p.who == 0 || s.gender == 0 && p.gender != 0) {
		p.who, p.gender = s.subject, s.gender
	}
}

// course is how speech and narration follow each other in it.
func (p *paragraph) course() int {
	switch {
	case !p.spoken:
		return 0
	case p.begin == withSpeech:
		return 1 + min(p.since, 2)
	}
	return 4 + min(p.since, 1)
}

// cues are those between p and the sentence that follows it, changed in place.
func (p *paragraph) cues(next *sentence, cues *[6]cue) {
	size := next.from - p.from
	cues[0] = of(fSize, length(size)*2+one(p.begin == withSpeech))
	cues[1] = of(fCount, min(p.n-1, 11)*2+one(p.spoken))
	cues[2] = of(fCourse, p.course()*shapes+next.shape)
	cues[3] = of(fSpeaker, relation(p.who, p.gender, next.subject, next.gender)*shapes+next.shape)
	cues[4] = of(fFirst, p.begin)
	cues[5] = of(fWhole, length(next.to-p.from))
}
