package intake

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
)

// TestRefusals shows every kind of file that is not taken in, and what is said.
func TestRefusals(t *testing.T) {
	at60 := func(magic string) string { return strings.Repeat("\x00", 60) + magic + strings.Repeat("\x00", 200) }
	page := member{name: "1.xhtml", data: "<p>" + fill(50) + "</p>"}
	for _, c := range []struct {
		name string
		data string
		want string
	}{
		{"empty", "", "empty"},
		{"blank", " \n\t\n ", "no text"},
		{"only NUL", strings.Repeat("\x00", 100), "no text"},
		{"only signs", "*** --- *** 12345 ***", "no text"},
		{"noise", noise(5000), "not text"},
		{"picture", pngOf(t), "picture"},
		{"jpeg", "\xff\xd8\xff\xe0" + fill(20), "picture"},
		{"pdf", "%PDF-1.4\n" + fill(20), "PDF"},
		{"damaged kindle", at60("BOOKMOBI"), "Kindle"},
		{"old word", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + fill(20), "Word"},
		{"program", "MZ\x90\x00" + fill(20), "program"},
		{"rar", "Rar!\x1a\x07\x00" + fill(20), "packed archive"},
		{"docx", string(zipOf(t, member{name: "[Content_Types].xml", data: "<Types/>"}, member{name: "word/document.xml", data: "<w/>"})), "too damaged"},
		{"odt", string(zipOf(t, member{name: "mimetype", data: "application/vnd.oasis.opendocument.text"}, member{name: "content.xml", data: "<x/>"}, member{name: "META-INF/manifest.xml", data: "<x/>"})), "OpenDocument"},
		{"fb2", `<?xml version="1.0"?><FictionBook xmlns="x"><description/></FictionBook>`, "FB2"},
		{"json", `{"title": "A story", "text": "` + fill(20) + `"}`, "data of a program"},
		{"other xml", `<?xml version="1.0"?><posts><post href="x"/></posts>`, "data of a program"},
		{"table", "id\tname\tkind\tsize\n1\ta\tb\tc\n2\td\te\tf\n", "data of a program"},
		{"dump", "-- dump\nCREATE TABLE `stories` (\n  id int\n);\nINSERT INTO `stories` VALUES (1);\n", "dump of a database"},
		{"encrypted epub", string(encryptedEPUB(t)), "encrypted"},
		{"epub of pictures", string(epubOf(t, "<dc:title>T</dc:title>", "", member{name: "cover.xhtml", data: `<img src="c.png" alt=""/>`}, member{name: "c.png", data: pngOf(t)})), "no text to read"},
		{"cut epub", string(epubOf(t, "<dc:title>T</dc:title>", "", page)[:80]), "damaged"},
		{"zip of files", string(zipOf(t, member{name: "a.txt", data: fill(20)}, member{name: "b.txt", data: fill(20)})), "ZIP of several files"},
		{"page without text", `<!DOCTYPE html><html><body><nav><a href="/">Home</a></nav><script>x()</script></body></html>`, "no story"},
		{"not found", `<!DOCTYPE html><html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>`, "not there"},
	} {
		m, _, err := Read(c.name, []byte(c.data), nil)
		if err == nil {
			t.Errorf("%s: taken in as %s: %q", c.name, m.Kind, m.Chapters[0].Text.Text())
			continue
		}
		checkSentence(t, c.name, Sentence(err), c.want)
	}
}

func checkSentence(t *testing.T, name, got, want string) {
	t.Helper()
	if !strings.Contains(got, want) {
		t.Errorf("%s: %q does not speak of %q", name, got, want)
	}
	if !strings.HasSuffix(got, ".") && !strings.HasSuffix(got, ")") || strings.ContainsAny(got, "\n\x00") {
		t.Errorf("%s: %q is no sentence", name, got)
	}
}

func noise(n int) string {
	b := make([]byte, n)
	x := uint32(1)
	for i := range b {
		x = x*1664525 + 1013904223
		b[i] = byte(x >> 24)
	}
	return string(b)
}

