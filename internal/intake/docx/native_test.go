package docx

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/base/zipfile"
)

// TestNative compares what is read from real documents with what another
// program has read from them and written down as a tree, where the corpus is.
func TestNative(t *testing.T) {
	files, _ := filepath.Glob("../../../../shared/corpus/docx/*.native")
	for _, file := range files {
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(strings.TrimSuffix(file, ".native") + ".docx")
		if err != nil {
			t.Fatal(err)
		}
		m := mustRead(t, data)
		got := strings.Join(sketchAll(m.Chapters[0].Text.Blocks()), "\n")
		tree := parseNative(string(want))
		if strings.HasPrefix(string(want), "Pandoc") {
			tree = tree.kids[len(tree.kids)-1]
		}
		wanted := strings.Join(nativeBlocks(tree), "\n")
		if strings.Contains(file, "metadata") {
			wanted = "P:July 28, 2014\n" + wanted // told as metadata there
			checkMetadata(t, m)
		}
		if got != wanted {
			t.Errorf("%s: got\n%s\nwant\n%s", filepath.Base(file), got, wanted)
		}
	}
	t.Logf("%d documents compared", len(files))
}

func checkMetadata(t *testing.T, m archive.Manuscript) {
	t.Helper()
	if m.Title != "This Is the Title" || fmt.Sprint(m.Creators) != "[Mary Ann Evans Aurore Dupin]" || !strings.HasPrefix(m.Summary.Text(), "This is a test of how this all works.") {
		t.Errorf("got %q, %v, %q", m.Title, m.Creators, m.Summary.Text())
	}
}

