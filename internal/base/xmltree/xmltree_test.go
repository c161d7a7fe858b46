package xmltree

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

func TestParse(t *testing.T) {
	spaces := map[string]string{"urn:a": "a", "urn:b": ""}
	for _, c := range []struct {
		name, xml, path, want string
		cut                   bool
	}{
		{"prefixes of its own", `<x:p xmlns:x="urn:a"><x:t>one</x:t></x:p>`, "a:p a:t", "one", false},
		{"default space", `<p xmlns="urn:a"><t>one</t></p>`, "a:p a:t", "one", false},
		{"unknown prefixes stay", `<w:p><w:t>one</w:t></w:p>`, "w:p w:t", "one", false},
		{"a space without a prefix", `<b:p xmlns:b="urn:b"><b:t>one</b:t></b:p>`, "p t", "one", false},
		{"entities of HTML", `<p>a&nbsp;&eacute;&#8212;&lt;</p>`, "p", "a\u00a0é—<", false},
		{"declared entities have no effect", `<!DOCTYPE p [<!ENTITY x "boom">]><p>a&x;b</p>`, "p", "a&x;b", false},
		{"a comment in text", `<p>a<!-- x -->b</p>`, "p", "ab", false},
		{"CDATA", `<p><![CDATA[<b>]]></p>`, "p", "<b>", false},
		{"an end without a start", `<p>a</i>b</p>`, "p", "ab", false},
		{"cut in a tag", `<p>a<b`, "p", "a", true},
	} {
		root := Parse([]byte(c.xml), spaces)
		if got := root.Child(strings.Fields(c.path)...).Inner(); got != c.want || root.Cut != c.cut {
			t.Errorf("%s: got %q, cut %v", c.name, got, root.Cut)
		}
	}
}

func TestDepth(t *testing.T) {
	root := Parse([]byte(strings.Repeat("<p>", 100_000)+"deep"+strings.Repeat("</p>", 100_000)+"<q>after</q>"), nil)
	if !root.Cut || root.Child("q").Inner() != "after" || root.Child("p").Inner() != "deep" {
		t.Errorf("cut %v, %q", root.Cut, root.Inner())
	}
}

func TestDecode(t *testing.T) {
	encode := func(s string, f func(string) (string, error)) []byte {
		out, err := f(s)
		if err != nil {
			t.Fatal(err)
		}
		return []byte(out)
	}
	const said = `<p>Глава — первая</p>`
	head := func(name string) string { return `<?xml version="1.0" encoding="` + name + `"?>` }
	for name, data := range map[string][]byte{
		"windows-1251": encode(head("windows-1251")+said, charmap.Windows1251.NewEncoder().String),
		"utf-16":       encode(head("utf-16")+said, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String),
		"a lie":        []byte(head("windows-1251") + said),
		"none":         []byte("\xef\xbb\xbf" + said),
		"unknown":      []byte(head("x-unknown") + said),
		"forbidden":    []byte("<p>Гла\x00\x08ва — первая</p>"),
	} {
		if got := Parse(data, nil).Child("p").Inner(); got != "Глава — первая" {
			t.Errorf("%s: got %q", name, got)
		}
	}
	koi := strings.ReplaceAll(head("koi8-r")+said, "—", "-")
	if got := Parse(encode(koi, charmap.KOI8R.NewEncoder().String), nil).Child("p").Inner(); got != "Глава - первая" {
		t.Errorf("koi8-r: got %q", got)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(`<?xml version="1.0" encoding="koi8-r"?><a xmlns:b="urn:a" b:c="d"><b:e/></a>`))
	f.Add([]byte("<a><![CDATA[x"))
	f.Fuzz(func(t *testing.T, data []byte) {
		root := Parse(data, map[string]string{"urn:a": "x"})
		if strings.Contains(root.Inner(), "\x00") {
			t.Error("NUL in text")
		}
	})
}
