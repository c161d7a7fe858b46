package htmlpage

import (
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"ficstead/internal/archive"
	"ficstead/internal/base/dom"
)

// Lines of links at the edges of a text are a site's, or the way back to the
// author's other pages. Within the text nothing is taken out: there a line of
// links is the author's.
const (
	longestLinks = 120 // characters of a line of links
	partOfEdges  = 4   // more than one in so many letters in lines of links: they are what the page is about
)

// apart are the elements that begin and end lines, things what a line may hold
// besides words.
var (
	apart  = elements(`p div center br hr li ul ol dl dt dd table tr td th caption h1 h2 h3 h4 h5 h6 blockquote pre section article main form figure details summary`)
	things = elements(`img video audio iframe hr`)
)

// elements is a set: a selector is too slow to be asked of each node of a page.
func elements(names string) map[string]bool {
	set := map[string]bool{}
	for name := range strings.FieldsSeq(names) {
		set[name] = true
	}
	return set
}

// row is what stands on one line of a page.
type row struct {
	nodes          []*html.Node // texts with words in them, and things
	said, unlinked []string     // as it was read
	words, outside string       // what it says, and what of it outside the links
	links          []*html.Node
	things         []*html.Node
}

// rows lists the lines of n that hold anything, and counts their letters. Those
// that no edge is made of, which are nearly all, are nil.
func rows(n *html.Node) (all []*row, letters int) {
	now := &row{}
	end := func() {
		if len(now.nodes) == 0 {
			*now = row{}
			return
		}
		now.words = strings.Join(strings.Fields(strings.Join(now.said, "")), " ")
		letters += len(now.words)
		if len(now.links) == 0 && !now.isRule() {
			*now = row{nodes: now.nodes[:0], said: now.said[:0], unlinked: now.unlinked[:0]}
			all = append(all, nil)
			return
		}
		now.outside = strings.Join(now.unlinked, "")
		all = append(all, now)
		now = &row{}
	}
	var walk func(n, link *html.Node)
	walk = func(n, link *html.Node) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			element := c.Type == html.ElementNode
			parts := element && apart[c.Data]
			if parts {
				end()
			}
			if c.Type == html.TextNode || element && things[c.Data] {
				now.add(c, link)
			}
			within := link
			if element && c.Data == "a" && dom.Attr(c, "href") != "" {
				within = c
			}
			walk(c, within)
			if parts {
				end()
			}
		}
	}
	walk(n, nil)
	end()
	return all, letters
}

// add puts a text or a thing into the row; link is the one it stands in, or nil.
func (r *row) add(n, link *html.Node) {
	if n.Type != html.TextNode {
		r.nodes, r.things = append(r.nodes, n), append(r.things, n)
		return
	}
	r.said = append(r.said, n.Data)
	if link == nil {
		r.unlinked = append(r.unlinked, n.Data)
	}
	if strings.TrimSpace(n.Data) == "" {
		return
	}
	r.nodes = append(r.nodes, n)
	if link != nil && (len(r.links) == 0 || r.links[len(r.links)-1] != link) {
		r.links = append(r.links, link)
	}
}

// isRule reports whether the row is nothing but a rule.
func (r *row) isRule() bool { return r != nil && len(r.nodes) == 1 && dom.Is(r.nodes[0], "hr") }

// trim takes the lines of links off both edges of a text, with the rules that
// set them apart. Host is that of the page, if it is known.
func trim(content *html.Node, host string) {
	all, letters := rows(content)
	icons := repeated(content)
	edges := 0
	is := func(i int) bool { return all[i].isNavigation(host, icons) }
	from := 0
	for i := 0; i < len(all) && (all[i].isRule() || is(i)); i++ {
		if !all[i].isRule() {
			from = i + 1
		}
	}
	to := len(all)
	for i := len(all) - 1; i >= from && (all[i].isRule() || is(i)); i-- {
		if !all[i].isRule() {
			to = i
		}
	}
	for to > from && to < len(all) && all[to-1].isRule() {
		to--
	}
	taken := append(all[:from:from], all[to:]...)
	for _, r := range taken {
		edges += len(r.words)
	}
	if edges*partOfEdges > letters {
		return
	}
	for _, r := range taken {
		for _, n := range r.nodes {
			dom.Remove(n)
		}
	}
}

// repeated lists the pictures that a page shows again and again.
func repeated(n *html.Node) map[string]bool {
	seen, again := map[string]bool{}, map[string]bool{}
	for img := range dom.Each(n, "img") {
		src := dom.Attr(img, "src")
		again[src] = seen[src]
		seen[src] = true
	}
	return again
}

var (
	connecting = regexp.MustCompile(`(?i)^(?:please|on|of|in|the|a|an|this|that|story|fic|chapter|page|read|view|or|and|to|for|here|back|next|previous|download|comments?|reviews?|\d+|[^\pL\pN]+)*$`)
	feedback   = regexp.MustCompile(`(?i)^(?:please\s+)?(?:(?:post|leave|add|write|read|view|see|submit)\s+)?(?:(?:an?|the|posted|your|all|no|\d+)\s+)*(?:comments?|reviews?)$`)
	boiler     = regexp.MustCompile(`(?i)^this story archived at:? |^this entry was originally posted at \S+ please comment there|^https?://\S+/viewstory\.php\?sid=\d+$`)
)

// isNavigation reports whether a row is of links, and they lead about the site:
// a link to elsewhere is one that the author gives.
func (r *row) isNavigation(host string, icons map[string]bool) bool {
	if r == nil || len(r.links) == 0 || utf8.RuneCountInString(r.words) > longestLinks {
		return false
	}
	for _, n := range r.things {
		if n.Data != "img" || dom.Attr(n, "alt") != "" || !icons[dom.Attr(n, "src")] {
			return false
		}
	}
	if boiler.MatchString(r.words) {
		return true
	}
	for _, a := range r.links {
		if !isAbout(a, host) {
			return false
		}
	}
	return connecting.MatchString(r.outside)
}

// isAbout reports whether a link leads about the site, or to what readers said.
// Links to a place on a page are of the text: notes and contents.
func isAbout(a *html.Node, host string) bool {
	to, err := url.Parse(strings.TrimSpace(dom.Attr(a, "href")))
	switch said := dom.Text(a); {
	case err != nil || to.Scheme != "" && to.Scheme != "http" && to.Scheme != "https":
		return false
	case feedback.MatchString(said):
		return true
	case to.Fragment != "":
		return strings.EqualFold(said, "top") || strings.EqualFold(said, "back to top")
	}
	return to.Host == "" || sameHost(to.Host, host)
}

func sameHost(a, b string) bool {
	return strings.TrimPrefix(strings.ToLower(a), "www.") == strings.TrimPrefix(strings.ToLower(b), "www.")
}

// hostOf is the host of an address, or "".
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Host
}

// archivedAt finds the address that the printable pages of eFiction end with.
func archivedAt(content *html.Node) archive.Source {
	for a := range dom.Each(content, "a[href*=viewstory.php]") {
		if said := dom.Text(a); said == dom.Attr(a, "href") && boiler.MatchString(said) {
			return archive.ParseSource(said)
		}
	}
	return archive.Source{}
}
