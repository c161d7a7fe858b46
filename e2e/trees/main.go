// Command trees tells the browser tests what Go makes of HTML: texts cleaned,
// cleaned again, and the trees of both and of whole pages by another parser than
// the browser's. It reads and writes JSON.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"ficstead/internal/base/prose"
)

type question struct {
	Texts []string `json:"texts"` // to be cleaned
	Pages []string `json:"pages"` // to be parsed as they are
}

type cleaned struct {
	HTML   string `json:"html"`
	Stable bool   `json:"stable"` // cleaned again it is the same
	Tree   string `json:"tree"`
}

type answer struct {
	Texts []cleaned `json:"texts"`
	Pages []string  `json:"pages"`
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "trees:", err)
		os.Exit(1)
	}
}

func run() error {
	var q question
	if err := json.NewDecoder(os.Stdin).Decode(&q); err != nil {
		return err
	}
	var a answer
	for _, text := range q.Texts {
		out := prose.Parse(text).HTML()
		tree, err := fragment(out)
		if err != nil {
			return err
		}
		a.Texts = append(a.Texts, cleaned{out, prose.Parse(out).HTML() == out, tree})
	}
	for _, page := range q.Pages {
		root, err := html.ParseWithOptions(strings.NewReader(page), html.ParseOptionEnableScripting(false))
		if err != nil {
			return err
		}
		var b strings.Builder
		print(&b, root)
		a.Pages = append(a.Pages, b.String())
	}
	return json.NewEncoder(os.Stdout).Encode(a)
}

func fragment(s string) (string, error) {
	context := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
	nodes, err := html.ParseFragmentWithOptions(strings.NewReader(s), context, html.ParseOptionEnableScripting(false))
	var b strings.Builder
	for _, n := range nodes {
		print(&b, n)
	}
	return b.String(), err
}

// print writes a tree as treeOf in checks/hostile.mjs does.
func print(b *strings.Builder, n *html.Node) {
	switch n.Type {
	case html.TextNode:
		b.WriteString("\x02" + n.Data)
		return
	case html.CommentNode:
		b.WriteString("\x03" + n.Data)
		return
	case html.DoctypeNode:
		return
	case html.ElementNode:
		b.WriteString("\x01" + n.Namespace + ":" + n.Data)
		var attrs []string
		for _, a := range n.Attr {
			attrs = append(attrs, "\x04"+a.Key+"="+a.Val)
		}
		slices.Sort(attrs)
		b.WriteString(strings.Join(attrs, ""))
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		print(b, c)
	}
	if n.Type == html.ElementNode {
		b.WriteString("\x05")
	}
}
