package paper

import (
	"fmt"
	"html"
	"slices"
	"strconv"
	"strings"
)

// Writer makes HTML of paragraphs. The zero Writer is ready.
type Writer struct {
	out   strings.Builder
	runs  []run
	lists []list
	quote int // how many are open
	cells int // of tables, how many are open

	seen    bool // something stands above
	turned  bool // a page was turned, and nothing stands on the new one
	settled bool // what stands above explains a turned page: a heading, a rule

	notes []*Writer
	lead  string // of a note: what its first paragraph begins with
}

// Par is what a paragraph is.
type Par struct {
	Heading int    // 1 to 6; 0 for text
	Align   string // "center", "right" or ""
	Dir     string // "rtl" or ""
	Quote   int    // how many quotes it stands in
	Item    *Item  // of a list, or nil
}

// Item says where in its list a paragraph stands.
type Item struct {
	List    string // items of one list say the same
	Level   int    // 0 is outermost
	Ordered bool
	Number  int  // of an ordered item
	More    bool // goes on with the item above
}

type list struct {
	Item
	tag string
}

// Text adds a stretch of text to the paragraph.
func (w *Writer) Text(s string, f Format) {
	if s == "" {
		return
	}
	if last := len(w.runs) - 1; last >= 0 && w.runs[last].isText() && w.runs[last].format == f {
		w.runs[last].joined = append(w.runs[last].joined, s...)
		return
	}
	w.runs = append(w.runs, run{joined: []byte(s), format: f})
}

// Line ends a line within the paragraph.
func (w *Writer) Line() { w.runs = append(w.runs, run{markup: "<br>", gap: true}) }

// Picture adds a picture; with no address, what is said of it.
func (w *Writer) Picture(src, alt string, f Format) {
	if src == "" {
		w.Text(alt, f)
		return
	}
	w.runs = append(w.runs, run{markup: `<img src="` + html.EscapeString(src) + `" alt="` + html.EscapeString(alt) + `">`, seen: true, format: f})
}

// Ruby adds text with a reading above it.
func (w *Writer) Ruby(base, reading string, f Format) {
	w.runs = append(w.runs, run{markup: "<ruby>" + html.EscapeString(base) + "<rt>" + html.EscapeString(reading) + "</rt></ruby>", seen: true, format: f})
}

// Page turns a page within the paragraph or between two.
func (w *Writer) Page() { w.runs = append(w.runs, run{page: true}) }

// Turn turns a page before the paragraph.
func (w *Writer) Turn() { w.runs = slices.Insert(w.runs, 0, run{page: true}) }

// Lead puts text before the paragraph.
func (w *Writer) Lead(s string) { w.runs = slices.Insert(w.runs, 0, run{joined: []byte(s)}) }

// Note adds the mark of a note, and returns a writer for what the note says.
func (w *Writer) Note() *Writer {
	note := &Writer{}
	w.notes = append(w.notes, note)
	n := len(w.notes)
	w.runs = append(w.runs, run{markup: fmt.Sprintf(`<sup><a id="%s%d" href="#%s%d">%d</a></sup>`, refPrefix, n, NotePrefix, n, n), seen: true})
	note.lead = fmt.Sprintf(`<a name="%s%d"></a><a href="#%s%d">%d</a> `, NotePrefix, n, refPrefix, n, n)
	return note
}

// The names of places that notes have.
const (
	NotePrefix = "fn-note-"
	refPrefix  = "fn-ref-"
)

// Plain returns the text of the paragraph so far.
func (w *Writer) Plain() string {
	var b strings.Builder
	for _, r := range w.runs {
		b.Write(r.joined)
		if r.markup == "<br>" {
			b.WriteByte('\n')
		}
	}
	return strings.TrimSpace(b.String())
}

// IsBlank reports whether the paragraph has nothing to see so far.
func (w *Writer) IsBlank() bool { return isBlank(w.runs) }

// Drop forgets the paragraph.
func (w *Writer) Drop() { w.runs = w.runs[:0] }

// End ends the paragraph.
func (w *Writer) End(p Par) {
	runs := w.runs
	for {
		at := 0
		for at < len(runs) && !runs[at].page {
			at++
		}
		turns := at < len(runs)
		if whole := at == len(runs) && len(runs) == len(w.runs); whole || !isBlank(runs[:at]) {
			w.paragraph(runs[:at], p)
		}
		if !turns {
			break
		}
		w.turned = w.seen && w.cells == 0
		runs = runs[at+1:]
	}
	w.runs = w.runs[:0]
}

