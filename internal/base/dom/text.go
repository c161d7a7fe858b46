package dom

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// Attr returns the value of an attribute, or "".
func Attr(n *html.Node, key string) string {
	value, _ := lookup(n, key)
	return value
}

func lookup(n *html.Node, key string) (string, bool) {
	if n == nil {
		return "", false
	}
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val, true
		}
	}
	return "", false
}

// SetAttr gives n an attribute, or another value to one that it has.
func SetAttr(n *html.Node, key, value string) {
	for i, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			n.Attr[i].Val = value
			return
		}
	}
	n.Attr = append(n.Attr, html.Attribute{Key: key, Val: value})
}

// Text returns what n says, with all white space as single blanks. Blocks and
// line breaks separate words; scripts and styles say nothing.
func Text(n *html.Node) string {
	if n == nil {
		return ""
	}
	var said saying
	said.hear(n)
	return said.text.String()
}

// saying gathers what nodes say.
type saying struct {
	text  strings.Builder
	apart bool // white space waits to be written
}

func (s *saying) hear(n *html.Node) {
	if n.Type == html.TextNode {
		s.add(n.Data)
		return
	}
	if n.Type == html.ElementNode && silent[n.Data] {
		return
	}
	apart := n.Type == html.ElementNode && !inline[n.Data]
	s.apart = s.apart || apart
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		s.hear(c)
	}
	s.apart = s.apart || apart
}

// add takes a text, with a single blank for each white space in it.
func (s *saying) add(text string) {
	start := 0
	for i := 0; i < len(text); {
		switch c := text[i]; {
		case c > ' ' && c < utf8.RuneSelf:
			i++
			continue
		case c == ' ' && i > start && i+1 < len(text) && text[i+1] > ' ' && text[i+1] < utf8.RuneSelf: // stays as it is
			i += 2
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if unicode.IsSpace(r) {
			s.word(text[start:i])
			s.apart = true
			start = i + size
		}
		i += size
	}
	s.word(text[start:])
}

func (s *saying) word(word string) {
	if word == "" {
		return
	}
	if s.apart && s.text.Len() > 0 {
		s.text.WriteByte(' ')
	}
	s.apart = false
	s.text.WriteString(word)
}

// isSilent reports whether Text has nothing to return.
func isSilent(n *html.Node) bool {
	return Walk(n, func(n *html.Node) Step {
		switch {
		case n.Type == html.TextNode && strings.TrimSpace(n.Data) != "":
			return Stop
		case n.Type == html.ElementNode && silent[n.Data]:
			return Over
		}
		return Into
	}) != Stop
}

var silent = map[string]bool{"script": true, "style": true, "noscript": true, "template": true, "title": true}

// inline are the elements that do not separate the words around them.
var inline = map[string]bool{
	"a": true, "abbr": true, "acronym": true, "b": true, "bdi": true, "bdo": true, "big": true,
	"cite": true, "code": true, "del": true, "dfn": true, "em": true, "font": true, "i": true,
	"ins": true, "kbd": true, "mark": true, "q": true, "rb": true, "rp": true, "rt": true,
	"ruby": true, "s": true, "samp": true, "small": true, "span": true, "strike": true,
	"strong": true, "sub": true, "sup": true, "tt": true, "u": true, "var": true, "wbr": true,
}

// Title returns the text of the page's title element.
func Title(root *html.Node) string {
	title := First(root, "title")
	if title == nil || title.FirstChild == nil {
		return ""
	}
	return strings.Join(strings.Fields(title.FirstChild.Data), " ")
}

// Inner prints what n holds as HTML.
func Inner(n *html.Node) string {
	var b strings.Builder
	if n != nil {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			html.Render(&b, c)
		}
	}
	return b.String()
}

// Outer prints n as HTML.
func Outer(n *html.Node) string {
	var b strings.Builder
	if n != nil {
		html.Render(&b, n)
	}
	return b.String()
}

// Elements returns the children of n that are elements.
func Elements(n *html.Node) []*html.Node {
	var children []*html.Node
	if n == nil {
		return nil
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode {
			children = append(children, c)
		}
	}
	return children
}

// Next returns the next element beside n, or nil.
func Next(n *html.Node) *html.Node {
	for n = n.NextSibling; n != nil && n.Type != html.ElementNode; {
		n = n.NextSibling
	}
	return n
}

// Remove takes n out of its tree.
func Remove(n *html.Node) {
	if n != nil && n.Parent != nil {
		n.Parent.RemoveChild(n)
	}
}

// RemoveAll takes all that s matches below root out of the tree.
func RemoveAll(root *html.Node, s Selector) {
	for _, n := range All(root, s) {
		Remove(n)
	}
}

// IsBlank reports whether n shows nothing: no text, picture or rule.
func IsBlank(n *html.Node) bool {
	return n == nil || isSilent(n) && First(n, "img,hr,svg,audio,video") == nil
}

// Remarks lists the comments before the body of a page, where programs that save
// pages say what they did.
func Remarks(root *html.Node) (said []string) {
	Walk(root, func(n *html.Node) Step {
		switch {
		case n.Type == html.CommentNode:
			said = append(said, n.Data)
		case Is(n, "head,body"):
			return Over
		}
		return Into
	})
	return said
}
