package export

import (
	"sync"
	"unicode"

	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goitalic"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// fonts are the faces of a cover: the Go fonts, for Latin, Greek and Cyrillic.
var fonts = sync.OnceValue(func() [3]*opentype.Font {
	var parsed [3]*opentype.Font
	for face, data := range map[coverFace][]byte{faceBold: gobold.TTF, faceRegular: goregular.TTF, faceItalic: goitalic.TTF} {
		f, err := opentype.Parse(data)
		if err != nil {
			panic(err) // a font in the binary
		}
		parsed[face] = f
	}
	return parsed
})

// measure tells how wide text is. It is not for several goroutines.
type measure struct {
	buffer sfnt.Buffer
	widths map[[2]int32]int // thousandths of the size, by face and letter
}

func newMeasure() *measure { return &measure{widths: map[[2]int32]int{}} }

// covers reports whether our fonts have every letter of text.
func (m *measure) covers(text string) bool {
	for _, r := range text {
		if i, err := fonts()[faceRegular].GlyphIndex(&m.buffer, r); err != nil || i == 0 {
			return false
		}
	}
	return true
}

func (m *measure) width(text string, face coverFace, size int) int {
	sum := 0
	for _, r := range text {
		key := [2]int32{int32(face), r}
		w, ok := m.widths[key]
		if !ok {
			w = m.letter(r, face)
			m.widths[key] = w
		}
		sum += w
	}
	return sum * size / 1000
}

// letter is the width of r in thousandths of the size. Of scripts that our
// fonts lack it is a guess that errs on the wide side.
func (m *measure) letter(r rune, face coverFace) int {
	const em = 1000
	f := fonts()[face]
	if i, err := f.GlyphIndex(&m.buffer, r); err == nil && i != 0 {
		if w, err := f.GlyphAdvance(&m.buffer, i, fixed.I(em), 0); err == nil {
			return w.Round()
		}
	}
	switch {
	case unicode.Is(unicode.Mn, r):
		return 0
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) || r >= 0x3000 && r <= 0x303f || r >= 0xff00:
		return em
	}
	return 550
}
