package repair

import (
	"cmp"
	"path"
	"regexp"
	"sync"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
)

// divider is how pictures are called that part scenes.
var divider = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)(?:^|[^a-z])(?:(?:scene|line|page|section)[-_ ]?(?:break|divider)|dividers?|separators?|flourish|hr|hrule|barline|spacer)(?:[^a-z]|$)`)
})

// nearby is how many blocks are looked through for the words below a break.
const nearby = 20

// dividers makes scene breaks of pictures that are called so and stand alone, if
// the chapter has the same one again; one alone is only asked about.
func dividers(p *pass, row []prose.Block) []prose.Block {
	if !p.story {
		return row
	}
	seen := map[string]int{}
	for _, b := range row {
		if img := onlyPicture(b); img != nil {
			seen[img.Src]++
		}
	}
	if len(seen) == 0 {
		return row
	}
	i := -1
	return replaced(row, func(b prose.Block) ([]prose.Block, bool) {
		i++
		img := onlyPicture(b)
		if img == nil || !divider().MatchString(img.Alt) && !divider().MatchString(path.Base(img.Src)) {
			return nil, false
		}
		below := firstText(row[i+1 : min(len(row), i+1+nearby)])
		m := archive.Mend{Rule: "scene-break", Before: "[" + cmp.Or(img.Alt, "picture") + "]\n" + below, After: "<hr>\n" + below, Confidence: 0.9, Applied: true}
		if seen[img.Src] < 2 {
			m.Applied, m.Confidence = false, 0.5
		}
		return []prose.Block{prose.SceneBreak()}, p.decide(m, below)
	})
}

// onlyPicture returns the picture that is all of a paragraph, or nil.
func onlyPicture(b prose.Block) *prose.Image {
	if b.Kind() != prose.Paragraph || len(b.Runs()) != 1 {
		return nil
	}
	return b.Runs()[0].Image
}
