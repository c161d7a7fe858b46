package export

import (
	"bytes"
	"encoding/xml"
	"image"
	"image/png"
	"io"
	"strings"
	"testing"

	"ficstead/internal/archive"
)

func coverOf(title, by, lang string) cover {
	w := archive.Work{Title: title, Language: lang, Creators: []archive.Creator{{Name: by}},
		Tags:   []archive.Tag{{Kind: archive.Fandom, Name: "Lighthouse Sagas"}},
		Series: []archive.Part{{Series: archive.Series{Title: "Tales"}, Number: 2}}}
	return newCover(Book{Works: []Bound{{Work: w}}})
}

func TestCover(t *testing.T) {
	for _, c := range []struct {
		title, by, lang string
		drawn           bool
	}{
		{"What the Lamp Was For", "tidewrack", "en", true},
		{"Ναυαγός", "Ёж", "el", true},
		{"Party 🎉 time ✨", "x", "en", true}, // pictures are left out, letters never
		{"فانوس البحر", "ليلى", "ar", false},
		{"灯台の手紙", "かもめ", "ja", false},
		{"ngữ ế", "x", "vi", false},
		{"", "", "", true},
		{strings.Repeat("word ", 500), strings.Repeat("name ", 100), "en", true},
		{strings.Repeat("W", 900), strings.Repeat("M", 300), "en", true},
		{"<&\"'>]]>", "\x00\x1b", "en", true},
	} {
		cover := coverOf(c.title, c.by, c.lang)
		if cover.drawn != c.drawn {
			t.Errorf("%.20q: drawn is %v", c.title, cover.drawn)
		}
		m := newMeasure()
		for _, line := range cover.lines {
			if line.baseline > coverHeight-260 {
				t.Errorf("%.20q: %q stands over the sign", c.title, line.text)
			}
			if wide := m.width(line.text, line.face, line.size); wide > coverWidth-2*frameInset {
				t.Errorf("%.20q: %q is %d wide", c.title, line.text, wide)
			}
		}
		data, err := cover.PNG()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := png.Decode(bytes.NewReader(data)); err != nil {
			t.Fatal(err)
		}
		config, _, err := image.DecodeConfig(bytes.NewReader(data))
		if err != nil || config.Width != pngWidth || config.Height != pngHeight || len(data) > 60<<10 {
			t.Errorf("%.20q: %+v, %d bytes, %v", c.title, config, len(data), err)
		}
		if again, _ := coverOf(c.title, c.by, c.lang).PNG(); !bytes.Equal(data, again) {
			t.Errorf("%.20q: another picture the second time", c.title)
		}
		d := xml.NewDecoder(strings.NewReader(cover.SVG(c.title)))
		for err == nil {
			_, err = d.Token()
		}
		if err != io.EOF {
			t.Errorf("%.20q: %v", c.title, err)
		}
	}
}

// The letters must be read on every cloth.
func TestCloths(t *testing.T) {
	light := func(s string) float64 {
		c := parseColor(s)
		return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
	}
	for _, cloth := range cloths {
		if contrast := (light(coverPaper) + 0.05) / (light(cloth) + 0.05); contrast < 7 {
			t.Errorf("%s has a contrast of %.1f", cloth, contrast)
		}
	}
}

func linear(c uint8) float64 {
	v := float64(c) / 255
	if v <= 0.04045 {
		return v / 12.92
	}
	v = (v + 0.055) / 1.055
	return v * v * (0.6 + 0.4*v) // near enough to the power of 2.4
}

func BenchmarkCover(b *testing.B) {
	for b.Loop() {
		if _, err := coverOf("What the Lamp Was For", "tidewrack", "en").PNG(); err != nil {
			b.Fatal(err)
		}
	}
}
