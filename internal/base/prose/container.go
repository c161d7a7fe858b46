package prose

import (
	"cmp"
	"slices"

	"ficstead/internal/base/bounds"
)

// openContainer takes the start of a quote, list, table or part of one.
func (b *builder) openContainer(name string, e element, a attrs, l look) {
	if e.kind == Cell || e.kind == Row {
		if !b.inTable() {
			b.openFrame(name, l) // a row without a table is a frame
			return
		}
	}
	if b.full() || b.top().depth >= bounds.BlockDepth {
		b.leaveOut(name)
		return
	}
	b.endLeaf(false)
	b.place(e.kind)
	if !b.push(name, l, false) {
		return
	}
	b.become(e.kind)
	block := &b.top().block
	block.level = e.level
	switch e.kind {
	case List:
		if e.level == 1 {
			block.start = number(a.start, bounds.ListStart)
			if block.start == 1 {
				block.start = 0
			}
		}
	case Cell:
		block.cols = span(a.colspan)
		block.rows = span(a.rowspan)
	case Row:
		block.part = b.tablePart()
	}
}

// leaveOut keeps what an element holds and forgets the element.
func (b *builder) leaveOut(name string) {
	b.ignored[name]++
	b.report.Flattened++
	b.text(space)
}

func span(s string) uint16 {
	n := number(s, bounds.CellSpan)
	if n < 2 {
		return 0
	}
	return uint16(n)
}

// become makes the top scope one that fills a block.
func (b *builder) become(kind Kind) {
	top := b.top()
	outer := b.home()
	top.home = len(b.scopes) - 1
	top.depth++
	top.block.kind = kind
	if top.lang != outer.lang {
		top.block.lang = top.lang
	}
	if top.dir != outer.dir {
		top.block.dir = top.dir
	}
}

// imply opens a block that the source left out.
func (b *builder) imply(kind Kind, name string) {
	b.push(name, look{}, true)
	b.become(kind)
	if kind == Row {
		b.top().block.part = body
	}
}

// place closes and opens what a block of kind k needs around it.
func (b *builder) place(k Kind) {
	switch k {
	case Item:
		b.popOne(Item)
		if b.home().block.kind != List {
			b.flow()
			b.imply(List, "ul")
		}
	case Term, Definition:
		b.popOne(Definition)
		if b.home().block.kind != Definitions {
			b.flow()
			b.imply(Definitions, "dl")
		}
	case Row:
		b.popTable(Table)
	case Cell:
		b.popTable(Row)
		if b.home().block.kind == Table {
			b.imply(Row, "tr")
		}
	case Caption:
		b.popTable(Table)
	case List:
		if home := b.home(); home.block.kind == List && len(home.block.kids) > 0 && !home.implied {
			b.reopen()
			return
		}
		b.flow()
	default:
		b.flow()
	}
}

// reopen goes on with the last item of a list, for a list that stands in a list
// where it should stand in an item.
func (b *builder) reopen() {
	home := b.home()
	last := len(home.block.kids) - 1
	item := home.block.kids[last]
	home.block.kids = slices.Clip(home.block.kids[:last])
	b.imply(Item, "li")
	top := b.top()
	top.block = item
	top.lang, top.dir = cmp.Or(item.lang, top.lang), cmp.Or(item.dir, top.dir)
}

// flow makes the place one where paragraphs may stand: an item in a list, a
// cell in a table. What was only implied ends instead.
func (b *builder) flow() {
	for {
		home := b.home()
		switch home.block.kind {
		case List:
			if home.implied {
				b.popTo(b.top().home)
				continue
			}
			b.imply(Item, "li")
		case Definitions:
			if home.implied {
				b.popTo(b.top().home)
				continue
			}
			b.imply(Definition, "dd")
		case Table:
			b.imply(Row, "tr")
			b.imply(Cell, "td")
		case Row:
			b.imply(Cell, "td")
		default:
			return
		}
	}
}

// popOne closes the block that takes what comes, if it is of kind k.
func (b *builder) popOne(k Kind) {
	if home := b.top().home; b.scopes[home].block.kind == k {
		b.popTo(home)
	}
}

// popTable closes what is open within the innermost table down to kind k.
func (b *builder) popTable(k Kind) {
	for {
		home := b.top().home
		switch kind := b.scopes[home].block.kind; {
		case kind == Table, home == 0:
			return
		case kind == k:
			return
		default:
			b.popTo(home)
		}
	}
}

func (b *builder) inTable() bool {
	for home := b.top().home; home > 0; home = b.scopes[home-1].home {
		if b.scopes[home].block.kind == Table {
			return true
		}
	}
	return false
}

