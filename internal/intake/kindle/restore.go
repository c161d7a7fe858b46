package kindle

import (
	"fmt"
	"regexp"
	"strings"

	"golang.org/x/net/html"

	"ficstead/internal/base/dom"
	"ficstead/internal/base/epub"
)

// restoreDownload gives a download of AO3 the frames and classes back that it
// has as HTML. It reports whether the pages are one.
func restoreDownload(pages []*html.Node) bool {
	if len(pages) < 2 {
		return false
	}
	head := message(pages[0], "Posted originally on the")
	if head == nil || dom.First(head, "a[href*=/works/]") == nil {
		return false
	}
	title := dom.Text(dom.First(head, "b"))
	dom.SetAttr(head, "class", "message")
	restoreTags(pages[0])
	frame(pages[0], "preface")
	chapters := 0
	for i, page := range pages[1:] {
		first := firstLine(page)
		switch {
		case first == nil:
		case message(page, "rchive and comment") != nil:
			joinLabelled(page)
			frame(page, "afterword")
		case i == 0 && dom.Text(first) == title && isByline(next(first)):
			rename(first, "h1")
			byline := next(first)
			rename(byline, "div")
			dom.SetAttr(byline, "class", "byline")
			joinLabelled(page)
			for p := range dom.Each(page, "p") {
				if strings.HasPrefix(dom.Text(p), "See the end of the work for") {
					rename(p, "div")
					dom.SetAttr(p, "class", "endnote-link")
				}
			}
			frame(page, "preface")
		case isContents(page):
			rename(dom.First(page, "body"), "body")
			empty(dom.First(page, "body"))
		default:
			if isLarge(first) {
				chapters++
			}
			restoreChapter(page, first, title, chapters)
		}
	}
	return true
}

// message returns the paragraph in which the archive says something, or nil.
func message(page *html.Node, words string) *html.Node {
	for p := range dom.Each(page, "p") {
		if strings.Contains(dom.Text(p), words) && dom.First(p, "a[href]") != nil {
			return p
		}
	}
	return nil
}

// joinLabelled joins the quotes of a page in front of the text or behind it.
func joinLabelled(page *html.Node) {
	for n := firstLine(page); n != nil; {
		if n.Data == "blockquote" {
			n = joinQuotes(n)
			continue
		}
		n = next(n)
	}
}

func firstLine(page *html.Node) *html.Node {
	body := dom.First(page, "body")
	for _, n := range dom.Elements(body) {
		if !dom.IsBlank(n) {
			return n
		}
	}
	return nil
}

// next returns the next element beside n that says something, or nil.
func next(n *html.Node) *html.Node {
	for n = dom.Next(n); n != nil && dom.IsBlank(n); n = dom.Next(n) {
	}
	return n
}

func isByline(n *html.Node) bool {
	return n != nil && n.Data == "p" && strings.HasPrefix(dom.Text(n), "by ")
}

// isContents reports whether a page is the table of contents.
func isContents(page *html.Node) bool {
	links := dom.All(page, "a[href*=#filepos]")
	said := 0
	for _, a := range links {
		said += len(dom.Text(a))
	}
	all := len(dom.Text(dom.First(page, "body")))
	return len(links) > 0 && said*10 >= (all-len("Table of Contents"))*9-200 && strings.HasPrefix(dom.Text(dom.First(page, "body")), "Table of Contents")
}

func empty(n *html.Node) {
	for n.FirstChild != nil {
		n.RemoveChild(n.FirstChild)
	}
}

// restoreTags makes the list of labels and tags again of "Label:" and quotes.
func restoreTags(page *html.Node) {
	body := dom.First(page, "body")
	var list *html.Node
	for _, n := range dom.Elements(body) {
		said := dom.Text(n)
		label := (n.Data == "p" || n.Data == "blockquote") && strings.HasSuffix(said, ":") && len(said) < 40 && dom.First(n, "a") == nil && next(n) != nil
		switch {
		case label && list == nil:
			list = element("dl", "tags")
			body.InsertBefore(list, n)
			fallthrough
		case label:
			rename(n, "dt")
		case n.Data == "blockquote" && list != nil:
			for inner := innerQuote(n); inner != nil; inner = innerQuote(n) {
				n = inner
			}
			n = replaceOutermost(n, body)
			rename(n, "dd")
		default:
			continue
		}
		dom.Remove(n)
		list.AppendChild(n)
	}
}

