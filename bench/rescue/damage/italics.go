package damage

import (
	"html"
	"strings"
	"unicode"

	"ficstead/bench/rescue/truth"
)

// Italics is what became of italics.
type Italics uint8

// What can become of them.
const (
	ItalicsDropped  Italics = iota
	ItalicsFused            // dropped by get_text(strip=True): with the spaces at the tags
	ItalicsLoose            // i Touch/i
	ItalicsTrailing         // i Touch/i and a space for the last bracket
	ItalicsTight            // iTouch/i
	ItalicsUnder            // _Touch_
	ItalicsStar             // *Touch*
	ItalicsSlash            // /Touch/
	ItalicsBBCode           // [i]Touch[/i]
	ItalicsTag              // <i>Touch</i> as text
	ItalicsEntity           // &lt;i&gt;Touch&lt;/i&gt;
	ItalicsCaps             // TOUCH
	ItalicsEm               // em Touch/em
	ItalicsKept             // of a page: as they should be
)

// form is how one kind of italics is written.
type form struct{ open, close string }

var forms = map[Italics]form{
	ItalicsLoose: {"i ", "/i"}, ItalicsTrailing: {"i ", "/i "}, ItalicsTight: {"i", "/i"}, ItalicsEm: {"em ", "/em"},
	ItalicsUnder: {"_", "_"}, ItalicsStar: {"*", "*"}, ItalicsSlash: {"/", "/"},
	ItalicsBBCode: {"[i]", "[/i]"}, ItalicsTag: {"<i>", "</i>"}, ItalicsEntity: {"&lt;i&gt;", "&lt;/i&gt;"},
}

// signs tells forms that the story itself may use for other things: there the
// truth would be unknowable, and the work takes another form.
func (i Italics) signs() string {
	switch i {
	case ItalicsUnder:
		return "_"
	case ItalicsStar:
		return "*"
	}
	return ""
}

// text writes a paragraph with its italics as the recipe has them.
func (d *damager) text(b truth.Block) string {
	switch d.Italics {
	case ItalicsDropped:
		return d.escape(b.Text)
	case ItalicsFused:
		return d.escape(fused(b))
	case ItalicsCaps:
		return d.escape(inSpans(b, strings.ToUpper))
	case ItalicsKept:
		return d.marked(b, form{"<i>", "</i>"}, d.escape)
	}
	is := d.marked(b, d.form, func(s string) string { return s })
	if d.Italics == ItalicsEntity && d.HTML {
		return d.escape(html.UnescapeString(is))
	}
	return d.escape(is)
}

// escape writes text as the file's format has it.
func (d *damager) escape(s string) string {
	if d.HTML {
		s = html.EscapeString(s)
		return strings.NewReplacer("&#39;", "'", "&#34;", `"`).Replace(s)
	}
	return s
}

// marked writes the forms' signs around spans. A span of several lines is
// marked line by line, as people do.
func (d *damager) marked(b truth.Block, f form, escape func(string) string) string {
	rs := []rune(b.Text)
	opens, closes := map[int]int{}, map[int]int{}
	for _, spans := range [][]truth.Span{b.Italics, b.Inner} {
		for _, s := range spans {
			opens[s.From]++
			closes[s.To]++
		}
	}
	var out, plain strings.Builder
	flush := func() {
		out.WriteString(escape(plain.String()))
		plain.Reset()
	}
	depth := 0
	for i := 0; i <= len(rs); i++ {
		if n := closes[i]; n > 0 {
			flush()
			out.WriteString(strings.Repeat(f.close, n))
			depth -= n
		}
		if n := opens[i]; n > 0 {
			flush()
			out.WriteString(strings.Repeat(f.open, n))
			depth += n
		}
		switch {
		case i == len(rs):
		case rs[i] == '\n' && depth > 0:
			flush()
			out.WriteString(strings.Repeat(f.close, depth) + "\n" + strings.Repeat(f.open, depth))
		default:
			plain.WriteRune(rs[i])
		}
	}
	flush()
	return strings.TrimRight(out.String(), " ")
}

// fused drops italics as programs do that strip each text between two tags.
func fused(b truth.Block) string {
	rs := []rune(b.Text)
	var out strings.Builder
	at := 0
	piece := func(to int) {
		out.WriteString(strings.TrimFunc(string(rs[at:to]), func(r rune) bool { return unicode.IsSpace(r) && r != '\n' }))
		at = to
	}
	for _, s := range b.Italics {
		piece(s.From)
		piece(s.To)
	}
	piece(len(rs))
	return out.String()
}

func inSpans(b truth.Block, f func(string) string) string {
	rs := []rune(b.Text)
	for _, s := range b.Italics {
		if is := []rune(f(string(rs[s.From:s.To]))); len(is) == s.To-s.From {
			copy(rs[s.From:s.To], is)
		}
	}
	return string(rs)
}
