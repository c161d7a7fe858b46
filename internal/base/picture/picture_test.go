package picture

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"testing"

	"ficstead/internal/base/bounds"
)

func TestLook(t *testing.T) {
	small := image.NewPaletted(image.Rect(0, 0, 3, 2), color.Palette{color.Black, color.White})
	var asPNG, asJPEG, asGIF bytes.Buffer
	_ = png.Encode(&asPNG, small)
	_ = jpeg.Encode(&asJPEG, small, nil)
	_ = gif.Encode(&asGIF, small, nil)
	for _, c := range []struct {
		name string
		data []byte
		want string
		err  error
	}{
		{"png", asPNG.Bytes(), "image/png", nil},
		{"jpeg", asJPEG.Bytes(), "image/jpeg", nil},
		{"gif", asGIF.Bytes(), "image/gif", nil},
		{"svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`), "", ErrFormat},
		{"nothing", nil, "", ErrFormat},
		{"header cut", asPNG.Bytes()[:20], "", ErrFormat},
		{"half a million pixels wide", wide(asPNG.Bytes()), "", ErrFormat},
		{"too many bytes", make([]byte, bounds.Picture+1), "", ErrBig},
	} {
		got, err := Look(c.data)
		if got.MediaType != c.want || !errors.Is(err, c.err) {
			t.Errorf("%s: got %v, %v; want %q, %v", c.name, got, err, c.want, c.err)
		}
	}
	if got, _ := Look(asPNG.Bytes()); got.Width != 3 || got.Height != 2 {
		t.Errorf("size is %dx%d", got.Width, got.Height)
	}
}

// wide claims another width in the header, so that its checksum is wrong too.
func wide(data []byte) []byte {
	data = bytes.Clone(data)
	data[17] = 8
	return data
}

func TestBigIsRefusedByItsHeader(t *testing.T) {
	var b bytes.Buffer
	_ = gif.Encode(&b, image.NewPaletted(image.Rect(0, 0, 1, 1), color.Palette{color.Black}), nil)
	data := b.Bytes()
	data[6], data[7] = 0xff, 0xff // the width of the screen
	data[8], data[9] = 0xff, 0xff
	if _, err := Look(data); !errors.Is(err, ErrBig) {
		t.Errorf("got %v", err)
	}
}