func encryptedEPUB(t testing.TB) []byte {
	return zipOf(t,
		member{name: "mimetype", data: "application/epub+zip"},
		member{name: "META-INF/container.xml", data: `<container><rootfiles><rootfile full-path="c.opf"/></rootfiles></container>`},
		member{name: "META-INF/encryption.xml", data: `<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData><enc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/><enc:CipherData><enc:CipherReference URI="1.xhtml"/></enc:CipherData></enc:EncryptedData></encryption>`},
		member{name: "c.opf", data: `<package xmlns="http://www.idpf.org/2007/opf"><metadata/><manifest><item id="a" href="1.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>`},
		member{name: "1.xhtml", data: noise(400)},
	)
}

func TestTooLarge(t *testing.T) {
	for _, c := range []struct {
		name string
		size int
		fill byte
		want string
	}{
		{"200 MB of text", 200 << 20, 'a', "larger than 100 MB"},
		{"text within the bound of files", MaxText + 1, 'a', "larger than 32 MB"},
	} {
		data := make([]byte, c.size)
		for i := range data {
			data[i] = c.fill
		}
		_, _, err := Read(c.name, data, nil)
		if err == nil {
			t.Fatalf("%s: taken in", c.name)
		}
		checkSentence(t, c.name, Sentence(err), c.want)
	}
}

func TestDamageIsTakenIn(t *testing.T) {
	for _, c := range []struct{ name, data, kind, want string }{
		{"NUL bytes", "The lamp\x00 was cold.\n\nIt\x00 stayed so for a long time that night.\n", "text", "The lamp was cold."},
		{"page called .epub", download(7, "2020-01-02", "<p>The lamp was cold.</p>"), "ao3-html", "The lamp was cold."},
		{"unclosed everything", "<html><body><p>The lamp <b>was <i>cold.<p>And dark.", "html", "And dark."},
		{"gzip", string(gzipOf(t, "<html><body><p>The lamp was cold.</p></body></html>")), "html", "The lamp was cold."},
		{"cut gzip", string(gzipOf(t, "<html><body><p>The lamp was cold. "+noiseWords(4000)+"</p></body></html>")[:4000]), "html", "The lamp was cold."},
		{"mhtml", mhtml, "html", "The lamp was cold—and dark."},
		{"UTF-16", "\xff\xfe" + utf16("The lamp was cold.\n\nAnd it was dark.\n"), "text", "The lamp was cold."},
		{"Windows-1252 page", "<html><body><p>The lamp was cold \x97 \x93dark\x94, even. Caf\xe9.</p></body></html>", "html", "The lamp was cold — “dark”, even. Café."},
		{"epub called .txt", string(epubOf(t, "<dc:title>T</dc:title>", "", member{name: "1.xhtml", data: "<p>The lamp was cold.</p>"})), "epub", "The lamp was cold."},
	} {
		m, _, err := Read(c.name, []byte(c.data), nil)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if m.Kind != c.kind || !strings.Contains(m.Chapters[0].Text.Text(), c.want) {
			t.Errorf("%s: %s: %q", c.name, m.Kind, m.Chapters[0].Text.Text())
		}
	}
}

const mhtml = "From: <Saved by Blink>\r\nSubject: A page\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----Boundary\"\r\n\r\n" +
	"------Boundary\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://example.org/story\r\n\r\n" +
	"<!DOCTYPE html><html><head><meta charset=3D\"utf-8\"></head><body><p>The lamp was cold=E2=80=94and da=\r\nrk.</p></body></html>\r\n------Boundary--\r\n"

func utf16(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		b.WriteByte(c)
		b.WriteByte(0)
	}
	return b.String()
}

func noiseWords(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "w%x ", i*2654435761%4294967291)
	}
	return b.String()
}

func TestMillionNestedTags(t *testing.T) {
	for _, tag := range []string{"div", "b", "ul><li"} {
		started := time.Now()
		data := "<html><body>" + strings.Repeat("<"+tag+">", 400_000) + "<p>The lamp was cold.</p>"
		m, _, err := Read("deep.html", []byte(data), nil)
		if err != nil {
			t.Errorf("%s: %v", tag, err)
			continue
		}
		if text := m.Chapters[0].Text.Text(); !strings.Contains(text, "The lamp was cold.") {
			t.Errorf("%s: %q", tag, text)
		}
		if len(m.Warnings) == 0 {
			t.Errorf("%s: no word of it", tag)
		}
		t.Logf("%s: %v", tag, time.Since(started))
	}
}

