package intake

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
)

func gzipped(t testing.TB, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// folded is base64 as mails have it, in lines.
func folded(data []byte) []byte {
	s := base64.StdEncoding.EncodeToString(data)
	var out strings.Builder
	for len(s) > 76 {
		out.WriteString(s[:76] + "\r\n")
		s = s[76:]
	}
	return []byte(out.String() + s)
}

// TestWrapped holds that a file is read through what programs wrap around it.
func TestWrapped(t *testing.T) {
	var numbers strings.Builder // so that packing leaves something
	for i := range 200 {
		fmt.Fprintf(&numbers, " lamp %d,", i*i*i)
	}
	page := []byte(`<!DOCTYPE html><html><head><title>Harbour</title></head><body><h1>Harbour</h1><p>` + fill(300) + numbers.String() + `</p></body></html>`)
	fb2 := []byte(`<?xml version="1.0"?><FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0"><description><title-info><book-title>Harbour</book-title></title-info></description><body><section><p>` + fill(60) + `</p></section></body></FictionBook>`)
	for name, data := range map[string][]byte{
		"gzip":               gzipped(t, page),
		"base64":             folded(page),
		"base64 of gzip":     folded(gzipped(t, page)),
		"ZIP of one":         zipOf(t, member{name: "web/20100101/harbour.html", data: string(page)}, member{name: "__MACOSX/._x", data: "x"}),
		"gzip in a ZIP":      zipOf(t, member{name: "harbour.html.gz", data: string(gzipped(t, page))}),
		"fb2.zip":            zipOf(t, member{name: "harbour.fb2", data: string(fb2)}),
		"EPUB in a gzip":     gzipped(t, epubOf(t, "<dc:title>Harbour</dc:title>", "", member{name: "1.xhtml", data: "<p>" + fill(60) + "</p>"})),
		"base64 of an fb2":   folded(fb2),
		"base64 of a ZIP":    folded(zipOf(t, member{name: "harbour.fb2", data: string(fb2)})),
		"base64, not folded": []byte(base64.StdEncoding.EncodeToString(page)),
	} {
		m, _, err := Read("x", data, nil)
		if err != nil || m.Title != "Harbour" || m.Chapters[0].Words < 50 {
			t.Errorf("%s: %q, %v", name, m.Title, err)
		}
	}
	collection := zipOf(t, member{name: "a.fb2.zip", data: string(zipOf(t, member{name: "a.fb2", data: string(fb2)}))}, member{name: "b.html.gz", data: string(gzipped(t, page))})
	files, err := Expand(File{Name: "all.zip", Data: func() ([]byte, error) { return collection, nil }})
	if err != nil || len(files) != 2 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, f := range files {
		data, err := f.Data()
		if err != nil {
			t.Errorf("%s: %v", f.Name, err)
			continue
		}
		if m, _, err := Read(f.Name, data, nil); err != nil || m.Title != "Harbour" {
			t.Errorf("%s: %q, %v", f.Name, m.Title, err)
		}
	}
}

// TestNotWrapped holds that texts which only look packed are left alone, and
// that packing has an end.
func TestNotWrapped(t *testing.T) {
	for name, s := range map[string]string{
		"a scream":  strings.Repeat("A", 400),
		"one word":  strings.Repeat("Buffybuffybuffy", 40),
		"too short": base64.StdEncoding.EncodeToString([]byte("a <b>short</b> text")),
		"noise":     base64.StdEncoding.EncodeToString([]byte(noise(600))),
	} {
		if got, err := unpacked([]byte(s)); err != nil || string(got) != s {
			t.Errorf("%s was unpacked to %.40q, %v", name, got, err)
		}
	}
	deep := []byte(fill(60))
	for range 10 {
		deep = gzipped(t, deep)
	}
	if _, _, err := Read("deep", deep, nil); err == nil {
		t.Error("ten layers were taken off")
	}
	if _, _, err := Read("two.zip", zipOf(t, member{name: "a.txt", data: fill(20)}, member{name: "b.txt", data: fill(20)}), nil); Sentence(err) != string(ofFiles) {
		t.Errorf("two files: %v", err)
	}
}
