package export

import (
	"testing"

	"ficstead/internal/archive"
)

func TestSafeLink(t *testing.T) {
	for address, want := range map[string]string{
		"https://archiveofourown.org/works/1":      "https://archiveofourown.org/works/1",
		" http://example.org/a b?c=\"<d>&e|f^g#h ": "http://example.org/a%20b?c=%22%3Cd%3E&e%7Cf%5Eg#h",
		"https://example.org/ü/%zz/%41":            "",
		"https://exa|mple.org/":                    "",
		"https://$1.00":                            "",
		"https://1.00/":                            "",
		"https://-x.org/":                          "",
		"https://a..b/":                            "",
		"https://some_name.tumblr.com/":            "",
		"https://127.0.0.1:80/x":                   "https://127.0.0.1:80/x",
		"https://bücher.example/ü":                 "https://xn--bcher-kva.example/%C3%BC",
		"https://me:secret@example.org/":           "",
		"https://example.org?q=1#a#b":              "https://example.org?q=1#a%23b",
		"HTTPS://EXAMPLE.org/":                     "https://example.org/",
		"http://[::1]:80/[x]":                      "http://[::1]:80/%5Bx%5D",
		"https://example.org/ü/%41":                "https://example.org/%C3%BC/%41",
		"https://example.org/?q=%zz":               "https://example.org/?q=%25zz",
		"javascript:alert(1)":                      "",
		"//example.org/x":                          "",
		"/works/1":                                 "",
		"data:text/html,x":                         "",
		"":                                         "",
	} {
		if got := safeLink(address); got != want {
			t.Errorf("%q: got %q, want %q", address, got, want)
		}
	}
}

func TestLangTag(t *testing.T) {
	for code, want := range map[string]string{
		"en": "en", "pt-BR": "pt-BR", "zh-Hant-TW": "zh-Hant-TW", "es-419": "es-419",
		"": "", "en_US": "", "1e": "", "zz-\"><x>": "", "en-": "", "abcdefghij": "",
	} {
		if got := langTag(code); got != want {
			t.Errorf("%q: got %q, want %q", code, got, want)
		}
	}
}

func TestTagAddress(t *testing.T) {
	ao3 := sourceOf("archiveofourown.org")
	if got, want := tagAddress(ao3, "A/B & C. D? #1"), "https://archiveofourown.org/tags/A*s*B%20*a*%20C*d*%20D*q*%20*h*1"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := tagAddress(sourceOf("example.org"), "A"); got != "" {
		t.Errorf("got %q for another archive", got)
	}
}

func TestRelink(t *testing.T) {
	home := func(note string) (string, bool) {
		page, ok := map[string]string{"fn-a": "", "fn-b": "chapter-2.xhtml"}[note]
		return page, ok
	}
	got := relink(`<a href="https://a.b/?c=1&amp;d=&#34;">0</a> <a href="https://$1">5</a> <a href="mailto:a b@c">m</a> x <a href="#fn-a">1</a> <a href="#fn-b"><em>2</em></a> <a href="#fn-c"><b>3</b></a> <a href="#endnotes1">4</a> y`, home)
	want := `<a href="https://a.b/?c=1&amp;d=%22">0</a> <span title="https://$1">5</span> <a href="mailto:a%20b@c">m</a> x <a href="#fn-a">1</a> <a href="chapter-2.xhtml#fn-b"><em>2</em></a> <span><b>3</b></span> <a href="#endnotes1">4</a> y`
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestThousands(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567", -1234: "-1,234", -123: "-123"} {
		if got := thousands(n); got != want {
			t.Errorf("%d: got %s", n, got)
		}
	}
}

func sourceOf(site string) archive.Source { return archive.Source{Site: site} }