// innerQuote returns the quote that is all that a quote holds, or nil: margins
// are told as quotes in older books.
func innerQuote(n *html.Node) *html.Node {
	var found *html.Node
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode && strings.TrimSpace(c.Data) == "":
		case c.Type == html.ElementNode && c.Data == "blockquote" && found == nil:
			found = c
		default:
			return nil
		}
	}
	return found
}

// replaceOutermost puts a node in the place of what it stands in below body.
func replaceOutermost(n, body *html.Node) *html.Node {
	outer := n
	for outer.Parent != nil && outer.Parent != body {
		outer = outer.Parent
	}
	if outer != n {
		dom.Remove(n)
		body.InsertBefore(n, outer)
		dom.Remove(outer)
	}
	return n
}

// joinQuotes makes one quote of paragraphs of those that stand in a row from n
// on, and returns what follows them. Older books tell each paragraph of a quote
// as a quote.
func joinQuotes(n *html.Node) (after *html.Node) {
	quote := &html.Node{Type: html.ElementNode, Data: "blockquote"}
	parent := n.Parent
	parent.InsertBefore(quote, n)
	for after = n; after != nil && after.Data == "blockquote"; {
		from := after
		for inner := innerQuote(from); inner != nil; inner = innerQuote(from) {
			from = inner
		}
		p := &html.Node{Type: html.ElementNode, Data: "p"}
		if dom.First(from, "p,ul,ol,hr,table") != nil {
			p.Data = "div"
		}
		following := next(after)
		move(from, p, nil)
		quote.AppendChild(p)
		dom.Remove(after)
		after = following
	}
	return after
}

// withoutMargin takes out the quotes that all of a text stands in.
func withoutMargin(text *html.Node) {
	least := -1
	for _, n := range dom.Elements(text) {
		if dom.IsBlank(n) || n.Data == "hr" {
			continue
		}
		depth := 0
		for at := n; at != nil && at.Data == "blockquote"; at = innerQuote(at) {
			depth++
		}
		if least < 0 || depth < least {
			least = depth
		}
	}
	for ; least > 0; least-- {
		for _, n := range dom.Elements(text) {
			if n.Data != "blockquote" {
				continue
			}
			if innerQuote(n) != nil {
				for n.FirstChild != nil {
					c := n.FirstChild
					n.RemoveChild(c)
					text.InsertBefore(c, n)
				}
				dom.Remove(n)
				continue
			}
			align := dom.Attr(n, "align")
			rename(n, "p")
			if align != "" {
				dom.SetAttr(n, "align", align)
			}
		}
	}
}

func element(tag, class string) *html.Node {
	n := &html.Node{Type: html.ElementNode, Data: tag}
	dom.SetAttr(n, "class", class)
	return n
}

// frame puts all of a page into a box of that id.
func frame(page *html.Node, id string) {
	body := dom.First(page, "body")
	box := &html.Node{Type: html.ElementNode, Data: "div"}
	dom.SetAttr(box, "id", id)
	move(body, box, nil)
	body.AppendChild(box)
}

// move moves what is in a node before stop to the end of another.
func move(from, to, stop *html.Node) {
	for from.FirstChild != nil && from.FirstChild != stop {
		n := from.FirstChild
		from.RemoveChild(n)
		to.AppendChild(n)
	}
}

var chapterLabels = map[string]bool{"Chapter Summary": true, "Chapter Notes": true, "Summary": false, "Notes": false}

