package passages

import (
	"strings"

	"ficstead/internal/fulltext"
)

// Usual are places in madeup.Usual's work.
func Usual() []fulltext.Passage {
	return []fulltext.Passage{
		marked(1, 3, "en", "She knew the ink, and the way the crossbar of the t ran on too long and caught the next word like a [coat] on a [nail].", true),
		marked(2, 12, "en", "From nowhere,” said Prewett. “No stamp on it. It was in the crate, under the ice, wrapped in a [coat] that hung on its [nail] since the war.", false),
		marked(3, 1, "en", "The [coat] was gone from the [nail].", false),
	}
}

// RightToLeft are places in madeup.RightToLeft's work, Han in madeup.Han's.
func RightToLeft() []fulltext.Passage {
	return []fulltext.Passage{marked(1, 2, "ar", "كانت المدينة نائمة حين وصلت الرسالة. كان فيها سطر واحد فقط: «اتركي [المصباح مضاءً]».", true)}
}

// Han are places in a work without spaces between words.
func Han() []fulltext.Passage {
	return []fulltext.Passage{marked(1, 1, "zh-Hant", "信是和魚一起來的。[老人]把兩樣東西都拿在一隻手裡，放在桌上。", true)}
}

// Hostile are places that attack the page.
func Hostile() []fulltext.Passage {
	p := marked(99, -4, `en"><script>`, `<script>alert(1)</script>[<img src=x onerror=alert(2)>]`+strings.Repeat("unbreakable", 60), true)
	p.Anchor = `"><script>`
	p.Marks = append(p.Marks, fulltext.Span{From: 5, To: 2}, fulltext.Span{From: 1 << 40, To: 1 << 41}, fulltext.Span{From: -7, To: 3})
	return []fulltext.Passage{p}
}

// marked is a place whose marks stand in brackets.
func marked(chapter, paragraph int, language, s string, cut bool) fulltext.Passage {
	p := fulltext.Passage{Chapter: chapter, Paragraph: paragraph, Anchor: "p1a2b3c", Language: language, Before: cut, After: cut}
	for {
		before, rest, more := strings.Cut(s, "[")
		p.Text += before
		if !more {
			return p
		}
		inside, after, _ := strings.Cut(rest, "]")
		p.Marks = append(p.Marks, fulltext.Span{From: len(p.Text), To: len(p.Text) + len(inside)})
		p.Text += inside
		s = after
	}
}
