package prose

import (
	"cmp"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"ficstead/internal/base/link"

	"golang.org/x/net/html"
)

// The collections stand beside the checkout where there are any; without them
// these tests have nothing to do, and the rules are held by the others.
const (
	badInputs = "../../../../shared/badinputs"
	corpus    = "../../../../shared/corpus"
)

func TestBadInputs(t *testing.T) {
	n := 0
	try := func(in string) {
		n++
		judgeOutput(t, in)
	}
	for _, dir := range []string{"xss", "html", "naughty"} {
		walk(t, filepath.Join(badInputs, dir), func(path string, data []byte) {
			s := string(data)
			switch filepath.Ext(path) {
			case ".json", ".test":
				var value any
				if json.Unmarshal(data, &value) == nil {
					eachString(value, try)
				}
			case ".txt":
				for line := range strings.Lines(s) {
					try(line)
					try("<p>before " + line + " after</p>")
					try(`<a href="` + strings.TrimSpace(line) + `">link</a><img src="` + strings.TrimSpace(line) + `">`)
				}
				try(s)
			default:
				if len(s) < 1<<20 {
					try(s)
				}
			}
		})
	}
	t.Logf("%d inputs: none executes, none leaves its place, none changes when read again", n)
}

func eachString(value any, f func(string)) {
	switch v := value.(type) {
	case string:
		f(v)
	case []any:
		for _, e := range v {
			eachString(e, f)
		}
	case map[string]any:
		for _, e := range v {
			eachString(e, f)
		}
	}
}

func walk(t *testing.T, dir string, f func(path string, data []byte)) {
	t.Helper()
	_ = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		f(path, data)
		return nil
	})
}

// No letter that a browser shows of a real page is lost or doubled.
func TestCorpusLosesNothing(t *testing.T) {
	walk(t, corpus, func(path string, data []byte) {
		if ext := filepath.Ext(path); ext != ".html" && ext != ".htm" && ext != ".xhtml" || !utf8.Valid(data) {
			return
		}
		t.Run(filepath.Base(path), func(t *testing.T) {
			d := judge(t, string(data))
			root, err := html.Parse(strings.NewReader(string(data)))
			if err != nil {
				t.Fatal(err)
			}
			var shown strings.Builder
			visible(root, &shown)
			want, got := shown.String(), strings.NewReplacer("\ufffd", "", "\ufeff", "").Replace(letters(withoutPictures(d)))
			if want != got {
				at := 0
				for at < min(len(want), len(got)) && want[at] == got[at] {
					at++
				}
				t.Errorf("at %d of %d:\nwant %.200q\n got %.200q", at, len(want), want[at:], got[at:])
			}
		})
	})
}

func withoutPictures(d Doc) Doc {
	return d.Map(func(row []Block) []Block {
		for i, b := range row {
			var runs []Run
			for _, r := range b.runs {
				if r.Image == nil {
					runs = append(runs, r)
				}
			}
			row[i].runs = runs
		}
		return row
	})
}

// visible writes all text a browser shows but spaces, controls and what we
// drop by rule.
func visible(n *html.Node, b *strings.Builder) {
	switch e := elements[n.Data]; {
	case n.Type == html.TextNode:
		visibleText(n.Data, b)
	case n.Type != html.ElementNode:
	case e.role == dropped && n.Data != "head":
		return
	case e.role == picture && image(attributeOf(n, "src"), false) == "":
		visibleText(attributeOf(n, "alt"), b)
	case e.role == media:
		if src := link.Web(attributeOf(n, "src")); src != "" {
			_, address, _ := strings.Cut(src, "://")
			visibleText(cmp.Or(attributeOf(n, "title"), address), b)
		}
		if n.Data == "iframe" {
			return
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		visible(c, b)
	}
}

func visibleText(s string, b *strings.Builder) {
	for _, r := range string(clean([]byte(s))) {
		if !unicode.IsSpace(r) && r != '\ufffd' && r != '\ufeff' {
			b.WriteRune(r)
		}
	}
}

func attributeOf(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
