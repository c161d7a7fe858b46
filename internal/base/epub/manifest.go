package epub

import (
	"cmp"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"ficstead/internal/base/bounds"
	"ficstead/internal/base/zipfile"
)

// manifestItem is a line of the manifest whose file is there.
type manifestItem struct {
	Item
	file *zipfile.File
	used bool // in the spine, or the table of contents
}

// mediaTypes are what file names say where the manifest is silent.
var mediaTypes = map[string]string{
	".xhtml": xhtmlType, ".html": xhtmlType, ".htm": xhtmlType, ".xml": xhtmlType,
	".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".gif": "image/gif",
	".webp": "image/webp", ".svg": "image/svg+xml", ".css": "text/css", ".ncx": ncxType,
	".ttf": "font/ttf", ".otf": "font/otf", ".woff": "font/woff", ".woff2": "font/woff2",
}

const (
	xhtmlType = "application/xhtml+xml"
	ncxType   = "application/x-dtbncx+xml"
)

func isPage(mediaType string) bool {
	switch mediaType {
	case xhtmlType, "text/html", "application/html", "text/x-oeb1-document", "application/x-dtbook+xml":
		return true
	}
	return false
}

func (r *reader) readManifest() {
	list := r.pack.first("manifest")
	if list == nil {
		return
	}
	left, ids := bounds.PackageItems, map[string]bool{}
	list.each("item", func(n *node) {
		if left--; left < 0 {
			return
		}
		id := n.attr("id")
		r.doubted = r.doubted || ids[id] && id != ""
		ids[id] = true
		name := resolve(r.base, n.attr("href"))
		f := r.find(name)
		if f == nil {
			if isPage(n.attr("media-type")) {
				r.damage(fmt.Sprintf("The page “%s” is missing from the file.", path.Base(name)))
			}
			return
		}
		r.manifest = append(r.manifest, &manifestItem{file: f, Item: Item{
			ID:         id,
			Href:       f.Name,
			MediaType:  cmp.Or(strings.ToLower(n.attr("media-type")), mediaTypes[strings.ToLower(path.Ext(f.Name))]),
			Properties: fields(n.attr("properties")),
		}})
	})
}

// fields is strings.Fields, but nil for nothing.
func fields(s string) []string { return append([]string(nil), strings.Fields(s)...) }

func (m *manifestItem) has(property string) bool { return slices.Contains(m.Properties, property) }

// byID finds an item by its id, or by what else a careless program may have
// written for it.
func (r *reader) byID(id string) *manifestItem {
	if id == "" {
		return nil
	}
	for _, m := range r.manifest {
		if m.ID == id {
			return m
		}
	}
	return r.byName(resolve(r.base, id))
}

func (r *reader) byName(name string) *manifestItem {
	for _, m := range r.manifest {
		if m.Href == name {
			return m
		}
	}
	for _, m := range r.manifest {
		if strings.EqualFold(m.Href, name) {
			return m
		}
	}
	return nil
}

// readSpine reads the text in order; without a spine it takes every page.
func (r *reader) readSpine() {
	taken := map[string]bool{}
	if spine := r.pack.first("spine"); spine != nil {
		left := bounds.PackageItems
		spine.each("itemref", func(n *node) {
			if left--; left < 0 {
				return
			}
			m := r.next(n.attr("idref"), taken)
			if m == nil {
				r.damage("The order of the book names pages that are not in the file.")
				r.doubted = true
				return
			}
			m.Aside = strings.EqualFold(n.attr("linear"), "no")
			r.takePage(m, taken)
		})
	}
	if len(r.book.Spine) > 0 {
		r.takeUnordered(taken)
		return
	}
	for _, m := range r.allPages() {
		r.takePage(m, taken)
	}
}

// next is byID, but of several items with that id it finds the first that is not taken.
func (r *reader) next(id string, taken map[string]bool) *manifestItem {
	first := r.byID(id)
	if first == nil || !taken[first.Href] || !r.doubted {
		return first
	}
	for _, m := range r.manifest {
		if m.ID == id && !taken[m.Href] {
			return m
		}
	}
	return first
}

// notText are the names of pages that stand beside the text.
var notText = regexp.MustCompile(`(?i)^(cover(-?page)?|title[-_ ]?page|toc([-_ ]?page)?|nav(igation)?|contents|index)[\d._-]*$`)

// takeUnordered puts the pages behind the others that the spine left out, where it
// is known to be wrong.
func (r *reader) takeUnordered(taken map[string]bool) {
	if !r.doubted {
		return
	}
	before := len(r.book.Spine)
	for _, m := range r.manifest {
		name := strings.TrimSuffix(path.Base(m.Href), path.Ext(m.Href))
		if isPage(m.MediaType) && !notText.MatchString(name) && !notText.MatchString(m.ID) {
			r.takePage(m, taken)
		}
	}
	if n := len(r.book.Spine) - before; n > 0 {
		r.damage(fmt.Sprintf("The order of the book is wrong and leaves out pages; they stand at the end (%d in all). Look whether they belong elsewhere.", n))
	}
}

// takePage puts a page into the spine, once; the table of contents stays out.
func (r *reader) takePage(m *manifestItem, taken map[string]bool) {
	if taken[m.Href] || m.has("nav") || r.isLocked(m) {
		return
	}
	taken[m.Href] = true
	data, err := r.unpack(m.file, 0)
	if err != nil && len(data) == 0 {
		r.damage(fmt.Sprintf("The page “%s” could not be read.", path.Base(m.Href)))
		return
	}
	m.used = true
	m.Data = data
	r.book.Spine = append(r.book.Spine, m.Item)
}

func (r *reader) isLocked(m *manifestItem) bool {
	if !r.locked[m.Href] && !m.file.Encrypted {
		return false
	}
	if isPage(m.MediaType) {
		r.damage(fmt.Sprintf("The page “%s” is encrypted.", path.Base(m.Href)))
	}
	return true
}

// allPages are the pages of a book that has lost its order, as a person would
// sort them: page 2 before page 10.
func (r *reader) allPages() []*manifestItem {
	var pages []*manifestItem
	for _, f := range r.zip.Files {
		kind := mediaTypes[strings.ToLower(path.Ext(f.Name))]
		if kind != xhtmlType || strings.HasPrefix(f.Name, "META-INF/") {
			continue
		}
		m := r.byName(f.Name)
		if m == nil {
			m = &manifestItem{file: f, Item: Item{ID: f.Name, Href: f.Name, MediaType: kind}}
		}
		pages = append(pages, m)
	}
	slices.SortStableFunc(pages, func(a, b *manifestItem) int { return compareNames(a.Href, b.Href) })
	return pages
}

// compareNames orders names with numbers by their value.
func compareNames(a, b string) int {
	for a != "" && b != "" {
		na, nb := digits(a), digits(b)
		if na != "" && nb != "" {
			x, y := strings.TrimLeft(na, "0"), strings.TrimLeft(nb, "0")
			if c := cmp.Or(cmp.Compare(len(x), len(y)), strings.Compare(x, y)); c != 0 {
				return c
			}
			a, b = a[len(na):], b[len(nb):]
			continue
		}
		if a[0] != b[0] {
			return cmp.Compare(a[0], b[0])
		}
		a, b = a[1:], b[1:]
	}
	return cmp.Compare(len(a), len(b))
}

func digits(s string) string {
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	return s[:i]
}
