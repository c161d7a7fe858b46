package export

import (
	"fmt"
	"image"
	"math"
)

// sign is the house whose roof is an open book laid face down, with a window
// lit, as it stands on our pages, in a square of 32 units.
type sign struct{ x, y, scale float64 }

const (
	signUnits  = 32
	signStroke = 1.6
)

// stroke is a line of the sign and how strong it is.
type stroke struct {
	points   [][2]float64
	strength float64
}

var signStrokes = [...]stroke{
	{[][2]float64{{2.5, 15.5}, {16, 4.5}, {29.5, 15.5}}, 1},
	{[][2]float64{{5, 18.6}, {16, 9.7}, {27, 18.6}}, 0.55},
	{[][2]float64{{7, 18.5}, {7, 28}, {25, 28}, {25, 18.5}}, 1},
}

// The window, by its corners.
var signWindow = [2][2]float64{{13, 18}, {19, 24}}

// sign stands at the foot of the cover, or in the middle of one without text.
func (c cover) sign() sign {
	if !c.drawn {
		const size = 420
		return sign{(coverWidth - size) / 2, (coverHeight - size) / 2, size / signUnits}
	}
	return sign{(coverWidth - 128) / 2, coverHeight - 250, 128 / signUnits}
}

// times is the sign on a page of another scale.
func (s sign) times(scale float64) sign { return sign{s.x * scale, s.y * scale, s.scale * scale} }

// draw adds the lines of the sign. How much of a pixel a stroke covers follows
// from its distance, so that ends and corners are round.
func (s sign) draw(ink *image.Alpha) {
	s.each(func(px, py int, x, y float64) {
		strength := 0.0
		for _, line := range signStrokes {
			strength = max(strength, line.strength*s.cover(signStroke/2-line.distance(x, y)))
		}
		at := ink.PixOffset(px, py)
		ink.Pix[at] = max(ink.Pix[at], uint8(255*strength))
	})
}

// light lights the window.
func (s sign) light(p nibbles) {
	s.each(func(px, py int, x, y float64) {
		inside := min(x-signWindow[0][0], signWindow[1][0]-x, y-signWindow[0][1], signWindow[1][1]-y)
		if step := int(math.Round(lampSteps * s.cover(inside))); step > 0 {
			p.set(px, py, byte(paperSteps+step))
		}
	})
}

// each calls f for the pixels of the sign, with their middles in its units.
func (s sign) each(f func(px, py int, x, y float64)) {
	for py := int(s.y); py < int(s.y+signUnits*s.scale); py++ {
		for px := int(s.x); px < int(s.x+signUnits*s.scale); px++ {
			f(px, py, (float64(px)+0.5-s.x)/s.scale, (float64(py)+0.5-s.y)/s.scale)
		}
	}
}

// cover is the part of a pixel that is within a shape whose edge is depth
// units away.
func (s sign) cover(depth float64) float64 { return min(1, max(0, depth*s.scale+0.5)) }

func (l stroke) distance(x, y float64) float64 {
	nearest := math.Inf(1)
	for i := 1; i < len(l.points); i++ {
		a, b := l.points[i-1], l.points[i]
		dx, dy := b[0]-a[0], b[1]-a[1]
		along := min(1, max(0, ((x-a[0])*dx+(y-a[1])*dy)/(dx*dx+dy*dy)))
		nearest = min(nearest, math.Hypot(x-a[0]-along*dx, y-a[1]-along*dy))
	}
	return nearest
}

// svg prints the sign as elements of an SVG.
func (s sign) svg() string {
	out := fmt.Sprintf(`<g transform="translate(%.0f %.0f) scale(%g)" fill="none" stroke="%s" stroke-width="%g" stroke-linecap="round" stroke-linejoin="round">`,
		s.x, s.y, s.scale, coverPaper, signStroke)
	for _, line := range signStrokes {
		out += `<polyline points="`
		for i, p := range line.points {
			if i > 0 {
				out += " "
			}
			out += fmt.Sprintf("%g,%g", p[0], p[1])
		}
		out += `"`
		if line.strength < 1 {
			out += fmt.Sprintf(` opacity="%g"`, line.strength)
		}
		out += "/>"
	}
	a, b := signWindow[0], signWindow[1]
	return out + fmt.Sprintf(`<rect x="%g" y="%g" width="%g" height="%g" fill="%s" stroke="none"/></g>`,
		a[0], a[1], b[0]-a[0], b[1]-a[1], coverLamp)
}
