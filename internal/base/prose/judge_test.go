package prose

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	gmhtml "github.com/yuin/goldmark/renderer/html"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// judge checks all that must hold for whatever came in.
func judge(t *testing.T, in string) Doc {
	t.Helper()
	d := judgeOutput(t, in)
	judgeBlocks(t, d)
	judgeMarkdown(t, d)
	return d
}

// judgeOutput checks what must hold for HTML and XHTML.
func judgeOutput(t *testing.T, in string) Doc {
	t.Helper()
	d := Parse(in)
	out := d.HTML()
	if again := Parse(out).HTML(); again != out {
		t.Errorf("%.300q\nis not stable: %.300q\nthen           %.300q", in, out, again)
	}
	judgeTree(t, out)
	judgeLayout(t, out)
	judgeXML(t, d.XHTML(Options{IDs: true, Prefix: "c1-"}))
	judgeIDs(t, d.Print(Options{IDs: true, Prefix: "c1-"}))
	judgePlaces(t, d)
	return d
}

// allowed lists the elements that may come out, with their attributes.
var allowed = map[string]string{
	"p": "class lang dir", "h1": "class lang dir", "h2": "class lang dir", "h3": "class lang dir", "h4": "class lang dir", "h5": "class lang dir", "h6": "class lang dir",
	"hr": "", "br": "", "blockquote": "lang dir", "ul": "lang dir", "ol": "lang dir start", "li": "lang dir", "dl": "lang dir", "dt": "class lang dir", "dd": "lang dir",
	"table": "lang dir", "caption": "class lang dir", "thead": "", "tbody": "", "tfoot": "", "tr": "lang dir", "td": "lang dir colspan rowspan", "th": "lang dir colspan rowspan",
	"pre": "class lang dir", "figure": "lang dir", "figcaption": "lang dir", "details": "lang dir", "summary": "class lang dir",
	"em": "", "strong": "", "u": "", "s": "", "small": "", "sub": "", "sup": "", "code": "", "kbd": "", "mark": "", "q": "", "cite": "", "abbr": "title", "ins": "", "del": "",
	"ruby": "", "rt": "", "rp": "", "span": "id lang dir", "a": "href", "img": "src alt width height",
}

// judgeTree parses our output as a browser would and demands that its tree,
// printed by other code than ours, is our output.
func judgeTree(t *testing.T, out string) {
	t.Helper()
	nodes, err := html.ParseFragment(strings.NewReader(out), &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div})
	if err != nil {
		t.Fatalf("%v: %.300q", err, out)
	}
	var b strings.Builder
	for _, n := range nodes {
		judgeNode(t, &b, n, 1)
	}
	if b.String() != out {
		t.Errorf("the tree of\n%.500q is\n%.500q", out, b.String())
	}
}

