package dom

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestSelectors(t *testing.T) {
	root, _ := Parse(`<div id=a class="meta group"><a rel=author href="/users/x">X</a><p class=meta>text</p></div><a name=b>no</a>`)
	for _, c := range []struct {
		selector Selector
		want     int
	}{
		{"div", 1},
		{".meta", 2},
		{"div.meta.group", 1},
		{"#a", 1},
		{"p#a", 0},
		{"a[rel=author]", 1},
		{"a[href]", 1},
		{"a[href*=users]", 1},
		{"a[href^=/users/]", 1},
		{"a[href^=users]", 0},
		{"p,a", 3},
		{"div#a.group[class]", 1},
		{".gro", 0},
		{"div a", 1},
		{".group .meta", 1},
		{"#a p, a[name]", 2},
		{"p a", 0},
		{"body div.group p", 1},
	} {
		if got := len(All(root, c.selector)); got != c.want {
			t.Errorf("%s: %d elements, want %d", c.selector, got, c.want)
		}
	}
}

func TestText(t *testing.T) {
	root, _ := Parse("<p>One <b>two</b>three<br>four</p><p>five<script>six</script></p>\n<p>\u00a0</p>")
	if got, want := Text(root), "One twothree four five"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestRemarks(t *testing.T) {
	root, _ := Parse("<!--a--><!DOCTYPE html><html><!--b--><head><!--c--></head><body><!--d--></body></html><!--e-->")
	if got := strings.Join(Remarks(root), ""); got != "abe" {
		t.Errorf("got %q", got)
	}
}

func TestDeepNestingIsFlattened(t *testing.T) {
	const deep = 100_000
	for _, tag := range []string{"div", "b", "blockquote", "span", "font color=red"} {
		s := strings.Repeat("<"+tag+">", deep) + "the heart" + strings.Repeat("</"+strings.Fields(tag)[0]+">", deep) + "<p>after"
		root, flattened := Parse(s)
		text := Text(root)
		if !strings.Contains(text, "the heart") || !strings.Contains(text, "after") {
			t.Errorf("%s: text is %q", tag, text)
		}
		if flattened == 0 {
			t.Errorf("%s: no word of flattening", tag)
		}
	}
}

func TestXHTML(t *testing.T) {
	for _, c := range []struct{ name, page, want string }{
		{"title", `<html><head><title/></head><body><p>one</p></body></html>`, "one"},
		{"script", `<html><head><script src="a/b.js"/></head><body><p>one</p></body></html>`, "one"},
		{"void", `<p>one<br/>two<img alt="a > b" src="x"/></p>`, "one two"},
	} {
		root, _ := ParseXHTML(c.page)
		if got := Text(First(root, "body")); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
	root, _ := ParseXHTML(`<p><a id="x"/>not a link</p>`)
	if got := Text(First(root, "a")); got != "" {
		t.Errorf("the anchor holds %q", got)
	}
}

// slowText is Text as it is easily seen to be right.
func slowText(root *html.Node) string {
	var b strings.Builder
	var write func(*html.Node)
	write = func(n *html.Node) {
		around := ""
		switch {
		case n.Type == html.TextNode:
			b.WriteString(n.Data)
		case n.Type == html.ElementNode && silent[n.Data]:
			return
		case n.Type == html.ElementNode && !inline[n.Data]:
			around = " "
		}
		b.WriteString(around)
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			write(c)
		}
		b.WriteString(around)
	}
	write(root)
	return strings.Join(strings.Fields(b.String()), " ")
}

func BenchmarkText(b *testing.B) {
	page := strings.Repeat("<p>“You don’t <em>know</em> that,” she said, and\nturned away from the window – slowly, as one who has time.</p>\n", 5000)
	root, _ := Parse(page)
	b.SetBytes(int64(len(page)))
	b.ReportAllocs()
	for b.Loop() {
		Text(root)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("<p>a<b>b</p></b><table><tr>x")
	f.Add("<p> a\u00a0 b<b> </b>c\x85 é <br>\td<script>e</script>f  g\u2003<i>h </i>i")
	f.Add(strings.Repeat("<b><i>", 300))
	f.Add(strings.Repeat("<a x=1><p><a x=2>", 300))
	f.Fuzz(func(t *testing.T, s string) {
		root, _ := Parse(s)
		if First(root, "body") == nil && !strings.Contains(s, "<frameset") && First(root, "frameset") == nil {
			t.Error("no body")
		}
		for _, n := range []*html.Node{root, root.FirstChild} {
			for _, is := range []Selector{"", "html", "a,html", "body, html", "p,#a", "[a]", ".b p"} {
				if Is(n, is) != (n != nil && n.Type == html.ElementNode && matches(n, parse(is))) {
					t.Errorf("Is(%q)", is)
				}
			}
		}
		for n := range Each(root, "a,p") {
			if n.Type != html.ElementNode {
				t.Error("no element")
			}
		}
		if got, want := Text(root), slowText(root); got != want || (got == "") != isSilent(root) {
			t.Errorf("%q, want %q", got, want)
		}
		_ = Outer(root)
	})
}
