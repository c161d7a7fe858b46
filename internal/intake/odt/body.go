package odt

import (
	"fmt"
	"strconv"
	"strings"

	"ficstead/internal/base/paper"
	"ficstead/internal/base/xmltree"
)

// reader goes through the text. Notes have readers of their own.
type reader struct {
	*document
	out   *paper.Writer
	note  bool // within a note, where there are no notes
	begun bool // the text has begun, behind titles and the like
	lists int  // how many were met
	item  *paper.Item
	boxes []*xmltree.Node // text boxes of this paragraph, which come behind it

	base look // the look of the paragraph that its style means and need not say
}

// indented is how far a paragraph stands in, beyond most others, to be a quote,
// in points: a quarter of an inch.
const indented = 18

// blocks reads what stands in a body, a section, a cell, a note or a box.
func (r *reader) blocks(n *xmltree.Node) {
	for i, c := range n.Nodes {
		switch c.Name {
		case "text:p", "text:h":
			r.paragraph(c, n.Nodes[i+1:])
		case "text:list", "text:ordered-list", "text:unordered-list":
			r.list(c, "", 1)
		case "table:table":
			r.table(c)
		case "text:section", "text:numbered-paragraph", "text:index-body":
			if c.Attr("text:display") != "none" {
				r.blocks(c)
			}
		case "draw:frame", "draw:text-box", "draw:image", "draw:a", "draw:g":
			r.drawing(c, paper.Format{})
			r.out.End(paper.Par{})
			r.ownBoxes()
		}
	}
}

func (r *reader) paragraph(n *xmltree.Node, following []*xmltree.Node) {
	st := r.styles.of("paragraph", n.Attr("text:style-name"))
	l := look{}
	if d := r.styles.defaults["paragraph"]; d != nil {
		l = l.over(&style{chain: []*xmltree.Node{d}})
	}
	l = l.over(st)
	par := r.judge(n, st)
	r.base = look{}
	if par.Heading > 0 || st.role != ordinary {
		r.base = l
	}
	if v, _ := st.property("style:paragraph-properties", "fo:break-before"); v == "page" || len(st.chain) > 0 && st.chain[0].Attr("style:master-page-name") != "" {
		r.out.Page()
	}
	r.inline(n, l, "")
	r.end(par, st, following)
	if v, _ := st.property("style:paragraph-properties", "fo:break-after"); v == "page" {
		r.out.Page()
	}
	r.ownBoxes()
}

func (r *reader) ownBoxes() {
	boxes := r.boxes
	r.boxes = nil
	for _, box := range boxes {
		r.blocks(box)
	}
}

// judge says what a paragraph is.
func (r *reader) judge(n *xmltree.Node, st *style) (par paper.Par) {
	property := func(name string) string {
		v, _ := st.property("style:paragraph-properties", name)
		return v
	}
	if par.Heading = st.heading; n.Name == "text:h" {
		level, _ := strconv.Atoi(n.Attr("text:outline-level") + n.Attr("text:level"))
		if par.Heading = max(level, 1); level > 6 {
			par.Heading = 0
		}
	}
	if strings.HasPrefix(property("style:writing-mode"), "rl") {
		par.Dir = "rtl"
	}
	if par.Heading > 0 {
		return par
	}
	switch align := property("fo:text-align"); {
	case align == "center":
		par.Align = "center"
	case (align == "end" || align == "right") && par.Dir == "":
		par.Align = "right"
	}
	if r.item != nil {
		item := *r.item
		par.Item = &item
		r.item.More = true // of what else stands in the item
		return par
	}
	if st.role == quoted || r.indent(st)-r.usual >= indented && par.Align == "" {
		par.Quote = 1
	}
	return par
}

// indent is how far all lines of a paragraph stand in.
func (r *reader) indent(st *style) float64 {
	left, _ := st.property("style:paragraph-properties", "fo:margin-left")
	first, _ := st.property("style:paragraph-properties", "fo:text-indent")
	return length(left) + min(length(first), 0)
}

// measure finds how far most paragraphs stand in.
func (r *reader) measure(story *xmltree.Node) {
	count := map[float64]int{}
	for p := range story.Each("text:p") {
		in := r.indent(r.styles.of("paragraph", p.Attr("text:style-name")))
		if count[in]++; count[in] > count[r.usual] {
			r.usual = in
		}
	}
}

