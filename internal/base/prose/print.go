package prose

import (
	"strconv"
	"strings"

	"ficstead/internal/base/link"
)

// Options says how a document is printed.
type Options struct {
	// IDs gives every block of text an id, made from what it says, so that it
	// stays what it is when the text changes elsewhere.
	IDs bool
	// Prefix begins the ids of blocks and the targets of notes, so that several
	// documents can stand on one page. It must be a name: "c12-".
	Prefix string
	// NoTargets leaves out the targets of links, and the links to them: of many
	// documents on one page several may have the same.
	NoTargets bool
	// Image maps the addresses of pictures. Where it returns "" a web address is
	// printed as a link, all else as the alternative text. nil keeps addresses.
	Image func(src, alt string) string
	// Heading is added to the levels of headings, up to 6.
	Heading int
}

// printer writes blocks as HTML or XHTML.
type printer struct {
	strings.Builder
	Options
	xml  bool
	ids  namer
	dead func(href string) bool // links that may not be printed
	open []Mark                 // inline elements that are open
}

// printRow is printCanonical for the blocks of a Doc, which learn their print.
func printRow(blocks []Block) string {
	var p printer
	p.Grow(size(blocks))
	ends := make([]int, len(blocks))
	for i := range blocks {
		p.block(&blocks[i])
		ends[i] = p.Len()
	}
	html := p.String()
	from := 0
	for i, end := range ends {
		blocks[i].html, from = html[from:end], end
	}
	return html
}

// printCanonical prints blocks as they are stored.
func printCanonical(blocks []Block) string {
	var p printer
	p.Grow(size(blocks))
	p.blocks(blocks)
	return p.String()
}

// Print prints d as HTML.
func (d Doc) Print(o Options) string {
	if !o.IDs && o.Prefix == "" && !o.NoTargets && o.Image == nil && o.Heading == 0 {
		return d.html
	}
	p := printer{Options: o}
	if o.NoTargets {
		p.dead = func(href string) bool { return strings.HasPrefix(href, "#") }
	}
	p.Grow(len(d.html) + len(d.html)/8)
	p.blocks(d.blocks)
	return p.String()
}

// XHTML prints d as well-formed XML, for a place where the XHTML namespace is
// the default one. Links within the text that lead nowhere are left out, since
// books may not have such.
func (d Doc) XHTML(o Options) string {
	p := printer{Options: o, xml: true, dead: d.dead()}
	p.Grow(len(d.html) + len(d.html)/8)
	p.blocks(d.blocks)
	return p.String()
}

// dead returns what tells the links that lead to no target in d.
func (d Doc) dead() func(href string) bool {
	if !strings.Contains(d.html, `href="#`) {
		return nil
	}
	targets := map[string]bool{}
	each(d.blocks, func(b Block) {
		for _, r := range b.runs {
			if r.Anchor != "" {
				targets["#"+r.Anchor] = true
			}
		}
	})
	return func(href string) bool { return strings.HasPrefix(href, "#") && !targets[href] }
}

// size guesses how long the print of blocks is.
func size(blocks []Block) int {
	n := 0
	for i := range blocks {
		b := &blocks[i]
		n += 16 + size(b.kids)
		for j := range b.runs {
			n += len(b.runs[j].Text) + 16*len(b.runs[j].Marks)
		}
	}
	return n
}

func (p *printer) blocks(row []Block) {
	for i := range row {
		p.block(&row[i])
	}
}

func (p *printer) block(b *Block) {
	switch b.kind {
	case Break:
		p.void("<hr")
	case Empty:
		p.WriteString("<p>")
		p.void("<br")
		p.WriteString("</p>")
	case Heading:
		p.text(b, headings[min(max(int(b.level)+p.Options.Heading, 1), 6)-1])
	case Table:
		p.table(b)
	case Row:
		p.container(b, "tr")
	case Cell:
		p.cell(b)
	default:
		name := b.name()
		if b.kind.holdsBlocks() {
			p.container(b, name)
		} else {
			p.text(b, name)
		}
	}
}