func judgeNode(t *testing.T, b *strings.Builder, n *html.Node, depth int) {
	t.Helper()
	if depth > 200 {
		t.Fatalf("depth %d", depth)
	}
	switch n.Type {
	case html.TextNode:
		b.WriteString(strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(n.Data))
		return
	case html.ElementNode:
	default:
		t.Fatalf("node of type %d: %q", n.Type, n.Data)
	}
	attributes, ok := allowed[n.Data]
	if !ok || n.Namespace != "" {
		t.Fatalf("forbidden element %s %s", n.Namespace, n.Data)
	}
	b.WriteString("<" + n.Data)
	for _, a := range n.Attr {
		if a.Namespace != "" || !strings.Contains(" "+attributes+" ", " "+a.Key+" ") {
			t.Fatalf("forbidden attribute %s of %s", a.Key, n.Data)
		}
		judgeValue(t, a.Key, a.Val)
		b.WriteString(" " + a.Key + `="` + strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;").Replace(a.Val) + `"`)
	}
	b.WriteString(">")
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		judgeNode(t, b, c, depth+1)
	}
	if n.Data != "br" && n.Data != "hr" && n.Data != "img" {
		b.WriteString("</" + n.Data + ">")
	}
}

func judgeValue(t *testing.T, key, value string) {
	t.Helper()
	if strings.IndexFunc(value, func(r rune) bool { return r < ' ' }) >= 0 {
		t.Errorf("control character in %s=%q", key, value)
	}
	beginsWith := func(prefixes ...string) {
		t.Helper()
		for _, p := range prefixes {
			if strings.HasPrefix(value, p) {
				return
			}
		}
		t.Errorf("%s=%q", key, value)
	}
	switch key {
	case "href":
		beginsWith("http://", "https://", "mailto:", "#fn-")
	case "src":
		beginsWith("http://", "https://", "image:")
	case "id":
		beginsWith("fn-")
	case "class":
		beginsWith("center", "left", "right", "justify")
	}
}

// judgeLayout puts our output on a page and demands that the rest of the page
// stays where it is.
func judgeLayout(t *testing.T, out string) {
	t.Helper()
	page := "<!DOCTYPE html><html><head><title>t</title></head><body><main><div>" + out + "</div></main><footer>end</footer></body></html>"
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	body := root.LastChild.LastChild
	main, footer := body.FirstChild, body.LastChild
	if main.Data != "main" || footer.Data != "footer" || main.NextSibling != footer || footer.FirstChild.Data != "end" || main.FirstChild != main.LastChild {
		t.Errorf("breaks out of its place: %.300q", out)
	}
}

func judgeXML(t *testing.T, out string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(`<div xmlns="http://www.w3.org/1999/xhtml">` + out + "</div>"))
	d.Strict = true
	for {
		_, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("XHTML: %v: %.500q", err, out)
		}
	}
}

func judgeIDs(t *testing.T, out string) {
	t.Helper()
	seen := map[string]bool{}
	for part := range strings.SplitSeq(out, ` id="`) {
		id, _, _ := strings.Cut(part, `"`)
		if strings.HasPrefix(part, "c1-") && seen[id] {
			t.Errorf("id %s twice in %.300q", id, out)
		}
		seen[id] = true
	}
}

// judgePlaces compares the ids of places with those that are printed.
func judgePlaces(t *testing.T, d Doc) {
	t.Helper()
	var want []string
	for _, m := range printedID.FindAllStringSubmatch(d.Print(Options{IDs: true, Prefix: "c1-"}), -1) {
		want = append(want, m[1])
	}
	var got []string
	for _, p := range d.Places() {
		got = append(got, p.ID)
	}
	if !slices.Equal(got, want) {
		t.Errorf("places %q, printed %q", got, want)
	}
}

var printedID = regexp.MustCompile(`<[^<>]* id="c1-(p[0-9a-z-]*)"`)

// judgeBlocks takes the document apart and makes it again.
func judgeBlocks(t *testing.T, d Doc) {
	t.Helper()
	if again := New(d.Blocks()); again.HTML() != d.HTML() {
		t.Errorf("New(Blocks()) of\n%.300q is\n%.300q", d.HTML(), again.HTML())
	}
	same := d.Map(func(row []Block) []Block { return row })
	if same.HTML() != d.HTML() {
		t.Errorf("Map of\n%.300q is\n%.300q", d.HTML(), same.HTML())
	}
	for _, b := range d.Blocks() {
		b.Text()
		b.Lines()
		b.SplitAt(2)
	}
	if d.Words() < 0 || d.IsEmpty() != (d.HTML() == "") {
		t.Errorf("IsEmpty of %.300q is %v", d.HTML(), d.IsEmpty())
	}
}

var commonMark = goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(gmhtml.WithUnsafe()))

// judgeMarkdown demands that another program reads our Markdown as the same text.
func judgeMarkdown(t *testing.T, d Doc) {
	t.Helper()
	var out bytes.Buffer
	if err := commonMark.Convert([]byte(d.Markdown()), &out); err != nil {
		t.Fatal(err)
	}
	if want, got := letters(d), letters(Parse(out.String())); want != got {
		t.Errorf("Markdown of\n%.400q is\n%.400s\nread as\n%.400q\n got %.300q\nwant %.300q", d.HTML(), d.Markdown(), out.String(), got, want)
	}
}

// letters is all that is written in d but the spaces.
func letters(d Doc) string {
	var b strings.Builder
	each(d.blocks, func(k Block) {
		for _, r := range k.Text() {
			if !unicode.IsSpace(r) {
				b.WriteRune(r)
			}
		}
	})
	return b.String()
}
