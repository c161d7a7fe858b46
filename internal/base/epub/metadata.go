package epub

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// readMetadata reads Dublin Core and the metas of both versions.
func (r *reader) readMetadata() {
	meta := r.pack.first("metadata")
	if meta == nil {
		return
	}
	b := r.book
	var titles []*node
	meta.each("title", func(n *node) { titles = append(titles, n) })
	b.Title = r.mainTitle(titles)
	b.Creators = r.creators(meta, "creator")
	b.Contributors = r.creators(meta, "contributor")
	b.Language = firstLine(meta, "language")
	b.Publisher = firstLine(meta, "publisher")
	b.Rights = firstLine(meta, "rights")
	b.Source = firstLine(meta, "source")
	b.Description = strings.TrimSpace(meta.first("description").inner())
	meta.each("subject", func(n *node) {
		if s := n.line(); s != "" {
			b.Subjects = append(b.Subjects, s)
		}
	})
	r.readIdentifiers(meta)
	r.readDates(meta)
	r.readMetas(meta)
	if spine := r.pack.first("spine"); spine != nil {
		b.Dir = spine.attr("page-progression-direction")
	}
}

func firstLine(n *node, name string) string { return n.first(name).line() }

// mainTitle prefers the title that is said to be the main one.
func (r *reader) mainTitle(titles []*node) string {
	for _, n := range titles {
		if r.refinement(n, "title-type") == "main" && n.line() != "" {
			return n.line()
		}
	}
	for _, n := range titles {
		if n.line() != "" {
			return n.line()
		}
	}
	return ""
}

func (r *reader) creators(meta *node, name string) []Creator {
	var found []*node
	meta.each(name, func(n *node) {
		if n.line() != "" {
			found = append(found, n)
		}
	})
	slices.SortStableFunc(found, func(a, b *node) int { return cmp.Compare(r.place(a), r.place(b)) })
	var creators []Creator
	for _, n := range found {
		creators = append(creators, Creator{
			Name:   n.line(),
			SortAs: cmp.Or(r.refinement(n, "file-as"), n.attr("file-as")),
			Role:   cmp.Or(r.refinement(n, "role"), n.attr("role")),
		})
	}
	return creators
}

// place is where a creator wants to stand; those who do not say stay in order.
func (r *reader) place(n *node) int {
	i, err := strconv.Atoi(r.refinement(n, "display-seq"))
	if err != nil {
		return 0
	}
	return i
}

func (r *reader) readIdentifiers(meta *node) {
	own := r.pack.attr("unique-identifier")
	first := -1
	meta.each("identifier", func(n *node) {
		id := Identifier{
			Scheme: cmp.Or(r.refinement(n, "identifier-type"), n.attr("scheme")),
			Value:  n.line(),
		}
		if id.Value == "" {
			return
		}
		if first < 0 && own != "" && n.attr("id") == own {
			first = len(r.book.Identifiers)
		}
		r.book.Identifiers = append(r.book.Identifiers, id)
	})
	if ids := r.book.Identifiers; first > 0 {
		own := ids[first]
		copy(ids[1:], ids[:first])
		ids[0] = own
	}
}

func (r *reader) readDates(meta *node) {
	meta.each("date", func(n *node) {
		if n.line() == "" {
			return
		}
		d := Date{Event: n.attr("event"), Value: n.line(), Time: parseTime(n.line())}
		r.book.Dates = append(r.book.Dates, d)
		if d.Event == "modification" && r.book.Modified.IsZero() {
			r.book.Modified = d.Time
		}
	})
}

// parseTime reads the forms of ISO 8601 that books use.
func parseTime(s string) time.Time {
	for _, layout := range [...]string{
		time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02T15:04Z07:00", "2006-01-02 15:04:05Z07:00",
		"2006-01-02 15:04:05", time.DateOnly, "2006-01", "2006",
	} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}

// readMetas reads <meta name content> of EPUB 2 and <meta property> of EPUB 3.
// Series stand in both forms, often in the same book.
func (r *reader) readMetas(meta *node) {
	b := r.book
	meta.each("meta", func(n *node) {
		name, value := cmp.Or(n.attr("property"), n.attr("name")), cmp.Or(n.attr("content"), n.line())
		if name == "" || value == "" || strings.HasPrefix(n.attr("refines"), "#") {
			return
		}
		switch name {
		case "dcterms:modified":
			b.Modified = parseTime(value)
		case "belongs-to-collection":
			b.Collections = append(b.Collections, Collection{
				Title:    value,
				Position: r.refinement(n, "group-position"),
				Type:     r.refinement(n, "collection-type"),
			})
		default:
			b.Metas[name] = append(b.Metas[name], value)
		}
	})
	r.addCalibreSeries()
}

func (r *reader) addCalibreSeries() {
	b := r.book
	series := b.Metas["calibre:series"]
	if len(series) == 0 || slices.ContainsFunc(b.Collections, func(c Collection) bool { return c.Title == series[0] }) {
		return
	}
	c := Collection{Title: series[0], Type: "series"}
	if index := b.Metas["calibre:series_index"]; len(index) > 0 {
		c.Position = strings.TrimSuffix(index[0], ".0")
	}
	b.Collections = append(b.Collections, c)
}
