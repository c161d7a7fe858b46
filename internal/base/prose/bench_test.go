package prose

import (
	"flag"
	"strings"
	"testing"
)

var huge = flag.Bool("huge", false, "run TestHuge")

// chapter makes about n words as an archive's download has them.
func chapter(n int) string {
	const paragraph = "<p>&ldquo;You don&rsquo;t <em>know</em> that,&rdquo; she said, and\nturned away from the window &#8211; slowly, as one who has all the time in the world.</p>\n\n<p>He laughed. <strong>Once</strong>.</p>\n"
	return strings.Repeat(paragraph, n/27+1)
}

func BenchmarkParse(b *testing.B) {
	for name, in := range map[string]string{
		"chapter of 5,000 words": chapter(5000),
		"stored, 5,000 words":    Parse(chapter(5000)).HTML(),
		"one megabyte":           chapter(200_000)[:1<<20],
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(in)))
			b.ReportAllocs()
			for b.Loop() {
				Parse(in)
			}
		})
	}
}

func BenchmarkPrint(b *testing.B) {
	d := Parse(chapter(5000))
	for name, f := range map[string]func(){
		"HTML with ids":  func() { d.Print(Options{IDs: true, Prefix: "c1-"}) },
		"XHTML":          func() { d.XHTML(Options{}) },
		"Markdown":       func() { d.Markdown() },
		"Text":           func() { d.Text() },
		"Words":          func() { d.Words() },
		"Map of nothing": func() { d.Map(func(row []Block) []Block { return row }) },
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(d.HTML())))
			b.ReportAllocs()
			for b.Loop() {
				f()
			}
		})
	}
}
