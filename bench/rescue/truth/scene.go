package truth

import "strings"

// chapter makes one chapter of scenes.
func (g *generator) chapter(n int, titled bool, words int) Chapter {
	var c Chapter
	if titled {
		c.Title = title(g.expand("<title>"))
	}
	if g.IntN(3) == 0 {
		c.Notes = append(c.Notes, g.paragraph("<note>"))
	}
	for left := words; left > 0; {
		if len(c.Text) > 0 {
			c.Text = append(c.Text, Block{Break: true})
		}
		g.turn()
		scene := g.scene(min(left, 150+g.IntN(500)))
		for _, b := range scene {
			left -= len(strings.Fields(b.Text))
		}
		c.Text = append(c.Text, scene...)
	}
	if g.IntN(4) == 0 {
		c.EndNotes = append(c.EndNotes, g.paragraph("<endnote>"))
	}
	return c
}

func (g *generator) paragraph(template string) Block {
	return Paragraph(g.habits(capital(g.expand(template))))
}

// scene makes paragraphs of about so many words.
func (g *generator) scene(words int) []Block {
	row := []Block{g.opening()}
	for n := 0; n < words; {
		var more []Block
		switch k := g.IntN(100); {
		case k < 34:
			more = []Block{g.narration()}
		case k < 80:
			more = g.talk()
		case k < 88:
			more = []Block{g.paragraph("{<thought>}")}
		case k < 96:
			more = []Block{g.oddity()}
		default:
			more = g.set()
		}
		for _, b := range more {
			n += len(strings.Fields(b.Text))
		}
		row = append(row, more...)
	}
	return append(row, g.narration())
}

func (g *generator) opening() Block {
	return Paragraph(strings.Join(append([]string{g.sentence("opening")}, g.sentences(1+g.IntN(4))...), " "))
}

func (g *generator) narration() Block { return Paragraph(strings.Join(g.sentences(2+g.IntN(6)), " ")) }

func (g *generator) sentences(n int) []string {
	var out []string
	for range n {
		out = append(out, g.sentence("narration"))
	}
	return out
}

// talk is an exchange of two to seven lines.
func (g *generator) talk() []Block {
	var row []Block
	for range 2 + g.IntN(6) {
		s := g.sentence("speech")
		if g.IntN(3) == 0 {
			s += " " + g.sentence("narration")
		}
		row = append(row, Paragraph(s))
		g.a, g.b = g.b, g.a
	}
	return row
}

// oddity is a paragraph that looks damaged and is not.
func (g *generator) oddity() Block {
	kind := "oddity"
	if g.sighs && g.IntN(3) == 0 {
		kind = "sigh"
	}
	return Paragraph(g.sentence(kind))
}

// set is a letter, a verse, a list or messages.
func (g *generator) set() []Block {
	switch g.IntN(4) {
	case 0:
		row := []Block{g.paragraph("{<B>,}")}
		for range 1 + g.IntN(3) {
			row = append(row, g.paragraph("{<thought> <letterline>}"))
		}
		return append(row, g.paragraph("{—<A>}"))
	case 1:
		var lines []string
		for range 3 + g.IntN(4) {
			lines = append(lines, g.sentence("verse"))
		}
		return []Block{Paragraph(strings.Join(lines, "\n"))}
	case 2:
		var row []Block
		for i := range 3 + g.IntN(4) {
			row = append(row, Paragraph(g.habits(string(rune('1'+i))+". "+capital(g.expand("<listitem>")))))
		}
		return row
	}
	var row []Block
	for range 3 + g.IntN(4) {
		row = append(row, Paragraph(g.habits(g.expand("<message>"))))
		g.a, g.b = g.b, g.a
	}
	return row
}
