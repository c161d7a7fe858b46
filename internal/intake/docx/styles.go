package docx

import (
	"strconv"
	"strings"

	"ficstead/internal/base/bounds"
	"ficstead/internal/base/xmltree"
)

// style is one style, with all that it inherits.
type style struct {
	name  string // as the program calls it, in lower case
	chain []string
	based string
	props *xmltree.Node // w:style

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
	abstract
	quoted
	skipped // of a table of contents
	dated   // of the document
	ruled   // a line
)

var roles = map[string]role{
	"title": title, "titel": title, "titre": title, "título": title,
	"subtitle": subtitle, "untertitel": subtitle,
	"author": author, "abstract": abstract, "date": dated,
	"quote": quoted, "intense quote": quoted, "block text": quoted, "quotations": quoted, "block quote": quoted,
	"blockquote": quoted, "quotation": quoted, "block quotation": quoted,
	"toc heading": skipped, "table of contents": skipped,
	"horizontal line": ruled, "horizontal rule": ruled,
}

type styles struct {
	byID      map[string]*style
	normal    string // the style of paragraphs that name none
	paragraph *xmltree.Node
	run       *xmltree.Node // the defaults of all runs
}

func readStyles(root *xmltree.Node) styles {
	s := styles{byID: map[string]*style{}}
	sheet := root.Child("w:styles")
	s.run = sheet.Child("w:docDefaults", "w:rPrDefault", "w:rPr")
	s.paragraph = sheet.Child("w:docDefaults", "w:pPrDefault", "w:pPr")
	if sheet == nil {
		return s
	}
	for _, n := range sheet.Nodes {
		if n.Name != "w:style" {
			continue
		}
		id := n.Attr("w:styleId")
		s.byID[id] = &style{
			name:  strings.ToLower(n.Child("w:name").Attr("w:val")),
			based: n.Child("w:basedOn").Attr("w:val"),
			props: n,
		}
		if n.Attr("w:type") == "paragraph" && isOn(n, "w:default") {
			s.normal = id
		}
	}
	for id, st := range s.byID {
		for at := id; s.byID[at] != nil && len(st.chain) < bounds.StyleChain; at = s.byID[at].based {
			st.chain = append(st.chain, at)
		}
		st.judge(s)
	}
	return s
}

// judge finds out what a style is for: the nearest in its chain that says so.
func (st *style) judge(s styles) {
	for _, id := range st.chain {
		name := s.byID[id].name
		level := headingLevel(name)
		if level == 0 {
			level = outline(s.byID[id].props.Child("w:pPr"))
		}
		r := roles[name]
		if strings.HasPrefix(name, "toc ") && r == ordinary {
			r = skipped
		}
		if level != 0 || r != ordinary {
			st.heading, st.role = max(level, 0), r
			return
		}
	}
}

// headingLevel reads the name of a style. Below the sixth level are no headings.
func headingLevel(name string) int {
	for _, word := range [...]string{"heading ", "überschrift ", "titre ", "título ", "заголовок "} {
		if n, err := strconv.Atoi(strings.TrimPrefix(name, word)); err == nil && strings.HasPrefix(name, word) {
			if n < 1 || n > 6 {
				return -1
			}
			return n
		}
	}
	return 0
}

// outline reads the level of an outline: 0 if it does not say, -1 if it says
// that a paragraph has none.
func outline(props *xmltree.Node) int {
	value, ok := props.Child("w:outlineLvl").Lookup("w:val")
	n, err := strconv.Atoi(value)
	switch {
	case !ok || err != nil:
		return 0
	case n < 0 || n > 5:
		return -1
	}
	return n + 1
}

// of returns a style of that id, or an empty one.
func (s styles) of(id string) *style {
	if st := s.byID[id]; st != nil {
		return st
	}
	return &style{}
}

// property finds a property of a paragraph style, the nearest in the chain.
func (s styles) property(st *style, group, name string) *xmltree.Node {
	for _, id := range st.chain {
		if n := s.byID[id].props.Child(group, name); n != nil {
			return n
		}
	}
	return nil
}

// toggles are the properties that a style turns over where another has turned
// them on, and that by hand are on or off.
type toggles struct{ italic, bold, strike, hidden bool }

// plainProps are the properties whose nearest value counts.
type look struct {
	toggles
	underline, double, rtl bool
	raised                 string // "superscript", "subscript" or ""
	font                   string
	lang, bidi, asia       string
}

// toggle reads one in a chain of styles: the nearest that says anything.
func (s styles) toggle(st *style, name string) bool {
	n := s.property(st, "w:rPr", name)
	return n != nil && isOn(n, "w:val")
}

func (s styles) toggles(st *style) toggles {
	return toggles{
		italic: s.toggle(st, "w:i"), bold: s.toggle(st, "w:b"),
		strike: s.toggle(st, "w:strike") || s.toggle(st, "w:dstrike"), hidden: s.toggle(st, "w:vanish"),
	}
}

// isOn reads a switch: there without a value it is on.
func isOn(n *xmltree.Node, name string) bool {
	value, ok := n.Lookup(name)
	if !ok {
		return name == "w:val"
	}
	switch strings.ToLower(value) {
	case "0", "false", "off", "none":
		return false
	}
	return true
}

// look says how a run looks: by the styles of its paragraph and its own, and by
// hand.
func (s styles) look(par *style, props *xmltree.Node) look {
	own := s.of(props.Child("w:rStyle").Attr("w:val"))
	l := look{toggles: s.toggles(par)}
	o := s.toggles(own)
	l.italic, l.bold, l.strike = l.italic != o.italic, l.bold != o.bold, l.strike != o.strike
	l.hidden = l.hidden || o.hidden
	if own.name == "emphasis" && len(own.props.Nodes) < 3 {
		l.italic = true // a style that says what it is and not how it looks
	}
	if d := s.run; d != nil {
		l.italic = l.italic || d.Child("w:i") != nil && isOn(d.Child("w:i"), "w:val")
	}
	for _, sw := range []struct {
		name string
		to   *bool
	}{{"w:i", &l.italic}, {"w:b", &l.bold}, {"w:strike", &l.strike}, {"w:dstrike", &l.double}, {"w:vanish", &l.hidden}, {"w:rtl", &l.rtl}} {
		if n := props.Child(sw.name); n != nil {
			*sw.to = isOn(n, "w:val")
		}
	}
	l.strike = l.strike || l.double
	nearest := func(name, attr string) string {
		if value, ok := props.Child(name).Lookup(attr); ok {
			return value
		}
		for _, st := range [...]*style{own, par} {
			if value, ok := s.property(st, "w:rPr", name).Lookup(attr); ok {
				return value
			}
		}
		return s.run.Child(name).Attr(attr)
	}
	u := nearest("w:u", "w:val")
	l.underline = u != "" && u != "none"
	l.raised = nearest("w:vertAlign", "w:val")
	l.font = nearest("w:rFonts", "w:ascii")
	l.lang, l.bidi, l.asia = nearest("w:lang", "w:val"), nearest("w:lang", "w:bidi"), nearest("w:lang", "w:eastAsia")
	return l
}
