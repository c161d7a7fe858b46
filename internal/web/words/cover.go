package words

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"strings"

	"ficstead/internal/archive"
)

// A cover is drawn for every work, so that a shelf looks like one. Works of one
// fandom share their colours, no two titles share a drawing, and in each of
// them one light is on.

// coverColours are pairs of cloth and print. White on the cloth has a contrast
// of at least 7, which a test computes.
var coverColours = [...][2]string{
	{"#27485f", "#6fa0bd"}, {"#5a2b22", "#c98570"}, {"#3d4b2b", "#93a86f"}, {"#4a3157", "#a98bbb"},
	{"#1f4f4a", "#6bb0a6"}, {"#5b4219", "#c7a157"}, {"#3a3f63", "#8f97c9"}, {"#64303f", "#cf8597"},
	{"#2f4a3a", "#7fae92"}, {"#4d3a2c", "#b69878"}, {"#22405a", "#78a4cf"}, {"#523048", "#ba86a8"},
}

const light = "#ffd98a"

// Cover draws the cover of a work without its words, as SVG of 120 by 180.
func Cover(w archive.Work) string {
	colour := coverColours[hash(fandomOf(w))%uint64(len(coverColours))]
	draw := motifs[hash(w.Title)%uint64(len(motifs))]
	r := rand.New(rand.NewPCG(hash(w.Title), uint64(len(w.Title))))
	var b strings.Builder
	fmt.Fprintf(&b, `<svg viewBox="0 0 120 180" aria-hidden="true" preserveAspectRatio="xMidYMid slice"><path fill="%s" d="M0 0h120v180H0z"/><g fill="none" stroke="%s" stroke-width="1.5">`, colour[0], colour[1])
	draw(&b, r)
	b.WriteString(`</g><path fill="#000" fill-opacity=".22" d="M0 0h5v180H0z"/><path fill="#fff" fill-opacity=".12" d="M5 0h1.5v180H5z"/></svg>`)
	return b.String()
}

func fandomOf(w archive.Work) string {
	if fandoms := w.TagsOf(archive.Fandom); len(fandoms) > 0 {
		return fandoms[0].Name
	}
	return w.Title
}

func hash(s string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(s)) // never fails
	return h.Sum64()
}

// motifs draw in the lower half; the title stands above them.
var motifs = [...]func(*strings.Builder, *rand.Rand){drawSea, drawHills, drawStreet, drawMoon, drawRain, drawPaths}

// drawSea is rows of waves with a boat's lamp.
func drawSea(b *strings.Builder, r *rand.Rand) {
	for row := range 6 {
		y, x := 112+row*12, -20+r.IntN(20)
		fmt.Fprintf(b, `<path d="M%d %dq10-9 20 0t20 0 20 0 20 0 20 0 20 0 20 0 20 0"/>`, x, y)
	}
	fmt.Fprintf(b, `<circle cx="%d" cy="%d" r="3.5" fill="%s" stroke="none"/>`, 30+r.IntN(70), 100+r.IntN(4), light)
}

// drawHills is ridges behind each other with a window far off.
func drawHills(b *strings.Builder, r *rand.Rand) {
	for row := range 4 {
		y := 110 + row*18
		a, c := r.IntN(24), r.IntN(24)
		fmt.Fprintf(b, `<path d="M0 %dC30 %d 45 %d 66 %ds40-%d 54-6"/>`, y+12, y-a, y+8, y, c)
	}
	fmt.Fprintf(b, `<path fill="%s" stroke="none" d="M%d 150h5v6h-5z"/>`, light, 25+r.IntN(70))
}

// drawStreet is a row of houses with one window lit.
func drawStreet(b *strings.Builder, r *rand.Rand) {
	lit := r.IntN(4)
	for i := range 4 {
		x, h := 10+i*27, 34+r.IntN(30)
		fmt.Fprintf(b, `<path d="M%d 176v-%dl11-12 11 12v%d"/>`, x, h, h)
		if i == lit {
			fmt.Fprintf(b, `<path fill="%s" stroke="none" d="M%d %dh7v8h-7z"/>`, light, x+7, 184-h)
		} else {
			fmt.Fprintf(b, `<path d="M%d %dh6v8h-6z"/>`, x+8, 184-h)
		}
	}
}

// drawMoon is rings round a light.
func drawMoon(b *strings.Builder, r *rand.Rand) {
	x, y := 36+r.IntN(50), 128+r.IntN(14)
	for ring := range 6 {
		fmt.Fprintf(b, `<circle cx="%d" cy="%d" r="%d"/>`, x, y, 12+ring*(7+r.IntN(3)))
	}
	fmt.Fprintf(b, `<circle cx="%d" cy="%d" r="6" fill="%s" stroke="none"/>`, x, y, light)
}

// drawRain is slanting strokes and a lamp beneath them.
func drawRain(b *strings.Builder, r *rand.Rand) {
	b.WriteString(`<path d="`)
	for range 26 {
		fmt.Fprintf(b, "M%d %dl-4 13", 6+r.IntN(112), 92+r.IntN(72))
	}
	b.WriteString(`"/>`)
	x := 30 + r.IntN(60)
	fmt.Fprintf(b, `<path stroke-width="2.5" d="M%d 180v-42"/><circle cx="%d" cy="134" r="4.5" fill="%s" stroke="none"/>`, x, x, light)
}

// drawPaths is roads from the foot of the page that meet at a light.
func drawPaths(b *strings.Builder, r *rand.Rand) {
	x := 40 + r.IntN(40)
	for i := range 7 {
		fmt.Fprintf(b, `<path d="M%d 182Q%d %d %d 108"/>`, i*20, i*20, 120+r.IntN(40), x)
	}
	fmt.Fprintf(b, `<circle cx="%d" cy="106" r="4" fill="%s" stroke="none"/>`, x, light)
}
