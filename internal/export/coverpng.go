package export

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/draw"
	"math"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// The picture is 800 pixels wide, which fills the screen of an e-reader's
// shelf. It has sixteen colours: the cloth, and from there to the paper and to
// the lamp in steps. That is four bits a pixel, and 20 KB in all.
const (
	pngWidth   = 800
	pngHeight  = pngWidth * coverHeight / coverWidth
	pngScale   = float64(pngWidth) / coverWidth
	paperSteps = 11
	lampSteps  = 4
)

// PNG draws the cover as a picture. If our fonts lack a letter, there is no
// text on it: half a title is worse than none.
func (c cover) PNG() ([]byte, error) {
	ink := image.NewAlpha(image.Rect(0, 0, pngWidth, pngHeight))
	if c.drawn {
		for _, line := range c.lines {
			if err := line.draw(ink); err != nil {
				return nil, err
			}
		}
	}
	drawFrame(ink)
	s := c.sign().times(pngScale)
	s.draw(ink)
	p := packed(ink)
	s.light(p)
	return encodePNG(p, c.palette())
}

// nibbles are the pixels of the picture, two a byte.
type nibbles []byte

const pngStride = pngWidth / 2

// packed makes steps towards the paper of how much ink there is.
func packed(ink *image.Alpha) nibbles {
	var steps [256]byte
	for i := range steps {
		steps[i] = byte((i*paperSteps + 127) / 255)
	}
	p := make(nibbles, pngStride*pngHeight)
	for i := range p {
		p[i] = steps[ink.Pix[2*i]]<<4 | steps[ink.Pix[2*i+1]]
	}
	return p
}

func (p nibbles) set(x, y int, v byte) {
	at := &p[y*pngStride+x/2]
	if x%2 == 0 {
		*at = *at&0x0f | v<<4
	} else {
		*at = *at&0xf0 | v
	}
}

// palette lists the cloth, the steps to the paper, and those to the lamp.
func (c cover) palette() []color.RGBA {
	cloth := parseColor(c.cloth)
	palette := []color.RGBA{cloth}
	for i := 1; i <= paperSteps; i++ {
		palette = append(palette, between(cloth, parseColor(coverPaper), float64(i)/paperSteps))
	}
	for i := 1; i <= lampSteps; i++ {
		palette = append(palette, between(cloth, parseColor(coverLamp), float64(i)/lampSteps))
	}
	return palette
}

// encodePNG writes the few chunks that the picture needs. The standard encoder
// takes four times as long, which counts where every download has a cover.
func encodePNG(p nibbles, palette []color.RGBA) ([]byte, error) {
	var rows bytes.Buffer
	z, err := zlib.NewWriterLevel(&rows, zlib.BestSpeed)
	if err != nil {
		return nil, err
	}
	for y := range pngHeight {
		// The first byte says that the row is as it stands.
		if _, err := z.Write(append([]byte{0}, p[y*pngStride:(y+1)*pngStride]...)); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	const depth, indexed = 4, 3
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, pngWidth), pngHeight)
	var colors []byte
	for _, c := range palette {
		colors = append(colors, c.R, c.G, c.B)
	}
	out := []byte("\x89PNG\r\n\x1a\n")
	out = appendChunk(out, "IHDR", append(head, depth, indexed, 0, 0, 0))
	out = appendChunk(out, "PLTE", colors)
	out = appendChunk(out, "IDAT", rows.Bytes())
	return appendChunk(out, "IEND", nil), nil
}

func appendChunk(out []byte, name string, data []byte) []byte {
	out = binary.BigEndian.AppendUint32(out, uint32(len(data)))
	start := len(out)
	out = append(append(out, name...), data...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[start:]))
}

func parseColor(s string) color.RGBA {
	c := color.RGBA{A: 255}
	if _, err := fmt.Sscanf(s, "#%02x%02x%02x", &c.R, &c.G, &c.B); err != nil {
		panic(err) // a constant of ours
	}
	return c
}

func between(from, to color.RGBA, share float64) color.RGBA {
	mix := func(a, b uint8) uint8 { return uint8(math.Round(float64(a) + (float64(b)-float64(a))*share)) }
	return color.RGBA{mix(from.R, to.R), mix(from.G, to.G), mix(from.B, to.B), 255}
}

func (l coverLine) draw(ink *image.Alpha) error {
	face, err := opentype.NewFace(fonts()[l.face], &opentype.FaceOptions{Size: float64(l.size) * pngScale, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		return err
	}
	d := font.Drawer{Dst: ink, Src: image.Opaque, Face: face}
	d.Dot = fixed.Point26_6{X: (fixed.I(pngWidth) - d.MeasureString(l.text)) / 2, Y: fixed.I(int(float64(l.baseline) * pngScale))}
	d.DrawString(l.text)
	return face.Close()
}

// The frame: one line, this far from the edge.
const (
	frameInset = 44
	frameWidth = 3
)

func drawFrame(ink *image.Alpha) {
	outer := ink.Rect.Inset(frameInset * pngWidth / coverWidth)
	inner := outer.Inset(frameWidth * pngWidth / coverWidth)
	line := image.NewUniform(color.Alpha{A: 150})
	for _, edge := range [...]image.Rectangle{
		{outer.Min, image.Pt(outer.Max.X, inner.Min.Y)}, {image.Pt(outer.Min.X, inner.Max.Y), outer.Max},
		{outer.Min, image.Pt(inner.Min.X, outer.Max.Y)}, {image.Pt(inner.Max.X, outer.Min.Y), outer.Max},
	} {
		draw.Draw(ink, edge, line, image.Point{}, draw.Src)
	}
}
