package intake

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/url"
	"path"
	"strings"

	"golang.org/x/net/html"

	"ficstead/internal/archive"
	"ficstead/internal/base/bounds"
	"ficstead/internal/base/dom"
	"ficstead/internal/base/epub"
	"ficstead/internal/base/picture"
	"ficstead/internal/base/prose"
)

// album gathers the pictures of a file, and makes their addresses in its pages
// those of attachments. Readers of formats see the new addresses only.
type album struct {
	kept    []archive.Attachment
	drawn   map[[sha256.Size]byte]string // addresses by the bytes that came
	known   map[string]bool
	size    int
	pixels  int
	dropped int // pictures in formats or of sizes that are not kept
	stilled int // pictures that moved, and do not any more
}

// embed takes the pictures that stand in the page itself, or that find knows by
// their address. Find may be nil.
func (a *album) embed(root *html.Node, find func(src string) []byte) {
	for _, img := range dom.All(root, "img") {
		src := strings.TrimSpace(dom.Attr(img, "src"))
		data, inside := inlineData(src)
		if !inside && find != nil {
			data = find(src)
			inside = data != nil || !isWeb(src)
		}
		if inside {
			show(img, a.add(data))
		}
	}
}

// show gives a picture its address, or puts its description in its place.
func show(img *html.Node, address string) {
	if address != "" {
		dom.SetAttr(img, "src", address)
		return
	}
	if alt := dom.Attr(img, "alt"); alt != "" {
		img.Parent.InsertBefore(&html.Node{Type: html.TextNode, Data: alt}, img)
	}
	dom.Remove(img)
}

// add keeps a picture, drawn anew, and returns its address in prose, or "".
func (a *album) add(data []byte) string {
	if len(data) == 0 {
		return ""
	}
	came := sha256.Sum256(data)
	address, known := a.drawn[came]
	if !known {
		if a.drawn == nil {
			a.drawn, a.known = map[[sha256.Size]byte]string{}, map[string]bool{}
		}
		address = a.draw(data)
		a.drawn[came] = address
	}
	if address == "" {
		a.dropped++
	}
	return address
}

func (a *album) draw(data []byte) string {
	look, err := picture.Look(data)
	if a.pixels += look.Pixels(); err != nil || a.pixels > bounds.FilePixels {
		return ""
	}
	d, err := picture.Redraw(data)
	if err != nil || a.size+len(d.Data) > bounds.FilePictures {
		return ""
	}
	sum := sha256.Sum256(d.Data)
	name := hex.EncodeToString(sum[:])
	if !a.known[name] {
		a.known[name] = true
		a.size += len(d.Data)
		a.kept = append(a.kept, archive.Attachment{Sum: name, MediaType: d.MediaType, Data: d.Data})
		if d.Still {
			a.stilled++
		}
	}
	return "image:" + name
}

// inlineData reads a data: address.
func inlineData(src string) (data []byte, ok bool) {
	rest, ok := cutPrefixFold(src, "data:")
	if !ok {
		return nil, false
	}
	kind, body, _ := strings.Cut(rest, ",")
	if unescaped, err := url.PathUnescape(body); err == nil {
		body = unescaped
	}
	if !strings.HasSuffix(strings.ToLower(kind), ";base64") {
		return []byte(body), true
	}
	body = strings.Join(strings.Fields(body), "")
	data, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(body, "="))
	if err != nil {
		return nil, true
	}
	return data, true
}

func cutPrefixFold(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

// hand gives the manuscript the pictures that its text shows.
func (a *album) hand(m *archive.Manuscript) {
	used := map[string]bool{}
	eachProse(m, func(d *prose.Doc) {
		for _, src := range d.Images() {
			used[strings.TrimPrefix(src, "image:")] = true
		}
	})
	for _, p := range a.kept {
		if used[p.Sum] {
			m.Attachments = append(m.Attachments, p)
		}
	}
	if a.dropped > 0 {
		m.Warnings = append(m.Warnings, fmt.Sprintf("%s in a form that is not kept (such as SVG, damaged, or too large); the original has %s.",
			plural(a.dropped, "One picture is", "%d pictures are"), plural(a.dropped, "it", "them")))
	}
	if a.stilled > 0 {
		m.Warnings = append(m.Warnings, fmt.Sprintf("%s still now; the original has %s moving.",
			plural(a.stilled, "One moving picture is", "%d moving pictures are"), plural(a.stilled, "it", "them")))
	}
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	if strings.Contains(many, "%d") {
		return fmt.Sprintf(many, n)
	}
	return many
}

// eachProse shows f each prose of m, for it to change.
func eachProse(m *archive.Manuscript, f func(*prose.Doc)) {
	f(&m.Summary)
	f(&m.Notes)
	f(&m.EndNotes)
	for i := range m.Chapters {
		c := &m.Chapters[i]
		f(&c.Summary)
		f(&c.Notes)
		f(&c.Text)
		f(&c.EndNotes)
	}
}

// ownPicturesOnly puts a picture's description in its place if the picture is
// not in the file: formats that are all text may only claim to have it.
func ownPicturesOnly(m *archive.Manuscript) {
	own := map[string]bool{}
	for _, a := range m.Attachments {
		own["image:"+a.Sum] = true
	}
	eachProse(m, func(d *prose.Doc) {
		*d = d.MapImages(func(src string) string {
			if strings.HasPrefix(src, "image:") && !own[src] {
				return ""
			}
			return src
		})
	})
}

// open parses the pages of a book and takes their pictures in.
func (a *album) open(b *epub.Book) []*html.Node {
	resources := map[string][]byte{}
	for _, r := range b.Resources {
		resources[r.Href] = r.Data
	}
	pages := make([]*html.Node, len(b.Spine))
	for i, item := range b.Spine {
		pages[i], _ = dom.ParseXHTML(string(item.Data))
		a.embed(pages[i], func(src string) []byte { return resources[within(item.Href, src)] })
	}
	return pages
}

// within makes the address in a page one from the root of the book.
func within(page, src string) string {
	src, _, _ = strings.Cut(src, "#")
	if plain, err := url.PathUnescape(src); err == nil {
		src = plain
	}
	return strings.TrimPrefix(path.Join("/", path.Dir(page), src), "/")
}
