package intake

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ficstead/internal/archive"
)

// deeper is more than any parser of HTML opens.
const deeper = 700

// deep are documents in which the story stands within hundreds of elements.
func deep(t *testing.T) map[string][]byte {
	nested := func(open, story, shut string) string {
		return strings.Repeat(open, deeper) + story + strings.Repeat(shut, deeper)
	}
	const story = "The lamp was cold."
	docs := map[string][]byte{
		"quotes.rtf":  []byte(`{\rtf1\ansi ` + nested("{\\b ", story+`\par `, "}") + "}"),
		"quotes.md":   []byte("# One\n\nThe *stair* was **dark**.\n\n" + strings.Repeat("> ", deeper) + story + "\n"),
		"lists.md":    []byte("# One\n\nThe *stair* was **dark**.\n\n" + strings.Repeat("- ", deeper) + story + "\n"),
		"html.md":     []byte("# One\n\nThe *stair* was **dark**.\n\n" + nested("<div>", story, "</div>") + "\n"),
		"parts.fb2":   []byte(`<?xml version="1.0"?><FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0"><body>` + nested("<section>", "<p>"+story+"</p>", "</section>") + `</body></FictionBook>`),
		"flat.fodt":   []byte(`<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>` + nested("<text:section>", "<text:p>"+story+"</text:p>", "</text:section>") + `</office:text></office:body></office:document>`),
		"body.docx":   zipOf(t, member{name: "[Content_Types].xml", data: "<Types/>"}, member{name: "word/document.xml", data: `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + nested("<w:sdt><w:sdtContent>", "<w:p><w:r><w:t>"+story+"</w:t></w:r></w:p>", "</w:sdtContent></w:sdt>") + `</w:body></w:document>`}),
		"record.json": []byte(`{"title":"T","text":"` + nested("<div>", story, "</div>") + `"}`),
		"table.csv":   []byte("title,text\nT,\"" + nested("<div>", story, "</div>") + "\"\n"),
	}
	for _, tag := range []string{"div", "b", "p><i", "ul><li", "table><tr><td", "blockquote", "font", "a href=x><p", "svg><desc", "object"} {
		shut := "</" + strings.ReplaceAll(tag, "><", "></") + ">"
		docs["page of "+tag+".html"] = []byte("<!DOCTYPE html><html><body>" + nested("<"+tag+">", story, shut))
		docs["book of "+tag+".epub"] = epubOf(t, "<dc:title>T</dc:title>", "", member{name: "1.xhtml", data: nested("<"+tag+">", story, shut)})
		docs["download of "+tag+".html"] = []byte(download(1, "2020-01-02", nested("<"+tag+">", story, shut)))
	}
	return docs
}

// What nests deeper than a parser goes keeps its text, and where anything of it
// is lost a person is told; or it is refused with a reason. None is kept empty.
func TestDeeperThanParsersGo(t *testing.T) {
	for name, data := range deep(t) {
		m, _, err := Read(name, data, nil)
		if err != nil {
			if Sentence(err) == "" || strings.Contains(Sentence(err), "our fault") {
				t.Errorf("%s: %v", name, err)
			}
			t.Logf("%s: refused: %s", name, Sentence(err))
			continue
		}
		var all strings.Builder
		eachChapter(m, func(text string) { all.WriteString(text) })
		if !strings.Contains(all.String(), "The lamp was cold.") {
			t.Errorf("%s: the story is lost: %.200q, told %q", name, all.String(), m.Warnings)
		}
	}
}

func eachChapter(m archive.Manuscript, f func(text string)) {
	for _, c := range m.Chapters {
		f(c.Summary.Text() + c.Notes.Text() + c.Text.Text() + c.EndNotes.Text())
	}
}

// No format reads a file or asks a server because a document says so.
func TestNothingOutsideIsRead(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "secret.txt")
	if err := os.WriteFile(secret, []byte("KEEPER-OF-SECRETS"), 0o600); err != nil {
		t.Fatal(err)
	}
	heads := []string{
		`<!DOCTYPE r [<!ENTITY x SYSTEM "file://` + secret + `">]>`,
		`<!DOCTYPE r [<!ENTITY % y SYSTEM "file://` + secret + `"> %y; <!ENTITY x "&y;">]>`,
		`<!DOCTYPE r SYSTEM "file://` + secret + `">`,
		`<!DOCTYPE r [<!ENTITY x SYSTEM "http://127.0.0.1:9/">]>`,
		`<?xml-stylesheet href="file://` + secret + `"?>`,
		laughs(),
	}
	if data, err := os.ReadFile("../../../shared/badinputs/xxe/xml-attacks.txt"); err == nil {
		heads = append(heads, strings.Split(string(data), "\n")...)
	}
	inside := `&x;<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" parse="text" href="file://` + secret + `"/><img src="file://` + secret + `" alt="a"/>`
	for i, head := range heads {
		for name, data := range map[string][]byte{
			"a.fb2":  []byte(`<?xml version="1.0"?>` + head + `<FictionBook><body><section><p>The lamp. ` + inside + `</p></section></body></FictionBook>`),
			"a.fodt": []byte(`<?xml version="1.0"?>` + head + `<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text><text:p>The lamp. ` + inside + `</text:p></office:text></office:body></office:document>`),
			"a.docx": zipOf(t, member{name: "[Content_Types].xml", data: head + "<Types/>"}, member{name: "word/document.xml", data: head + `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>The lamp. ` + inside + `</w:t></w:r></w:p></w:body></w:document>`}),
			"a.epub": epubOf(t, "<dc:title>T"+inside+"</dc:title>", "", member{name: "1.xhtml", data: "<p>The lamp. " + inside + "</p>"}),
			"a.html": []byte(head + "<html><body><p>The lamp. " + inside + "</p></body></html>"),
			"a.xml":  []byte(`<?xml version="1.0"?>` + head + "<html><body><p>The lamp. " + inside + "</p></body></html>"),
		} {
			m, _, err := Read(name, data, nil)
			if err != nil && Sentence(err) == "" {
				t.Errorf("%d %s: %v", i, name, err)
			}
			if told := fmt.Sprintf("%+v", m); strings.Contains(told, "KEEPER-OF") || len(told) > 1<<20 {
				t.Errorf("%d %s: %d bytes, %.300q", i, name, len(told), told)
			}
		}
	}
}

// laughs is the entity of entities that grows to gigabytes where it is believed.
func laughs() string {
	var b strings.Builder
	b.WriteString(`<!DOCTYPE r [<!ENTITY a0 "ha">`)
	for i := range 12 {
		fmt.Fprintf(&b, `<!ENTITY a%d "%s">`, i+1, strings.Repeat(fmt.Sprintf("&a%d;", i), 10))
	}
	b.WriteString(`<!ENTITY x "&a12;">]>`)
	return b.String()
}
