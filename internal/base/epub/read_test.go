package epub

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"ficstead/internal/base/zipfile"
)

// files are the entries of an EPUB, in order: name, text, name, text …
type files []string

func (f files) zip(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(f); i += 2 {
		entry, err := w.Create(f[i])
		if err == nil {
			_, err = io.WriteString(entry, f[i+1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// with returns f with one file replaced, added, or, if text is "-", taken out.
func (f files) with(name, text string) files {
	f = slices.Clone(f)
	for i := 0; i < len(f); i += 2 {
		if f[i] == name {
			if text == "-" {
				return slices.Delete(f, i, i+2)
			}
			f[i+1] = text
			return f
		}
	}
	return append(f, name, text)
}

func opf(version, metadata, manifest, spine string) string {
	return `<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="` + version + `" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">` + metadata + `</metadata>
<manifest>` + manifest + `</manifest><spine toc="ncx">` + spine + `</spine></package>`
}

const (
	container = `<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/content.opf"/></rootfiles></container>`
	twoItems  = `<item id="a" href="one.xhtml" media-type="application/xhtml+xml"/><item id="b" href="two.xhtml" media-type="application/xhtml+xml"/>`
	twoRefs   = `<itemref idref="a"/><itemref idref="b"/>`
)

// sound is a small EPUB with nothing wrong.
var sound = files{
	"mimetype", mediaType,
	"META-INF/container.xml", container,
	"OEBPS/content.opf", opf("2.0", `<dc:title>Two Lamps</dc:title>`, twoItems, twoRefs),
	"OEBPS/one.xhtml", "<html><body><p>One</p></body></html>",
	"OEBPS/two.xhtml", "<html><body><p>Two</p></body></html>",
}

// texts says what the spine holds, in short.
func texts(b *Book) string {
	s := ""
	for _, item := range b.Spine {
		switch {
		case bytes.Contains(item.Data, []byte("One")):
			s += "1"
		case bytes.Contains(item.Data, []byte("Two")):
			s += "2"
		default:
			s += "?"
		}
	}
	return s
}

func TestReadBroken(t *testing.T) {
	const opfName = "OEBPS/content.opf"
	for _, c := range []struct {
		name   string
		files  files
		want   string // texts
		damage string // part of a sentence that must be told; "" for none at all
	}{
		{"sound", sound, "12", ""},
		{"no mimetype", sound.with("mimetype", "-"), "12", ""},
		{"no container", sound.with("META-INF/container.xml", "-"), "12", ""},
		{"container that leads nowhere", sound.with("META-INF/container.xml", strings.Replace(container, "OEBPS", "OPS", 1)), "12", ""},
		{"container that is no XML", sound.with("META-INF/container.xml", "hello"), "12", ""},
		{"no package", sound.with(opfName, "-"), "12", "by name"},
		{"package without spine", sound.with(opfName, opf("2.0", "", twoItems, "")), "12", ""},
		{"package cut off", sound.with(opfName, strings.TrimSuffix(sound[5], "<itemref idref=\"b\"/></spine></package>")+"<itemref idr"), "12", "damaged"},
		{"entities of HTML", sound.with(opfName, opf("2.0", "<dc:title>Two&nbsp;Lamps &amp; &bogus; &eacute;</dc:title>", twoItems, twoRefs)), "12", ""},
		{"control characters", sound.with(opfName, opf("2.0", "<dc:title>Two\x01 Lamps\x0b</dc:title>", twoItems, twoRefs)), "12", ""},
		{"tags that do not match", sound.with(opfName, opf("2.0", "<dc:title>Two</dc:creator></b> Lamps</dc:title><br>", twoItems, twoRefs)), "12", ""},
		{"other case", sound.with(opfName, opf("2.0", "", strings.Replace(twoItems, "one.xhtml", "ONE.XHTML", 1), twoRefs)), "12", ""},
		{"other folder", sound.with(opfName, opf("2.0", "", strings.Replace(twoItems, "one.xhtml", "Text/one.xhtml", 1), twoRefs)), "12", ""},
		{"backslash and escapes", sound.with(opfName, opf("2.0", "", strings.Replace(twoItems, "one.xhtml", `..\OEBPS\%6fne.xhtml`, 1), twoRefs)), "12", ""},
		{"page that is missing", sound.with("OEBPS/two.xhtml", "-"), "1", "“two.xhtml” is missing"},
		{"spine that names a file", sound.with(opfName, opf("2.0", "", twoItems, `<itemref idref="two.xhtml"/><itemref idref="a"/>`)), "21", ""},
		{"spine that names nothing", sound.with(opfName, opf("2.0", "", twoItems, `<itemref idref="z"/><itemref idref="a"/>`)), "12", "leaves out pages; they stand at the end (1 in all)"},
		{"spine that names nothing, and a cover", sound.with("OEBPS/cover.xhtml", "<p>Three</p>").with(opfName, opf("2.0", "", twoItems+`<item id="c" href="cover.xhtml" media-type="application/xhtml+xml"/>`, `<itemref idref="z"/><itemref idref="a"/>`)), "12", "not in the file"},
		{"page that the spine leaves out on purpose", sound.with(opfName, opf("2.0", "", twoItems, `<itemref idref="a"/>`)), "1", ""},
		{"one id twice", sound.with(opfName, opf("2.0", "", strings.Replace(twoItems, `"b"`, `"a"`, 1), `<itemref idref="a"/><itemref idref="a"/>`)), "12", ""},
		{"one id twice, named once", sound.with(opfName, opf("2.0", "", strings.Replace(twoItems, `"b"`, `"a"`, 1), `<itemref idref="a"/>`)), "12", "leaves out pages"},
		{"page twice in the spine", sound.with(opfName, opf("2.0", "", twoItems, twoRefs+twoRefs)), "12", ""},
		{"no namespaces", sound.with(opfName, `<package><metadata><title>Two Lamps</title></metadata><manifest>`+twoItems+`</manifest><spine>`+twoRefs+`</spine></package>`), "12", ""},
		{"prefixes everywhere", sound.with(opfName, strings.NewReplacer("<package", "<opf:package", "<manifest", "<opf:manifest", "<item ", "<opf:item ", "<spine", "<opf:spine", "<itemref", "<opf:itemref",
			"</package", "</opf:package", "</manifest", "</opf:manifest", "</spine", "</opf:spine").Replace(sound[5])), "12", ""},
		{"UTF-8 mark", sound.with(opfName, "\ufeff"+sound[5]), "12", ""},
		{"UTF-16", sound.with(opfName, utf16(sound[5])), "12", ""},
		{"Latin 1", sound.with(opfName, strings.Replace(sound[5], `version="1.0"`, `version="1.0" encoding="iso-8859-1"`, 1)), "12", ""},
		{"unknown encoding", sound.with(opfName, strings.Replace(sound[5], `version="1.0"`, `version="1.0" encoding="klingon"`, 1)), "12", ""},
		{"declared entities", sound.with(opfName, `<!DOCTYPE package [<!ENTITY lol "lol"><!ENTITY x SYSTEM "file:///etc/passwd">]>`+opf("2.0", "<dc:title>&lol;&x;</dc:title>", twoItems, twoRefs)), "12", ""},
		{"nested too deep", sound.with(opfName, strings.Repeat("<a>", 300)+sound[5]), "12", "damaged"},
		{"fonts hidden from copying", sound.with("META-INF/encryption.xml", encryption("http://www.idpf.org/2008/embedding", "OEBPS/font.otf")), "12", ""},
		{"one page locked", sound.with("META-INF/encryption.xml", encryption("http://www.w3.org/2001/04/xmlenc#aes128-cbc", "OEBPS/two.xhtml")), "1", "is encrypted"},
	} {
		t.Run(c.name, func(t *testing.T) {
			data := c.files.zip(t)
			if !Is(data) {
				t.Error("not known for an EPUB")
			}
			b, err := Read(data, Limits())
			if err != nil {
				t.Fatal(err)
			}
			if got := texts(b); got != c.want {
				t.Errorf("spine %q, want %q", got, c.want)
			}
			told := strings.Join(b.Damage, " ")
			if (c.damage == "") != (told == "") || !strings.Contains(told, c.damage) {
				t.Errorf("damage %q, want %q", told, c.damage)
			}
			if strings.Contains(b.Title, "lol") && !strings.Contains(b.Title, "&lol;") || strings.Contains(b.Title, "root:") {
				t.Errorf("a declared entity was expanded: %q", b.Title)
			}
		})
	}
}

func utf16(s string) string {
	b := []byte{0xff, 0xfe}
	for _, r := range strings.Replace(s, `version="1.0"`, `version="1.0" encoding="UTF-16"`, 1) {
		b = append(b, byte(r), byte(r>>8))
	}
	return string(b)
}

func encryption(algorithm, name string) string {
	return `<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData>
<enc:EncryptionMethod Algorithm="` + algorithm + `"/><enc:CipherData><enc:CipherReference URI="` + name + `"/></enc:CipherData></enc:EncryptedData></encryption>`
}

func TestReadRefused(t *testing.T) {
	locked := sound.with("META-INF/encryption.xml", encryption("x", "OEBPS/one.xhtml")+encryption("x", "OEBPS/two.xhtml"))
	whole := sound.zip(t)
	for _, c := range []struct {
		name string
		data []byte
		want error
	}{
		{"no ZIP", []byte("<html>"), zipfile.ErrNot},
		{"a ZIP of stories", files{"a.html", "<p>", "b.html", "<p>"}.zip(t), ErrNot},
		{"every page locked", locked.zip(t), ErrEncrypted},
		{"no page", sound.with("OEBPS/one.xhtml", "-").with("OEBPS/two.xhtml", "-").zip(t), ErrNoText},
		{"only the beginning", whole[:100], zipfile.ErrTruncated},
		{"a path out of the book", sound.with("../../x", "y").zip(t), zipfile.ErrName},
		{"a bomb", sound.with("OEBPS/one.xhtml", strings.Repeat("\x00", 60<<20)).zip(t), ErrBomb},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := Read(c.data, Limits()); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
}

// A download that broke off gives the pages that came.
func TestReadTruncated(t *testing.T) {
	long := "<p>Two"
	for i := range 3000 {
		long += fmt.Sprintf("<p>%x", i*i*7919)
	}
	whole := sound.with("OEBPS/two.xhtml", long).zip(t)
	b, err := Read(whole[:len(whole)-700], Limits())
	if err != nil {
		t.Fatal(err)
	}
	if texts(b) != "12" || len(b.Spine[1].Data) < len(long)/2 || !strings.HasPrefix(long, string(b.Spine[1].Data)) {
		t.Errorf("spine %q with %d of %d bytes", texts(b), len(b.Spine[1].Data), len(long))
	}
	if len(b.Damage) != 2 {
		t.Errorf("damage %q", b.Damage)
	}
}

func TestReadMetadata(t *testing.T) {
	old := opf("2.0", `<dc:title>Old</dc:title>
<dc:creator opf:role="aut" opf:file-as="Quill, A.">A. Quill</dc:creator><dc:creator opf:role="ill">Ink</dc:creator><dc:contributor opf:role="bkp">a program</dc:contributor>
<dc:identifier opf:scheme="URL">https://example.org/1</dc:identifier><dc:identifier id="id" opf:scheme="uuid">own</dc:identifier>
<dc:date opf:event="publication">2006-07-09</dc:date><dc:date opf:event="modification">2007-06-25T12:00:00+02:00</dc:date>
<dc:subject>One</dc:subject><dc:subject> Two &amp;  Three </dc:subject><dc:language>en</dc:language><dc:description>&lt;p&gt;Sum&lt;/p&gt;</dc:description>
<meta name="calibre:series" content="Saga"/><meta name="calibre:series_index" content="2.0"/><meta name="cover" content="cov"/>`,
		twoItems+`<item id="cov" href="c.jpg" media-type="image/jpeg"/>`, twoRefs)
	b := mustRead(t, sound.with("OEBPS/content.opf", old).with("OEBPS/c.jpg", "picture"))
	day := time.Date(2006, 7, 9, 0, 0, 0, 0, time.UTC)
	same(t, "creators", b.Creators, []Creator{{"A. Quill", "Quill, A.", "aut"}, {"Ink", "", "ill"}})
	same(t, "contributors", b.Contributors, []Creator{{"a program", "", "bkp"}})
	same(t, "identifiers", b.Identifiers, []Identifier{{"uuid", "own"}, {"URL", "https://example.org/1"}})
	same(t, "first date", b.Dates[0], Date{"publication", "2006-07-09", day})
	same(t, "modified", b.Modified, time.Date(2007, 6, 25, 10, 0, 0, 0, time.UTC))
	same(t, "subjects", b.Subjects, []string{"One", "Two & Three"})
	same(t, "description", b.Description, "<p>Sum</p>")
	same(t, "collections", b.Collections, []Collection{{"Saga", "2", "series"}})
	same(t, "cover", b.Cover, "OEBPS/c.jpg")

	young := opf("3.0", `<dc:title id="t1">A subtitle</dc:title><dc:title id="t2">The Title</dc:title><meta refines="#t2" property="title-type">main</meta>
<dc:creator id="c1">Second</dc:creator><meta refines="#c1" property="display-seq">2</meta>
<dc:creator id="c2">First</dc:creator><meta refines="#c2" property="display-seq">1</meta><meta refines="#c2" property="role" scheme="marc:relators">aut</meta>
<meta property="dcterms:modified">2024-02-29T10:11:12Z</meta><meta property="schema:accessMode">textual</meta>
<meta property="belongs-to-collection" id="s">Saga</meta><meta refines="#s" property="collection-type">series</meta><meta refines="#s" property="group-position">1.5</meta>`,
		twoItems+`<item id="c" href="c.png" media-type="image/png" properties="cover-image"/><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>`, twoRefs)
	nav := `<html xmlns:epub="x"><body><nav epub:type="landmarks"><ol><li><a epub:type="bodymatter" href="one.xhtml">Start</a></li></ol></nav>
<nav epub:type="toc"><ol><li><a href="one.xhtml#x">First <b>lamp</b></a><ol><li><a href="two.xhtml">Second&nbsp;lamp</a></li></ol></li></ol></nav></body></html>`
	b = mustRead(t, sound.with("OEBPS/content.opf", young).with("OEBPS/nav.xhtml", nav).with("OEBPS/c.png", "picture"))
	same(t, "title", b.Title, "The Title")
	same(t, "creators", b.Creators, []Creator{{"First", "", "aut"}, {"Second", "", ""}})
	same(t, "modified", b.Modified, time.Date(2024, 2, 29, 10, 11, 12, 0, time.UTC))
	same(t, "collections", b.Collections, []Collection{{"Saga", "1.5", "series"}})
	same(t, "metas", b.Metas, map[string][]string{"schema:accessMode": {"textual"}})
	same(t, "cover", b.Cover, "OEBPS/c.png")
	same(t, "contents", b.TOC, []Entry{{"First lamp", "OEBPS/one.xhtml#x", []Entry{{"Second lamp", "OEBPS/two.xhtml", nil}}}})
	same(t, "title of a page", b.Spine[1].Title, "Second lamp")
	same(t, "landmark", b.Spine[0].Kind, "bodymatter")
	if len(b.Spine) != 2 || len(b.Resources) != 1 {
		t.Errorf("%d pages and %d resources", len(b.Spine), len(b.Resources))
	}
}

func TestReadContentsOfEPUB2(t *testing.T) {
	ncx := `<ncx><navMap><navPoint><navLabel><text>Part &lt;I&gt;</text></navLabel><content src="one.xhtml"/>
<navPoint><navLabel><text>Two</text></navLabel><content src="two.xhtml#p"/></navPoint></navPoint></navMap></ncx>`
	pack := strings.Replace(opf("2.0", "", twoItems+`<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>`, twoRefs),
		"</package>", `<guide><reference type="text" href="two.xhtml"/><reference type="Cover" href="one.xhtml"/></guide></package>`, 1)
	b := mustRead(t, sound.with("OEBPS/content.opf", pack).with("OEBPS/toc.ncx", ncx).with("OEBPS/one.xhtml", `<html><body>One <img src="../c.jpg"/></body></html>`).with("c.jpg", "picture"))
	same(t, "contents", b.TOC, []Entry{{"Part <I>", "OEBPS/one.xhtml", []Entry{{"Two", "OEBPS/two.xhtml#p", nil}}}})
	same(t, "kinds", []string{b.Spine[0].Kind, b.Spine[1].Kind}, []string{"cover", "bodymatter"})
	if len(b.Resources) != 1 || b.Resources[0].Href != "c.jpg" {
		t.Errorf("a picture that the manifest forgot was not found: %v", b.Resources)
	}
}

func TestLostOrder(t *testing.T) {
	f := files{"mimetype", mediaType}
	for _, name := range []string{"ch10.html", "ch9.html", "ch1.html", "Ch2/x.html", "ch001.html"} {
		f = append(f, name, "<p>"+name)
	}
	b := mustRead(t, f)
	var got []string
	for _, item := range b.Spine {
		got = append(got, item.Href)
	}
	same(t, "order", got, []string{"Ch2/x.html", "ch1.html", "ch001.html", "ch9.html", "ch10.html"})
}

func mustRead(t *testing.T, f files) *Book {
	t.Helper()
	b, err := Read(f.zip(t), Limits())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s:\n got %+v\nwant %+v", what, got, want)
	}
}

// Every real EPUB that is there is read, and what is written of it reads back
// the same.
func TestReadCorpus(t *testing.T) {
	paths, err := filepath.Glob("../../../../shared/corpus/*/*.epub")
	if err != nil {
		t.Fatal(err)
	}
	if len(paths) == 0 {
		t.Skip("no corpus beside the checkout")
	}
	hopeless := map[string]bool{"komga-zip-as-epub.epub": true, "ocf-container-not-ocf-error.epub": true,
		"ocf-zip-unreadable-image-with-epub-extension-fatal.epub": true, "ocf-zip-unreadable-no-end-header-fatal.epub": true}
	for _, path := range paths {
		name := filepath.Base(path)
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			b, err := Read(data, Limits())
			if (err != nil) != hopeless[name] {
				t.Fatalf("got %v", err)
			}
			if err == nil && len(b.Damage) > 0 {
				t.Errorf("damage %q", b.Damage)
			}
			if err != nil || strings.Contains(name, "case-folding") {
				return
			}
			again, err := Write(*b)
			if err != nil {
				t.Fatal(err)
			}
			c, err := Read(again, Limits())
			if err != nil {
				t.Fatal(err)
			}
			same(t, "title", c.Title, b.Title)
			same(t, "subjects", c.Subjects, b.Subjects)
			same(t, "collections", c.Collections, b.Collections)
			if len(c.Spine) != len(b.Spine) {
				t.Fatalf("%d pages, want %d", len(c.Spine), len(b.Spine))
			}
			for i := range b.Spine {
				if !bytes.Equal(b.Spine[i].Data, c.Spine[i].Data) {
					t.Errorf("page %s changed", b.Spine[i].Href)
				}
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	f.Add(sound.zip(f))
	f.Add(sound.with("META-INF/encryption.xml", encryption("x", "OEBPS/one.xhtml")).zip(f))
	limits := Limits()
	limits.Total, limits.Entry, limits.Slack = 1<<20, 1<<18, 1<<16
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := Read(data, limits)
		if err == nil && len(b.Spine) == 0 {
			t.Error("no text, and no error")
		}
	})
}

// FuzzPackage puts any text in the place of the files that are parsed.
func FuzzPackage(f *testing.F) {
	f.Add(sound[5], container, "<nav><ol><li><a href='one.xhtml'>x")
	f.Add(opf("3.0", `<meta refines="#a" property="b">c</meta>`, twoItems+`<item id="nav" href="nav.xhtml" properties="nav" media-type="x"/>`, twoRefs), "", "")
	f.Fuzz(func(t *testing.T, opf, container, nav string) {
		data := sound.with("OEBPS/content.opf", opf).with("META-INF/container.xml", container).with("OEBPS/nav.xhtml", nav).zip(t)
		b, err := Read(data, Limits())
		if err != nil {
			return
		}
		again, err := Write(*b)
		if err != nil {
			return // two pages with one name
		}
		if _, err := Read(again, Limits()); err != nil {
			t.Errorf("what was written is not read: %v", err)
		}
	})
}
