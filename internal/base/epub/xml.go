package epub

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"ficstead/internal/base/bounds"
	"ficstead/internal/base/xmltree"
)

var errXML = errors.New("XML beyond the bounds")

// node is an element of a parsed file, or a piece of text.
type node struct {
	name  string // local, in lower case; "" for text
	text  string
	attrs []xml.Attr
	nodes []*node
}

// parseXML reads well-formed and broken XML: prefixes are dropped, entities
// are HTML's, end tags without a start are passed over. Declarations of
// entities have no effect. Where the syntax breaks off it returns what it has,
// with the error.
func parseXML(data []byte) (*node, error) {
	d := xml.NewDecoder(strings.NewReader(xmltree.Decode(data)))
	d.Strict = false
	d.Entity = xml.HTMLEntity
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	root := &node{}
	open := []*node{root}
	for tokens, nodes := 0, 0; ; tokens++ {
		token, err := d.RawToken()
		if err == io.EOF {
			return root, nil
		}
		if err == nil && (tokens > bounds.XMLTokens || nodes > bounds.PackageNodes || len(open) > bounds.XMLDepth) {
			err = errXML
		}
		if err != nil {
			return root, err
		}
		top := open[len(open)-1]
		switch t := token.(type) {
		case xml.StartElement:
			n := &node{name: strings.ToLower(t.Name.Local), attrs: t.Attr}
			top.nodes = append(top.nodes, n)
			open = append(open, n)
			nodes++
		case xml.EndElement:
			open = closeElement(open, strings.ToLower(t.Name.Local))
		case xml.CharData:
			top.nodes = append(top.nodes, &node{text: string(t)})
			nodes++
		}
	}
}

func closeElement(open []*node, name string) []*node {
	for i := len(open) - 1; i > 0; i-- {
		if open[i].name == name {
			return open[:i]
		}
	}
	return open
}

// attr returns the attribute of that local name, trimmed, or "".
func (n *node) attr(name string) string {
	for _, a := range n.attrs {
		if strings.EqualFold(a.Name.Local, name) {
			return strings.TrimSpace(a.Value)
		}
	}
	return ""
}

// each calls f for every element of that name below n, in order.
func (n *node) each(name string, f func(*node)) {
	for _, c := range n.nodes {
		if c.name == name {
			f(c)
		}
		c.each(name, f)
	}
}

// first returns the first element of that name below n, or nil.
func (n *node) first(name string) *node {
	for _, c := range n.nodes {
		if c.name == name {
			return c
		}
		if found := c.first(name); found != nil {
			return found
		}
	}
	return nil
}

// inner returns the text below n as it stands.
func (n *node) inner() string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	n.writeText(&b)
	return b.String()
}

func (n *node) writeText(b *strings.Builder) {
	b.WriteString(n.text)
	for _, c := range n.nodes {
		c.writeText(b)
	}
}

// line returns the text below n as one line.
func (n *node) line() string { return strings.Join(strings.Fields(n.inner()), " ") }