func (w *Writer) paragraph(runs []run, p Par) {
	blank := isBlank(runs)
	if blank && (p.Heading > 0 || p.Item != nil) {
		return
	}
	if !blank && w.turned {
		if p.Heading == 0 && !w.settled {
			w.Rule()
		}
		w.turned = false
	}
	w.place(p)
	tag := "p"
	if p.Heading > 0 {
		tag = "h" + strconv.Itoa(min(p.Heading, 6))
	}
	w.out.WriteString("<" + tag)
	if p.Align != "" {
		w.out.WriteString(` align="` + p.Align + `"`)
	}
	if p.Dir != "" {
		w.out.WriteString(` dir="` + p.Dir + `"`)
	}
	w.out.WriteString(">" + w.lead)
	w.lead = ""
	if blank {
		w.out.WriteString("<br>")
	}
	writeRuns(&w.out, runs)
	w.out.WriteString("</" + tag + ">\n")
	if !blank {
		w.seen, w.settled = true, p.Heading > 0
	}
}

// Rule draws a line between paragraphs.
func (w *Writer) Rule() {
	w.place(Par{})
	w.out.WriteString("<hr>\n")
	w.settled, w.turned = true, false
}

// place opens and closes quotes and lists around a paragraph.
func (w *Writer) place(p Par) {
	if p.Item == nil || p.Quote != w.quote && !p.Item.More {
		w.closeLists(0)
	}
	if p.Item == nil || len(w.lists) == 0 {
		for ; w.quote > p.Quote; w.quote-- {
			w.out.WriteString("</blockquote>")
		}
		for ; w.quote < min(p.Quote, maxNesting); w.quote++ {
			w.out.WriteString("<blockquote>")
		}
	}
	if p.Item != nil {
		w.item(*p.Item)
	}
}

const maxNesting = 8

func (w *Writer) item(i Item) {
	n := len(w.lists)
	for n > 0 && w.lists[n-1].Level > i.Level {
		n--
	}
	w.closeLists(n)
	if i.More {
		return
	}
	if n > 0 && w.lists[n-1].Level == i.Level {
		if last := w.lists[n-1]; last.List == i.List && last.Ordered == i.Ordered {
			w.out.WriteString("</li><li>")
			return
		}
		w.closeLists(n - 1)
	}
	l := list{i, "ul"}
	start := ""
	if i.Ordered {
		l.tag = "ol"
		if i.Number > 1 {
			start = fmt.Sprintf(` start="%d"`, i.Number)
		}
	}
	w.lists = append(w.lists, l)
	w.out.WriteString("<" + l.tag + start + "><li>")
}

// closeLists closes all lists but the outermost n.
func (w *Writer) closeLists(n int) {
	for i := len(w.lists) - 1; i >= n; i-- {
		w.out.WriteString("</li></" + w.lists[i].tag + ">")
	}
	w.lists = w.lists[:min(n, len(w.lists))]
}

// InList reports whether a list is open, and the level of its innermost.
func (w *Writer) InList() (level int, open bool) {
	if len(w.lists) == 0 {
		return 0, false
	}
	return w.lists[len(w.lists)-1].Level, true
}

// Table opens a table. A table within one is laid out in its cell.
func (w *Writer) Table() {
	w.place(Par{})
	w.out.WriteString("<table>")
	w.seen, w.settled = true, false
}

// Row opens a row.
func (w *Writer) Row() { w.out.WriteString("<tr>") }

// Cell opens a cell that takes so many columns and rows.
func (w *Writer) Cell(columns, rows int) {
	w.out.WriteString("<td")
	if columns > 1 {
		fmt.Fprintf(&w.out, ` colspan="%d"`, columns)
	}
	if rows > 1 {
		fmt.Fprintf(&w.out, ` rowspan="%d"`, rows)
	}
	w.out.WriteString(">")
	w.cells++
}

// EndCell closes a cell.
func (w *Writer) EndCell() { w.place(Par{}); w.out.WriteString("</td>"); w.cells-- }

// EndRow closes a row.
func (w *Writer) EndRow() { w.out.WriteString("</tr>\n") }

// EndTable closes a table.
func (w *Writer) EndTable() { w.out.WriteString("</table>\n") }

// HTML returns all that was written, with the notes at the end. Nothing may be
// written after it.
func (w *Writer) HTML() string {
	if len(w.runs) > 0 {
		w.End(Par{})
	}
	w.place(Par{})
	for i, note := range w.notes {
		if i == 0 {
			w.out.WriteString("<hr>\n")
		}
		if note.out.Len() == 0 && len(note.runs) == 0 {
			note.runs = append(note.runs, run{joined: []byte("…")})
		}
		w.out.WriteString(note.HTML())
	}
	return w.out.String()
}
