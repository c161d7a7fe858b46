package web

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// htmlProblems are the ways in which a page breaks the rules that all keep:
// balanced tags, one h1, landmarks, unique ids, names for what is used, nothing
// inline that the content policy forbids, nothing from elsewhere.
func htmlProblems(page string) []string {
	c := &htmlCheck{ids: map[string]bool{}, count: map[string]int{}}
	c.balance(page)
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return append(c.problems, err.Error())
	}
	c.walk(root, nil)
	for _, name := range []string{"h1", "main", "title"} {
		if c.count[name] != 1 {
			c.problem("%d <%s>, want 1", c.count[name], name)
		}
	}
	if c.count["nav"] == 0 || c.count["header"] == 0 {
		c.problem("no <nav> or no <header>")
	}
	for _, id := range c.wanted {
		if !c.ids[id] {
			c.problem("nothing has the id %q, which is referred to", id)
		}
	}
	return c.problems
}

type htmlCheck struct {
	problems []string
	ids      map[string]bool
	wanted   []string
	count    map[string]int
}

func (c *htmlCheck) problem(format string, args ...any) {
	c.problems = append(c.problems, fmt.Sprintf(format, args...))
}

var voids = strings.Fields("area base br col embed hr img input link meta source track wbr")

// svgVoids may close themselves.
var svgVoids = strings.Fields("path circle rect")

// balance compares opening and closing tags as they are written: a parser would
// mend them in silence.
func (c *htmlCheck) balance(page string) {
	z := html.NewTokenizer(strings.NewReader(page))
	var open []string
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			if z.Err() != io.EOF {
				c.problem("%v", z.Err())
			}
			if len(open) > 0 {
				c.problem("never closed: %v", open)
			}
			return
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			if t.Data == "a" && slices.Contains(open, "a") {
				c.problem("a link within a link")
			}
			if !slices.Contains(voids, t.Data) && !(kind == html.SelfClosingTagToken && slices.Contains(svgVoids, t.Data)) {
				open = append(open, t.Data)
			}
		case html.EndTagToken:
			t := z.Token()
			if len(open) == 0 || open[len(open)-1] != t.Data {
				c.problem("</%s> closes %v", t.Data, open)
				return
			}
			open = open[:len(open)-1]
		}
	}
}

func (c *htmlCheck) walk(n *html.Node, above []string) {
	if n.Type == html.ElementNode {
		c.element(n, above)
		above = append(slices.Clone(above), n.Data)
	}
	for child := range n.ChildNodes() {
		c.walk(child, above)
	}
}

func (c *htmlCheck) element(n *html.Node, above []string) {
	if n.Namespace == "" {
		c.count[n.Data]++
	}
	for _, a := range n.Attr {
		c.attribute(n, a)
	}
	switch n.Data {
	case "style", "iframe", "object", "embed", "base":
		c.problem("<%s>", n.Data)
	case "script":
		if attr(n, "src") == "" || n.FirstChild != nil {
			c.problem("inline script")
		}
	case "img":
		if !hasAttr(n, "alt") {
			c.problem("<img> without alt")
		}
	case "a":
		if hasAttr(n, "href") && strings.TrimSpace(textOf(n)) == "" && attr(n, "aria-label") == "" && attr(n, "aria-hidden") == "" {
			c.problem("a link to %s without words", attr(n, "href"))
		}
		if slices.Contains(above, "button") {
			c.problem("a link within a button")
		}
	case "button", "summary":
		if strings.TrimSpace(textOf(n)) == "" && attr(n, "aria-label") == "" {
			c.problem("<%s> without words", n.Data)
		}
	case "input", "select", "textarea":
		if attr(n, "type") != "hidden" && !slices.Contains(above, "label") && attr(n, "aria-label") == "" && attr(n, "id") == "" {
			c.problem("<%s name=%s> without a label", n.Data, attr(n, "name"))
		}
	case "html":
		if attr(n, "lang") == "" {
			c.problem("<html> without lang")
		}
	}
}

func (c *htmlCheck) attribute(n *html.Node, a html.Attribute) {
	value := strings.ToLower(strings.TrimSpace(a.Val))
	switch {
	case a.Key == "style" || strings.HasPrefix(a.Key, "on"):
		c.problem("<%s %s=…>", n.Data, a.Key)
	case a.Key == "id":
		if c.ids[a.Val] || a.Val == "" || strings.ContainsAny(a.Val, " \t\n") {
			c.problem("id %q is empty, spaced, or there twice", a.Val)
		}
		c.ids[a.Val] = true
	case a.Key == "for" || strings.HasPrefix(a.Key, "aria-labelledby") || a.Key == "aria-describedby":
		c.wanted = append(c.wanted, strings.Fields(a.Val)...)
	case a.Key == "href" && strings.HasPrefix(a.Val, "#") && len(a.Val) > 1:
		c.wanted = append(c.wanted, a.Val[1:])
	case (a.Key == "src" || a.Key == "srcset" || a.Key == "poster" || a.Key == "href" && n.Data == "link") && !strings.HasPrefix(value, "/"):
		c.problem("<%s> loads %q", n.Data, a.Val)
	case (a.Key == "href" || a.Key == "action") && (strings.HasPrefix(value, "javascript:") || strings.HasPrefix(value, "data:")):
		c.problem("<%s %s=%q>", n.Data, a.Key, a.Val)
	}
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func hasAttr(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		switch {
		case d.Type == html.TextNode:
			b.WriteString(d.Data)
		case d.Data == "img":
			b.WriteString(attr(d, "alt"))
		}
	}
	return b.String()
}

// TestHTMLCheckFindsFaults shows that the check can fail.
func TestHTMLCheckFindsFaults(t *testing.T) {
	const good = `<!DOCTYPE html><html lang="en"><head><title>t</title></head><body><header><nav></nav></header><main><h1>x</h1>%s</main></body></html>`
	if problems := htmlProblems(fmt.Sprintf(good, "<p>fine</p>")); problems != nil {
		t.Fatal(problems)
	}
	for _, fault := range []string{
		`<h1>y</h1>`, `<p><b>x</p></b>`, `<p id="a"></p><p id="a"></p>`, `<script>1</script>`, `<p style="x">y</p>`, `<p onclick="x">y</p>`, `<style>x</style>`,
		`<input name="x">`, `<label for="no">x</label>`, `<a href="/x"></a>`, `<img src="/x">`, `<img alt="" src="https://example.org/x">`, `<a href="javascript:x">y</a>`,
		`<a href="#no">y</a>`, `<button></button>`, `<p>open`, `<a href="/x">a <a href="/y">b</a></a>`,
	} {
		if htmlProblems(fmt.Sprintf(good, fault)) == nil {
			t.Errorf("%s: nothing found", fault)
		}
	}
}
