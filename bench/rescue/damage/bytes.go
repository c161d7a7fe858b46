package damage

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// Bytes is what became of the characters on their way through encodings.
type Bytes uint8

// The ways.
const (
	UTF8          Bytes = iota
	Latin1              // UTF-8 read as Latin-1
	CP1252              // UTF-8 read as Windows-1252
	CP1252Lossy         // the same, and the five bytes it has no character for lost
	Double              // twice
	C1                  // Windows-1252 read as Latin-1
	MacRoman            // UTF-8 read as MacRoman
	CP1251              // UTF-8 read as Windows-1251
	MacForWindows       // Windows-1252 read as MacRoman: í for ’
	Questions           // ? for quotes
	Windows             // the file is in Windows-1252, and says nothing
	MixedLines          // some lines were damaged, some not
	ShiftJIS            // and so on: the file is in that, and says nothing
	EUCJP
	GB18030
	Big5
	KOI8R
	CyrillicWindows
)

// lossy says that characters cannot be known any more from the bytes alone.
func (b Bytes) lossy() bool { return b == CP1252Lossy || b == Questions }

func (d *damager) encode(s string) []byte {
	switch d.Bytes {
	case Latin1:
		return []byte(through(s, latin1))
	case CP1252:
		return []byte(through(s, windows1252))
	case CP1252Lossy:
		return []byte(through(s, lossy1252))
	case Double:
		return []byte(through(through(s, windows1252), windows1252))
	case C1:
		return []byte(read(write(typographic(s), charmap.Windows1252), latin1))
	case MacRoman:
		return []byte(through(s, table(charmap.Macintosh)))
	case CP1251:
		return []byte(through(s, table(charmap.Windows1251)))
	case MacForWindows:
		return []byte(read(write(typographic(s), charmap.Windows1252), table(charmap.Macintosh)))
	case Questions:
		return []byte(d.quote.questions(s))
	case Windows:
		return write(typographic(s), charmap.Windows1252)
	case ShiftJIS:
		return write(s, japanese.ShiftJIS)
	case EUCJP:
		return write(s, japanese.EUCJP)
	case GB18030:
		return write(s, simplifiedchinese.GB18030)
	case Big5:
		return write(s, traditionalchinese.Big5)
	case KOI8R:
		return write(s, charmap.KOI8R)
	case CyrillicWindows:
		return write(s, charmap.Windows1251)
	case MixedLines:
		lines := strings.Split(s, "\n")
		for i := range lines {
			if d.IntN(2) == 0 {
				lines[i] = through(lines[i], windows1252)
			}
		}
		return []byte(strings.Join(lines, "\n"))
	}
	return []byte(s)
}

// typographic is s as far as Windows-1252 has characters for it, and as long.
func typographic(s string) string {
	return strings.Map(func(r rune) rune {
		if _, ok := charmap.Windows1252.EncodeRune(r); !ok && r >= utf8.RuneSelf {
			return '·'
		}
		return r
	}, s)
}

func write(s string, c encoding.Encoding) []byte {
	b, err := encoding.ReplaceUnsupported(c.NewEncoder()).Bytes([]byte(s))
	if err != nil {
		panic(err) // replaced above
	}
	return b
}

// through reads the UTF-8 of s as another encoding.
func through(s string, as [256]rune) string { return read([]byte(s), as) }

func read(b []byte, as [256]rune) string {
	var out strings.Builder
	for _, c := range b {
		if r := as[c]; r >= 0 {
			out.WriteRune(r)
		}
	}
	return out.String()
}

func table(c *charmap.Charmap) (t [256]rune) {
	for i := range t {
		t[i] = c.DecodeByte(byte(i))
	}
	return t
}

var (
	latin1      = latinTable()
	windows1252 = sloppy()
	lossy1252   = withHoles()
)

func latinTable() (t [256]rune) {
	for i := range t {
		t[i] = rune(i)
	}
	return t
}

// sloppy is Windows-1252 as browsers have it: the five bytes without a
// character are the control characters of Latin-1.
func sloppy() [256]rune {
	t := table(charmap.Windows1252)
	for i := range t {
		if t[i] == utf8.RuneError {
			t[i] = rune(i)
		}
	}
	return t
}

// withHoles loses those five.
func withHoles() [256]rune {
	t := table(charmap.Windows1252)
	for i := range t {
		if t[i] == utf8.RuneError || i >= 0x80 && i < 0xa0 && t[i] == rune(i) {
			t[i] = '?'
		}
	}
	return t
}
