package ao3

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"

	"ficstead/internal/archive"
	"ficstead/internal/base/dom"
)

// readPage reads the page of a work as a browser saves it: the whole work, or
// one chapter of it.
func readPage(root *html.Node) (archive.Manuscript, error) {
	d := &draft{}
	d.Kind = "ao3-page"
	d.readPageSource(root)
	d.readTable(dom.First(root, "dl.work.meta"))
	skin := dom.First(root, "#workskin")
	for preface := range dom.Each(skin, ".preface.group") {
		if !dom.Is(preface, ".chapter,.afterword") {
			d.readPagePreface(preface)
		}
	}
	first := d.readPageChapters(skin)
	for n := range dom.Each(skin, "#work_endnotes,#children") {
		d.endNotes.WriteString(d.module(n))
	}
	d.judgePart(first)
	return d.finish()
}

func (d *draft) readPagePreface(preface *html.Node) {
	for _, n := range dom.Elements(preface) {
		switch {
		case dom.Is(n, "h2.title"):
			d.Title = dom.Text(n)
		case dom.Is(n, ".byline"):
			d.readByline(n)
		case dom.Is(n, ".summary"):
			d.summary.WriteString(d.module(n))
		case dom.Is(n, ".notes"):
			for ul := range dom.Each(n, "ul.associations") {
				d.readAssociations(ul)
			}
			d.notes.WriteString(d.module(n))
		}
	}
}

// module prints the creator's words in a box of the page: the quotes in it, or
// the list if it has none. Its heading and its links down the page are not the
// creator's.
func (d *draft) module(n *html.Node) string {
	d.absolute(n)
	var b strings.Builder
	for quote := range dom.Each(n, "blockquote.userstuff") {
		b.WriteString(dom.Inner(quote))
	}
	if dom.Is(n, "#children") {
		b.WriteString("<p>" + html.EscapeString(strings.TrimSuffix(dom.Text(dom.First(n, "h3")), ":")) + "</p>")
		for ul := range dom.Each(n, "ul") {
			b.WriteString("<ul>" + dom.Inner(ul) + "</ul>")
		}
	}
	return b.String()
}

var chapterID = regexp.MustCompile(`^chapter-(\d+)$`)

// readPageChapters returns the number of the first chapter that the page shows,
// or 0 if it shows the work without chapters.
func (d *draft) readPageChapters(skin *html.Node) (first int) {
	for n := range dom.Each(skin, "div.chapter[id^=chapter-]") {
		m := chapterID.FindStringSubmatch(dom.Attr(n, "id"))
		if m == nil {
			continue
		}
		if first == 0 {
			first = number(m[1])
		}
		d.readPageChapter(n, number(m[1]))
	}
	if first > 0 {
		return first
	}
	c := &chapterDraft{}
	for n := range dom.Each(dom.First(skin, "#chapters"), "div.userstuff") {
		d.readPageText(c, n)
		break
	}
	d.add(c)
	return 0
}

func (d *draft) readPageChapter(n *html.Node, number int) {
	c := &chapterDraft{}
	for _, n := range dom.Elements(n) {
		switch {
		case dom.Is(n, ".userstuff"):
			d.readPageText(c, n)
		case dom.Is(n, ".preface"):
			d.readPageHeader(c, n, number)
		}
	}
	d.add(c)
}

// readPageHeader reads a box before or after the text of a chapter.
func (d *draft) readPageHeader(c *chapterDraft, preface *html.Node, number int) {
	for _, n := range dom.Elements(preface) {
		switch {
		case dom.Is(n, "h3.title"):
			c.title = chapterTitle(dom.Text(n), number)
		case dom.Is(n, ".byline"):
			d.absolute(n)
			c.notes.WriteString("<p>" + dom.Inner(n) + "</p>")
		case dom.Is(n, ".summary"):
			c.summary.WriteString(d.module(n))
		case dom.Is(n, ".end"):
			c.endNotes.WriteString(d.module(n))
		case dom.Is(n, ".notes"):
			c.notes.WriteString(d.module(n))
		}
	}
}

func (d *draft) readPageText(c *chapterDraft, n *html.Node) {
	dom.RemoveAll(n, "h3.landmark")
	d.absolute(n)
	c.text.WriteString(content(n))
}

// judgePart says so if the page is only a part of the work.
func (d *draft) judgePart(first int) {
	if first == 0 || len(d.Chapters) >= d.posted {
		return
	}
	d.ChaptersPosted = d.posted
	for i := range d.Chapters {
		d.Numbers = append(d.Numbers, first+i)
	}
}

var (
	downloadPath = regexp.MustCompile(`^(?:https?://[^/]+)?/downloads/(\d+)/`)
	savedFrom    = regexp.MustCompile(`(?:saved from url=\(\d+\)|SingleFile\s+url: )\s*(https?://\S+)`)
)

// readPageSource finds the number of the work in the links that only its own
// page has, and the site in the address a browser noted, if it did.
func (d *draft) readPageSource(root *html.Node) {
	named := strings.Contains(dom.Title(root), "Archive of Our Own")
	site := base
	if at := savedAt(root); at != "" {
		site = "https://" + host(at)
	} else if !named {
		site = "https://" + otherSite(root)
	}
	if number := pageNumber(root); number != "" {
		d.setSource(site+"/works/"+number, number, named)
	}
}

func pageNumber(root *html.Node) string {
	for a := range dom.Each(root, "a[href*=/downloads/]") {
		if m := downloadPath.FindStringSubmatch(dom.Attr(a, "href")); m != nil {
			return m[1]
		}
	}
	if n := dom.First(root, "#kudo_commentable_id"); n != nil && dom.Attr(dom.First(root, "#kudo_commentable_type"), "value") == "Work" {
		return dom.Attr(n, "value")
	}
	for _, s := range []dom.Selector{"li.share", "ul.work.navigation", "dd.bookmarks", "div.chapter", "#feedback"} {
		if number := workNumber(dom.First(root, s)); number != "" {
			return number
		}
	}
	return workNumber(dom.First(root, "#main"))
}

// savedAt returns the address that a browser noted when it saved the page.
func savedAt(root *html.Node) string {
	for _, said := range dom.Remarks(root) {
		if m := savedFrom.FindStringSubmatch(said); m != nil {
			return m[1]
		}
	}
	return ""
}

// otherSite names an archive that runs the same software under its own name.
func otherSite(root *html.Node) string {
	for _, c := range []struct {
		selector dom.Selector
		key      string
	}{{"link[rel=canonical]", "href"}, {"meta[property=og:url]", "content"}} {
		if site := host(dom.Attr(dom.First(root, c.selector), c.key)); site != "" {
			return site
		}
	}
	name := strings.ToLower(dom.Attr(dom.First(root, "meta[property=og:site_name]"), "content"))
	return strings.Join(strings.Fields(name), "-")
}
