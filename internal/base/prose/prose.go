package prose

import (
	"strings"

	"ficstead/internal/base/text"
)

// Doc is the text of one chapter, note or summary: clean, normalised blocks.
// The zero Doc is empty. A Doc is never changed once made.
type Doc struct {
	blocks []Block
	html   string // the canonical print of blocks
}

// ParseOptions says what a first reading keeps beyond what a Doc may hold.
type ParseOptions struct {
	// DataImages keeps pictures whose address is data:image/(png|jpeg|gif|webp);base64,…
	// so that they can be made attachments with MapImages. A Doc that still has
	// them loses them when it is stored and read again.
	DataImages bool
}

// rounds bounds how often Parse reads its own print. One is the rule, two is
// rare; if five do not settle, the text is kept without its markup.
const rounds = 5

// Parse reads HTML, a fragment or a page, however damaged or hostile. It never fails.
func Parse(html string) Doc {
	d, _ := ParseWith(html, ParseOptions{})
	return d
}

// ParseReport is Parse, and tells what was not kept.
func ParseReport(html string) (Doc, Report) {
	return ParseWith(html, ParseOptions{})
}

// ParseWith is ParseReport with options.
func ParseWith(html string, o ParseOptions) (Doc, Report) {
	blocks, report := read(html, o)
	printed := printRow(blocks)
	if printed == html || settled(blocks, printed) {
		return Doc{blocks, printed}, report
	}
	for range rounds {
		html = printed
		blocks, _ = read(html, o)
		if printed = printRow(blocks); printed == html {
			return Doc{blocks, printed}, report
		}
	}
	return FromText(plain(blocks)), report
}

// FromText makes paragraphs of plain text: a blank line ends one, any other
// line end is a line break within it.
func FromText(s string) Doc {
	var b strings.Builder
	b.Grow(len(s) + len(s)/16)
	open := false
	for line := range strings.Lines(s) {
		line = strings.Trim(line, spaces)
		switch {
		case line == "" && open:
			b.WriteString("</p>")
			open = false
		case line == "":
		case open:
			b.WriteString("<br>")
			escapeText(&b, line)
		default:
			b.WriteString("<p>")
			escapeText(&b, line)
			open = true
		}
	}
	if open {
		b.WriteString("</p>")
	}
	return Parse(b.String())
}

// New makes a document of blocks. Whatever they hold, the result is canonical.
func New(blocks []Block) Doc {
	if d, ok := patched(blocks); ok {
		return d
	}
	d, _ := ParseWith(printCanonical(blocks), ParseOptions{DataImages: true})
	return d
}

// HTML prints d in the canonical form, which is what is stored.
func (d Doc) HTML() string { return d.html }

// IsEmpty reports whether there is nothing to read or see.
func (d Doc) IsEmpty() bool { return len(d.blocks) == 0 }

// Equal reports whether both print alike.
func (d Doc) Equal(e Doc) bool { return d.html == e.html }

// Blocks returns the top level. Callers must not change it.
func (d Doc) Blocks() []Block { return d.blocks }

// Map replaces every row of blocks (the document's own, and that of each
// quote, item, cell …) by what f makes of it, the innermost rows first.
func (d Doc) Map(f func(row []Block) []Block) Doc { return New(mapRows(d.blocks, f)) }

func mapRows(row []Block, f func([]Block) []Block) []Block {
	changed := make([]Block, len(row))
	for i, b := range row {
		if len(b.kids) > 0 {
			b = b.WithBlocks(mapRows(b.kids, f)...)
		}
		changed[i] = b
	}
	if len(row) > 0 && !row[0].kind.isRow() {
		return changed
	}
	return f(changed)
}

// Words counts as text.Words does. Readings above ruby and the alternative
// text of pictures do not count.
func (d Doc) Words() int {
	var s strings.Builder
	s.Grow(len(d.html))
	each(d.blocks, func(b Block) { b.writeWords(&s) })
	return text.Words(s.String())
}

// Images returns the addresses of the pictures, each once, in order.
func (d Doc) Images() []string {
	var srcs []string
	seen := map[string]bool{}
	each(d.blocks, func(b Block) {
		for _, r := range b.runs {
			if r.Image != nil && !seen[r.Image.Src] {
				seen[r.Image.Src] = true
				srcs = append(srcs, r.Image.Src)
			}
		}
	})
	return srcs
}

// MapImages replaces the addresses of pictures. Where f returns "", the
// alternative text takes the picture's place.
func (d Doc) MapImages(f func(src string) string) Doc {
	if !strings.Contains(d.html, "<img ") {
		return d
	}
	return New(mapImages(d.blocks, f))
}

func mapImages(row []Block, f func(string) string) []Block {
	changed := make([]Block, len(row))
	for i, b := range row {
		b.html = ""
		b.kids = mapImages(b.kids, f)
		b.runs = append([]Run(nil), b.runs...)
		for j, r := range b.runs {
			if r.Image == nil {
				continue
			}
			image := *r.Image
			if image.Src = f(image.Src); image.Src == "" {
				b.runs[j] = Run{Text: image.Alt, Marks: r.Marks}
			} else {
				b.runs[j].Image = &image
			}
		}
		changed[i] = b
	}
	return changed
}

// each calls f with every block that holds text or is a break, in order.
func each(row []Block, f func(Block)) {
	for _, b := range row {
		if b.kind.holdsBlocks() {
			each(b.kids, f)
		} else {
			f(b)
		}
	}
}
