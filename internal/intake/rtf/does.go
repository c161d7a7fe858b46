package rtf

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"ficstead/internal/base/bounds"
	"ficstead/internal/base/paper"
)

// entryWord reads words within the tables of fonts and styles.
func (r *reader) entryWord(t token) bool {
	switch {
	case r.to == fonts && t.name == "f" && len(r.fonts) < bounds.RTFTable:
		if !r.entry {
			r.named.Reset()
		}
		r.entryFont = &font{}
		r.fonts[t.n] = r.entryFont
	case r.to == fonts && t.name == "fcharset" && r.entryFont != nil:
		r.entryFont.page = pageOf(t.n)
	case r.to == fonts && t.name == "cpg" && r.entryFont != nil:
		r.entryFont.page = t.n
	case r.to == sheet && t.name == "s" && len(r.styles) < bounds.RTFTable:
		r.entryStyle = &style{}
		r.styles[t.n] = r.entryStyle
	default:
		return false
	}
	return true
}

// endEntry ends an entry of a table, which held what inner says.
func (r *reader) endEntry(inner state) {
	name := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(r.named.String()), ";"))
	r.named.Reset()
	if r.entryFont != nil {
		r.entryFont.name = name
	}
	if r.entryStyle != nil {
		r.entryStyle.name = strings.ToLower(name)
		r.entryStyle.outline = inner.outline
		r.entryStyle.letters = inner.letters
	}
	r.entryFont, r.entryStyle = nil, nil
}

// judgePages finds out whether fonts that claim the Western letters mean those
// of the document: they do where no font claims the document's.
func (r *reader) judgePages() {
	for _, f := range r.fonts {
		if f.page == r.page {
			return
		}
	}
	for _, f := range r.fonts {
		if f.page == 1252 {
			f.page = 0
		}
	}
}

// does reads the other words.
func (r *reader) does(t token) {
	switch t.name {
	case "ansicpg":
		if t.n > 0 {
			r.page = t.n
		}
	case "mac":
		r.page = 10000
	case "pc":
		r.page = 437
	case "pca":
		r.page = 850
	case "deff":
		r.plain, r.font = t.n, t.n
	case "deflang":
		r.lang = t.n
	}
	if r.to != body {
		return
	}
	switch t.name {
	case "par":
		r.endParagraph()
	case "line", "lbr", "softline":
		r.toTable()
		r.out.Line()
	case "page":
		r.out.Page()
	case "sect":
		if !r.out.IsBlank() {
			r.endParagraph()
		}
		r.out.Page()
	case "trowd":
		r.inRow = r.out == &r.text
	case "cell":
		r.endCell()
	case "row":
		r.endRow()
	case "nestcell", "nestrow":
		if !r.out.IsBlank() {
			r.endParagraph()
		}
	}
}

// roles are the styles that are no text of the story, or say what it is.
const (
	titled = "title"
	byline = "author"
)

// heading returns the level of the paragraph if it is a heading, and its style.
func (r *reader) heading() (int, style) {
	st := style{}
	if known := r.styles[r.paragraph.style]; known != nil {
		st = *known
	}
	switch {
	case r.outline > 0:
		return r.outline, st
	case strings.HasPrefix(st.name, "heading "):
		level, _ := strconv.Atoi(strings.TrimPrefix(st.name, "heading "))
		if level > 6 {
			level = 0
		}
		return level, st
	}
	return st.outline, st
}

// endParagraph ends a paragraph as what it is.
func (r *reader) endParagraph() {
	r.toTable()
	level, st := r.heading()
	label := line(r.label.String())
	r.label.Reset()
	blank := r.out.IsBlank()
	below := r.below && !r.boxed && !r.inTable
	if r.ruled && !below {
		r.ruled = false
		r.out.Rule()
	}
	switch {
	case strings.HasPrefix(st.name, "toc ") && r.out == &r.text:
		r.out.Drop()
		return
	case blank && below:
		r.out.Drop()
		r.ruled = true
		return
	case !blank && !r.begun && r.out == &r.text && (st.name == titled || st.name == byline):
		if st.name == titled {
			r.titles = append(r.titles, line(r.out.Plain()))
		} else {
			r.author.WriteString(";" + r.out.Plain())
		}
		r.out.Drop()
		return
	}
	r.begun = r.begun || !blank && r.out == &r.text
	if r.newPage && !blank {
		r.out.Turn()
	}
	par := r.judge(level, st, label)
	if par.Heading > 0 && label != "" && strings.Trim(label, "•·-–—*") != "" {
		r.out.Lead(label + " ")
	}
	r.out.End(par)
	r.ruled = below
}

