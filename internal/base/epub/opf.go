package epub

import (
	"bytes"
	"fmt"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"ficstead/internal/base/xmltree"
)

func (w *writer) container() string {
	return `<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="` + Escape(w.packageName) + `" media-type="application/oebps-package+xml"/></rootfiles>
</container>
`
}

// packageDocument writes what the book is, what belongs to it, and in which order.
func (w *writer) packageDocument() string {
	var b strings.Builder
	b.WriteString("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" +
		`<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="pub-id"`)
	attribute(&b, "xml:lang", w.language())
	if w.book.Dir != "" {
		attribute(&b, "dir", w.book.Dir)
	}
	b.WriteString(">\n")
	w.writeMetadata(&b)
	w.writeManifest(&b)
	w.writeSpine(&b)
	b.WriteString("</package>\n")
	return b.String()
}

// language is what the book says, or "und": a book must say something.
func (w *writer) language() string {
	if w.book.Language == "" {
		return "und"
	}
	return w.book.Language
}

func (w *writer) title() string {
	if t := oneLine(w.book.Title); t != "" {
		return t
	}
	return "Untitled"
}

func oneLine(s string) string { return strings.Join(strings.Fields(xmltree.Clean(s)), " ") }

func (w *writer) writeMetadata(b *strings.Builder) {
	b.WriteString(`<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">` + "\n")
	w.writeIdentifiers(b)
	element(b, "dc:title", "_title", w.title())
	element(b, "dc:language", "", w.language())
	w.writeCreators(b, "creator", w.book.Creators)
	w.writeCreators(b, "contributor", w.book.Contributors)
	if len(w.book.Dates) > 0 {
		element(b, "dc:date", "", w.book.Dates[0].Value)
	}
	element(b, "dc:description", "", w.book.Description)
	element(b, "dc:publisher", "", w.book.Publisher)
	element(b, "dc:rights", "", w.book.Rights)
	element(b, "dc:source", "", w.book.Source)
	for _, s := range w.book.Subjects {
		element(b, "dc:subject", "", s)
	}
	modified := w.book.Modified
	if modified.IsZero() {
		modified = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC) // a book must say something
	}
	property(b, "dcterms:modified", "", "", modified.UTC().Format("2006-01-02T15:04:05Z"))
	w.writeCollections(b)
	w.writeMetas(b)
	b.WriteString("</metadata>\n")
}

func (w *writer) writeIdentifiers(b *strings.Builder) {
	if len(w.book.Identifiers) == 0 {
		element(b, "dc:identifier", "pub-id", "urn:title:"+w.title())
	}
	for i, id := range w.book.Identifiers {
		own := ""
		if i == 0 {
			own = "pub-id"
		}
		element(b, "dc:identifier", own, id.Value)
	}
}

func (w *writer) writeCreators(b *strings.Builder, name string, creators []Creator) {
	for i, c := range creators {
		id := fmt.Sprintf("_%s-%d", name, i+1)
		element(b, "dc:"+name, id, c.Name)
		if oneLine(c.Name) == "" {
			continue
		}
		if c.Role != "" {
			property(b, "role", id, "marc:relators", c.Role)
		}
		if c.SortAs != "" {
			property(b, "file-as", id, "", c.SortAs)
		}
	}
}

// writeCollections also writes the first one as Calibre does: that is what
// most e-readers look at.
func (w *writer) writeCollections(b *strings.Builder) {
	for i, c := range w.book.Collections {
		if oneLine(c.Title) == "" {
			continue
		}
		id := fmt.Sprintf("_collection-%d", i+1)
		fmt.Fprintf(b, `<meta property="belongs-to-collection" id="%s">%s</meta>`+"\n", id, Escape(oneLine(c.Title)))
		if c.Type != "" {
			property(b, "collection-type", id, "", c.Type)
		}
		if isPosition(c.Position) {
			property(b, "group-position", id, "", c.Position)
		}
	}
	if len(w.book.Collections) > 0 && len(w.book.Metas["calibre:series"]) == 0 {
		c := w.book.Collections[0]
		oldMeta(b, "calibre:series", c.Title)
		oldMeta(b, "calibre:series_index", c.Position)
	}
}

// isPosition reports whether s is numbers with points between, all that a
// position may be.
func isPosition(s string) bool {
	for part := range strings.SplitSeq(s, ".") {
		if part == "" || strings.Trim(part, "0123456789") != "" {
			return false
		}
	}
	return true
}

// The vocabularies that need no declaration.
var reserved = []string{"a11y:", "dcterms:", "marc:", "media:", "onix:", "rendition:", "schema:", "xsd:"}

func (w *writer) writeMetas(b *strings.Builder) {
	for _, name := range slices.Sorted(maps.Keys(w.book.Metas)) {
		for _, value := range w.book.Metas[name] {
			switch {
			case name == "cover":
			case slices.ContainsFunc(reserved, func(prefix string) bool { return strings.HasPrefix(name, prefix) }):
				property(b, name, "", "", value)
			default:
				oldMeta(b, name, value)
			}
		}
	}
	for i, item := range w.items() {
		if item.Href == w.book.Cover && w.book.Cover != "" {
			oldMeta(b, "cover", w.ids[i])
		}
	}
}

