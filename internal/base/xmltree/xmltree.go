package xmltree

import (
	"encoding/xml"
	"io"
	"strings"

	"ficstead/internal/base/bounds"
)

// Node is an element, or a piece of text.
type Node struct {
	Name  string // of an element, with the prefix of its space: "w:p"; "" for text
	Text  string
	Attrs []Attr
	Nodes []*Node
	Cut   bool // of the root: the file is broken or beyond the bounds, and there is more than this
}

// Attr is an attribute, its name with the prefix of its space.
type Attr struct{ Name, Value string }

// Parse reads a file in any encoding that it declares. Spaces gives names of
// XML spaces the prefixes to know them by, whatever the file itself calls them;
// other prefixes stay as they are written, the default space has none.
func Parse(data []byte, spaces map[string]string) *Node {
	p := parser{root: &Node{}, spaces: spaces, prefixes: map[string]string{}, names: map[xml.Name]string{}}
	p.open = []*Node{p.root}
	d := xml.NewDecoder(strings.NewReader(Decode(data)))
	d.Strict = false
	d.Entity = xml.HTMLEntity
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	for {
		token, err := d.RawToken()
		if err == io.EOF {
			p.root.Cut = p.root.Cut || len(p.open) > 1
			break
		}
		if err != nil || p.count > bounds.XMLNodes {
			p.root.Cut = true
			break
		}
		p.take(token)
	}
	return p.root
}

type parser struct {
	root     *Node
	open     []*Node // from the root
	deeper   int     // elements open beyond the bound, which hold their text only
	count    int
	spaces   map[string]string
	prefixes map[string]string // as declared so far → as we know them
	names    map[xml.Name]string
}

func (p *parser) take(token xml.Token) {
	top := p.open[len(p.open)-1]
	switch t := token.(type) {
	case xml.StartElement:
		p.declare(t.Attr)
		if len(p.open) > bounds.XMLDepth {
			p.deeper++
			p.root.Cut = true
			return
		}
		n := &Node{Name: p.name(t.Name, true)}
		for _, a := range t.Attr {
			n.Attrs = append(n.Attrs, Attr{p.name(a.Name, false), a.Value})
		}
		top.Nodes = append(top.Nodes, n)
		p.open = append(p.open, n)
		p.count += 1 + len(t.Attr)/2
	case xml.EndElement:
		if p.deeper > 0 {
			p.deeper--
			return
		}
		p.close(p.name(t.Name, true))
	case xml.CharData:
		if last := len(top.Nodes) - 1; last >= 0 && top.Nodes[last].Name == "" {
			top.Nodes[last].Text += string(t) // around a comment
		} else {
			top.Nodes = append(top.Nodes, &Node{Text: string(t)})
			p.count++
		}
	}
}

// close ends the innermost element of that name; an end without a start is passed over.
func (p *parser) close(name string) {
	for i := len(p.open) - 1; i > 0; i-- {
		if p.open[i].Name == name {
			p.open = p.open[:i]
			return
		}
	}
}

// declare learns prefixes. A prefix is taken to mean the same all through a file.
func (p *parser) declare(attrs []xml.Attr) {
	for _, a := range attrs {
		prefix := a.Name.Local
		switch {
		case a.Name.Space == "" && prefix == "xmlns":
			prefix = ""
		case a.Name.Space != "xmlns":
			continue
		}
		known, ok := p.spaces[a.Value]
		if now, declared := p.prefixes[prefix]; !ok || declared && now == known {
			continue
		}
		p.prefixes[prefix] = known
		clear(p.names)
	}
}

func (p *parser) name(n xml.Name, element bool) string {
	if n.Space == "" && !element {
		return n.Local
	}
	name, ok := p.names[n]
	if ok {
		return name
	}
	prefix, ok := p.prefixes[n.Space]
	if !ok {
		prefix = n.Space
	}
	if name = n.Local; prefix != "" {
		name = prefix + ":" + name
	}
	if len(p.names) < bounds.XMLNames {
		p.names[n] = name
	}
	return name
}

// Attr returns the value of an attribute, or "".
func (n *Node) Attr(name string) string {
	value, _ := n.Lookup(name)
	return value
}

// Lookup returns the value of an attribute, and whether it is there. Of the nil
// node nothing is there.
func (n *Node) Lookup(name string) (string, bool) {
	if n == nil {
		return "", false
	}
	for _, a := range n.Attrs {
		if a.Name == name {
			return a.Value, true
		}
	}
	return "", false
}

// Child returns the first child element on a path of names, or nil.
func (n *Node) Child(path ...string) *Node {
	for _, name := range path {
		n = n.child(name)
	}
	return n
}

func (n *Node) child(name string) *Node {
	if n == nil {
		return nil
	}
	for _, c := range n.Nodes {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// First returns the first element of that name below n, or nil.
func (n *Node) First(name string) *Node {
	for found := range n.Each(name) {
		return found
	}
	return nil
}

// Each goes through the elements of that name below n, in order. Those within
// one of them come after it.
func (n *Node) Each(name string) func(yield func(*Node) bool) {
	return func(yield func(*Node) bool) { n.each(name, yield) }
}

func (n *Node) each(name string, yield func(*Node) bool) bool {
	if n == nil {
		return true
	}
	for _, c := range n.Nodes {
		if c.Name == name && !yield(c) || !c.each(name, yield) {
			return false
		}
	}
	return true
}

// Inner returns the text below n as it stands.
func (n *Node) Inner() string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	n.write(&b)
	return b.String()
}

func (n *Node) write(b *strings.Builder) {
	b.WriteString(n.Text)
	for _, c := range n.Nodes {
		c.write(b)
	}
}

// Line returns the text below n as one line.
func (n *Node) Line() string { return strings.Join(strings.Fields(n.Inner()), " ") }
