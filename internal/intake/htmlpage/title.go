package htmlpage

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"

	"ficstead/internal/archive"
	"ficstead/internal/base/dom"
)

const titles dom.Selector = "h1,h2,h3,h4,.entry-title,.post-title,.b-singlepost-title,.title,#pagetitle,b.xcontrast_txt,.subject"

// title prefers a heading that the page's title repeats: sites write their own
// name, the author's, or the fandom's into the latter, before or after it.
func title(root, content *html.Node) string {
	page := dom.Title(root)
	if og := meta(root, "og:title"); og != "" && (page == "" || len(og) < len(page)) {
		page = og
	}
	best := ""
	for h := range dom.Each(dom.First(root, "body"), titles) {
		said := dom.Text(h)
		if len(said) > len(best) && len(said) >= 2 && strings.Contains(strings.ToLower(page), strings.ToLower(said)) && said != site(root) {
			best = said
		}
	}
	if best != "" {
		return best
	}
	if page = withoutSite(page, site(root)); page != "" {
		return page
	}
	if h := dom.First(content, "h1,h2"); h != nil && len(dom.Text(h)) <= 300 {
		return dom.Text(h)
	}
	return ""
}

func site(root *html.Node) string { return meta(root, "og:site_name") }

var (
	separator = regexp.MustCompile(`\s+(?:\||::|»|«|—|–|-|·|•)\s+`)
	onSite    = regexp.MustCompile(`(?i)\s+(?:on|at)\s+(?:deviantart|wattpad|tumblr|livejournal|dreamwidth|fanfiction\.net)\s*$`)
	bySomeone = regexp.MustCompile(`(?i)\s+by\s+~?[^\s].{0,60}$`)
)

// withoutSite takes the name of the site off a page's title, and what else is
// beside it: of "Title | Site" the first part, "Title" of "Title by X on Y".
func withoutSite(page, site string) string {
	page = strings.TrimSpace(page)
	if site != "" {
		page = strings.TrimSpace(strings.TrimSuffix(page, site))
		page = strings.TrimRight(page, "|:»—–-· ")
	}
	if onSite.MatchString(page) {
		page = bySomeone.ReplaceAllString(onSite.ReplaceAllString(page, ""), "")
	}
	if parts := separator.Split(page, -1); strings.Contains(page, " | ") && len(parts) > 1 {
		page = parts[0]
	}
	return page
}

// takeTitle takes the title out of the text if the text begins with it.
func takeTitle(content *html.Node, title string) {
	dom.Walk(content, func(n *html.Node) dom.Step {
		switch {
		case dom.Is(n, titles) && strings.EqualFold(dom.Text(n), title):
			dom.Remove(n)
			return dom.Stop
		case n.Type == html.TextNode && strings.TrimSpace(n.Data) != "":
			return dom.Stop
		}
		return dom.Into
	})
}

// authors are the names that sites give to the place of the author's name.
const authors dom.Selector = "[rel=author],[itemprop=author],.byline a,.author a,.author,.ljuser,.poster,.byline,a[href*=viewuser.php],.fn"

var by = regexp.MustCompile(`^(?i:by|von|par|por|written by|author:|от|автор:)\s+(\S.{0,80})$`)

// byline finds whom a page is by: where sites put the name, or a short line
// "by X" near the top.
func byline(root, content *html.Node) []archive.Creator {
	for n := range dom.Each(dom.First(root, "body"), authors) {
		name := strings.TrimSpace(dom.Text(n))
		if m := by.FindStringSubmatch(name); m != nil {
			name = m[1]
		}
		if name != "" && len(name) <= maxName {
			return []archive.Creator{{Name: name, URL: address(n)}}
		}
	}
	looked := 0
	var found []archive.Creator
	dom.Walk(content, func(n *html.Node) dom.Step {
		if !dom.Is(n, "p,h1,h2,h3,h4,h5,center,div,b,i,em,strong,td") {
			return dom.Into
		}
		if looked++; looked > 30 {
			return dom.Stop
		}
		if m := by.FindStringSubmatch(dom.Text(n)); m != nil {
			found = []archive.Creator{{Name: strings.TrimRight(m[1], " ."), URL: address(dom.First(n, "a"))}}
			return dom.Stop
		}
		return dom.Into
	})
	return found
}

// address returns where the link n, or the first one in it, leads, if into the web.
func address(n *html.Node) string {
	href := dom.Attr(n, "href")
	if href == "" {
		href = dom.Attr(dom.First(n, "a[href]"), "href")
	}
	return archive.ParseSource(href).URL
}
