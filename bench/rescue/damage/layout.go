package damage

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Layout is how paragraphs stand in the file.
type Layout uint8

// The layouts.
const (
	Blank        Layout = iota // a blank line between
	Single                     // one line each
	Doubled                    // two blank lines between, or empty paragraphs
	WrappedBlank               // hard-wrapped, blank lines between
	Wrapped                    // hard-wrapped, none between
	WrappedIn                  // hard-wrapped, first lines indented
	Hyphened                   // as WrappedIn, words cut at line ends
	NoParagraphs               // all in one
	Breaks                     // of a page: <br> instead of <p>
)

func (l Layout) wraps() bool { return l >= WrappedBlank && l <= Hyphened }

// LinesToo reports whether the end of a paragraph and that of a line look alike
// in the file, so that nobody can tell verse or a list from short paragraphs.
func (r *Recipe) LinesToo() bool {
	switch r.Layout {
	case Single, Wrapped, WrappedIn, Hyphened, NoParagraphs:
		return !r.HTML
	}
	return false
}

// width of the file's lines.
func (d *damager) width() int { return []int{60, 65, 68, 72, 76, 80}[d.IntN(6)] }

// print lays the elements out as one text.
func (d *damager) print(row []element) string {
	if d.HTML {
		return d.page(row)
	}
	if d.Layout == NoParagraphs {
		return d.block(row, " ")
	}
	width, indent := d.width(), strings.Repeat(" ", 2+d.IntN(4))
	between, marker := "\n", "\n" // after a paragraph; around a marker, once more
	switch d.Layout {
	case Blank, WrappedBlank:
		between, marker = "\n\n", ""
	case Doubled:
		between, marker = "\n\n\n", ""
	}
	var out strings.Builder
	for i, e := range row {
		switch {
		case e.space:
			out.WriteString("\n\n")
			continue
		case e.scene:
			out.WriteString(marker + e.lines[0] + between + marker)
			continue
		}
		lines := e.lines
		if d.Layout.wraps() && (len(lines) == 1 || len(lines[0]) > width*2) {
			in := ""
			if d.Layout == WrappedIn || d.Layout == Hyphened {
				in = indent
			}
			lines = d.wrap(strings.Join(lines, " "), width, in)
		}
		out.WriteString(strings.Join(lines, "\n") + between)
		if i == 0 && d.Header && between == "\n" {
			out.WriteString("\n")
		}
	}
	text := strings.TrimRight(out.String(), "\n") + "\n"
	if d.Heads {
		text = d.heads(text)
	}
	return text
}

func (d *damager) block(row []element, sep string) string {
	var parts []string
	for _, e := range row {
		if !e.space {
			parts = append(parts, strings.Join(e.lines, sep))
		}
	}
	return strings.Join(parts, sep) + "\n"
}

// wrap breaks text into lines that are no longer than width.
func (d *damager) wrap(text string, width int, indent string) []string {
	var lines []string
	line, n := indent, utf8.RuneCountInString(indent)
	begun := false
	for _, word := range strings.Split(text, " ") {
		size := utf8.RuneCountInString(word)
		switch {
		case !begun:
		case n+1+size <= width:
			line, n = line+" ", n+1
		case d.Layout == Hyphened && size >= 7 && width-n >= 4 && letters(word) && d.IntN(3) == 0:
			cut := max(3, min(width-n-2, size-3))
			lines = append(lines, line+" "+word[:cut]+"-")
			word = word[cut:]
			size -= cut
			line, n = "", 0
		default:
			lines = append(lines, line)
			line, n = "", 0
		}
		line, n, begun = line+word, n+size, true
	}
	return append(lines, line)
}

func letters(s string) bool {
	for i := range len(s) {
		if s[i] < 'a' || s[i] > 'z' {
			return false
		}
	}
	return true
}

// heads puts a head or a foot on each page of about fifty lines.
func (d *damager) heads(text string) string {
	title := d.work.Title
	if title == "" {
		title = "Untitled"
	}
	every := 42 + d.IntN(14)
	style := d.IntN(3)
	var out []string
	page := 1
	for i, line := range strings.Split(text, "\n") {
		out = append(out, line)
		if i%every == every-1 {
			page++
			head := [...]string{fmt.Sprintf("%s    %d", title, page), fmt.Sprintf("Page %d of 97", page), fmt.Sprint(page)}[style]
			if d.Layout == WrappedBlank {
				out = append(out, "", head, "")
			} else {
				out = append(out, head)
			}
		}
	}
	return strings.Join(out, "\n")
}

// page lays the elements out as HTML.
func (d *damager) page(row []element) string {
	var out strings.Builder
	fmt.Fprintf(&out, "<html><head><meta charset=\"utf-8\"><title>%s</title></head><body>\n", d.escape(d.work.Title))
	for i, e := range row {
		text := strings.Join(e.lines, "<br>\n")
		switch {
		case e.space && d.Layout == Breaks:
			out.WriteString("<br>\n<br>\n")
		case e.space:
			out.WriteString("<p>&nbsp;</p>\n<p>&nbsp;</p>\n")
		case text == "<hr>":
			out.WriteString("<hr>\n")
		case d.Layout == Breaks:
			out.WriteString(text + "<br>\n<br>\n")
		case d.Layout == NoParagraphs:
			out.WriteString(text + " ")
		case d.Layout == Doubled && i > 0:
			out.WriteString("<p>&nbsp;</p>\n<p>" + text + "</p>\n")
		default:
			out.WriteString("<p>" + text + "</p>\n")
		}
	}
	out.WriteString("</body></html>\n")
	return out.String()
}

// quotes is the style of apostrophes and quotes that a lossy program left.
type quotes struct{ all bool }

func drawQuotes(r *rand.Rand) quotes { return quotes{all: r.IntN(2) == 0} }

// questions makes question marks of typographic quotes.
func (q quotes) questions(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("“”‘’", r) || q.all && unicode.Is(unicode.Pd, r) && r != '-' {
			return '?'
		}
		return r
	}, s)
}
