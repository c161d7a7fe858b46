package prose

import (
	"strconv"
	"strings"
)

// Markdown prints d as CommonMark with tables as GitHub has them. What Markdown
// cannot say (underlining, ruby, language within a line) stands as HTML
// elements in the line; alignment is lost. Read as Markdown, the text is the same.
func (d Doc) Markdown() string {
	s := markdownRow(d.blocks)
	if s == "" {
		return ""
	}
	return s + "\n"
}

// markdownRow prints blocks, apart by blank lines, without a newline at the end.
func markdownRow(row []Block) string {
	var parts []string
	alternate := false // of two lists in a row one has other marks, or they would be one
	for i, b := range row {
		if i > 0 && b.isListed() && row[i-1].isListed() && b.kind != Definition {
			alternate = !alternate
		}
		if s := b.markdown(alternate); s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, "\n\n")
}

func (b Block) isListed() bool {
	return b.kind == List || b.kind == Definition || b.kind == Definitions
}

func (b Block) markdown(alternate bool) string {
	switch b.kind {
	case Break:
		return SceneBreakText
	case Empty:
		return "&nbsp;"
	case Heading:
		return strings.Repeat("#", max(int(b.level), 1)) + " " + markdownHeading(b.runs)
	case Pre:
		return fenced(b.Text())
	case Quote:
		return prefixed(markdownRow(b.kids), "> ", "> ")
	case List:
		return b.markdownList(alternate)
	case Definition:
		if len(b.kids) == 0 {
			return "" // a term without a definition
		}
		return prefixed(markdownRow(b.kids), "- ", "  ")
	case Term, Summary:
		return markdownInline(emboldened(b.runs))
	case Table:
		return b.markdownTable()
	}
	if b.kind.holdsBlocks() {
		return markdownRow(b.kids)
	}
	return markdownInline(b.runs)
}

// markdownHeading prints runs on one line that does not end in "#", which
// Markdown would take away.
func markdownHeading(runs []Run) string {
	p := linePrinter{last: ' '}
	p.runs(withoutBreaks(runs), 0)
	if line, ok := strings.CutSuffix(p.String(), "#"); ok {
		return line + `\#`
	}
	return p.String()
}

func (b Block) markdownList(alternate bool) string {
	mark, after := "-", "."
	if alternate {
		mark, after = "+", ")"
	}
	between := "\n"
	items := make([]string, len(b.kids))
	for i, item := range b.kids {
		if item.plain() == nil {
			between = "\n\n"
		}
		if b.level == 1 {
			mark = strconv.Itoa(max(b.start, 1)+i) + after
		}
		items[i] = prefixed(markdownRow(item.kids), mark+" ", strings.Repeat(" ", len(mark)+1))
	}
	return strings.Join(items, between)
}

// prefixed puts first before the first line and others before the rest.
func prefixed(s, first, others string) string {
	var b strings.Builder
	prefix := first
	for i, line := range strings.Split(s, "\n") {
		if i > 0 {
			b.WriteByte('\n')
			prefix = others
		}
		if line == "" {
			prefix = strings.TrimRight(prefix, " ")
		}
		b.WriteString(prefix + line)
	}
	return b.String()
}

func fenced(s string) string {
	fence := strings.Repeat("`", max(3, longestRow(s, '`')+1))
	return fence + "\n" + s + "\n" + fence
}

// longestRow returns how often c stands in a row in s at most.
func longestRow(s string, c byte) int {
	most, n := 0, 0
	for i := range len(s) {
		if s[i] != c {
			n = 0
			continue
		}
		n++
		most = max(most, n)
	}
	return most
}

func withoutBreaks(runs []Run) []Run {
	line := make([]Run, len(runs))
	for i, r := range runs {
		if r.Break {
			r = Run{Text: " ", Marks: r.Marks}
		}
		line[i] = r
	}
	return line
}

func emboldened(runs []Run) []Run {
	bold := make([]Run, len(runs))
	for i, r := range runs {
		r = r.Without("strong")
		r.Marks = append([]Mark{{Tag: "strong"}}, r.Marks...)
		bold[i] = r
	}
	return bold
}

// markdownTable prints a table. One without a head has an empty one, because
// Markdown knows no other.
func (b Block) markdownTable() string {
	var caption string
	rows := b.kids
	if rows[0].kind == Caption {
		caption = markdownInline(rows[0].runs) + "\n\n"
		rows = rows[1:]
	}
	columns := 0
	for _, row := range rows {
		columns = max(columns, row.width())
	}
	var out strings.Builder
	out.WriteString(caption)
	if rows[0].part != head {
		out.WriteString(strings.Repeat("| ", columns) + "|\n")
		out.WriteString(strings.Repeat("| --- ", columns) + "|\n")
	}
	for i, row := range rows {
		for _, cell := range row.kids {
			out.WriteString("| " + cell.markdownCell() + " ")
			out.WriteString(strings.Repeat("| ", max(int(cell.cols), 1)-1))
		}
		out.WriteString(strings.Repeat("| ", columns-row.width()) + "|\n")
		if i == 0 && row.part == head {
			out.WriteString(strings.Repeat("| --- ", columns) + "|\n")
		}
	}
	return strings.TrimSuffix(out.String(), "\n")
}

func (b Block) width() int {
	n := 0
	for _, cell := range b.kids {
		n += max(int(cell.cols), 1)
	}
	return n
}

// markdownCell prints what a cell holds on one line.
func (b Block) markdownCell() string {
	var lines []string
	each(b.kids, func(k Block) {
		if len(k.runs) > 0 {
			p := linePrinter{inCell: true}
			p.runs(withBreaks(k.runs), 0)
			lines = append(lines, p.String())
		}
	})
	return strings.Join(lines, "<br>")
}

// withBreaks makes line breaks of the line ends in preformatted text.
func withBreaks(runs []Run) []Run {
	var lines []Run
	for _, r := range runs {
		for i, line := range strings.Split(r.Text, "\n") {
			if i > 0 {
				lines = append(lines, Run{Break: true, Marks: r.Marks})
			}
			r.Text = line
			lines = append(lines, r)
		}
	}
	return lines
}