func mustRead(t testing.TB, data []byte) archive.Manuscript {
	t.Helper()
	z, err := zipfile.Open(data, zipfile.Bounds())
	if err != nil {
		t.Fatal(err)
	}
	m, err := Read(z, func([]byte) string { return "" })
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// sketchAll writes blocks in a few letters: what they are, and _italics_ and
// *bold* in them.
func sketchAll(blocks []prose.Block) (rows []string) {
	for _, b := range blocks {
		switch b.Kind() {
		case prose.Empty, prose.Break:
		case prose.Heading:
			rows = append(rows, fmt.Sprintf("H%d:%s", b.Level(), sketchRuns(b)))
		case prose.Quote:
			rows = append(rows, "Q("+strings.Join(sketchAll(b.Blocks()), " ")+")")
		case prose.List:
			rows = append(rows, map[bool]string{true: "O", false: "U"}[b.Level() == 1]+"("+strings.Join(sketchAll(b.Blocks()), " ")+")")
		case prose.Item:
			inner := sketchAll(b.Blocks())
			if len(inner) == 0 {
				inner = []string{"P:" + sketchRuns(b)}
			}
			rows = append(rows, "I("+strings.Join(inner, " ")+")")
		default:
			if said := sketchRuns(b); said != "" {
				rows = append(rows, "P:"+said)
			}
		}
	}
	return rows
}

func sketchRuns(b prose.Block) string {
	var out strings.Builder
	for _, r := range b.Runs() {
		said := r.Text
		if r.Break {
			said = "/"
		}
		for word := range strings.SplitSeq(said, " ") {
			out.WriteString(mark(word, r.Has("em"), r.Has("strong")) + " ")
		}
		s := strings.TrimSuffix(out.String(), " ")
		out.Reset()
		out.WriteString(s)
	}
	return joined(out.String())
}

// joined takes out marks that close and open again at once.
func joined(s string) string {
	return strings.Join(strings.Fields(strings.NewReplacer("_**_", "", "*__*", "", "__", "", "**", "").Replace(s)), " ")
}

func mark(s string, em, strong bool) string {
	if s == "" {
		return ""
	}
	if em {
		s = "_" + s + "_"
	}
	if strong {
		s = "*" + s + "*"
	}
	return s
}

// value is a value of the tree: a name with what follows it, a list, or a text.
type value struct {
	name string
	text string
	kids []value
}

// parseNative reads Haskell's way of writing values, as far as it is used.
func parseNative(s string) value {
	p := &nativeParser{s: s}
	return p.application()
}

type nativeParser struct {
	s  string
	at int
}

func (p *nativeParser) space() {
	for p.at < len(p.s) && strings.ContainsRune(" \n\r\t", rune(p.s[p.at])) {
		p.at++
	}
}

func (p *nativeParser) application() value {
	v := p.atom()
	for v.name != "" {
		p.space()
		if p.at >= len(p.s) || strings.ContainsRune(",])}=", rune(p.s[p.at])) {
			break
		}
		v.kids = append(v.kids, p.atom())
	}
	return v
}

func (p *nativeParser) atom() value {
	p.space()
	switch c := p.s[p.at]; c {
	case '[', '(', '{':
		p.at++
		v := value{}
		for {
			p.space()
			if strings.ContainsRune("])}", rune(p.s[p.at])) {
				p.at++
				return v
			}
			if p.s[p.at] == ',' || p.s[p.at] == '=' {
				p.at++
				continue
			}
			v.kids = append(v.kids, p.application())
		}
	case '"':
		return value{text: p.text()}
	}
	start := p.at
	for p.at < len(p.s) && !strings.ContainsRune(" \n\r\t,[](){}=\"", rune(p.s[p.at])) {
		p.at++
	}
	return value{name: p.s[start:p.at]}
}

func (p *nativeParser) text() string {
	var b strings.Builder
	for p.at++; p.s[p.at] != '"'; {
		if p.s[p.at] != '\\' {
			b.WriteByte(p.s[p.at])
			p.at++
			continue
		}
		p.at++
		start := p.at
		for p.s[p.at] >= '0' && p.s[p.at] <= '9' {
			p.at++
		}
		if n, err := strconv.Atoi(p.s[start:p.at]); err == nil {
			b.WriteRune(rune(n))
			continue
		}
		if p.s[p.at] != '&' {
			b.WriteByte(p.s[p.at])
		}
		p.at++
	}
	p.at++
	return b.String()
}

func nativeBlocks(list value) (rows []string) {
	for _, v := range list.kids {
		switch v.name {
		case "Header":
			rows = append(rows, "H"+v.kids[0].name+":"+nativeText(v.kids[2]))
		case "Para", "Plain":
			rows = append(rows, "P:"+nativeText(v.kids[0]))
		case "BlockQuote":
			rows = append(rows, "Q("+strings.Join(nativeBlocks(v.kids[0]), " ")+")")
		case "BulletList", "OrderedList":
			var items []string
			for _, item := range v.kids[len(v.kids)-1].kids {
				items = append(items, "I("+strings.Join(nativeBlocks(item), " ")+")")
			}
			rows = append(rows, map[bool]string{true: "O", false: "U"}[v.name == "OrderedList"]+"("+strings.Join(items, " ")+")")
		}
	}
	return rows
}

func nativeText(list value) string {
	var out strings.Builder
	writeNative(&out, list, false, false)
	return joined(out.String())
}

func writeNative(out *strings.Builder, list value, em, strong bool) {
	for _, v := range list.kids {
		switch v.name {
		case "Str":
			out.WriteString(mark(v.kids[0].text, em, strong))
		case "Space":
			out.WriteString(" ")
		case "LineBreak":
			out.WriteString(mark("/", em, strong))
		case "Emph":
			writeNative(out, v.kids[0], true, strong)
		case "Strong":
			writeNative(out, v.kids[0], em, true)
		case "Span":
			if class := v.kids[0].kids[1]; len(class.kids) > 0 && strings.HasPrefix(class.kids[0].text, "comment") {
				continue
			}
			writeNative(out, v.kids[1], em, strong)
		default:
			if len(v.kids) > 0 {
				writeNative(out, v.kids[len(v.kids)-1], em, strong)
			}
		}
	}
}