var headings = [...]string{"h1", "h2", "h3", "h4", "h5", "h6"}

var names = [...]string{Paragraph: "p", Pre: "pre", Quote: "blockquote", Item: "li", Definitions: "dl", Term: "dt", Definition: "dd",
	Caption: "caption", Figure: "figure", FigureCaption: "figcaption", Details: "details", Summary: "summary"}

func (b *Block) name() string {
	if b.kind == List {
		if b.level == 1 {
			return "ol"
		}
		return "ul"
	}
	if int(b.kind) < len(names) && names[b.kind] != "" {
		return names[b.kind]
	}
	return "p" // the zero Block
}

// text prints a block that holds text.
func (p *printer) text(b *Block, name string) {
	p.start(name)
	p.language(b)
	if b.align != "" {
		p.attribute("class", b.align)
	}
	p.id(b)
	p.WriteByte('>')
	p.inline(b.runs)
	p.end(name)
}

// container prints a block that holds blocks.
func (p *printer) container(b *Block, name string) {
	p.start(name)
	p.language(b)
	if b.start != 0 {
		p.attribute("start", strconv.Itoa(b.start))
	}
	p.rest(b, name)
}

func (p *printer) cell(b *Block) {
	name := "td"
	if b.level == 1 {
		name = "th"
	}
	p.start(name)
	p.language(b)
	if b.cols > 1 {
		p.attribute("colspan", strconv.Itoa(int(b.cols)))
	}
	if b.rows > 1 {
		p.attribute("rowspan", strconv.Itoa(int(b.rows)))
	}
	p.rest(b, name)
}

// rest prints what a container holds: one plain paragraph without its tags.
func (p *printer) rest(b *Block, name string) {
	if only := b.plain(); only != nil {
		p.id(only)
		p.WriteByte('>')
		p.inline(only.runs)
	} else {
		p.WriteByte('>')
		p.blocks(b.kids)
	}
	p.end(name)
}

// plain returns the paragraph that stands in b without tags of its own, or nil:
// the only one of an item, a cell or a caption, or what a figure shows.
func (b *Block) plain() *Block {
	switch b.kind {
	case Item, Definition, Cell, FigureCaption:
		if len(b.kids) == 1 && b.kids[0].kind == Paragraph && b.kids[0].align == "" && b.kids[0].lang == "" && b.kids[0].dir == "" {
			return &b.kids[0]
		}
	}
	return nil
}

func (p *printer) table(b *Block) {
	p.start("table")
	p.language(b)
	p.WriteByte('>')
	part := -1
	for i := range b.kids {
		row := &b.kids[i]
		if row.kind == Row && int(row.part) != part {
			if part >= 0 {
				p.end(parts[part])
			}
			part = int(row.part)
			p.start(parts[part])
			p.WriteByte('>')
		}
		p.block(row)
	}
	if part >= 0 {
		p.end(parts[part])
	}
	p.end("table")
}

var parts = [...]string{head: "thead", body: "tbody", foot: "tfoot"}

func (p *printer) start(name string) {
	p.WriteByte('<')
	p.WriteString(name)
}

func (p *printer) end(name string) {
	p.WriteString("</")
	p.WriteString(name)
	p.WriteByte('>')
}

func (p *printer) void(begun string) {
	p.WriteString(begun)
	if p.xml {
		p.WriteByte('/')
	}
	p.WriteByte('>')
}

func (p *printer) attribute(name, value string) {
	p.WriteByte(' ')
	p.WriteString(name)
	p.WriteString(`="`)
	escapeAttribute(&p.Builder, value)
	p.WriteByte('"')
}

func (p *printer) language(b *Block) { p.languageOf(b.lang, b.dir) }

func (p *printer) languageOf(lang, dir string) {
	if lang != "" {
		p.attribute("lang", lang)
		if p.xml {
			p.attribute("xml:lang", lang)
		}
	}
	if dir != "" {
		p.attribute("dir", dir)
	}
}

