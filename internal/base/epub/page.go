package epub

import (
	"strings"

	"ficstead/internal/base/xmltree"
)

// Page is one page of text to be written.
type Page struct {
	Title    string // for the window; must not be empty
	Language string
	Dir      string   // "rtl", "ltr" or ""
	Kind     string   // epub:type of the body, "" for none
	Styles   []string // relative references
	Body     string   // well-formed XHTML
}

// XHTML prints the page.
func (p Page) XHTML() []byte {
	var b strings.Builder
	b.Grow(len(p.Body) + 600)
	b.WriteString("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!DOCTYPE html>\n" +
		`<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"`)
	if p.Language != "" {
		attribute(&b, "lang", p.Language)
		attribute(&b, "xml:lang", p.Language)
	}
	if p.Dir != "" {
		attribute(&b, "dir", p.Dir)
	}
	b.WriteString(">\n<head>\n<meta charset=\"utf-8\"/>\n<title>" + Escape(p.Title) + "</title>\n")
	for _, style := range p.Styles {
		b.WriteString(`<link rel="stylesheet" type="text/css"`)
		attribute(&b, "href", style)
		b.WriteString("/>\n")
	}
	b.WriteString("</head>\n<body")
	if p.Kind != "" {
		attribute(&b, "epub:type", p.Kind)
	}
	b.WriteString(">\n" + p.Body + "\n</body>\n</html>\n")
	return []byte(b.String())
}

func attribute(b *strings.Builder, name, value string) {
	b.WriteString(" " + name + `="` + Escape(value) + `"`)
}

// Escape makes text fit to stand between tags and in attributes; what XML
// forbids is left out.
func Escape(s string) string { return escaper.Replace(xmltree.Clean(strings.ToValidUTF8(s, "\uFFFD"))) }

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;")
