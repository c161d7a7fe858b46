package decode

import (
	"bytes"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// sampleBytes is how much of a text is looked at to guess its encoding.
const sampleBytes = 64 << 10

// candidate is an encoding that undeclared bytes may be in.
type candidate struct {
	name      string
	encoding  encoding.Encoding
	languages string // that are written in it, of one byte a letter
}

// unmarked guesses the encoding of bytes that are no UTF-8 and declare nothing;
// nil for Windows-1252, which is what most of them are, and for all that is not
// clearly something else.
func unmarked(b []byte) *candidate {
	b = b[:min(len(b), sampleBytes)]
	if c := eastern(b); c != nil {
		return c
	}
	v := survey(b)
	cost := v.best(&western)
	var is *candidate
	for i := range singles {
		if c := &singles[i]; v.enough(c) {
			if n := v.best(c); n+margin < cost || is != nil && n < cost {
				is, cost = c, n
			}
		}
	}
	return is
}

// margin is by how much another encoding must be likelier than the usual one, in bits.
const margin = 10

var western = candidate{"windows-1252", charmap.Windows1252, "en fr de es pt it nl sv da nb fi is ca et"}

// macintosh has the quotes of English where others have letters.
const macintosh = "macintosh"

// singles are asked in this order: of two that read alike the first is named.
var singles = []candidate{
	{"windows-1250", charmap.Windows1250, "pl cs sk hu ro hr sl"},
	{"iso-8859-2", charmap.ISO8859_2, "pl cs sk hu ro hr sl"},
	{"windows-1251", charmap.Windows1251, "ru uk bg sr be"},
	{"koi8-r", charmap.KOI8R, "ru bg"},
	{"koi8-u", charmap.KOI8U, "uk"},
	{"ibm866", charmap.CodePage866, "ru"},
	{"windows-1253", charmap.Windows1253, "el"},
	{"windows-1254", charmap.Windows1254, "tr"},
	{"windows-1255", charmap.Windows1255, "he"},
	{"windows-1256", charmap.Windows1256, "ar fa"},
	{macintosh, charmap.Macintosh, "en fr de es it pt nl sv da"},
}

// view is what is counted of bytes, once for all candidates.
type view struct {
	counts  [256]int
	pairs   map[[2]byte]int // of neighbours beyond ASCII
	beside  [256]int        // those beyond ASCII that touch an ASCII letter
	words   map[string]int  // of ASCII
	letters int             // beyond ASCII, as far as that can be known
	beyond  int             // all beyond ASCII
	joined  int             // those of them that stand in rows as long as words are
	ascii   int             // letters of ASCII
	quotes  int             // bytes that stand where ’, “ and ” of old Macintoshes do
}

func survey(b []byte) *view {
	v := &view{pairs: map[[2]byte]int{}, words: map[string]int{}}
	start, tag, row := -1, false, 0
	const ofWord = 3
	for i, c := range b {
		switch {
		case c < utf8.RuneSelf:
			row = 0
		case row+1 == ofWord:
			v.joined += ofWord
			row++
		default:
			v.joined += count(row >= ofWord)
			row++
		}
		letter := isLetter(c)
		v.ascii += count(letter && !tag)
		switch {
		case letter && start < 0:
			start = i
		case !letter && start >= 0:
			if whole := c < utf8.RuneSelf && (start == 0 || b[start-1] < utf8.RuneSelf); whole && !tag && i-start > 1 && i-start < 8 {
				v.words[string(bytes.ToLower(b[start:i]))]++
			}
			start = -1
		}
		switch {
		case c == '<':
			tag = true
		case c == '>':
			tag = false
		case c >= utf8.RuneSelf:
			v.counts[c]++
			v.beyond++
			v.quotes += count(isMacQuote(b, i))
			v.letters += count(c >= 0xc0)
			switch {
			case i > 0 && isLetter(b[i-1]), i+1 < len(b) && isLetter(b[i+1]):
				v.beside[c]++
			}
			if i > 0 && b[i-1] >= utf8.RuneSelf {
				v.pairs[[2]byte{b[i-1], c}]++
			}
		}
	}
	return v
}

// isMacQuote reports whether b[i] is the apostrophe of a word, or a quote before
// or behind one, as old Macintoshes had them.
func isMacQuote(b []byte, i int) bool {
	before, after := byte(' '), byte(' ')
	if i > 0 {
		before = b[i-1]
	}
	if i+1 < len(b) {
		after = b[i+1]
	}
	switch b[i] {
	case 0xd5:
		return isLetter(before) && isLetter(after)
	case 0xd2:
		return before <= ' ' && isLetter(after)
	case 0xd3:
		return after <= ' ' && (isLetter(before) || bytes.IndexByte([]byte(",.!?"), before) >= 0)
	}
	return false
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// enough reports whether there is enough beyond ASCII to speak for c.
func (v *view) enough(c *candidate) bool {
	const leastLatin, leastOther = 3, 6
	n := 0
	for b, times := range v.counts {
		if times > 0 && unicode.IsLetter(c.read(byte(b))) {
			n += times
		}
	}
	switch c.name {
	case macintosh:
		const rare = 4 // letters of ASCII for each
		return v.quotes >= leastLatin && v.beyond*rare <= v.ascii
	case "windows-1250", "iso-8859-2", "windows-1254":
		return n >= leastLatin
	}
	return n >= leastOther && v.joined*2 >= v.beyond // its words have no letters of ASCII
}

func (c *candidate) read(b byte) rune { return c.encoding.(*charmap.Charmap).DecodeByte(b) }

// best is how many bits it takes to say the bytes in the language of c that
// explains them best.
func (v *view) best(c *candidate) int {
	bits := math.MaxInt
	for code := range strings.FieldsSeq(c.languages) {
		bits = min(bits, v.cost(c, languages()[code]))
	}
	return bits
}

// The bits that signs take which say nothing about a language, those that do not
// belong to it, and those that nobody writes.
const (
	usualSign   = 6
	foreignSign = 13
	noSign      = 20
	capital     = 4 // more than the small letter
	known       = 4 // fewer for a word that every text has
	crowded     = 3 // more for letters beyond ASCII side by side, or apart in other scripts
)

// cost is how many bits it takes to say all that is beyond ASCII.
func (v *view) cost(c *candidate, l *language) int {
	bits := 0
	for b, n := range v.counts {
		if n == 0 {
			continue
		}
		r := c.read(byte(b))
		bits += n * l.bits(r)
		if !l.latin && unicode.IsLetter(r) {
			bits += v.beside[b] * 2 * crowded
		}
	}
	if l.latin {
		for pair, n := range v.pairs {
			if unicode.IsLetter(c.read(pair[0])) && unicode.IsLetter(c.read(pair[1])) {
				bits += n * crowded
			}
		}
	}
	for word, n := range v.words {
		if l.words[word] {
			bits -= min(n, 30) * known
		}
	}
	return bits
}

func (l *language) bits(r rune) int {
	if n, ok := l.letters[r]; ok {
		return n
	}
	if n, ok := l.letters[unicode.ToLower(r)]; ok {
		return n + capital
	}
	switch {
	case r == utf8.RuneError || r < 0xa0:
		return noSign
	case strings.ContainsRune("“”‘’„‚…–—«»‹›·•©®™°§€£ \u00a0№", r):
		return usualSign
	}
	return foreignSign
}

// easterns are the encodings of two bytes a letter, and what is common in texts of theirs.
var easterns = []struct {
	candidate
	least  int // of a hundred: how much of what is beyond ASCII must be common
	common string
}{
	{candidate{name: "shift_jis", encoding: japanese.ShiftJIS}, 30, kana},
	{candidate{name: "euc-jp", encoding: japanese.EUCJP}, 30, kana},
	{candidate{name: "euc-kr", encoding: korean.EUCKR}, 22, syllables},
	{candidate{name: "gb18030", encoding: simplifiedchinese.GB18030}, 15, simplified},
	{candidate{name: "big5", encoding: traditionalchinese.Big5}, 15, traditional},
}

const (
	kana        = "あいうえおかがきぎくぐけげこごさざしじすずせぜそぞただちっつづてでとどなにぬねのはばひびふぶへべほぼまみむめもゃやゅゆょよらりるれろわをんアイウエオカキクコサシスセタチッテトナニノハパフプマミムメモャュョラリルレロンー"
	syllables   = "이다는에의을가고하지도를은로사한기나서어리그대시아자일들과수인있정보것해게만라으면없니말제내였까었은와여우오부마려던"
	simplified  = "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实者日将又与无曰"
	traditional = "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實者日將又與無曰"
	fullStops   = "，。、「」『』！？：；（）…—"
)

// eastern finds an encoding of two bytes a letter: everything is one, and what
// is common in its language is common.
func eastern(b []byte) *candidate {
	const leastBeyond = 8
	beyond := 0
	for _, c := range b {
		beyond += count(c >= utf8.RuneSelf)
	}
	if beyond < leastBeyond {
		return nil
	}
	var is *candidate
	most := 0
	for i := range easterns {
		e := &easterns[i]
		if share := e.share(b, e.common); share >= e.least && share > most {
			is, most = &e.candidate, share
		}
	}
	return is
}

// share is how many of a hundred characters beyond ASCII are common; 0 if not
// all of b can be read.
func (c *candidate) share(b []byte, common string) int {
	s, _ := c.encoding.NewDecoder().Bytes(b)
	all, often, unread, begun := 0, 0, 0, 0
	beyond := false
	for _, r := range string(s) {
		begun += count(!beyond && r >= utf8.RuneSelf)
		beyond = r >= utf8.RuneSelf
		switch {
		case r == utf8.RuneError:
			unread++
		case !beyond, strings.ContainsRune(fullStops, r):
		default:
			all++
			often += count(strings.ContainsRune(common, r))
		}
	}
	if all == 0 || unread > 1+all/500 || begun*2 > all { // words of one letter
		return 0
	}
	return often * 100 / all
}

func count(b bool) int {
	if b {
		return 1
	}
	return 0
}
