package dom

import (
	"strings"

	"golang.org/x/net/html"
)

// A Selector is a small part of the CSS language: tag, #id, .class,
// [attribute], [attribute=value], [attribute*=part] and [attribute^=start],
// in any number, such as "div.meta.group" or "a[href*=/works/]". A blank means
// "somewhere within": ".byline a". Several separated by commas match what any
// of them matches. Values hold no blanks, commas or brackets.
type Selector string

// First returns the first element below n, in document order, that s matches,
// or nil. It looks at n itself too.
func First(n *html.Node, s Selector) *html.Node {
	for m := range Each(n, s) {
		return m
	}
	return nil
}

// All returns all elements below n that s matches, in document order, n itself
// included.
func All(n *html.Node, s Selector) []*html.Node {
	var found []*html.Node
	for m := range Each(n, s) {
		found = append(found, m)
	}
	return found
}

// Each visits what All returns, without gathering it.
func Each(n *html.Node, s Selector) func(yield func(*html.Node) bool) {
	compounds := parse(s)
	return func(yield func(*html.Node) bool) {
		if n == nil {
			return
		}
		Walk(n, func(m *html.Node) Step {
			if m.Type == html.ElementNode && matches(m, compounds) && !yield(m) {
				return Stop
			}
			return Into
		})
	}
}

// Is reports whether s matches n.
func Is(n *html.Node, s Selector) bool {
	if n == nil || n.Type != html.ElementNode {
		return false
	}
	for part := range strings.SplitSeq(string(s), ",") {
		isName := part != "" && !strings.ContainsAny(part, ".#[ \t\n")
		if isName && part == n.Data || !isName && matches(n, parse(Selector(part))) {
			return true
		}
	}
	return false
}

// Closest returns n or the nearest element around it that s matches, or nil.
func Closest(n *html.Node, s Selector) *html.Node {
	compounds := parse(s)
	for ; n != nil; n = n.Parent {
		if n.Type == html.ElementNode && matches(n, compounds) {
			return n
		}
	}
	return nil
}

// Step is where Walk goes next.
type Step int

// The steps of a walk.
const (
	Into Step = iota // to the children of this node
	Over             // past it
	Stop             // nowhere
)

// Walk visits n and what is below it in document order.
func Walk(n *html.Node, visit func(*html.Node) Step) Step {
	switch visit(n) {
	case Stop:
		return Stop
	case Over:
		return Over
	}
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling // the visit may take c out of the tree
		if Walk(c, visit) == Stop {
			return Stop
		}
		c = next
	}
	return Into
}

type compound struct {
	tag    string
	claims []claim
	within *compound // matches something around it; may be nil
}

// claim is what one attribute must be like.
type claim struct {
	key, value string
	how        byte // '.' a word of it, '=' all of it, '*' a part, '^' the start, '?' there
}

func parse(s Selector) []compound {
	var compounds []compound
	for part := range strings.SplitSeq(string(s), ",") {
		var c compound
		for word := range strings.FieldsSeq(part) {
			inner := parseOne(word)
			if outer := c; outer.tag != "" || outer.claims != nil {
				inner.within = &outer
			}
			c = inner
		}
		compounds = append(compounds, c)
	}
	return compounds
}

func parseOne(s string) compound {
	var c compound
	end := strings.IndexAny(s, ".#[")
	if end < 0 {
		return compound{tag: s}
	}
	c.tag, s = s[:end], s[end:]
	for s != "" {
		var part string
		if s[0] == '[' {
			part, s, _ = strings.Cut(s[1:], "]")
			c.claims = append(c.claims, parseClaim(part))
			continue
		}
		end := strings.IndexAny(s[1:], ".#[") + 1
		if end == 0 {
			end = len(s)
		}
		if s[0] == '.' {
			c.claims = append(c.claims, claim{"class", s[1:end], '.'})
		} else {
			c.claims = append(c.claims, claim{"id", s[1:end], '='})
		}
		s = s[end:]
	}
	return c
}

func parseClaim(s string) claim {
	key, value, ok := strings.Cut(s, "=")
	switch {
	case !ok:
		return claim{key, "", '?'}
	case strings.HasSuffix(key, "*"), strings.HasSuffix(key, "^"):
		return claim{key[:len(key)-1], value, key[len(key)-1]}
	}
	return claim{key, value, '='}
}

func matches(n *html.Node, compounds []compound) bool {
	for _, c := range compounds {
		if c.matches(n) {
			return true
		}
	}
	return false
}

func (c compound) matches(n *html.Node) bool {
	if c.tag != "" && c.tag != n.Data {
		return false
	}
	for _, cl := range c.claims {
		if !cl.holds(n) {
			return false
		}
	}
	if c.within == nil {
		return true
	}
	for n = n.Parent; n != nil; n = n.Parent {
		if n.Type == html.ElementNode && c.within.matches(n) {
			return true
		}
	}
	return false
}

func (c claim) holds(n *html.Node) bool {
	value, ok := lookup(n, c.key)
	if !ok {
		return false
	}
	switch c.how {
	case '.':
		for word := range strings.FieldsSeq(value) {
			if word == c.value {
				return true
			}
		}
		return false
	case '*':
		return strings.Contains(value, c.value)
	case '^':
		return strings.HasPrefix(value, c.value)
	case '=':
		return value == c.value
	}
	return true
}
