package frame

import (
	"slices"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/fiction"
	"ficstead/internal/base/prose"
)

// mostLines is how many lines of a site may stand at each edge.
const mostLines = 12

// siteLines drops the lines that were copied with the text from a site's page.
// They must be whole paragraphs at the edges; words that a story may have too
// count only beside others.
func (f *chapter) siteLines() {
	bottom := f.siteRun(-1)
	slices.Reverse(bottom)
	var gone []int
	for _, i := range append(f.siteRun(1), bottom...) {
		if f.decideSite(i) {
			gone = append(gone, i)
		}
	}
	for _, i := range slices.Backward(gone) {
		f.cut(i, i+1)
	}
}

// siteRun lists the lines of the site from the first block down, or from the
// last up.
func (f *chapter) siteRun(step int) []int {
	i, sure := 0, false
	if step < 0 {
		i = len(f.row) - 1
	}
	var run []int
	for ; i >= 0 && i < len(f.row) && len(run) < mostLines; i += step {
		if f.isRoom(i) {
			continue
		}
		is := fiction.NoChrome
		if f.texts(i) {
			is = chromeOf(f.row[i])
		}
		if is == fiction.NoChrome {
			break
		}
		sure = sure || is == fiction.IsChrome
		run = append(run, i)
	}
	if !sure && len(run) < 2 || len(run) >= f.fullBlocks() {
		return nil
	}
	return run
}

func (f *chapter) fullBlocks() int {
	n := 0
	for i := range f.row {
		if !f.isRoom(i) {
			n++
		}
	}
	return n
}

// chromeOf judges a paragraph: each line of it must be the site's.
func chromeOf(b prose.Block) fiction.Chrome {
	const longest = 400
	text := said(b)
	if len(text) > longest {
		return fiction.NoChrome
	}
	if is := fiction.ChromeOf(text); is != fiction.NoChrome {
		return is
	}
	best := fiction.NoChrome
	for line := range strings.Lines(text) {
		is := fiction.ChromeOf(line)
		if is == fiction.NoChrome && strings.TrimSpace(line) != "" {
			return fiction.NoChrome
		}
		best = max(best, is)
	}
	return best
}

func (f *chapter) decideSite(i int) bool {
	text := f.say(i)
	yes := f.decide(archive.Mend{Rule: "site-line", Before: excerpt(text), Confidence: 0.98, Applied: true}, text)
	if !yes {
		f.keep(i)
	}
	return yes
}
