package synthetic

import (
	"slices"
	"strings"

	"ficstead/internal/archive"
)

// The sentences that stories are made of. A word in angle brackets is drawn from
// its class; A and B are people of the story, rare is a word that few stories have.
const sentenceList = `
<A> <did> the <adjective> <noun> that <B> had <did> in <Place>, and put it beside the <noun>.
<A> <did> the <noun> and <does>, and <did> the <adjective> <plural> one by one.
<A> <does> <adverb>, and the <noun> <does> with <them>, as <plural> will.
The <adjective> <noun> was <adjective>, but nobody <did> it, for the <noun> was <adjective> too.
It was the <noun> that <A> had <did> <adverb> all <noun>, the one with the <adjective> <plural> and the <noun> on its <body>.
<A> had never <did> a <noun> so <adjective>, nor a <noun> with so many <plural>.
By the time <A> <did> the <noun>, the <plural> were <adjective> and the <rare> had gone out.
<B> <did> <their> <body>, and <A> <did> the <rare> <noun> of the <plural>.
There was <feeling> in the <noun>, and a kind of <feeling> in the <adjective> <plural>, and <A> <did> both.
Somewhere behind the <adjective> <noun>, the <plural> of <Place> <does> <adverb> over a <noun>.
<A> <did> <B>’s <body> as if it were a <adjective> <noun>, and <does>.
Nobody in <Place> <did> the <adjective> <plural> any more; they <did> the <noun>, or the <rare>, or each other.
The <noun> <does>. The <adjective> <noun> <does>. <A> <does>, and <did> the <plural>.
“The <noun>,” <A> <said>. “It was never <adjective>. It was a <noun> with a <noun> in it.”
“You <did> the <adjective> <noun>,” <B> <said> <adverb>, “and you <did> my <noun>, and I <does>.”
“<A>,” <B> <said>. “Where is the <rare>? Who <did> the <adjective> <noun>?”
“I know about the <noun>,” <said> <A>, and <did> the <adjective> <plural>.
“Do you remember the <noun> in <Place>?” <A> <said>. “The <plural> were <adjective>, and you were <adjective>.”
If the <noun> was <adjective>, the <plural> were more so, and <A> <did> them one after another until <B> <does>.
<A> thought of the <adjective> <plural>, of the <noun> by the <noun>, of <B> and the way <they> <does>.
They <did> the <rare> and the <noun> together, <adverb>, like <plural> in a <adjective> <noun>.
It <does>, the way a <noun> <does> when somebody has <did> its <plural> too often.
On the third <noun> of the <noun>, <A> <does> and <did> nothing but <adjective> <plural>.
<Their> <body> was <adjective> and <their> <body> was worse, and still <A> <did> the <noun> from <Place>.
After that the <noun> was only a <noun>, and the <plural> were only <adjective>.
What <A> <did> first was the <noun>; what <they> <did> last was the <adjective> <rare>.
Once, in <Place>, <A> had <did> a <noun> for a <noun> and a <adjective> <noun> for <feeling>.
<B> said nothing about the <noun>, which was <adjective>, or the <plural>, which were <rare>.
Between the <noun> and the <adjective> <noun> there were <plural>, and <A> <did> every <noun> of them.
“Is that a <noun> or a <noun>?” <said> <B>, who had <did> <plural> since <Place>.
“Never <did> a <adjective> <noun> with your <body>,” <A> <said>. “My <noun> told me that, and <does>.”
<A> wanted the <noun>. <A> wanted the <adjective> <noun>. What <they> got was <plural> and a <rare>.
With a <noun> in one hand and <plural> in the other, <A> <does> <adverb> towards the <adjective> <noun>.
No <noun> had ever been so <adjective>; no <noun> in <Place> had so <adverb> <did> its <plural>.
<A> counted: a <noun>, a <adjective> <noun>, <plural>, the <body> of a <noun>, and <feeling>.
The <plural> had been <B>’s, and before that a <noun>’s, and before that they had <does> in the <rare>.
`

// slot is a piece of a sentence: what stands there, or what to draw.
type slot struct {
	text string
	what byte // 0 text; else a class plus 1, or one of the people below
}

const (
	rareWord = iota + 100
	personA
	personB
	place
	they
	them
	their
	upperTheir
)

var others = map[string]byte{"rare": rareWord, "A": personA, "B": personB, "Place": place, "they": they, "them": them, "their": their, "Their": upperTheir}

var sentences = func() (all [][]slot) {
	for line := range strings.Lines(strings.TrimSpace(sentenceList)) {
		var s []slot
		for rest := strings.TrimSpace(line); rest != ""; {
			text, after, found := strings.Cut(rest, "<")
			if text != "" {
				s = append(s, slot{text: text})
			}
			if !found {
				break
			}
			name, behind, _ := strings.Cut(after, ">")
			what := others[name]
			if c := slices.Index(classNames[:], name); c >= 0 {
				what = byte(c) + 1
			} else if name == "plural" {
				what = byte(plural) + 1
			}
			s, rest = append(s, slot{what: what}), behind
		}
		all = append(all, s)
	}
	return all
}()

