package repair

import (
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
)

// sceneBreaks makes a scene break of each paragraph, or line of a paragraph,
// that is a marker.
func sceneBreaks(p *pass, row []prose.Block) []prose.Block {
	if !p.story {
		return row
	}
	var out []prose.Block
	for _, b := range row {
		if !mayMark(b) {
			out = append(out, b)
			continue
		}
		out = append(out, p.cutMarkers(b)...)
	}
	return out
}

// mayMark reports whether b is of a kind that authors draw breaks with.
func mayMark(b prose.Block) bool {
	if b.Kind() != prose.Paragraph && b.Kind() != prose.Heading || b.HasImage() {
		return false
	}
	for _, r := range b.Runs() {
		if r.Has("a") || r.Anchor != "" {
			return false // a link may be a note's
		}
	}
	return true
}

// cutMarkers returns what is left of b with a break for each line that is a marker.
func (p *pass) cutMarkers(b prose.Block) []prose.Block {
	text := b.Text()
	if !p.anyMarker(text) {
		return []prose.Block{b}
	}
	var out, kept []prose.Block
	flush := func() {
		if len(kept) > 0 {
			out = append(out, prose.Join("\n", kept...))
		}
		kept = nil
	}
	for _, l := range b.Lines() {
		switch p.markers.judge(l.Text()) {
		case surely:
			flush()
			out = append(out, prose.SceneBreak())
			p.tellMarker(l.Text(), true)
		case maybe:
			p.tellMarker(l.Text(), false)
			kept = append(kept, l)
		default:
			kept = append(kept, l)
		}
	}
	flush()
	return out
}

func (p *pass) anyMarker(text string) bool {
	for line := range strings.Lines(text) {
		if p.markers.judge(line) != noMarker {
			return true
		}
	}
	return false
}

func (p *pass) tellMarker(text string, applied bool) {
	text = strings.TrimSpace(text)
	confidence := 0.98
	if !applied {
		confidence = 0.5
	}
	p.tell(archive.Mend{Rule: "scene-break", Before: text, After: "<hr>", Confidence: confidence, Applied: applied}, "\n"+text+"\n")
}

// addBlock notes the markers in the lines of b.
func (m markers) addBlock(b prose.Block) {
	if !mayMark(b) {
		return
	}
	for line := range strings.Lines(b.Text()) {
		m.add(line)
	}
}
