package dom

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// depths are the nestings tried in turn when the parser refuses a document,
// which it does at 512 open elements. The parser opens some elements again by
// itself, so even 200 levels of tags may be too many for it.
var depths = [...]int{200, 60, 12}

// Parse reads a whole page or a piece of one, always into html, head and body.
// Flattened counts the start tags that were left out because they nested too
// deeply; what stood inside them is kept.
func Parse(s string) (root *html.Node, flattened int) {
	root, err := html.Parse(strings.NewReader(s))
	if err == nil {
		return root, 0
	}
	for _, depth := range depths {
		flat, dropped := flatten(s, depth)
		if root, err = html.Parse(strings.NewReader(flat)); err == nil {
			return root, dropped
		}
		flattened = dropped
	}
	return plain(s), flattened
}

// plain is the tree of the last resort: the text alone, in one paragraph.
func plain(s string) *html.Node {
	root, _ := html.Parse(strings.NewReader("<p>"))
	p := First(root, "p")
	z := html.NewTokenizer(strings.NewReader(s))
	for z.Next() != html.ErrorToken {
		if t := z.Token(); t.Type == html.TextToken {
			p.AppendChild(&html.Node{Type: html.TextNode, Data: t.Data + " "})
		}
	}
	return root
}

// flatten leaves out the tags that nest deeper than depth, with their ends.
func flatten(s string, depth int) (flat string, dropped int) {
	var b strings.Builder
	var open []bool // whether the start tag was kept
	kept := 0
	z := html.NewTokenizer(strings.NewReader(s))
	for z.Next() != html.ErrorToken {
		raw := string(z.Raw())
		switch t := z.Token(); {
		case t.Type == html.StartTagToken && !void[t.DataAtom]:
			keep := kept < depth
			if open = append(open, keep); !keep {
				dropped++
				continue
			}
			kept++
		case t.Type == html.EndTagToken && len(open) > 0:
			keep := open[len(open)-1]
			if open = open[:len(open)-1]; !keep {
				continue
			}
			kept--
		}
		b.WriteString(raw)
	}
	return b.String(), dropped
}

// void are the elements that never hold anything and have no end tag.
var void = map[atom.Atom]bool{
	atom.Area: true, atom.Base: true, atom.Br: true, atom.Col: true, atom.Embed: true,
	atom.Hr: true, atom.Img: true, atom.Input: true, atom.Link: true, atom.Meta: true,
	atom.Param: true, atom.Source: true, atom.Track: true, atom.Wbr: true,
}