// restoreChapter tells the heading and the notes of a chapter from its text.
func restoreChapter(page, first *html.Node, title string, number int) {
	body := dom.First(page, "body")
	head, text := element("div", "meta group"), element("div", "userstuff")
	after := first
	if isLarge(first) {
		heading := dom.Text(first)
		after = next(first)
		rename(first, "h2")
		dom.SetAttr(first, "class", "heading")
		if heading == title {
			dom.SetAttr(first, "class", "toc-heading")
		}
	}
	for after != nil {
		said := dom.Text(after)
		switch {
		case chapterLabels[said]:
			if quote := next(after); quote != nil && quote.Data == "blockquote" {
				after = joinQuotes(quote)
				continue
			}
		case strings.HasPrefix(said, "See the end of the chapter for"):
			rename(after, "div")
			dom.SetAttr(after, "class", "endnote-link")
		case strings.HasPrefix(said, "Chapter by ") && dom.First(after, "a[href*=/users/]") != nil:
			rename(after, "div")
			dom.SetAttr(after, "class", "byline")
		default:
			said = ""
		}
		if said == "" {
			break
		}
		after = next(after)
	}
	move(body, head, after)
	move(body, text, nil)
	withoutMargin(text)
	box := &html.Node{Type: html.ElementNode, Data: "div"}
	dom.SetAttr(box, "id", "chapters")
	body.AppendChild(box)
	if dom.First(head, "h2.toc-heading") != nil {
		move(head, box, nil)
	} else if !dom.IsBlank(head) {
		box.AppendChild(head)
	}
	box.AppendChild(text)
	restoreEndNotes(box, text, number)
}

// restoreEndNotes takes the end notes out of the text, which are the last quote
// below the archive's own label.
func restoreEndNotes(box, text *html.Node, number int) {
	var label *html.Node
	for _, n := range dom.Elements(text) {
		if n.Data == "p" && dom.Text(n) == "Chapter End Notes" {
			label = n
		}
	}
	if quote := next2(label); quote == nil || quote.Data != "blockquote" || joinQuotes(quote) != nil {
		return
	}
	notes := &html.Node{Type: html.ElementNode, Data: "div"}
	dom.SetAttr(notes, "id", fmt.Sprintf("endnotes%d", number))
	for n := label; n != nil; {
		following := n.NextSibling
		text.RemoveChild(n)
		notes.AppendChild(n)
		n = following
	}
	box.AppendChild(notes)
}

// next2 is next, of nil too.
func next2(n *html.Node) *html.Node {
	if n == nil {
		return nil
	}
	return next(n)
}

var packaged = regexp.MustCompile(`^Packaged:$`)

// restoreFanFicFare marks the title page of a book that FanFicFare made, and
// says of the book what the page says. It reports whether there is one.
func restoreFanFicFare(b *epub.Book, pages []*html.Node) bool {
	for i, page := range pages[:min(len(pages), 3)] {
		body := dom.First(page, "body")
		author := dom.First(body, "h3 a.authorlink")
		made := false
		for label := range dom.Each(body, "b") {
			made = made || packaged.MatchString(dom.Text(label))
		}
		if author == nil || !made {
			continue
		}
		dom.SetAttr(body, "class", "fff_titlepage")
		b.Contributors = append(b.Contributors, epub.Creator{Name: "FanFicFare"})
		b.Source = dom.Attr(dom.First(body, "h3 a[href]"), "href")
		b.Subjects = append(b.Subjects, subjects(body)...)
		for _, p := range pages[i+1:] {
			if dom.First(p, "a[name=TOCTOP]") != nil {
				dom.SetAttr(dom.First(p, "body"), "class", "fff_tocpage")
				continue
			}
			if h := dom.First(p, "h3"); h != nil {
				dom.SetAttr(h, "class", "fff_chapter_title")
			}
		}
		return true
	}
	return false
}

// subjects gathers the tags of a title page.
func subjects(body *html.Node) (found []string) {
	for label := range dom.Each(body, "b") {
		switch dom.Text(label) {
		case "Category:", "Genre:", "Characters:", "Relationships:":
		default:
			continue
		}
		var row strings.Builder
		for n := label.NextSibling; n != nil && !dom.Is(n, "br"); n = n.NextSibling {
			if n.Type == html.TextNode {
				row.WriteString(n.Data)
				continue
			}
			row.WriteString(dom.Text(n))
		}
		for name := range strings.SplitSeq(row.String(), ", ") {
			if name = strings.TrimSpace(name); name != "" {
				found = append(found, name)
			}
		}
	}
	return found
}
