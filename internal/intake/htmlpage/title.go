package htmlpage

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"

	"ficstead/internal/archive"
	"ficstead/internal/base/dom"
	"ficstead/internal/base/prose"
)

const titles dom.Selector = "h1,h2,h3,h4,.entry-title,.post-title,.b-singlepost-title,.title,#pagetitle,b.xcontrast_txt,.subject"

// shortTitle is how long a heading must be to be the title by itself, in bytes:
// "III" is a part of "III: Waterloo Station".
const shortTitle = 5

// maxTitle is how long a page's title may be, in bytes, to be looked at.
const maxTitle = 2000

// title prefers a heading that the page's title repeats: sites write their own
// name, the author's, or the fandom's into the latter, before or after it.
func title(root, content *html.Node) string {
	page := dom.Title(root)
	if og := meta(root, "og:title"); og != "" && (page == "" || len(og) < len(page)) {
		page = og
	}
	if len(page) > maxTitle {
		return ""
	}
	best, site := "", site(root)
	for h := range dom.Each(dom.First(root, "body"), titles) {
		said := dom.Text(h)
		if len(said) > len(best) && (len(said) >= shortTitle || strings.EqualFold(said, page)) && strings.Contains(strings.ToLower(page), strings.ToLower(said)) && said != site {
			best = said
		}
	}
	if best != "" {
		return best
	}
	if page = withoutSite(page, site); page != "" {
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
	ofFanFic  = regexp.MustCompile(`(?i),? an? [^,]{1,60} fan ?fic(?:tion)?(?: [-|].*)?$|\s+[-|] FanFiction(?:\.Net)?$`)
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
	page = ofFanFic.ReplaceAllString(page, "")
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

// takeByline takes out the line under the title that names the creator, as sites
// print it above the text; it is the one to name the creator if none else did.
func takeByline(content *html.Node, creators []archive.Creator) []archive.Creator {
	n := dom.First(content, "small,.byline")
	m := by.FindStringSubmatch(dom.Text(n))
	if m == nil || nameOnly(m[1]) != m[1] || !leads(content, n) {
		return creators
	}
	if len(creators) == 0 {
		creators = []archive.Creator{{Name: m[1], URL: address(n)}}
	}
	if creators[0].Name == m[1] {
		dom.Remove(n)
	}
	return creators
}

// leads reports whether nothing is said in outer before n.
func leads(outer, n *html.Node) bool {
	first := true
	dom.Walk(outer, func(m *html.Node) dom.Step {
		if m == n {
			return dom.Stop
		}
		first = first && (m.Type != html.TextNode || strings.TrimSpace(m.Data) == "")
		return dom.Into
	})
	return first
}

// authors are the names that sites give to the place of the author's name, the
// surest first.
var authors = []dom.Selector{
	"a.authorlink", "[rel=author],[itemprop=author]", ".byline a,.author a", ".ljuser", ".poster",
	"#profile_top a[href*=/u/]", "a[href*=viewuser.php]", ".author,.byline", ".fn", besideTitle,
}

// besideTitle may hold something else, and counts only if it says "by".
const besideTitle dom.Selector = "h1 small"

var (
	by       = regexp.MustCompile(`^(?i:by|von|par|por|written by|author:|от|автор:)\s+~?(\S.{0,80})$`)
	addendum = regexp.MustCompile(`(?i)\s+(?:for|in|on|at|wrote|feat\.?)\s.*$|\s+wrote,?$|\s*[(,;].*$`)
)

// byline finds the creator where sites put the name.
func byline(root *html.Node) []archive.Creator {
	for _, s := range authors {
		for n := range dom.Each(dom.First(root, "body"), s) {
			name := dom.Text(n)
			if m := by.FindStringSubmatch(name); m != nil {
				name = m[1]
			} else if s == besideTitle {
				continue
			}
			if name = nameOnly(name); name != "" {
				return []archive.Creator{{Name: name, URL: address(n)}}
			}
		}
	}
	return nil
}

// nameOnly leaves out what sites say after a name, and gives up on what is too
// long for one.
func nameOnly(name string) string {
	name = strings.Trim(addendum.ReplaceAllString(strings.TrimSpace(name), ""), " .,;~")
	if len(name) > maxName {
		return ""
	}
	return name
}

// shortLine is how long a line may be, in bytes, to be a title.
const shortLine = 150

// titleAbove takes a title off the top of a text whose next line says whom it is
// by, and that line with it; nobody else wrote it there than the site.
func titleAbove(text prose.Doc) (title string, rest prose.Doc) {
	var at []int // of the first two blocks that say anything
	blocks := text.Blocks()
	for i := 0; i < len(blocks) && len(at) < 2; i++ {
		if strings.TrimSpace(blocks[i].Text()) != "" {
			at = append(at, i)
		}
	}
	if len(at) < 2 {
		return "", text
	}
	title = strings.TrimSpace(blocks[at[0]].Text())
	if len(title) > shortLine || strings.Contains(title, "\n") || !by.MatchString(strings.TrimSpace(blocks[at[1]].Text())) {
		return "", text
	}
	return title, prose.New(blocks[at[1]+1:])
}

// topLines is how many lines of a text may stand before the one that says whom
// it is by.
const topLines = 12

// bylineIn finds a line "by X" among the first of a text.
func bylineIn(text prose.Doc) []archive.Creator {
	looked := 0
	for _, b := range text.Blocks() {
		for line := range strings.SplitSeq(b.Text(), "\n") {
			if looked++; looked > topLines {
				return nil
			}
			if m := by.FindStringSubmatch(strings.TrimSpace(line)); m != nil {
				if name := nameOnly(m[1]); name != "" {
					return []archive.Creator{{Name: name}}
				}
			}
		}
	}
	return nil
}

// withoutCreator takes off a title what names the creator beside it: "someone:
// Title", "Title by someone".
func withoutCreator(title string, creators []archive.Creator) string {
	for _, c := range creators {
		for _, affix := range [...]string{c.Name + ": ", c.Name + " | ", c.Name + " - "} {
			title = strings.TrimPrefix(title, affix)
		}
		for _, affix := range [...]string{": " + c.Name, " by " + c.Name, " by ~" + c.Name, " - " + c.Name} {
			title = strings.TrimSuffix(title, affix)
		}
	}
	return title
}

// address returns where the link n, or the first one in it, leads, if into the web.
func address(n *html.Node) string {
	href := dom.Attr(n, "href")
	if href == "" {
		href = dom.Attr(dom.First(n, "a[href]"), "href")
	}
	return archive.ParseSource(href).URL
}