// tablePart tells which part of its table a row that begins stands in.
func (b *builder) tablePart() uint8 {
	for i := len(b.scopes) - 2; i > 0; i-- {
		switch b.scopes[i].tag {
		case "thead":
			return head
		case "tfoot":
			return foot
		case "tbody", "table":
			return body
		}
	}
	return body
}

// finishBlock adds a block that is complete, or what is left of it.
func (b *builder) finishBlock(block Block) {
	switch block.kind {
	case Quote, Item, Cell, Definition, FigureCaption:
		block.kids = trimEmpty(block.kids)
	case Figure:
		block.kids = captionLast(trimEmpty(block.kids))
	case Table:
		block.kids = partsInOrder(block.kids)
	case Definitions:
		block.kids = b.termsFirst(block)
	case Details:
		block.kids = summaryFirst(trimEmpty(block.kids))
	}
	switch {
	case block.kind == Cell:
		b.add(block)
	case len(block.kids) == 0, block.kind == Row && !slices.ContainsFunc(block.kids, Block.hasKids):
	case block.isFrame(), block.kind == FigureCaption && b.home().block.kind != Figure:
		b.unwrap(block)
	default:
		b.add(block)
	}
}

func (b Block) hasKids() bool { return len(b.kids) > 0 }

// isFrame reports whether a block lacks what makes it one: a figure with a
// caption only, details without a summary, and a table of one cell, such as
// old pages put around everything.
func (b Block) isFrame() bool {
	switch b.kind {
	case Figure:
		return b.kids[0].kind == FigureCaption
	case Details:
		return b.kids[0].kind != Summary || len(b.kids) == 1
	case Table:
		return len(b.kids) == 1 && (b.kids[0].kind == Paragraph || len(b.kids[0].kids) == 1)
	}
	return false
}

// unwrap puts in place what a block held that turned out to be only a frame.
func (b *builder) unwrap(frame Block) {
	for _, block := range frame.kids {
		block.lang, block.dir = cmp.Or(block.lang, frame.lang), cmp.Or(block.dir, frame.dir)
		switch block.kind {
		case Row, Cell, FigureCaption:
			b.unwrap(block)
		case Summary:
			block.kind = Paragraph
			b.add(block)
		default:
			b.add(block)
		}
	}
}

// trimEmpty takes empty paragraphs away at both ends.
func trimEmpty(row []Block) []Block {
	for len(row) > 0 && row[0].kind == Empty {
		row = row[1:]
	}
	for len(row) > 0 && row[len(row)-1].kind == Empty {
		row = row[:len(row)-1]
	}
	return row
}

// termsFirst makes a list of definitions one that begins with a term and ends
// with a definition. Definitions of nothing, which old pages use to indent, are
// a quote before it.
func (b *builder) termsFirst(list Block) []Block {
	row := list.kids
	quote := Block{kind: Quote, lang: list.lang, dir: list.dir}
	for len(row) > 0 && row[0].kind == Definition {
		quote.kids = append(quote.kids, row[0].kids...)
		row = row[1:]
	}
	if len(quote.kids) > 0 {
		b.add(quote)
	}
	if len(row) > 0 && row[len(row)-1].kind == Term {
		row = append(row[:len(row):len(row)], Block{kind: Definition})
	}
	return row
}

// captionLast puts the caption of a figure last; further ones are paragraphs.
func captionLast(row []Block) []Block {
	var rest, caption []Block
	for _, block := range row {
		switch {
		case block.kind != FigureCaption:
			rest = append(rest, block)
		case caption == nil:
			caption = []Block{block}
		default:
			rest = append(rest, block.kids...)
		}
	}
	return append(rest, caption...)
}

// summaryFirst puts the summary of details first; further ones are paragraphs.
func summaryFirst(row []Block) []Block {
	var rest, summary []Block
	for _, block := range row {
		switch {
		case block.kind != Summary:
			rest = append(rest, block)
		case summary == nil:
			summary = []Block{block}
		default:
			block.kind = Paragraph
			rest = append(rest, block)
		}
	}
	return append(summary, rest...)
}

// partsInOrder puts the caption first, then the rows that head the table, then
// its body, then its foot.
func partsInOrder(row []Block) []Block {
	rank := func(block Block) int {
		if block.kind == Caption {
			return -1
		}
		return int(block.part)
	}
	slices.SortStableFunc(row, func(x, y Block) int { return rank(x) - rank(y) })
	captions := 0
	for captions < len(row) && row[captions].kind == Caption {
		captions++
	}
	if captions > 1 {
		row[captions-1] = Join("\n", row[:captions]...)
		row = row[captions-1:]
	}
	if len(row) == 1 && row[0].kind == Caption {
		row[0].kind = Paragraph
	}
	return row
}
