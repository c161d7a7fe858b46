package docx

import (
	"strconv"
	"strings"

	"ficstead/internal/base/paper"
	"ficstead/internal/base/xmltree"
)

// reader goes through the text. Notes and text boxes have readers of their own.
type reader struct {
	*document
	out    *paper.Writer
	note   bool // within a note, where there are no notes
	begun  bool // the text has begun, behind titles and the like
	fields []field
	boxes  []*xmltree.Node // text boxes of this paragraph, which come behind it

	style *style
	base  toggles // the look of the paragraph that its style means and need not say
	dir   string
}

// indented is how far a paragraph stands in, beyond most others, to be a quote:
// a quarter of an inch, in twentieths of a point.
const indented = 360

// blocks reads what stands in a body, a cell, a note or a box.
func (r *reader) blocks(n *xmltree.Node) {
	for i, c := range n.Nodes {
		switch c.Name {
		case "w:p":
			r.paragraph(c, next(n.Nodes[i+1:]))
		case "w:tbl":
			r.table(c)
		case "w:sdt":
			if c.Child("w:sdtPr", "w:docPartObj", "w:docPartGallery").Attr("w:val") != "Table of Contents" {
				r.blocks(orEmpty(c.Child("w:sdtContent")))
			}
		case "w:ins", "w:moveTo", "w:customXml", "w:smartTag", "w:altChunk":
			r.blocks(c)
		case "mc:AlternateContent":
			r.blocks(alternative(c))
		case "m:oMathPara", "m:oMath":
			r.math(c)
			r.out.End(paper.Par{})
		}
	}
	if !r.out.IsBlank() {
		r.out.End(paper.Par{}) // the mark of the last paragraph was deleted
	}
}

func next(rest []*xmltree.Node) *xmltree.Node {
	for _, n := range rest {
		if n.Name == "w:p" || n.Name == "w:tbl" {
			return n
		}
	}
	return nil
}

func orEmpty(n *xmltree.Node) *xmltree.Node {
	if n == nil {
		return &xmltree.Node{}
	}
	return n
}

// alternative chooses between ways to say the same.
func alternative(n *xmltree.Node) *xmltree.Node {
	if choice := n.Child("mc:Choice"); choice != nil && len(choice.Nodes) > 0 {
		return choice
	}
	return orEmpty(n.Child("mc:Fallback"))
}

func (r *reader) paragraph(n, following *xmltree.Node) {
	props := n.Child("w:pPr")
	id, ok := props.Child("w:pStyle").Lookup("w:val")
	if !ok || r.styles.byID[id] == nil {
		id = r.styles.normal
	}
	st := r.styles.of(id)
	if st.role == skipped {
		return
	}
	par, label := r.judge(props, st)
	r.style, r.dir, r.base = st, par.Dir, toggles{}
	if par.Heading > 0 || st.role != ordinary {
		r.base = r.styles.toggles(st)
	}
	if on := r.find(props, st, "w:pageBreakBefore"); on != nil && isOn(on, "w:val") {
		r.out.Page()
	}
	r.out.Text(label, paper.Format{})
	r.inline(n, "")
	if gone := props.Child("w:rPr"); gone.Child("w:del") != nil || gone.Child("w:moveFrom") != nil || props.Child("w:framePr").Attr("w:dropCap") == "drop" || props.Child("w:framePr").Attr("w:dropCap") == "margin" {
		return // goes on with the next one
	}
	r.end(par, st, props, following)
	if section := props.Child("w:sectPr"); section != nil && section.Child("w:type").Attr("w:val") != "continuous" {
		r.out.Page()
	}
	boxes := r.boxes
	r.boxes = nil
	for _, box := range boxes {
		r.blocks(box)
	}
}

// end ends a paragraph as what it is.
func (r *reader) end(par paper.Par, st *style, props, following *xmltree.Node) {
	above, below := rules(props)
	switch {
	case r.out.IsBlank() && (above || below || st.role == ruled):
		r.out.Drop()
		r.out.Rule()
		return
	case r.out.IsBlank():
		r.out.End(par)
		return
	case !r.begun && !r.note && r.front(st):
		return
	}
	r.begun = r.begun || st.role != dated && st.role != subtitle
	if st.role == title {
		par.Heading = 1
	}
	if above {
		r.out.Rule()
	}
	r.out.End(par)
	if _, again := rules(following.Child("w:pPr")); below && !again {
		r.out.Rule()
	}
}

// front takes what a document says of itself above its text.
func (r *reader) front(st *style) bool {
	said := r.out.Plain()
	switch st.role {
	case title:
		r.title = append(r.title, strings.Join(strings.Fields(said), " "))
	case author:
		for name := range strings.Lines(said) {
			r.creators = append(r.creators, strings.TrimSpace(name))
		}
	case abstract:
		abstract := &paper.Writer{}
		abstract.Text(said, paper.Format{})
		r.summary += abstract.HTML()
	default:
		return false
	}
	r.out.Drop()
	return true
}

