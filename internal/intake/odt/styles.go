package odt

import (
	"strconv"
	"strings"

	"ficstead/internal/base/bounds"
	"ficstead/internal/base/xmltree"
)

// style is one style, with what it inherits.
type style struct {
	chain   []*xmltree.Node // from itself to the outermost that it is based on
	heading int
	role    role
}

// role is what a style says a paragraph is for.
type role uint8

const (
	ordinary role = iota
	title
	subtitle
	author
	quoted
	ruled
)

var roles = map[string]role{
	"title": title, "subtitle": subtitle, "author": author,
	"quotations": quoted, "quote": quoted, "block quotation": quoted, "block text": quoted, "intense quote": quoted,
	"horizontal line": ruled, "horizontal rule": ruled,
}

type styles struct {
	byName   map[string]*style // by family and name
	lists    map[string]*xmltree.Node
	defaults map[string]*xmltree.Node // by family
}

// readStyles gathers the styles of a document: those with names, and those that
// programs make for what was done by hand.
func readStyles(named, content *xmltree.Node) styles {
	s := styles{map[string]*style{}, map[string]*xmltree.Node{}, map[string]*xmltree.Node{}}
	nodes := map[string]*xmltree.Node{}
	for _, sheet := range [...]*xmltree.Node{named.Child("office:styles"), content.Child("office:automatic-styles")} {
		if sheet == nil {
			continue
		}
		for _, n := range sheet.Nodes {
			switch n.Name {
			case "style:style":
				nodes[n.Attr("style:family")+" "+n.Attr("style:name")] = n
			case "style:default-style":
				s.defaults[n.Attr("style:family")] = n
			case "text:list-style":
				s.lists[n.Attr("style:name")] = n
			}
		}
	}
	for key, n := range nodes {
		family, _, _ := strings.Cut(key, " ")
		st := &style{}
		for at := n; at != nil && len(st.chain) < bounds.StyleChain; at = nodes[family+" "+at.Attr("style:parent-style-name")] {
			st.chain = append(st.chain, at)
		}
		st.judge()
		s.byName[key] = st
	}
	return s
}

// judge finds out what a style is for: the nearest in its chain that says so.
func (st *style) judge() {
	for _, n := range st.chain {
		name := n.Attr("style:display-name")
		if name == "" {
			name = n.Attr("style:name")
		}
		level, _ := strconv.Atoi(n.Attr("style:default-outline-level"))
		if st.judgeName(name, level) {
			return
		}
	}
}

// judgeName reports whether a name, or the level of an outline, says what a
// style is for.
func (st *style) judgeName(name string, level int) bool {
	name = strings.ToLower(strings.ReplaceAll(name, "_20_", " "))
	if after, ok := strings.CutPrefix(name, "heading "); ok && level == 0 {
		level, _ = strconv.Atoi(after)
	}
	st.role = roles[name]
	if level <= 6 && st.role == ordinary {
		st.heading = level
	}
	return st.role != ordinary || level > 0
}

// of returns a style. Of one that is not in the document its name is known.
func (s styles) of(family, name string) *style {
	if st := s.byName[family+" "+name]; st != nil {
		return st
	}
	st := &style{}
	st.judgeName(name, 0)
	return st
}

// property finds a property in a chain of styles, the nearest.
func (st *style) property(group, name string) (string, bool) {
	for _, n := range st.chain {
		for _, props := range n.Nodes {
			if props.Name != group && props.Name != "style:properties" {
				continue
			}
			if value, ok := props.Lookup(name); ok {
				return value, true
			}
		}
	}
	return "", false
}

// look is how text looks. The zero look is plain.
type look struct {
	italic, bold, underline, strike, hidden bool

	raised, lang string
}

// over returns l with what a style says for itself.
func (l look) over(st *style) look {
	text := func(name string) (string, bool) { return st.property("style:text-properties", name) }
	if v, ok := text("fo:font-style"); ok {
		l.italic = v == "italic" || v == "oblique"
	}
	if v, ok := text("fo:font-weight"); ok {
		weight, _ := strconv.Atoi(v)
		l.bold = v == "bold" || weight >= 600
	}
	for _, name := range [...]string{"style:text-underline-style", "style:text-underline"} {
		if v, ok := text(name); ok {
			l.underline = v != "none"
		}
	}
	for _, name := range [...]string{"style:text-line-through-style", "style:text-line-through-type", "style:text-crossing-out"} {
		if v, ok := text(name); ok {
			l.strike = v != "none"
		}
	}
	if v, ok := text("style:text-position"); ok {
		l.raised = raised(v)
	}
	if v, ok := text("text:display"); ok {
		l.hidden = v == "none"
	}
	if v, ok := text("fo:language"); ok && v != "none" && v != "zxx" {
		country, _ := text("fo:country")
		if l.lang = v; (v == "zh" || v == "pt") && len(country) == 2 {
			l.lang += "-" + country
		}
	}
	return l
}

// raised reads a position: "super 58%", "-33% 58%".
func raised(v string) string {
	first, _, _ := strings.Cut(v, " ")
	percent, err := strconv.ParseFloat(strings.TrimSuffix(first, "%"), 64)
	switch {
	case first == "super", err == nil && percent > 0:
		return "super"
	case first == "sub", err == nil && percent < 0:
		return "sub"
	}
	return ""
}

// length reads a length in points.
func length(v string) float64 {
	for unit, points := range map[string]float64{"cm": 28.35, "mm": 2.835, "in": 72, "pt": 1, "pc": 12, "px": 0.75} {
		if number, ok := strings.CutSuffix(v, unit); ok {
			n, _ := strconv.ParseFloat(number, 64)
			return n * points
		}
	}
	return 0
}

// isOrdered reports whether a level of a list, from 1, counts, and from where.
func (s styles) isOrdered(list string, level int) (start int, ordered bool) {
	sheet := s.lists[list]
	if sheet == nil {
		return 0, false
	}
	for _, n := range sheet.Nodes {
		if n.Attr("text:level") != strconv.Itoa(level) || n.Name != "text:list-level-style-number" {
			continue
		}
		start, _ := strconv.Atoi(n.Attr("text:start-value"))
		return max(start, 1), n.Attr("style:num-format") != ""
	}
	return 0, false
}