// end ends a paragraph as what it is.
func (r *reader) end(par paper.Par, st *style, following []*xmltree.Node) {
	below := r.isRuled(st)
	switch {
	case r.out.IsBlank() && (below || st.role == ruled):
		r.out.Drop()
		r.out.Rule()
		return
	case r.out.IsBlank():
		r.out.End(par)
		return
	case !r.begun && !r.note && st.role == title:
		r.title = append(r.title, strings.Join(strings.Fields(r.out.Plain()), " "))
		r.out.Drop()
		return
	case !r.begun && !r.note && st.role == author:
		r.creators = append(r.creators, r.out.Plain())
		r.out.Drop()
		return
	}
	r.begun = r.begun || st.role != subtitle
	if st.role == title {
		par.Heading = 1
	}
	r.out.End(par)
	if below && !(len(following) > 0 && r.isRuled(r.styles.of("paragraph", following[0].Attr("text:style-name")))) {
		r.out.Rule()
	}
}

// isRuled reports whether a line is drawn below a paragraph, by hand and not
// around it.
func (r *reader) isRuled(st *style) bool {
	if len(st.chain) == 0 {
		return false
	}
	own := style{chain: st.chain[:1]}
	drawn := func(side string) bool {
		v, _ := own.property("style:paragraph-properties", "fo:border-"+side)
		return v != "" && v != "none"
	}
	return drawn("bottom") && !drawn("left") && !drawn("right")
}

// list reads a list. One within another has its style if it has none of its own.
func (r *reader) list(n *xmltree.Node, name string, level int) {
	if own := n.Attr("text:style-name"); own != "" {
		name = own
	}
	start, ordered := r.styles.isOrdered(name, level)
	ordered = ordered || n.Name == "text:ordered-list"
	id := name
	if id == "" || n.Attr("text:continue-numbering") != "true" {
		r.lists++
		id = fmt.Sprint(r.lists)
	}
	outer := r.item
	number := max(start, 1)
	for _, c := range n.Nodes {
		if c.Name != "text:list-item" && c.Name != "text:list-header" {
			continue
		}
		if v, err := strconv.Atoi(c.Attr("text:start-value")); err == nil {
			number = v
		}
		r.item = &paper.Item{List: id, Level: level - 1, Ordered: ordered, Number: number, More: c.Name == "text:list-header" && outer != nil}
		for i, b := range c.Nodes {
			switch b.Name {
			case "text:p", "text:h":
				r.paragraph(b, c.Nodes[i+1:])
			case "text:list", "text:ordered-list", "text:unordered-list":
				r.list(b, name, level+1)
			}
		}
		number++
	}
	r.item = outer
}

// table reads a table; one of a single cell is only a frame.
func (r *reader) table(n *xmltree.Node) {
	rows := rowsOf(n)
	if len(rows) == 1 && len(cellsOf(rows[0])) == 1 {
		r.blocks(cellsOf(rows[0])[0])
		return
	}
	item := r.item
	r.item = nil
	r.begun = true
	r.out.Table()
	for _, row := range rows {
		r.out.Row()
		for _, cell := range cellsOf(row) {
			columns, _ := strconv.Atoi(cell.Attr("table:number-columns-spanned"))
			down, _ := strconv.Atoi(cell.Attr("table:number-rows-spanned"))
			r.out.Cell(min(columns, 100), min(down, 100))
			r.blocks(cell)
			r.out.EndCell()
		}
		r.out.EndRow()
	}
	r.out.EndTable()
	r.item = item
}

func rowsOf(n *xmltree.Node) (rows []*xmltree.Node) {
	for _, c := range n.Nodes {
		switch c.Name {
		case "table:table-row":
			rows = append(rows, c)
		case "table:table-header-rows", "table:table-rows", "table:table-row-group":
			rows = append(rows, rowsOf(c)...)
		}
	}
	return rows
}

func cellsOf(n *xmltree.Node) (cells []*xmltree.Node) {
	for _, c := range n.Nodes {
		if c.Name == "table:table-cell" {
			cells = append(cells, c)
		}
	}
	return cells
}