func element(b *strings.Builder, name, id, value string) {
	if value = strings.TrimSpace(xmltree.Clean(value)); value == "" {
		return
	}
	b.WriteString("<" + name)
	if id != "" {
		attribute(b, "id", id)
	}
	b.WriteString(">" + Escape(value) + "</" + name + ">\n")
}

func property(b *strings.Builder, name, about, scheme, value string) {
	if value = oneLine(value); value == "" {
		return
	}
	b.WriteString("<meta")
	attribute(b, "property", name)
	if about != "" {
		attribute(b, "refines", "#"+about)
	}
	if scheme != "" {
		attribute(b, "scheme", scheme)
	}
	b.WriteString(">" + Escape(value) + "</meta>\n")
}

func oldMeta(b *strings.Builder, name, value string) {
	if value = oneLine(value); value == "" {
		return
	}
	b.WriteString("<meta")
	attribute(b, "name", name)
	attribute(b, "content", value)
	b.WriteString("/>\n")
}

func (w *writer) writeManifest(b *strings.Builder) {
	b.WriteString("<manifest>\n")
	w.writeItem(b, "nav", w.navName, xhtmlType, []string{"nav"})
	w.writeItem(b, "ncx", w.ncxName, ncxType, nil)
	for i, item := range w.items() {
		w.writeItem(b, w.ids[i], item.Href, item.MediaType, w.properties(item))
	}
	b.WriteString("</manifest>\n")
}

func (w *writer) writeItem(b *strings.Builder, id, href, mediaType string, properties []string) {
	b.WriteString("<item")
	attribute(b, "id", id)
	attribute(b, "href", relative(w.packageName, href))
	attribute(b, "media-type", mediaType)
	if len(properties) > 0 {
		attribute(b, "properties", strings.Join(properties, " "))
	}
	b.WriteString("/>\n")
}

// properties are what readers must know before they open the item.
func (w *writer) properties(item Item) []string {
	has := map[string]bool{"cover-image": item.Href == w.book.Cover}
	if item.MediaType == xhtmlType {
		has["svg"] = bytes.Contains(item.Data, []byte("<svg"))
		has["mathml"] = bytes.Contains(item.Data, []byte("<math"))
		has["scripted"] = bytes.Contains(item.Data, []byte("<script")) || bytes.Contains(item.Data, []byte("<form"))
	}
	for _, p := range item.Properties {
		has[p] = has[p] || p == "remote-resources" || p == "switch"
	}
	var properties []string
	for _, p := range slices.Sorted(maps.Keys(has)) {
		if has[p] {
			properties = append(properties, p)
		}
	}
	return properties
}

func (w *writer) writeSpine(b *strings.Builder) {
	b.WriteString(`<spine toc="ncx"`)
	if w.book.Dir != "" {
		attribute(b, "page-progression-direction", w.book.Dir)
	}
	b.WriteString(">\n")
	for i, item := range w.book.Spine {
		b.WriteString("<itemref")
		attribute(b, "idref", w.ids[i])
		if item.Aside {
			attribute(b, "linear", "no")
		}
		b.WriteString("/>\n")
	}
	b.WriteString("</spine>\n")
	w.writeGuide(b)
}

// writeGuide writes the landmarks of EPUB 2, which Kindles still follow.
func (w *writer) writeGuide(b *strings.Builder) {
	kinds := map[string]string{"cover": "cover", "titlepage": "title-page", "bodymatter": "text"}
	var lines strings.Builder
	for _, item := range w.landmarks() {
		if kind := kinds[item.Kind]; kind != "" {
			lines.WriteString("<reference")
			attribute(&lines, "type", kind)
			attribute(&lines, "title", landmarkTitle(item))
			attribute(&lines, "href", relative(w.packageName, item.Href))
			lines.WriteString("/>\n")
		}
	}
	if lines.Len() > 0 {
		b.WriteString("<guide>\n" + lines.String() + "</guide>\n")
	}
}

// relative is the reference from one address to another, escaped for a URL.
func relative(from, to string) string {
	base := path.Dir(from)
	up := ""
	for base != "." && !strings.HasPrefix(to, base+"/") {
		base, up = path.Dir(base), up+"../"
	}
	if base != "." {
		to = strings.TrimPrefix(to, base+"/")
	}
	return up + (&url.URL{Path: to}).EscapedPath()
}

// relativeEntry is the reference to what an entry of the table of contents
// leads to.
func (w *writer) relativeEntry(from, href string) string {
	name, mark := cutFragment(href, func(name string) bool { return w.pages[name] })
	ref := relative(from, name)
	if mark != "" {
		ref += "#" + (&url.URL{Fragment: mark}).EscapedFragment()
	}
	return ref
}

// cutFragment parts an address from the fragment behind it. A page may have
// "#" in its name.
func cutFragment(href string, isPage func(string) bool) (name, fragment string) {
	if i := strings.LastIndexByte(href, '#'); i >= 0 && !isPage(href) {
		return href[:i], href[i+1:]
	}
	return href, ""
}