// judge says what a paragraph is.
func (r *reader) judge(level int, st style, label string) paper.Par {
	par := paper.Par{Heading: level}
	if st.name == titled {
		par.Heading = 1
	}
	if r.rtl {
		par.Dir = "rtl"
	}
	if par.Heading > 0 {
		return par
	}
	if par.Align = r.align; par.Align == "right" && r.rtl {
		par.Align = ""
	}
	_, open := r.out.InList()
	switch {
	case label != "":
		number, ordered := numberOf(label)
		par.Item = &paper.Item{List: fmt.Sprint(r.list), Level: r.level, Ordered: ordered, Number: number}
	case r.list > 0 && open && !r.out.IsBlank():
		par.Item = &paper.Item{List: fmt.Sprint(r.list), Level: r.level, More: true}
	case isQuote(st.name), r.first >= 0 && r.left-r.usual >= indented && r.align == "" && !r.inTable:
		par.Quote = 1
	}
	return par
}

// indented is how far a paragraph stands in, beyond most others, to be a quote:
// a quarter of an inch, in twentieths of a point.
const indented = 360

func isQuote(name string) bool {
	switch name {
	case "quote", "intense quote", "block text", "quotations", "block quotation":
		return true
	}
	return false
}

var number = regexp.MustCompile(`^\(?(?:(\d{1,6})|[A-Za-z]|[ivxlcIVXLC]{1,6})[.):]`)

// numberOf reads what an item begins with: "3." counts, "•" does not.
func numberOf(label string) (n int, ordered bool) {
	m := number.FindStringSubmatch(label)
	if m == nil {
		return 0, false
	}
	n, _ = strconv.Atoi(m[1])
	return n, true
}

// toTable opens the cell that what follows stands in, or ends the table.
func (r *reader) toTable() {
	if r.out != &r.text {
		return
	}
	if !r.inTable && !r.inRow {
		r.endTable()
		return
	}
	if !r.table {
		if !r.out.IsBlank() {
			r.out.End(paper.Par{})
		}
		r.out.Drop()
		r.out.Table()
		r.table, r.begun = true, true
	}
	if !r.row {
		r.out.Row()
		r.row = true
	}
	if !r.cell {
		r.out.Cell(1, 1)
		r.cell = true
	}
}

func (r *reader) endCell() {
	if r.out != &r.text {
		return
	}
	r.inRow = true // whatever was said before
	r.toTable()
	if !r.out.IsBlank() {
		r.endParagraph()
	}
	r.out.Drop()
	r.out.EndCell()
	r.cell = false
}

func (r *reader) endRow() {
	if r.cell {
		r.endCell()
	}
	if r.row {
		r.out.EndRow()
	}
	r.row, r.inRow = false, false
}

func (r *reader) endTable() {
	if !r.table {
		return
	}
	kept := r.paragraph
	r.endRow()
	r.out.EndTable()
	r.table, r.inRow = false, false
	r.paragraph = kept
}

// finish ends what is open at the end of the document.
func (r *reader) finish() {
	if !r.text.IsBlank() {
		r.out = &r.text
		r.endParagraph()
	}
	r.text.Drop()
	r.inTable, r.inRow = false, false
	r.endTable()
}

// note begins a note, unless within one.
func (r *reader) note() {
	if r.out != &r.text || r.to != body {
		r.to = nowhere
		return
	}
	r.toTable()
	r.out = r.out.Note()
	r.paragraph = paragraph{list: -1, style: -1}
	r.letters = letters{font: r.plain, lang: r.lang}
}

var (
	linkField   = regexp.MustCompile(`(?i)^\s*HYPERLINK\s+"?([^"\s]+)`)
	symbolField = regexp.MustCompile(`(?i)^\s*SYMBOL\s+(\d{1,5})\s.*\\f\s+"?([^"]+)"?`)
)

// doField reads what a field does: it leads somewhere, or is a sign.
func (r *reader) doField() {
	said := r.command.String()
	r.command.Reset()
	if m := linkField.FindStringSubmatch(said); m != nil && !strings.HasPrefix(m[1], `\`) {
		r.link = m[1]
	}
	if m := symbolField.FindStringSubmatch(said); m != nil && r.to == body {
		code, _ := strconv.Atoi(m[1])
		if sign := paper.Symbol(strings.TrimSpace(m[2]), rune(code)); sign != 0 {
			r.say(string(sign))
		}
	}
}

// digit takes one of a picture.
func (r *reader) digit(c byte) {
	d := digit(c)
	switch {
	case d < 0 || len(r.blip) >= maxPicture:
	case r.half < 0:
		r.half = d
	default:
		r.blip = append(r.blip, byte(r.half<<4|d))
		r.half = -1
	}
}

// showPicture shows the picture that a group held.
func (r *reader) showPicture() {
	blip := r.blip
	r.blip = nil
	if r.to != body || !r.shown || len(blip) == 0 {
		return
	}
	if address := r.keep(blip); address != "" {
		r.toTable()
		r.out.Picture(address, "", r.format())
	}
}
