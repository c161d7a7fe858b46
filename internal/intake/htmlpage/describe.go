package htmlpage

import (
	"regexp"
	"strings"
	"time"

	"golang.org/x/net/html"

	"ficstead/internal/archive"
	"ficstead/internal/base/dom"
	"ficstead/internal/base/prose"
	"ficstead/internal/base/text"
)

// describe reads what a page says of itself for machines.
func describe(m *archive.Manuscript, root *html.Node) {
	if page := dom.First(root, "html"); page != nil {
		m.Language = text.Language(dom.Attr(page, "lang"))
		if m.Language == "" {
			m.Language = text.Language(dom.Attr(page, "xml:lang"))
		}
	}
	m.Source = source(root)
	if name := meta(root, "author"); name != "" && len(name) <= maxName && !isAddress(name) {
		m.Creators = []archive.Creator{{Name: name}}
	}
	m.Posted = date(meta(root, "article:published_time"), attr(root, "[itemprop=datePublished]", "content"), attr(root, "article time[datetime]", "datetime"))
	m.Updated = date(meta(root, "article:modified_time"), attr(root, "[itemprop=dateModified]", "content"))
	if m.Updated.Before(m.Posted) {
		m.Updated = m.Posted
	}
	for _, n := range dom.All(root, "meta[property=article:tag]") {
		addTag(m, dom.Attr(n, "content"))
	}
	for _, n := range dom.All(root, "a[rel=tag]") {
		addTag(m, dom.Text(n))
	}
	m.Summary = summary(root)
}

// maxName is how long the name of a person may be, in bytes.
const maxName = 100

func addTag(m *archive.Manuscript, name string) {
	if name = strings.TrimSpace(name); name != "" && len(name) <= 2*maxName {
		m.Tags = append(m.Tags, archive.Tag{Kind: archive.Freeform, Name: name})
	}
}

func isAddress(s string) bool { return strings.Contains(s, "://") }

// meta returns what a <meta> of that name or property says.
func meta(root *html.Node, name string) string {
	for n := range dom.Each(root, "meta") {
		if strings.EqualFold(dom.Attr(n, "name"), name) || strings.EqualFold(dom.Attr(n, "property"), name) {
			if said := strings.Join(strings.Fields(dom.Attr(n, "content")), " "); said != "" {
				return said
			}
		}
	}
	return ""
}

func attr(root *html.Node, s dom.Selector, key string) string {
	return dom.Attr(dom.First(root, s), key)
}

func date(values ...string) time.Time {
	for _, value := range values {
		for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", time.DateOnly} {
			if t, err := time.Parse(layout, strings.TrimSpace(value)); err == nil {
				return t.UTC()
			}
		}
	}
	return time.Time{}
}

// summary takes only what is a summary for sure: sites make descriptions out of
// the beginning of the text, or praise themselves in them.
func summary(root *html.Node) prose.Doc {
	for _, s := range []dom.Selector{"blockquote.summary", "div.summary", "[itemprop=description]"} {
		if n := dom.First(root, s); n != nil && n.Data != "meta" && len(dom.Text(n)) < 2000 {
			return prose.Parse(dom.Inner(n))
		}
	}
	return prose.Doc{}
}

var savedFrom = regexp.MustCompile(`(?:saved from url=\(\d+\)|SingleFile\s+url: )\s*(https?://\S+)`)

// source finds the address of the page: as the page gives it, or as the browser
// that saved it noted.
func source(root *html.Node) archive.Source {
	addresses := []string{attr(root, "link[rel=canonical]", "href"), meta(root, "og:url")}
	for _, said := range dom.Remarks(root) {
		if m := savedFrom.FindStringSubmatch(said); m != nil {
			addresses = append(addresses, m[1])
		}
	}
	for _, address := range addresses {
		if s := archive.ParseSource(address); s.URL != "" {
			return s
		}
	}
	return archive.Source{}
}
