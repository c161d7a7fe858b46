package export

import (
	"fmt"
	"strings"

	"ficstead/internal/base/epub"
)

// SVG draws the cover with letters of the reader's fonts. label is what a
// screen reader says.
func (c cover) SVG(label string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" version="1.1" width="100%%" height="100%%" viewBox="0 0 %d %d" preserveAspectRatio="xMidYMid meet" role="img" aria-label="%s">`,
		coverWidth, coverHeight, epub.Escape(label))
	fmt.Fprintf(&b, "\n<rect width=\"%d\" height=\"%d\" fill=\"%s\"/>\n", coverWidth, coverHeight, c.cloth)
	fmt.Fprintf(&b, `<rect x="%[1]d" y="%[1]d" width="%d" height="%d" fill="none" stroke="%s" stroke-width="%d" opacity="0.6"/>`+"\n",
		frameInset+1, coverWidth-2*frameInset-2, coverHeight-2*frameInset-2, coverPaper, frameWidth)
	fmt.Fprintf(&b, `<g fill="%s" text-anchor="middle" font-family="Georgia, 'Noto Serif', serif"`, coverPaper)
	if c.dir == "rtl" {
		b.WriteString(` direction="rtl"`)
	}
	b.WriteString(">\n")
	for _, line := range c.lines {
		style := [...]string{faceBold: ` font-weight="bold"`, faceRegular: "", faceItalic: ` font-style="italic"`}[line.face]
		fmt.Fprintf(&b, `<text x="%d" y="%d" font-size="%d"%s>%s</text>`+"\n",
			coverWidth/2, line.baseline, line.size, style, epub.Escape(line.text))
	}
	b.WriteString("</g>\n")
	foot := c
	foot.drawn = true // there is always text on this one
	b.WriteString(foot.sign().svg() + "\n</svg>")
	return b.String()
}
