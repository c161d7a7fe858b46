package docx

import (
	"regexp"
	"strings"
	"unicode"

	"ficstead/internal/base/bounds"
	"ficstead/internal/base/paper"
	"ficstead/internal/base/xmltree"
)

// field is something that Word computes: what it is, and whether its result has begun.
type field struct {
	code   string
	result bool
}

var hyperlink = regexp.MustCompile(`(?i)^\s*HYPERLINK\s+"([^"]+)"`)

// inline reads what stands in a line. Link is the address that it leads to.
func (r *reader) inline(n *xmltree.Node, link string) {
	for _, c := range n.Nodes {
		switch c.Name {
		case "w:r":
			r.run(c, link)
		case "w:ins", "w:moveTo", "w:smartTag", "w:customXml", "w:dir", "w:bdo":
			r.inline(c, link)
		case "w:sdt":
			r.inline(orEmpty(c.Child("w:sdtContent")), link)
		case "w:hyperlink":
			to := r.links[c.Attr("r:id")]
			if !to.external {
				to.target = ""
			}
			r.inline(c, to.target)
		case "w:fldSimple":
			if m := hyperlink.FindStringSubmatch(c.Attr("w:instr")); m != nil {
				link = m[1]
			}
			r.inline(c, link)
		case "mc:AlternateContent":
			r.inline(alternative(c), link)
		case "m:oMathPara", "m:oMath":
			r.math(c)
		}
	}
}

func (r *reader) math(n *xmltree.Node) {
	for t := range n.Each("m:t") {
		r.out.Text(t.Inner(), paper.Format{Italic: true})
	}
}

func (r *reader) run(n *xmltree.Node, link string) {
	l := r.styles.look(r.style, n.Child("w:rPr"))
	f := paper.Format{
		Italic: l.italic && !r.base.italic, Bold: l.bold && !r.base.bold, Underline: l.underline && r.base == toggles{},
		Strike: l.strike && !r.base.strike, Super: l.raised == "superscript", Sub: l.raised == "subscript", Link: link,
	}
	if l.rtl && r.dir != "rtl" {
		f.Dir = "rtl"
	}
	if l.hidden {
		return
	}
	r.pieces(n, f, l)
}

// shown reports whether text here is seen, and where it leads.
func (r *reader) shown(link string) (string, bool) {
	for _, f := range r.fields {
		if !f.result {
			return "", false
		}
		if m := hyperlink.FindStringSubmatch(f.code); m != nil {
			link = m[1]
		}
	}
	return link, true
}

// pieces reads what is in a run.
func (r *reader) pieces(n *xmltree.Node, f paper.Format, l look) {
	for _, c := range n.Nodes {
		switch c.Name {
		case "w:fldChar":
			r.field(c.Attr("w:fldCharType"))
			continue
		case "w:instrText":
			if last := len(r.fields) - 1; last >= 0 && !r.fields[last].result {
				r.fields[last].code += c.Inner()
			}
			continue
		}
		if to, ok := r.shown(f.Link); ok {
			here := f
			here.Link = to
			r.piece(c, here, l)
		}
	}
}

func (r *reader) field(kind string) {
	last := len(r.fields) - 1
	switch {
	case kind == "begin" && last < bounds.Fields:
		r.fields = append(r.fields, field{})
	case kind == "separate" && last >= 0:
		r.fields[last].result = true
	case kind == "end" && last >= 0:
		r.fields = r.fields[:last]
	}
}

func (r *reader) piece(c *xmltree.Node, f paper.Format, l look) {
	switch c.Name {
	case "w:t":
		said := c.Inner()
		if c.Attr("xml:space") != "preserve" {
			said = strings.Trim(said, " \t\r\n")
		}
		r.count(said, l)
		r.out.Text(symbols(l.font, said), f)
	case "w:tab", "w:ptab":
		r.out.Text("\t", f)
	case "w:br":
		switch c.Attr("w:type") {
		case "page":
			r.out.Page()
		default:
			r.out.Line()
		}
	case "w:cr":
		r.out.Line()
	case "w:noBreakHyphen":
		r.out.Text("\u2011", f)
	case "w:softHyphen":
		r.out.Text("\u00ad", f)
	case "w:sym":
		r.out.Text(symbol(c.Attr("w:font"), c.Attr("w:char")), f)
	case "w:ruby":
		r.out.Ruby(words(c.Child("w:rubyBase")), words(c.Child("w:rt")), f)
	case "w:footnoteReference":
		r.noteOf("word/footnotes.xml", "w:footnote", c.Attr("w:id"))
	case "w:endnoteReference":
		r.noteOf("word/endnotes.xml", "w:endnote", c.Attr("w:id"))
	case "w:drawing", "w:pict", "w:object":
		r.drawing(c, f)
	case "mc:AlternateContent":
		r.pieces(alternative(c), f, l)
	}
}

// words gathers the text of runs.
func words(n *xmltree.Node) string {
	var b strings.Builder
	for t := range n.Each("w:t") {
		b.WriteString(t.Inner())
	}
	return b.String()
}

// count counts letters by the language that they are said to be in.
func (r *reader) count(s string, l look) {
	lang := l.lang
	if l.rtl {
		lang = l.bidi
	}
	for _, c := range s {
		if unicode.In(c, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) {
			lang = l.asia
			break
		}
	}
	if lang == "" || lang == "x-none" {
		return
	}
	if r.letters == nil {
		r.letters = map[string]int{}
	}
	r.letters[lang] += len(s)
}

// drawing shows the picture in a drawing, and keeps its text for later.
func (r *reader) drawing(n *xmltree.Node, f paper.Format) {
	for box := range n.Each("w:txbxContent") {
		r.boxes = append(r.boxes, box)
	}
	for rect := range n.Each("v:rect") {
		if rect.Attr("o:hr") == "t" || rect.Attr("o:hr") == "true" {
			r.out.Line()
			r.out.Text("* * *", f)
			return
		}
	}
	alt := n.First("wp:docPr").Attr("descr")
	for _, name := range [...]string{"a:blip", "v:imagedata"} {
		for blip := range n.Each(name) {
			id := blip.Attr("r:embed")
			if name == "v:imagedata" {
				id = blip.Attr("r:id")
			}
			r.out.Picture(r.picture(r.links[id]), alt, f)
			return
		}
	}
}

// picture keeps a picture and returns its address.
func (r *reader) picture(to relation) string {
	if to.external || to.target == "" {
		return ""
	}
	file := r.zip.File(to.target)
	if file == nil {
		return ""
	}
	data, err := file.Read(bounds.Part)
	if err != nil {
		return ""
	}
	return r.keep(data)
}

// noteOf reads a note where the text refers to it.
func (r *reader) noteOf(part, name, id string) {
	if r.note {
		return
	}
	if r.notes == nil {
		r.notes = map[string]map[string]*xmltree.Node{}
	}
	if r.notes[part] == nil {
		r.notes[part] = map[string]*xmltree.Node{}
		for n := range r.part(part).Each(name) {
			if kind := n.Attr("w:type"); kind == "" || kind == "normal" {
				r.notes[part][n.Attr("w:id")] = n
			}
		}
		r.links = with(r.links, readLinks(r.part("word/_rels/"+base(part)+".rels"), "word/"))
	}
	n := r.notes[part][id]
	if n == nil {
		return
	}
	own := reader{document: r.document, out: r.out.Note(), note: true}
	own.blocks(n)
}

// with adds what is not there yet.
func with(links, more map[string]relation) map[string]relation {
	for id, r := range more {
		if _, ok := links[id]; !ok {
			links[id] = r
		}
	}
	return links
}