// inline prints the runs of a block: what a run shares with the one before it
// stays open, so that neighbours under one mark print as one element.
func (p *printer) inline(runs []Run) {
	for i := range runs {
		r := &runs[i]
		if len(r.Marks) > 0 || len(p.open) > 0 {
			p.marks(p.alive(r.Marks))
		}
		switch {
		case r.Break:
			p.void("<br")
		case r.Image != nil:
			p.image(r.Image)
		case r.Anchor != "" && p.NoTargets:
		case r.Anchor != "":
			p.WriteString("<span")
			p.attribute("id", p.Prefix+r.Anchor)
			p.WriteString("></span>")
		default:
			escapeText(&p.Builder, r.Text)
		}
	}
	p.marks(nil)
}

// alive returns marks without links that may not be printed.
func (p *printer) alive(marks []Mark) []Mark {
	if p.dead == nil {
		return marks
	}
	for i, m := range marks {
		if m.Tag == "a" && p.dead(m.Href) {
			return append(marks[:i:i], marks[i+1:]...)
		}
	}
	return marks
}

func (p *printer) marks(marks []Mark) {
	same := shared(p.open, marks)
	for i := len(p.open) - 1; i >= same; i-- {
		p.end(p.open[i].Tag)
	}
	for _, m := range marks[same:] {
		p.mark(m)
	}
	p.open = marks
}

func (p *printer) mark(m Mark) {
	p.start(m.Tag)
	switch m.Tag {
	case "a":
		href := m.Href
		if p.Prefix != "" && strings.HasPrefix(href, "#") {
			href = "#" + p.Prefix + href[1:]
		}
		p.attribute("href", href)
	case "abbr":
		if m.Title != "" {
			p.attribute("title", m.Title)
		}
	case "span":
		p.languageOf(m.Lang, m.Dir)
	}
	p.WriteByte('>')
}

func (p *printer) image(i *Image) {
	src := i.Src
	if p.Options.Image != nil {
		src = p.Options.Image(src, i.Alt)
	}
	if src == "" {
		p.noImage(i)
		return
	}
	p.WriteString("<img")
	p.attribute("src", src)
	p.attribute("alt", i.Alt)
	if i.Width > 0 {
		p.attribute("width", strconv.Itoa(i.Width))
	}
	if i.Height > 0 {
		p.attribute("height", strconv.Itoa(i.Height))
	}
	p.void("")
}

// noImage prints what stands for a picture that is not shown.
func (p *printer) noImage(i *Image) {
	address := link.Web(i.Src)
	inLink := false
	for _, m := range p.open {
		inLink = inLink || m.Tag == "a"
	}
	if address == "" || inLink {
		escapeText(&p.Builder, i.Alt)
		return
	}
	p.WriteString("<a")
	p.attribute("href", address)
	p.WriteByte('>')
	if i.Alt != "" {
		escapeText(&p.Builder, i.Alt)
	} else {
		escapeText(&p.Builder, address)
	}
	p.end("a")
}

// escapeText writes text for HTML and XML.
func escapeText(b *strings.Builder, s string) {
	from := 0
	for i := range len(s) {
		var entity string
		switch s[i] {
		case '&':
			entity = "&amp;"
		case '<':
			entity = "&lt;"
		case '>':
			entity = "&gt;"
		default:
			continue
		}
		b.WriteString(s[from:i])
		b.WriteString(entity)
		from = i + 1
	}
	b.WriteString(s[from:])
}

// escapeAttribute writes the value of an attribute in double quotes.
func escapeAttribute(b *strings.Builder, s string) {
	if strings.IndexByte(s, '"') < 0 {
		escapeText(b, s)
		return
	}
	for i, part := range strings.Split(s, `"`) {
		if i > 0 {
			b.WriteString("&#34;")
		}
		escapeText(b, part)
	}
}