// rules reports whether a line is drawn above or below a paragraph, by hand and
// not around it.
func rules(props *xmltree.Node) (above, below bool) {
	border := props.Child("w:pBdr")
	drawn := func(side string) bool {
		value := border.Child(side).Attr("w:val")
		return value != "" && value != "nil" && value != "none"
	}
	if drawn("w:left") || drawn("w:right") {
		return false, false
	}
	return drawn("w:top"), drawn("w:bottom")
}

// judge says what a paragraph is, and the number that a heading begins with.
func (r *reader) judge(props *xmltree.Node, st *style) (par paper.Par, label string) {
	par.Heading = st.heading
	if own := outline(props); own != 0 {
		par.Heading = max(own, 0)
	}
	if on := r.find(props, st, "w:bidi"); on != nil && isOn(on, "w:val") {
		par.Dir = "rtl"
	}
	list, level := r.lists.place(props, st)
	switch {
	case par.Heading > 0:
		if list != nil {
			if label = list.label(level); label != "" {
				label += " "
			}
		}
		return par, label
	case list != nil:
		par.Item = list.item(level)
	}
	switch align := r.find(props, st, "w:jc").Attr("w:val"); {
	case align == "center":
		par.Align = "center"
	case (align == "right" || align == "end") && par.Dir == "":
		par.Align = "right"
	}
	in := r.indent(props, st)
	switch {
	case par.Item != nil:
	case in >= indented && r.goesOn(props, st):
		level, _ := r.out.InList()
		par.Item = &paper.Item{Level: level, More: true}
	case st.role == quoted, in-r.usual >= indented && par.Align == "":
		par.Quote = 1
	}
	return par, ""
}

// goesOn reports whether a paragraph belongs to the item above it.
func (r *reader) goesOn(props *xmltree.Node, st *style) bool {
	_, open := r.out.InList()
	return open && (props.Child("w:numPr", "w:numId").Attr("w:val") == "0" || strings.HasPrefix(st.name, "list"))
}

// find looks for a property of a paragraph: by hand, or in its style.
func (r *reader) find(props *xmltree.Node, st *style, name string) *xmltree.Node {
	if n := props.Child(name); n != nil {
		return n
	}
	if n := r.styles.property(st, "w:pPr", name); n != nil {
		return n
	}
	return r.styles.paragraph.Child(name)
}

// indent is how far all lines of a paragraph stand in.
func (r *reader) indent(props *xmltree.Node, st *style) int {
	size := func(names ...string) int {
		for _, name := range names {
			for _, n := range [...]*xmltree.Node{props.Child("w:ind"), r.styles.property(st, "w:pPr", "w:ind")} {
				if value, ok := n.Lookup(name); ok {
					twips, _ := strconv.Atoi(value)
					return twips
				}
			}
		}
		return 0
	}
	return size("w:left", "w:start") - size("w:hanging")
}

// measure finds how far most paragraphs stand in.
func (r *reader) measure(body *xmltree.Node) {
	count := map[int]int{}
	best := 0
	for p := range body.Each("w:p") {
		props := p.Child("w:pPr")
		id, ok := props.Child("w:pStyle").Lookup("w:val")
		if !ok {
			id = r.styles.normal
		}
		in := r.indent(props, r.styles.of(id))
		if count[in]++; count[in] > count[best] {
			best = in
		}
	}
	r.usual = best
}

// table reads a table; one of a single cell is only a frame.
func (r *reader) table(n *xmltree.Node) {
	rows := parts(n, "w:tr")
	if len(rows) == 1 {
		if cells := parts(rows[0], "w:tc"); len(cells) == 1 {
			r.blocks(cells[0])
			return
		}
	}
	r.begun = true
	r.out.Table()
	for _, row := range rows {
		if row.Child("w:trPr", "w:del") != nil {
			continue
		}
		r.out.Row()
		for _, cell := range parts(row, "w:tc") {
			columns, _ := strconv.Atoi(cell.Child("w:tcPr", "w:gridSpan").Attr("w:val"))
			r.out.Cell(min(columns, 100), 1)
			r.blocks(cell)
			r.out.EndCell()
		}
		r.out.EndRow()
	}
	r.out.EndTable()
}

// parts finds the rows of a table or the cells of a row, whatever is around them.
func parts(n *xmltree.Node, name string) (found []*xmltree.Node) {
	for _, c := range n.Nodes {
		switch c.Name {
		case name:
			found = append(found, c)
		case "w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:customXml":
			found = append(found, parts(c, name)...)
		}
	}
	return found
}
