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

func FuzzParse(f *testing.F) {
	f.Add("<p>a<b>b</p></b><table><tr>x")
	f.Add(strings.Repeat("<b><i>", 300))
	f.Add(strings.Repeat("<a x=1><p><a x=2>", 300))
	f.Fuzz(func(t *testing.T, s string) {
		root, _ := Parse(s)
		if First(root, "body") == nil && !strings.Contains(s, "<frameset") && First(root, "frameset") == nil {
			t.Error("no body")
		}
		for n := range Each(root, "a,p") {
			if n.Type != html.ElementNode {
				t.Error("no element")
			}
		}
		_ = Text(root)
		_ = Outer(root)
	})
}
