package epub

import (
	"path"
	"slices"
	"strings"
)

// readResources takes what the manifest names besides the text, and pictures
// that it forgot.
func (r *reader) readResources() {
	listed := map[string]bool{}
	for _, m := range r.manifest {
		if listed[m.Href] || m.used || r.isLocked(m) {
			listed[m.Href] = true
			continue
		}
		listed[m.Href] = true
		r.takeResource(m)
	}
	for _, f := range r.zip.Files {
		kind := mediaTypes[strings.ToLower(path.Ext(f.Name))]
		if !listed[f.Name] && strings.HasPrefix(kind, "image/") {
			r.takeResource(&manifestItem{file: f, Item: Item{ID: f.Name, Href: f.Name, MediaType: kind}})
		}
	}
}

// takeResource reads pictures and styles; of all else it keeps the name.
func (r *reader) takeResource(m *manifestItem) {
	if strings.HasPrefix(m.MediaType, "image/") || strings.HasPrefix(m.MediaType, "text/") || isPage(m.MediaType) {
		m.Data, _ = r.unpack(m.file, 0)
	}
	r.book.Resources = append(r.book.Resources, m.Item)
}

// findCover looks for the cover picture in the ways it has been marked over
// the years.
func (r *reader) findCover() {
	isPicture := func(m *manifestItem) bool { return m != nil && strings.HasPrefix(m.MediaType, "image/") }
	for _, m := range r.manifest {
		if m.has("cover-image") && isPicture(m) {
			r.book.Cover = m.Href
			return
		}
	}
	for _, id := range r.book.Metas["cover"] {
		if m := r.byID(id); isPicture(m) {
			r.book.Cover = m.Href
			return
		}
	}
	i := slices.IndexFunc(r.book.Spine, func(item Item) bool { return item.Kind == "cover" })
	if i >= 0 {
		r.book.Cover = r.pictureOn(r.book.Spine[i])
	}
	for _, m := range r.manifest {
		if r.book.Cover == "" && isPicture(m) && (m.ID == "cover" || m.ID == "cover-image") {
			r.book.Cover = m.Href
		}
	}
}

// pictureOn returns the address of the first picture on a page.
func (r *reader) pictureOn(page Item) string {
	const enough = 1 << 20 // a page with the cover is short
	root, _ := parseXML(page.Data[:min(len(page.Data), enough)])
	ref := ""
	for _, name := range [...]string{"img", "image"} {
		if n := root.first(name); n != nil && ref == "" {
			ref = n.attr("src") + n.attr("href")
		}
	}
	if m := r.byName(resolve(path.Dir(page.Href), ref)); m != nil {
		return m.Href
	}
	return ""
}
