package damage

import (
	"fmt"
	"strings"
	"unicode"

	"ficstead/bench/rescue/truth"
)

// prepare draws what a file has one of.
func (d *damager) prepare() {
	if d.Scenes == ScenesMarked && d.marker == "" {
		list := Markers(d.work.Part)
		d.marker = list[d.IntN(len(list))]
	}
	if sign := d.Italics.signs(); sign != "" && d.holds(sign) {
		d.Italics = ItalicsBBCode
	}
	d.form = forms[d.Italics]
	d.quote = drawQuotes(d.Rand)
}

func (d *damager) holds(sign string) bool {
	for _, c := range d.work.Chapters {
		for _, b := range c.Text {
			if strings.Contains(b.Text, sign) {
				return true
			}
		}
	}
	return false
}

// elements writes w as paragraphs and markers.
func (d *damager) elements(w truth.Work) []element {
	var row []element
	if d.Header {
		row = append(row, d.header(w))
	}
	for i, c := range w.Chapters {
		chapter := d.chapter(c, i+1)
		row = append(row, chapter...)
		if d.Again && i == len(w.Chapters)/2 {
			row = append(row, chapter...)
		}
	}
	return row
}

func (d *damager) header(w truth.Work) element {
	lines := []string{"Title: " + w.Title, "Author: " + w.Author}
	if d.Characters && len(w.Names) > 0 {
		lines = append(lines, "Characters: "+strings.Join(w.Names, ", "))
	}
	lines = append(lines, "Rating: PG-13")
	for i, l := range lines {
		lines[i] = d.escape(l)
	}
	return element{lines: lines}
}

func (d *damager) chapter(c truth.Chapter, n int) []element {
	var row []element
	if d.Headings {
		heading := fmt.Sprintf("Chapter %d", n)
		if c.Title != "" {
			heading += ": " + c.Title
		}
		row = append(row, element{lines: []string{d.escape(heading)}})
	}
	for _, b := range c.Notes {
		row = append(row, element{lines: []string{d.text(b)}})
	}
	if len(c.Notes) > 0 && d.Scenes == ScenesMarked {
		row = append(row, d.scene())
	}
	for _, b := range c.Text {
		if b.Break {
			if d.Scenes != ScenesDropped {
				row = append(row, d.scene())
			}
			continue
		}
		e := element{lines: strings.Split(d.words(d.text(b)), "\n")}
		row = append(row, e)
		if d.Doubled > 0 && d.IntN(100) < d.Doubled && len(b.Text) > 80 {
			row = append(row, e)
		}
	}
	for _, b := range c.EndNotes {
		row = append(row, element{lines: []string{d.text(b)}})
	}
	return row
}

func (d *damager) scene() element {
	switch d.Scenes {
	case ScenesBlank:
		return element{space: true}
	case ScenesKept:
		return element{scene: true, lines: []string{"<hr>"}}
	}
	return element{scene: true, lines: []string{d.escape(d.marker)}}
}

// words does what happens within a paragraph.
func (d *damager) words(s string) string {
	if d.Joins > 0 {
		s = d.joined(s)
	}
	if d.Spaces {
		s = spaced(s)
	}
	if d.ZeroWidth {
		s = d.zeroWidth(s)
	}
	return d.Entities.write(s)
}

// joined loses spaces between letters.
func (d *damager) joined(s string) string {
	rs := []rune(s)
	out := make([]rune, 0, len(rs))
	for i, r := range rs {
		if r == ' ' && i > 0 && i+1 < len(rs) && unicode.IsLetter(rs[i-1]) && unicode.IsLetter(rs[i+1]) && d.Float64() < d.Joins {
			continue
		}
		out = append(out, r)
	}
	return string(out)
}

func spaced(s string) string {
	return strings.NewReplacer(". ", ".  ", "? ", "?  ", "! ", "!  ", ".\" ", ".\"  ").Replace(s)
}

func (d *damager) zeroWidth(s string) string {
	var out strings.Builder
	for _, r := range s {
		out.WriteRune(r)
		if unicode.IsLetter(r) && d.IntN(60) == 0 {
			out.WriteRune([]rune{'\u200b', '\u00ad'}[d.IntN(2)])
		}
	}
	return out.String()
}

// Entities is how characters became their names.
type Entities uint8

// The kinds.
const (
	NoEntities     Entities = iota
	EntitiesKept            // &mdash; as text
	EntitiesBare            // mdash;
	EntitiesDouble          // &amp;mdash; as text
)

func (e Entities) write(s string) string {
	amp := map[Entities]string{EntitiesKept: "&", EntitiesDouble: "&amp;"}[e]
	if e == NoEntities {
		return s
	}
	for _, pair := range [...][2]string{{"—", "mdash;"}, {"–", "ndash;"}, {"…", "hellip;"}, {"“", "ldquo;"}, {"”", "rdquo;"}, {"’", "rsquo;"}, {"‘", "lsquo;"}, {"é", "eacute;"}, {"\u00a0", "nbsp;"}} {
		s = strings.ReplaceAll(s, pair[0], amp+pair[1])
	}
	return s
}
