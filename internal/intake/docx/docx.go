package docx

import (
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/bounds"
	"ficstead/internal/base/paper"
	"ficstead/internal/base/text"
	"ficstead/internal/base/xmltree"
	"ficstead/internal/base/zipfile"
)

// Kind is the name of the format.
const Kind = "docx"

const (
	locked archive.Refusal = "This Word document is locked with a password. Open it in a word processor, and save it without one."
	broken archive.Refusal = "This is a Word document whose text is missing or too damaged to be read. Open it in a word processor, and save it again."
	tooBig archive.Refusal = "The text of this Word document is larger than any story is. Save it in smaller parts."
)

// Match reports whether a ZIP is a Word document.
func Match(z *zipfile.Archive) bool { return mainPart(z) != nil }

// mainPart finds the text: usually word/document.xml.
func mainPart(z *zipfile.Archive) *zipfile.File {
	if f := z.File("word/document.xml"); f != nil {
		return f
	}
	for _, f := range z.Files {
		name := strings.ToLower(f.Name)
		if strings.HasPrefix(name, "word/document") && strings.HasSuffix(name, ".xml") && z.File("[Content_Types].xml") != nil {
			return f
		}
	}
	return nil
}

// Read reads a document. Keep keeps a picture and says its address, "" if it
// cannot be kept. The title of m is that of a title in the text; what the
// document's properties say is a proposal, because it is often the template's.
// The error is a Refusal.
func Read(z *zipfile.Archive, keep func([]byte) string) (m archive.Manuscript, err error) {
	m.Kind = Kind
	d := document{zip: z, keep: keep}
	main := mainPart(z)
	if main == nil {
		return m, broken
	}
	if main.Encrypted {
		return m, locked
	}
	if main.Size > bounds.Part {
		return m, tooBig
	}
	d.main = d.part(main.Name)
	body := d.main.Child("w:document", "w:body")
	if body == nil {
		return m, broken
	}
	d.styles = readStyles(d.part("word/styles.xml"))
	d.lists = readNumbering(d.part("word/numbering.xml"), d.styles)
	d.links = readLinks(d.part("word/_rels/"+base(main.Name)+".rels"), "word/")
	r := reader{document: &d, out: &d.body}
	r.measure(body)
	r.blocks(body)
	describe(&m, &d)
	m.Chapters = []archive.Chapter{{Text: m.Prose(d.body.HTML())}}
	m.Language = d.language()
	if d.main.Cut {
		m.Warnings = append(m.Warnings, "The document is damaged or too large: its text was read as far as it goes, and the rest is missing.")
	}
	return m, nil
}

func base(name string) string { return name[strings.LastIndexByte(name, '/')+1:] }

// document is what the parts of a file hold.
type document struct {
	zip    *zipfile.Archive
	keep   func([]byte) string
	main   *xmltree.Node
	body   paper.Writer
	styles styles
	lists  *numbering
	links  map[string]relation
	notes  map[string]map[string]*xmltree.Node // by part and id
	usual  int                                 // how far most paragraphs stand in

	title    []string // lines in a style for titles
	creators []string
	summary  string         // HTML
	letters  map[string]int // by language
}

var spaces = map[string]string{
	"http://schemas.openxmlformats.org/wordprocessingml/2006/main":            "w",
	"http://purl.oclc.org/ooxml/wordprocessingml/main":                        "w",
	"http://schemas.openxmlformats.org/officeDocument/2006/relationships":     "r",
	"http://purl.oclc.org/ooxml/officeDocument/relationships":                 "r",
	"http://schemas.openxmlformats.org/drawingml/2006/main":                   "a",
	"http://purl.oclc.org/ooxml/drawingml/main":                               "a",
	"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing":  "wp",
	"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing":              "wp",
	"http://schemas.openxmlformats.org/markup-compatibility/2006":             "mc",
	"http://schemas.openxmlformats.org/officeDocument/2006/math":              "m",
	"urn:schemas-microsoft-com:vml":                                           "v",
	"urn:schemas-microsoft-com:office:office":                                 "o",
	"http://schemas.openxmlformats.org/package/2006/relationships":            "",
	"http://schemas.openxmlformats.org/package/2006/metadata/core-properties": "cp",
	"http://purl.org/dc/elements/1.1/":                                        "dc",
	"http://purl.org/dc/terms/":                                               "dcterms",
}

// part reads a part of the file; a missing one is empty.
func (d *document) part(name string) *xmltree.Node {
	f := d.zip.File(name)
	if f == nil {
		return &xmltree.Node{}
	}
	data, err := f.Read(bounds.Part)
	if err != nil {
		return &xmltree.Node{Cut: true}
	}
	return xmltree.Parse(data, spaces)
}

// relation is what an id in the text stands for.
type relation struct {
	target   string // an address of the web, or the name of a part
	external bool
}

func readLinks(root *xmltree.Node, dir string) map[string]relation {
	links := map[string]relation{}
	for n := range root.Each("Relationship") {
		r := relation{n.Attr("Target"), strings.EqualFold(n.Attr("TargetMode"), "External")}
		if !r.external {
			if part, ok := strings.CutPrefix(r.target, "/"); ok {
				r.target = part
			} else {
				r.target = dir + r.target
			}
		}
		links[n.Attr("Id")] = r
	}
	return links
}

// describe takes what the document says of itself: in its text first.
func describe(m *archive.Manuscript, d *document) {
	core := d.part("docProps/core.xml").Child("cp:coreProperties")
	m.Title = strings.Join(d.title, " ")
	if title := core.Child("dc:title").Line(); title != "" && !paper.IsUnnamed(title) {
		m.Proposals = append(m.Proposals, archive.Proposal{Field: "title", Value: title, Confidence: 0.9, Because: "The document's properties say so."})
	}
	names := d.creators
	if len(names) == 0 {
		names = strings.FieldsFunc(core.Child("dc:creator").Line(), func(r rune) bool { return r == ';' })
	}
	for _, name := range names {
		if name = strings.TrimSpace(name); !paper.IsNobody(name) {
			m.Creators = append(m.Creators, archive.Creator{Name: name})
		}
	}
	m.Summary = m.Prose(d.summary)
}

// language is that of most letters, if nearly all are in one.
func (d *document) language() string {
	best, all := "", 0
	for lang, n := range d.letters {
		all += n
		if n > d.letters[best] || n == d.letters[best] && lang < best {
			best = lang
		}
	}
	if d.letters[best]*10 < all*6 {
		return ""
	}
	return text.Language(spoken(best))
}

// spoken takes the country off a language, which says only whose spelling was
// checked, where people do not tell languages apart by it.
func spoken(lang string) string {
	primary, _, _ := strings.Cut(strings.ReplaceAll(lang, "_", "-"), "-")
	if primary == "zh" || primary == "pt" {
		return lang
	}
	return primary
}
