package intake

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"mime/quotedprintable"
	"strings"
	"testing"
)

// part is one of a web archive: its headers, and its body as it is written.
type part struct{ headers, body string }

func mhtmlOf(head string, parts ...part) []byte {
	var b strings.Builder
	b.WriteString("From: <Saved by a browser>\r\n" + head + "Subject: The Lamp\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----Bound--x----\"\r\n\r\n\r\n")
	for _, p := range parts {
		b.WriteString("------Bound--x----\r\n" + p.headers + "\r\n" + p.body + "\r\n")
	}
	b.WriteString("------Bound--x------\r\n")
	return []byte(b.String())
}

func quotedOf(s string) string {
	var b bytes.Buffer
	w := quotedprintable.NewWriter(&b)
	_, _ = w.Write([]byte(s))
	w.Close()
	return b.String()
}

func base64Of(s string) string {
	coded := base64.StdEncoding.EncodeToString([]byte(s))
	var b strings.Builder
	for len(coded) > 76 {
		b.WriteString(coded[:76] + "\r\n")
		coded = coded[76:]
	}
	return b.String() + coded
}

// TestWebArchive reads pages that browsers saved as one file of several parts, with
// the pictures that are named in each of the ways there are.
func TestWebArchive(t *testing.T) {
	const address = "https://quill.example/lamp/1.html?a=b--c"
	page := "<html><head><meta charset=\"utf-8\"><title>The Lamp</title></head><body><div class=\"entry-content\"><p>“Naïve,” she said=no.</p><p>" + fill(120) + `</p><p><img src="%s" alt="a lamp"></p></div></body></html>`
	picture := func(headers string) part {
		return part{"Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n" + headers, base64Of(pngOf(t))}
	}
	quoted := "Content-Type: text/html\r\nContent-ID: <frame-1@mhtml>\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: " + address + "\r\n"
	for _, c := range []struct {
		name, src, headers string
		body               func(string) string
		picture            string
	}{
		{"whole address", "https://pics.example/lamp.png", quoted, quotedOf, "Content-Location: https://pics.example/lamp.png\r\n"},
		{"within the site", "/pics/lamp.png", quoted, quotedOf, "Content-Location: https://quill.example/pics/lamp.png\r\n"},
		{"beside the page", "lamp.png", quoted, quotedOf, "Content-Location: https://quill.example/lamp/lamp.png\r\n"},
		{"by its name in the mail", "cid:lamp@mhtml", quoted, quotedOf, "Content-ID: <lamp@mhtml>\r\n"},
		{"a page in base64", "cid:lamp@mhtml", "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\nContent-Location: " + address + "\r\n", base64Of, "Content-ID: <lamp@mhtml>\r\n"},
		{"a page as it is", "cid:lamp@mhtml", "Content-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\nContent-Location: " + address + "\r\n", func(s string) string { return s }, "Content-ID: <lamp@mhtml>\r\n"},
	} {
		style := part{"Content-Type: text/css\r\nContent-Location: cid:css@mhtml\r\n", "p { color: red }"}
		frame := part{"Content-Type: text/html\r\nContent-Location: https://ads.example/\r\n", "<html><body><p>Buy this lamp now.</p></body></html>"}
		m, _, err := Read("x.mht", mhtmlOf("Snapshot-Content-Location: "+address+"\r\n", style, part{c.headers, c.body(fmt.Sprintf(page, c.src))}, picture(c.picture), frame), nil)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		text := m.Chapters[0].Text.HTML()
		if len(m.Attachments) != 1 || !strings.Contains(text, "image:"+m.Attachments[0].Sum) || !strings.Contains(text, "“Naïve,” she said=no.") || strings.Contains(text, "Buy") {
			t.Errorf("%s: %d attachments, %s", c.name, len(m.Attachments), text)
		}
		if m.Source.URL != strings.Replace(address, "--", "%2D%2D", 1) || m.Title != "The Lamp" {
			t.Errorf("%s: %q, %+v", c.name, m.Title, m.Source)
		}
	}
}

// TestNestedWebArchive has the page in a part of parts, and lines that are no
// quoted-printable.
func TestNestedWebArchive(t *testing.T) {
	inner := "--in\r\nContent-Type: text/plain\r\n\r\nThe lamp\r\n--in\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<html><body><p>=ZZ and =\x01 " + fill(120) + "</p><p>It goes o=\r\nn to the end.</p></body></html>\r\n--in--"
	m, _, err := Read("x.mht", mhtmlOf("", part{"Content-Type: multipart/alternative; boundary=in\r\n", inner}), nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := m.Chapters[0].Text.HTML(); !strings.Contains(got, "=ZZ and") || !strings.Contains(got, "<p>It goes on to the end.</p>") {
		t.Error(got)
	}
}

// TestSingleFile reads a page whose pictures are in it, and whose address is noted.
func TestSingleFile(t *testing.T) {
	page := "<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n url: https://quill.example/lamp/1 \n saved date: Sun Jan 01 2023 12:00:00 GMT+0100\n--><head><title>The Lamp</title></head><body><article><p>" + fill(120) +
		"</p><img alt='a lamp' src=data:image/png;base64," + base64.StdEncoding.EncodeToString([]byte(pngOf(t))) + "></article></body></html>"
	m, _, err := Read("x.html", []byte(page), nil)
	if err != nil {
		t.Fatal(err)
	}
	if m.Source.URL != "https://quill.example/lamp/1" || len(m.Attachments) != 1 {
		t.Errorf("%+v, %d attachments", m.Source, len(m.Attachments))
	}
}

// TestCompletePage is a page with the folder that a browser saved beside it, in
// each of the languages it may be called in.
func TestCompletePage(t *testing.T) {
	for _, folder := range []string{"The Lamp_files", "The Lamp-Dateien", "The Lamp_fichiers"} {
		page := "<!-- saved from url=(0030)https://quill.example/lamp/1 -->\n<html><head><title>The Lamp</title><link rel=stylesheet href=\"" + folder + "/s.css\"></head><body><article><p>" + fill(120) + `</p><p><img src="./` + strings.ReplaceAll(folder, " ", "%20") + `/lamp.png"></p></article></body></html>`
		files, err := Expand(fileOf("a.zip", zipOf(t, member{name: "x/The Lamp.html", data: page}, member{name: "x/" + folder + "/lamp.png", data: pngOf(t)},
			member{name: "x/" + folder + "/s.css", data: "p{}"}, member{name: "x/" + folder + "/ads/frame.html", data: "<p>Buy this lamp now.</p>"}, member{name: "x/other.txt", data: fill(50)})))
		if err != nil || len(files) != 2 {
			t.Fatalf("%s: %d files, %v", folder, len(files), err)
		}
		data, _ := files[0].Data()
		m, _, err := read(files[0].Name, data, nil, files[0].Beside)
		if err != nil || len(m.Attachments) != 1 || m.Source.URL != "https://quill.example/lamp/1" {
			t.Errorf("%s: %d attachments, %+v, %v", folder, len(m.Attachments), m.Source, err)
		}
	}
}
