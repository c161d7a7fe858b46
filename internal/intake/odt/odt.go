package odt

import (
	"bytes"
	"encoding/base64"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/bounds"
	"ficstead/internal/base/paper"
	"ficstead/internal/base/text"
	"ficstead/internal/base/xmltree"
	"ficstead/internal/base/zipfile"
)

// Kind is the name of the format.
const Kind = "odt"

const (
	locked  archive.Refusal = "This OpenDocument file is locked with a password. Open it in a word processor, and save it without one."
	broken  archive.Refusal = "This is an OpenDocument file whose text is missing or too damaged to be read. Open it in a word processor, and save it again."
	tooBig  archive.Refusal = "The text of this OpenDocument file is larger than any story is. Save it in smaller parts."
	notText archive.Refusal = "This is an OpenDocument file that is no text, such as a table or slides. Bring the document with the story."
)

// Match reports whether a ZIP is an OpenDocument file.
func Match(z *zipfile.Archive) bool {
	return z.File("content.xml") != nil && (z.File("META-INF/manifest.xml") != nil || z.File("mimetype") != nil || z.File("styles.xml") != nil)
}

// MatchFlat reports whether a file is a flat OpenDocument text.
func MatchFlat(data []byte) bool {
	head := data[:min(len(data), 2000)]
	return bytes.Contains(head, []byte("<office:document")) && bytes.Contains(head, []byte("opendocument"))
}

// Read reads a packed document. Keep keeps a picture and says its address, "" if
// it cannot be kept. The error is a Refusal.
func Read(z *zipfile.Archive, keep func([]byte) string) (archive.Manuscript, error) {
	part := func(name string) (*xmltree.Node, error) {
		f := z.File(name)
		if f == nil {
			return &xmltree.Node{}, nil
		}
		data, err := f.Read(bounds.Part)
		if err != nil {
			return &xmltree.Node{Cut: true}, err
		}
		return xmltree.Parse(data, spaces), nil
	}
	if manifest, _ := part("META-INF/manifest.xml"); manifest.First("manifest:encryption-data") != nil {
		return archive.Manuscript{}, locked
	}
	if z.File("content.xml").Size > bounds.Part {
		return archive.Manuscript{}, tooBig
	}
	content, err := part("content.xml")
	if err != nil {
		return archive.Manuscript{}, broken
	}
	looks, _ := part("styles.xml")
	meta, _ := part("meta.xml")
	d := document{keep: keep, picture: func(name string) []byte {
		f := z.File(strings.TrimPrefix(name, "./"))
		if f == nil {
			return nil
		}
		data, _ := f.Read(bounds.Part) // what cannot be read is not shown
		return data
	}}
	return d.read(content.Child("office:document-content"), looks.Child("office:document-styles"), meta.Child("office:document-meta"), content.Cut)
}

// ReadFlat is Read for a flat document.
func ReadFlat(data []byte, keep func([]byte) string) (archive.Manuscript, error) {
	if len(data) > bounds.Part {
		return archive.Manuscript{}, tooBig
	}
	root := xmltree.Parse(data, spaces)
	all := root.Child("office:document")
	if all == nil {
		all = root.Child("office:document-content")
	}
	d := document{keep: keep, picture: func(string) []byte { return nil }}
	return d.read(all, all, all, root.Cut)
}

var spaces = map[string]string{
	"urn:oasis:names:tc:opendocument:xmlns:office:1.0":            "office",
	"urn:oasis:names:tc:opendocument:xmlns:text:1.0":              "text",
	"urn:oasis:names:tc:opendocument:xmlns:style:1.0":             "style",
	"urn:oasis:names:tc:opendocument:xmlns:table:1.0":             "table",
	"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0":           "draw",
	"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0": "fo",
	"urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0":    "svg",
	"urn:oasis:names:tc:opendocument:xmlns:meta:1.0":              "meta",
	"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0":          "manifest",
	"http://openoffice.org/2000/office":                           "office",
	"http://openoffice.org/2000/text":                             "text",
	"http://openoffice.org/2000/style":                            "style",
	"http://openoffice.org/2000/table":                            "table",
	"http://openoffice.org/2000/drawing":                          "draw",
	"http://openoffice.org/2000/meta":                             "meta",
	"http://openoffice.org/2001/manifest":                         "manifest",
	"http://www.w3.org/1999/XSL/Format":                           "fo",
	"http://www.w3.org/2000/svg":                                  "svg",
	"http://www.w3.org/1999/xlink":                                "xlink",
	"http://purl.org/dc/elements/1.1/":                            "dc",
}

// document is what is read of one.
type document struct {
	keep    func([]byte) string
	picture func(name string) []byte
	body    paper.Writer
	styles  styles
	usual   float64 // how far most paragraphs stand in

	title    []string
	creators []string
	letters  map[string]int // by language
}

func (d *document) read(content, looks, meta *xmltree.Node, cut bool) (m archive.Manuscript, err error) {
	m.Kind = Kind
	body := content.Child("office:body")
	story := body.Child("office:text")
	switch {
	case body == nil:
		return m, broken
	case story == nil && len(body.Nodes) > 0 && strings.HasPrefix(body.Nodes[0].Name, "text:"):
		story = body // of the older format
	case story == nil:
		return m, notText
	}
	d.styles = readStyles(looks, content)
	r := reader{document: d, out: &d.body}
	r.measure(story)
	r.blocks(story)
	if meta != nil {
		d.describe(&m, meta.Child("office:meta"))
	}
	m.Chapters = []archive.Chapter{{Text: m.Prose(d.body.HTML())}}
	m.Language = d.language()
	if cut {
		m.Warnings = append(m.Warnings, "The document is damaged or too large: its text was read as far as it goes, and the rest is missing.")
	}
	return m, nil
}

// describe takes what the document says of itself: in its text first.
func (d *document) describe(m *archive.Manuscript, meta *xmltree.Node) {
	m.Title = strings.Join(d.title, " ")
	if title := meta.Child("dc:title").Line(); title != "" && !paper.IsUnnamed(title) {
		m.Proposals = append(m.Proposals, archive.Proposal{Field: "title", Value: title, Confidence: 0.9, Because: "The document's properties say so."})
	}
	names := d.creators
	if len(names) == 0 {
		names = []string{meta.Child("meta:initial-creator").Line()}
		if paper.IsNobody(names[0]) {
			names = []string{meta.Child("dc:creator").Line()}
		}
	}
	for _, name := range names {
		if !paper.IsNobody(name) {
			m.Creators = append(m.Creators, archive.Creator{Name: name})
		}
	}
	for word := range meta.Each("meta:keyword") {
		for name := range strings.SplitSeq(word.Line(), ",") {
			m.Tags = append(m.Tags, archive.Tag{Kind: archive.Freeform, Name: strings.TrimSpace(name)})
		}
	}
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
	return text.Language(best)
}

// inlined reads a picture that stands in the text itself.
func inlined(n *xmltree.Node) []byte {
	data, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(n.Inner()), ""))
	if err != nil {
		return nil
	}
	return data
}
