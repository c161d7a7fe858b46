package truth

import (
	"bytes"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// readXHTML reads a chapter as Standard Ebooks makes them.
func readXHTML(_ string, data []byte) Work {
	root, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		return Work{}
	}
	x := xhtml{}
	x.walk(root)
	return Work{Title: "Love Among the Chickens", Author: "P. G. Wodehouse", Chapters: []Chapter{{Title: x.title, Text: trimBreaks(x.row)}}}
}

type xhtml struct {
	title string
	row   []Block
}

func (x *xhtml) walk(n *html.Node) {
	switch n.Data {
	case "title":
		if n.FirstChild != nil {
			x.title = n.FirstChild.Data
		}
	case "header", "hgroup", "h2", "h3":
	case "hr":
		x.row = append(x.row, Block{Break: true})
	case "p":
		var p paragraph
		p.walk(n, false)
		if p.Block.Text = p.text.String(); strings.TrimSpace(p.Block.Text) != "" {
			x.row = append(x.row, p.Block)
		}
	default:
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			x.walk(c)
		}
	}
}

// paragraph collects text with its white space made single.
type paragraph struct {
	Block
	text strings.Builder
	at   int
	room bool // a space is due
}

func (p *paragraph) walk(n *html.Node, italic bool) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			p.write(c.Data)
		case c.Data == "br":
			p.text.WriteByte('\n')
			p.at, p.room = p.at+1, false
		case (c.Data == "i" || c.Data == "em") && !italic:
			from := p.at
			if p.room {
				from++
			}
			p.walk(c, true)
			if p.at > from {
				p.Italics = append(p.Italics, Span{from, p.at})
			}
		default:
			p.walk(c, italic)
		}
	}
}

func (p *paragraph) write(s string) {
	for _, r := range s {
		if unicode.IsSpace(r) && r < 128 {
			p.room = p.at > 0 && !strings.HasSuffix(p.text.String(), "\n")
			continue
		}
		if p.room {
			p.text.WriteByte(' ')
			p.at, p.room = p.at+1, false
		}
		p.text.WriteRune(r)
		p.at++
	}
}