func TestPicturesThatAreNotThere(t *testing.T) {
	claim := "image:" + strings.Repeat("a", 64)
	for name, data := range map[string]string{
		"page.html": `<html><body><p>The lamp was cold. <img src="` + claim + `" alt="a lamp"></p></body></html>`,
		"story.md":  "# One\n\nThe lamp was cold. ![a lamp](" + claim + ")\n",
		"svg.html":  `<html><body><p>The lamp was cold. <img src="data:image/svg+xml,<svg onload=x()>" alt="a lamp"></p></body></html>`,
	} {
		m, _, err := Read(name, []byte(data), nil)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		text := m.Chapters[0].Text
		if len(text.Images()) != 0 || len(m.Attachments) != 0 || !strings.Contains(text.Text(), "a lamp") {
			t.Errorf("%s: %s", name, text.HTML())
		}
	}
}

func TestFaultsOfReadersAreRefusals(t *testing.T) {
	_, _, err := guarded(func() (archive.Manuscript, string, error) { panic("a bug") })
	if !errors.Is(err, errs.Invalid) {
		t.Errorf("got %v", err)
	}
	checkSentence(t, "fault", Sentence(err), "our fault")
}

func FuzzExpand(f *testing.F) {
	f.Add(zipOf(f, member{name: "a.txt", data: "one"}, member{name: "b/c.html", data: "<p>two", method: 8}))
	f.Add(epubOf(f, "", "", member{name: "1.xhtml", data: `<div id="preface"><dl></dl></div>`}, member{name: "2.xhtml", data: `<div id="preface"><dl></dl></div>`}))
	f.Add([]byte(`<div class="work" id="work-1"><p id="a-1"></div><div class="work" id="work-2">`))
	f.Fuzz(func(t *testing.T, data []byte) {
		files, err := Expand(fileOf("x", data))
		switch {
		case errors.Is(err, broken):
			t.Fatal(err)
		case err == nil && len(files) == 0:
			t.Error("neither files nor a word why")
		}
		for _, file := range files {
			if _, err := file.Data(); err != nil && Sentence(err) == "" {
				t.Error("no sentence")
			}
		}
	})
}

func FuzzRead(f *testing.F) {
	f.Add("a.html", []byte(download(1, "2020-01-02", "<p>one</p>", "<p>two</p>")))
	f.Add("a.txt", []byte("Chapter 1\n\nThe lamp was cold.\n\n* * *\n\nChapter 2\n\nDark.\n"))
	f.Add("a.md", []byte("---\ntitle: A\n---\n# One\n\ntext\n\n# Two\n\ntext\n"))
	f.Add("a.epub", epubOf(f, "<dc:title>T</dc:title>", `<li><a href="1.xhtml">One</a></li>`, member{name: "1.xhtml", data: "<h1>One</h1><p>The lamp.</p>"}))
	f.Add("a.mht", []byte(mhtml))
	f.Add("a.mht", mhtmlOf("Snapshot-Content-Location: https://quill.example/1\r\n", part{"Content-Type: multipart/alternative; boundary=in\r\n", "--in\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>=41 <img src=3D\"cid:x\"></p>=\r\n--in--"}, part{"Content-Type: image/png\r\nContent-ID: <x>\r\n", "x"}))
	f.Add("a.html", []byte(netChapter(2, 3)))
	f.Add("a.html", []byte(ao3Page(3, 2)))
	f.Add("a.html", []byte(places[2].whole(2)))
	f.Add("a.html", []byte(places[3].page(2, 3)))
	f.Add("a.html", []byte("<title>x</title><div class=entry-content><h2>Chapter 1</h2><p>a<h2>Chapter 2</h2><p>b</div>"))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		m, _, err := Read(name, data, nil)
		switch {
		case err != nil && errors.Is(err, broken):
			t.Fatal(err)
		case err != nil && Sentence(err) == "":
			t.Error("no sentence")
		case err == nil && len(m.Chapters) == 0:
			t.Error("no chapters")
		}
	})
}