// person is somebody in a story.
type person struct{ first, last, they, them, their string }

// teller tells a chapter.
type teller struct {
	w      *words
	d      dice
	edits  *dice // what a near-duplicate has otherwise; nil in others
	cast   []person
	places [4]string
	prev   uint32 // the word before, which the next one keeps company with
	other  alphabet
}

// twinsPerThousand is how many works have the text of another, changed a little.
const twinsPerThousand = 15

// Twin returns the work whose text a work has, changed in one sentence of fifty;
// false for most works.
func (a *Archive) Twin(i int) (of int, is bool) {
	isTwin := func(i int) bool { return i > 0 && mix(a.Seed*7+uint64(i)+555)%1000 < twinsPerThousand }
	of = i
	for isTwin(of) {
		of -= 1 + int(mix(uint64(of)+91)%uint64(min(of, 1000)))
	}
	return of, of != i
}

// Chapter is the text of chapter n of a work, from 1: as long as the work's
// words say, and 100 kB at most.
func (a *Archive) Chapter(i, n int) string {
	w := a.Work(i)
	return string(a.AppendChapter(nil, i, n, min(100_000, 50+w.Words/w.Chapters*6)))
}

// AppendChapter appends the text of chapter n of a work, from 1, of about so
// many bytes. Its paragraphs are parted by an empty line. A longer chapter begins
// as a shorter one does.
func (a *Archive) AppendChapter(dst []byte, i, n, bytes int) []byte {
	of, twin := a.Twin(i)
	t := &teller{w: &a.words, d: newDice(a.Seed, ofProse|uint64(of)<<16|uint64(n&0xffff))}
	if twin {
		edits := newDice(a.Seed, ofEdits|uint64(i)<<16|uint64(n&0xffff))
		t.edits = &edits
	}
	w := a.Work(of)
	a.casting(t, &w)
	t.other = alphabets[w.Language]
	for end := len(dst) + bytes; len(dst) < end; {
		for range 1 + t.d.below(5) {
			dst = append(t.sentence(dst), ' ')
		}
		dst = append(dst[:len(dst)-1], "\n\n"...)
	}
	return dst[:len(dst)-2]
}

// Summary is the summary of a work: one to three sentences.
func (a *Archive) Summary(i int) string {
	w := a.Work(i)
	t := &teller{w: &a.words, d: newDice(a.Seed, ofSummary|uint64(i)), other: alphabets[w.Language]}
	a.casting(t, &w)
	var b []byte
	for range 1 + t.d.below(3) {
		b = append(t.sentence(b), ' ')
	}
	return string(b[:len(b)-1])
}

// casting takes those people into a story that its work's tags name, or two that
// nobody knows.
func (a *Archive) casting(t *teller, w *Work) {
	base := a.u.base
	for _, n := range w.universeOf {
		if n < base[archive.CharacterTag] || n >= base[archive.CharacterTag+1] || len(t.cast) == 8 {
			continue
		}
		p := person{they: "she", them: "her", their: "her"}
		switch mix(uint64(n)) % 5 {
		case 0, 1:
			p.they, p.them, p.their = "he", "him", "his"
		case 2:
			p.they, p.them, p.their = "they", "them", "their"
		}
		p.first, p.last = a.character(n - base[archive.CharacterTag])
		t.cast = append(t.cast, p)
	}
	for len(t.cast) < 2 {
		t.cast = append(t.cast, person{invented(uint32(w.Index*2+len(t.cast)), plain), "Stranger", "they", "them", "their"})
	}
	for _, n := range w.universeOf {
		if n >= base[archive.Fandom] && n < base[archive.Fandom+1] {
			for i := range t.places { // the same in all works of the fandom
				t.places[i] = invented(uint32(mix(uint64(n)*4+uint64(i))%(1<<18)), plain)
			}
			break
		}
	}
}

// sentence appends a sentence; in one of fifty of a near-duplicate, another one.
func (t *teller) sentence(dst []byte) []byte {
	if t.edits == nil || t.edits.below(50) > 0 {
		return t.tell(dst)
	}
	t.tell(dst[len(dst):]) // so that the next one is as it was
	ours, prev := t.d, t.prev
	t.d = *t.edits
	dst = t.tell(dst)
	*t.edits, t.d, t.prev = t.d, ours, prev
	return dst
}

