package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// markdownInline prints the runs of a block as lines of Markdown.
func markdownInline(runs []Run) string {
	var p linePrinter
	p.runs(runs, 0)
	return p.String()
}

// linePrinter writes runs as Markdown. Its zero value stands at the start of a line.
type linePrinter struct {
	strings.Builder
	inLink     bool
	inEmphasis bool
	inCell     bool // of a table, which is one line
	last       rune // of what was written, 0 at the start
}

func (p *linePrinter) write(s string) {
	if s == "" {
		return
	}
	p.WriteString(s)
	p.last, _ = utf8.DecodeLastRuneInString(s)
}

// runs prints runs whose first depth marks are open.
func (p *linePrinter) runs(runs []Run, depth int) {
	for i := 0; i < len(runs); {
		r := runs[i]
		if len(r.Marks) <= depth {
			p.leaf(r)
			i++
			if i < len(runs) && r.IsText() && strings.HasSuffix(r.Text, "!") && runs[i].Has("a") {
				p.write("<!-- -->") // or the link would be a picture
			}
			continue
		}
		end := i + 1
		for end < len(runs) && len(runs[end].Marks) > depth && runs[end].Marks[depth] == r.Marks[depth] {
			end++
		}
		after := rune(0)
		if end < len(runs) {
			after = firstRune(runs[end], depth)
		}
		p.group(r.Marks[depth], runs[i:end], depth+1, after)
		i = end
	}
}

// firstRune tells what a run begins with as Markdown, near enough: '\n' for
// space, '<' for what will be punctuation.
func firstRune(r Run, depth int) rune {
	if !r.IsText() || len(r.Marks) > depth {
		return '<'
	}
	first, _ := utf8.DecodeRuneInString(r.Text)
	return first
}

func (p *linePrinter) leaf(r Run) {
	switch {
	case r.Break && p.inCell:
		p.write("<br>")
	case r.Break && p.last == '\\':
		p.write("  \n") // behind a backslash readers differ about another
	case r.Break:
		p.write("\\\n")
	case r.Image != nil:
		p.write("![" + escapeMarkdown(r.Image.Alt, 'x', true) + "](" + destination(r.Image.Src) + ")")
	case r.Anchor != "":
		p.write(`<span id="` + r.Anchor + `"></span>`)
	default:
		p.write(escapeMarkdown(r.Text, p.last, p.inLink))
	}
}

// group prints runs that stand under one more mark.
func (p *linePrinter) group(m Mark, runs []Run, depth int, after rune) {
	switch m.Tag {
	case "a":
		p.write("[")
		p.inLink = true
		p.runs(runs, depth)
		p.inLink = false
		p.write("](" + destination(m.Href) + ")")
	case "code":
		if code, ok := p.codeSpan(runs, depth, after); ok {
			p.write(code)
			return
		}
		p.element(m, runs, depth)
	case "em":
		p.emphasis("*", m, runs, depth, after)
	case "strong":
		p.emphasis("**", m, runs, depth, after)
	default:
		p.element(m, runs, depth)
	}
}

// element prints a mark that Markdown has no sign for, as HTML.
func (p *linePrinter) element(m Mark, runs []Run, depth int) {
	var start printer
	start.mark(m)
	p.write(inMarkdown.Replace(start.String()))
	p.runs(runs, depth)
	p.write("</" + m.Tag + ">")
}

// inMarkdown spells what a tag may not hold in Markdown: tables are cut at "|",
// and some readers take no tag that has U+FFFD in it.
var inMarkdown = strings.NewReplacer("|", "&#124;", "\ufffd", "&#65533;")

// emphasis prints em and strong. Where Markdown would not take the sign as one
// (it looks at the characters on both sides), they are HTML elements.
func (p *linePrinter) emphasis(sign string, m Mark, runs []Run, depth int, after rune) {
	inner := linePrinter{inLink: p.inLink, inEmphasis: true, inCell: p.inCell, last: '*'}
	if both(runs, depth) {
		sign = "***"
		inner.runs(runs, depth+1)
	} else {
		inner.runs(runs, depth)
	}
	text := inner.String()
	trimmed := strings.Trim(text, " ")
	lead, trail := text[:len(text)-len(strings.TrimLeft(text, " "))], ""
	if trimmed != "" {
		trail = text[len(strings.TrimRight(text, " ")):]
	}
	before := p.last
	if lead != "" {
		before = ' '
	}
	if trail != "" {
		after = ' '
	}
	if p.inEmphasis || strings.HasSuffix(trimmed, `\`) || !opens(before, trimmed) || !closes(trimmed, after) {
		p.element(m, runs, depth)
		return
	}
	p.write(lead)
	p.write(sign + trimmed + sign)
	p.write(trail)
}

// both reports whether all of runs is strong within em, or em within strong.
func both(runs []Run, depth int) bool {
	for _, r := range runs {
		if len(r.Marks) <= depth || r.Marks[depth].Tag != "em" && r.Marks[depth].Tag != "strong" {
			return false
		}
	}
	return true
}

// opens reports whether a sign between before and text opens emphasis.
func opens(before rune, text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	if text == "" || unicode.IsSpace(first) || before == '*' {
		return false
	}
	return !isSign(first) || before == 0 || unicode.IsSpace(before) || unicode.IsPunct(before)
}

// closes reports whether a sign between text and after closes emphasis.
func closes(text string, after rune) bool {
	last, _ := utf8.DecodeLastRuneInString(text)
	if text == "" || unicode.IsSpace(last) || after == '*' {
		return false
	}
	return !isSign(last) || after == 0 || unicode.IsSpace(after) || unicode.IsPunct(after)
}

// isSign reports whether some version of CommonMark takes r for punctuation.
func isSign(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) }

// codeSpan prints code in backticks, if it is plain text.
func (p *linePrinter) codeSpan(runs []Run, depth int, after rune) (string, bool) {
	if len(runs) != 1 || !runs[0].IsText() || len(runs[0].Marks) != depth || p.last == '`' || after == '`' {
		return "", false
	}
	code := runs[0].Text
	if strings.Contains(code, "|") || strings.Trim(code, " ") == "" {
		return "", false // a table would cut it; spaces alone would not be stripped
	}
	fence := strings.Repeat("`", longestRow(code, '`')+1)
	if code[0] == '`' || code[len(code)-1] == '`' || code[0] == ' ' && code[len(code)-1] == ' ' {
		code = " " + code + " "
	}
	return fence + code + fence, true
}

// destination prints the address of a link.
func destination(address string) string {
	var b strings.Builder
	for i := range len(address) {
		switch c := address[i]; {
		case strings.IndexByte(`()\`, c) >= 0, c == '&' && isEntity(address[i:]):
			b.WriteByte('\\')
			b.WriteByte(c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// isEntity reports whether s begins with what could be a character reference.
func isEntity(s string) bool {
	for i := 1; i < len(s) && i < 40; i++ {
		c := s[i]
		if c == ';' {
			return i > 1
		}
		if c != '#' && (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') {
			return false
		}
	}
	return false
}
