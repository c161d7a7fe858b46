package export

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// The picture has sixteen colours: the cloth, and from there to the paper and
// to the lamp in steps. That is four bits a pixel, and 20 KB in all.
const (
	paperSteps = 11
	lampSteps  = 4
)

// PNG draws the cover as a picture. If our fonts lack a letter, there is no
// text on it: half a title is worse than none.
func (c cover) PNG() ([]byte, error) {
	page := image.Rect(0, 0, coverWidth, coverHeight)
	ink, lamp := image.NewAlpha(page), image.NewAlpha(page)
	if c.drawn {
		for _, line := range c.lines {
			if err := line.draw(ink); err != nil {
				return nil, err
			}
		}
	}
	drawFrame(ink)
	c.sign().draw(ink, lamp)
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	err := encoder.Encode(&out, c.mix(ink, lamp))
	return out.Bytes(), err
}

// mix lays both layers on the cloth.
func (c cover) mix(ink, lamp *image.Alpha) *image.Paletted {
	cloth := parseColor(c.cloth)
	palette := color.Palette{cloth}
	for i := 1; i <= paperSteps; i++ {
		palette = append(palette, between(cloth, parseColor(coverPaper), float64(i)/paperSteps))
	}
	for i := 1; i <= lampSteps; i++ {
		palette = append(palette, between(cloth, parseColor(coverLamp), float64(i)/lampSteps))
	}
	img := image.NewPaletted(ink.Rect, palette)
	for i := range img.Pix {
		if a := lamp.Pix[i]; a > 127/lampSteps {
			img.Pix[i] = paperSteps + uint8((int(a)*lampSteps+127)/255)
		} else {
			img.Pix[i] = uint8((int(ink.Pix[i])*paperSteps + 127) / 255)
		}
	}
	return img
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
	face, err := opentype.NewFace(fonts()[l.face], &opentype.FaceOptions{Size: float64(l.size), DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		return err
	}
	d := font.Drawer{Dst: ink, Src: image.Opaque, Face: face}
	d.Dot = fixed.Point26_6{X: (fixed.I(coverWidth) - d.MeasureString(l.text)) / 2, Y: fixed.I(l.baseline)}
	d.DrawString(l.text)
	return face.Close()
}

// The frame: one line, this far from the edge.
const (
	frameInset = 44
	frameWidth = 3
)

func drawFrame(ink *image.Alpha) {
	const right, bottom = coverWidth - frameInset, coverHeight - frameInset
	outer := image.Rect(frameInset, frameInset, right, bottom)
	inner := outer.Inset(frameWidth)
	for y := outer.Min.Y; y < outer.Max.Y; y++ {
		for x := outer.Min.X; x < outer.Max.X; x++ {
			if !(image.Point{X: x, Y: y}).In(inner) {
				ink.Pix[ink.PixOffset(x, y)] = 150
			}
		}
	}
}