func (t *teller) tell(dst []byte) []byte {
	pattern := sentences[t.d.below(len(sentences))]
	if t.other.letters != nil {
		return t.foreign(dst, len(pattern))
	}
	from := len(dst)
	u := t.d.next()
	p, q := &t.cast[u&0xff*(u>>8&0xff)*uint64(len(t.cast))>>16], &t.cast[(u>>16&0xff)*uint64(len(t.cast))>>8]
	for i := range pattern {
		switch s := &pattern[i]; s.what {
		case 0:
			dst = append(dst, s.text...)
		case rareWord:
			dst = t.appendRare(dst)
		case personA:
			dst = p.append(dst, t.d.next())
		case personB:
			dst = q.append(dst, t.d.next())
		case place:
			dst = append(dst, t.places[t.d.next()&3]...)
		case they:
			dst = append(dst, p.they...)
		case them:
			dst = append(dst, p.them...)
		case their, upperTheir:
			dst = append(dst, p.their...)
			if s.what == upperTheir {
				dst[len(dst)-len(p.their)] -= 'a' - 'A'
			}
		default:
			dst = t.appendWord(dst, class(s.what-1))
		}
	}
	if c := dst[from:]; len(c) > 0 && c[0] >= 'a' && c[0] <= 'z' {
		c[0] -= 'a' - 'A'
	}
	return dst
}

// appendWord appends a word of a class, at times with another before it or a rare
// one in its place.
func (t *teller) appendWord(dst []byte, c class) []byte {
	switch u := t.d.next() & 63; {
	case c != noun && c != plural && c != adjective:
	case u < 3:
		return t.appendRare(dst)
	case u < 12 && c != adjective:
		dst = append(append(dst, t.word(adjective)...), ' ')
	case u < 17 && c != adjective:
		dst = append(append(dst, t.word(noun)...), ' ')
	}
	return append(dst, t.word(c)...)
}

// word draws a word: every other time one that keeps company with the word before.
func (t *teller) word(c class) string {
	u := t.d.next()
	n := uint32(t.w.drawn[c][u&(1<<12-1)])
	if u>>12&1 != 0 {
		n = uint32((uint64(t.prev)*0x9e3779b1 + uint64(n)) % uint64(len(t.w.class[c])))
		n = uint32(t.w.drawn[c][(n*2654435761)>>20])
	}
	t.prev = uint32(c)<<16 | n
	return t.w.class[c][n]
}

func (t *teller) appendRare(dst []byte) []byte {
	n := t.w.rare[t.d.next()&(1<<14-1)]
	stems, tails := uint32(len(t.w.class[stem])), uint32(len(t.w.class[tail]))
	dst = append(dst, t.w.class[stem][n%stems]...)
	dst = append(dst, t.w.class[stem][n/stems%stems]...)
	return append(dst, t.w.class[tail][n/stems/stems%tails]...)
}

func (p *person) append(dst []byte, u uint64) []byte {
	switch {
	case u&15 < 11:
		return append(dst, p.first...)
	case u&15 < 14:
		return append(dst, p.last...)
	}
	dst = append(dst, p.first...)
	dst = append(dst, ' ')
	return append(dst, p.last...)
}

// alphabet is how texts in a language are written that Latin letters do not spell.
type alphabet struct {
	letters []rune
	spaced  bool
	stop    string
}

var (
	chinese  = alphabet{[]rune("的一是不了人我在有他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长"), false, "。"}
	japanese = alphabet{[]rune("あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをんがぎぐげござじずぜぞだでどばびぶべぼ人日月火水木金土山川田空海花雪風心夢光影声手目耳口家夜朝"), false, "。"}
	korean   = alphabet{[]rune("가나다라마바사아자차카타파하고노도로모보소오조초코토포호구누두루무부수우주추쿠투푸후기니디리미비시이지치키티피히는은를을에서"), true, "."}
	cyrillic = alphabet{[]rune("абвгдежзийклмнопрстуфхцчшщыьэюяаеиоутнсрвл"), true, "."}
	arabic   = alphabet{[]rune("ابتثجحخدذرزسشصضطظعغفقكلمنهويالامن"), true, "."}
	hebrew   = alphabet{[]rune("אבגדהוזחטיכלמנסעפצקרשתיולהמ"), true, "."}

	alphabets = map[string]alphabet{
		"zh": chinese, "ja": japanese, "ko": korean, "ru": cyrillic, "uk": cyrillic, "bg": cyrillic, "sr": cyrillic,
		"ar": arabic, "fa": arabic, "ur": arabic, "he": hebrew, "yi": hebrew,
	}
)

// foreign appends a sentence of so many invented words, drawn by Zipf's law.
func (t *teller) foreign(dst []byte, length int) []byte {
	for i := range length {
		h := mix(uint64(t.w.rare[t.d.next()&(1<<14-1)]))
		if i > 0 && t.other.spaced {
			dst = append(dst, ' ')
		}
		for range 2 + h>>60%5 {
			dst = append(dst, string(t.other.letters[h%uint64(len(t.other.letters))])...)
			h = h>>7 | h<<57
		}
	}
	return append(dst, t.other.stop...)
}
