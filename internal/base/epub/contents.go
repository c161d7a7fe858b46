package epub

import (
	"cmp"
	"path"
	"strings"
)

// readContents reads the table of contents, of EPUB 3 or else of EPUB 2, and
// names the pages by it.
func (r *reader) readContents() {
	r.at = map[string]int{}
	for i, item := range r.book.Spine {
		r.at[item.Href] = i
	}
	var nav, ncx *manifestItem
	for _, m := range r.manifest {
		switch {
		case m.has("nav"):
			m.used = true
			nav = cmp.Or(nav, m)
		case m.MediaType == ncxType || strings.EqualFold(path.Ext(m.Href), ".ncx"):
			m.used = true
			ncx = cmp.Or(ncx, m)
		}
	}
	if nav != nil {
		r.readNav(nav)
	}
	if ncx != nil && len(r.book.TOC) == 0 {
		r.readNCX(ncx)
	}
	r.readGuide()
	r.namePages(r.book.TOC)
}

func (r *reader) readNav(m *manifestItem) {
	root, _ := parseXML(r.entry(m.Href))
	base := path.Dir(m.Href)
	root.each("nav", func(n *node) {
		switch kind := n.attr("type"); {
		case kind == "landmarks":
			n.each("a", func(a *node) { r.mark(resolve(base, a.attr("href")), a.attr("type")) })
		case (kind == "toc" || kind == "") && len(r.book.TOC) == 0:
			r.book.TOC = navEntries(n.first("ol"), base)
		}
	})
}

func navEntries(list *node, base string) []Entry {
	if list == nil {
		return nil
	}
	var entries []Entry
	for _, item := range list.nodes {
		if item.name != "li" {
			continue
		}
		e := Entry{Children: navEntries(item.first("ol"), base)}
		for _, label := range item.nodes {
			if (label.name == "a" || label.name == "span") && e.Title == "" {
				e.Title = label.line()
				e.Href = address(base, label.attr("href"))
			}
		}
		entries = append(entries, e)
	}
	return entries
}

func address(base, ref string) string {
	if name := resolve(base, ref); name != "" {
		return name + fragment(ref)
	}
	return ""
}

func (r *reader) readNCX(m *manifestItem) {
	root, _ := parseXML(r.entry(m.Href))
	if points := root.first("navmap"); points != nil {
		r.book.TOC = ncxEntries(points, path.Dir(m.Href))
	}
}

func ncxEntries(n *node, base string) []Entry {
	var entries []Entry
	for _, point := range n.nodes {
		if point.name != "navpoint" {
			continue
		}
		e := Entry{Children: ncxEntries(point, base)}
		for _, part := range point.nodes {
			switch part.name {
			case "navlabel":
				e.Title = part.line()
			case "content":
				e.Href = address(base, part.attr("src"))
			}
		}
		entries = append(entries, e)
	}
	return entries
}

// readGuide reads the landmarks of EPUB 2.
func (r *reader) readGuide() {
	guide := r.pack.first("guide")
	if guide == nil {
		return
	}
	kinds := map[string]string{"title-page": "titlepage", "text": "bodymatter"}
	guide.each("reference", func(n *node) {
		kind := strings.ToLower(n.attr("type"))
		if ours, ok := kinds[kind]; ok {
			kind = ours
		}
		r.mark(resolve(r.base, n.attr("href")), kind)
	})
}

// mark notes the landmark that a page is; the first one stays.
func (r *reader) mark(name, kind string) {
	if i, ok := r.at[name]; ok && r.book.Spine[i].Kind == "" {
		r.book.Spine[i].Kind = kind
	}
}

// namePages gives each page the first title that leads to it.
func (r *reader) namePages(entries []Entry) {
	eachEntry(entries, func(e Entry) {
		name, _ := cutFragment(e.Href, func(name string) bool { _, ok := r.at[name]; return ok })
		if i, ok := r.at[name]; ok && r.book.Spine[i].Title == "" {
			r.book.Spine[i].Title = e.Title
		}
	})
}

func eachEntry(entries []Entry, f func(Entry)) {
	for _, e := range entries {
		f(e)
		eachEntry(e.Children, f)
	}
}
