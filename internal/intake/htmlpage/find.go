package htmlpage

import (
	"strings"

	"golang.org/x/net/html"

	"ficstead/internal/base/dom"
)

// named are the names that sites and programs give to the text of a story, the
// surest first.
var named = []dom.Selector{
	"#storytext,#story-text,#storytextp,.storytext,#story_text", // FanFiction.net and its kin
	".chapter-content,.chapter-inner,#chapter-content,.chapter_content,.bbcode",
	".b-singlepost-body,.aentry-post__text,article .entry-content", // LiveJournal
	".entry-content,.post-content,.post-body,.post_body,.entry-body,.entry_content,.article-body,.articleBody,[itemprop=articleBody],.usercontent",
	".journal-text,.message-content .bbWrapper,.userstuff",
	"article",
	"main,[role=main]",
	"#story,.story,#chapters,#chapter,.chapter,#content,.content,#main,#page-content",
}

// sure holds nothing but the text, however short: the literature of DeviantArt.
const sure dom.Selector = ".grf-indent"

const (
	// enough letters make a story, even a drabble.
	enough = 200
	// mostOf is the share of the page's text that a named box must hold, so
	// that a box of that name which is a teaser is passed over.
	mostOf = 0.25
)

// lengths are how much text there is in each element, in bytes without blanks
// around it. Boxes nest, so it is measured once and not for each.
type lengths map[*html.Node]int

func measure(root *html.Node) lengths {
	l := lengths{}
	l.add(root)
	return l
}

func (l lengths) add(n *html.Node) (sum int) {
	if n.Type == html.TextNode {
		return len(strings.TrimSpace(n.Data))
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		sum += l.add(c)
	}
	if n.Type == html.ElementNode {
		l[n] = sum
	}
	return sum
}

// find returns the box that holds the story, or nil if the page has no text.
func find(root *html.Node) *html.Node {
	body := dom.First(root, "body")
	if body == nil || dom.IsBlank(body) {
		return nil
	}
	lengths := measure(body)
	if boxes := outermost(dom.All(body, sure)); len(boxes) == 1 && !dom.IsBlank(boxes[0]) {
		return boxes[0]
	}
	for _, s := range named {
		found := outermost(dom.All(body, s))
		if best := lengths.together(found); best != nil {
			if n := lengths[best]; n >= enough && float64(n) >= mostOf*float64(lengths[body]) {
				return best
			}
		}
	}
	return lengths.densest(body)
}

// outermost leaves out what stands within another one.
func outermost(nodes []*html.Node) []*html.Node {
	var kept []*html.Node
	is := map[*html.Node]bool{}
	for _, n := range nodes {
		inside := false
		for p := n.Parent; p != nil && !inside; p = p.Parent {
			inside = is[p]
		}
		if !inside {
			is[n] = true
			kept = append(kept, n)
		}
	}
	return kept
}

func contains(outer, n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == outer {
			return true
		}
	}
	return false
}

// together gathers boxes of one name that stand side by side, as chapters on
// one page do. Otherwise the longest is meant.
func (l lengths) together(nodes []*html.Node) *html.Node {
	if len(nodes) < 2 {
		if len(nodes) == 0 {
			return nil
		}
		return nodes[0]
	}
	side := true
	longest := nodes[0]
	for _, n := range nodes {
		side = side && n.Parent == nodes[0].Parent && l[n] >= enough
		if l[n] > l[longest] {
			longest = n
		}
	}
	if !side {
		return longest
	}
	return nodes[0].Parent
}

// densest finds the box whose own paragraphs weigh most: a paragraph weighs by
// its length, on the box around it and half as much on the next one out; text
// in links weighs nothing.
func (l lengths) densest(body *html.Node) *html.Node {
	weights := map[*html.Node]float64{}
	dom.Walk(body, func(n *html.Node) dom.Step {
		if dom.Is(n, "a") {
			return dom.Over
		}
		if n.Type != html.TextNode {
			return dom.Into
		}
		said := strings.TrimSpace(n.Data)
		if len(said) < 25 {
			return dom.Into
		}
		box := boxOf(n)
		weight := float64(len(said))
		weights[box] += weight
		if box != body && box.Parent != nil {
			weights[boxOf(box)] += weight / 2
		}
		return dom.Into
	})
	best := body
	for n, weight := range weights {
		if weight > weights[best] || weight == weights[best] && contains(n, best) {
			best = n
		}
	}
	return l.widened(best, body)
}

// widened goes out from a box while what is around it is mostly text too: a
// story may stand in several boxes.
func (l lengths) widened(n, body *html.Node) *html.Node {
	for n != body && n.Parent != nil {
		outer := boxOf(n)
		links := linked(outer) - linked(n)
		if extra := l[outer] - l[n]; extra < enough || links*3 > extra {
			break
		}
		n = outer
	}
	return n
}

// linked is the length of what n says in links.
func linked(n *html.Node) (sum int) {
	for a := range dom.Each(n, "a") {
		sum += len(dom.Text(a))
	}
	return sum
}

// boxOf returns the nearest block around n that may hold paragraphs.
func boxOf(n *html.Node) *html.Node {
	for p := n.Parent; p != nil; p = p.Parent {
		if dom.Is(p, "div,section,article,main,td,center,body,blockquote,li") {
			return p
		}
	}
	return n
}
