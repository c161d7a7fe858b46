package docx

import (
	"archive/zip"
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"

	"ficstead/internal/base/zipfile"
)

// part is one part of a document.
type part struct{ name, xml string }

const namespaces = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"`

const sheet = `<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Fancy"><w:name w:val="My Chapter"/><w:basedOn w:val="berschrift1"/></w:style>
<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Author"><w:name w:val="Author"/></w:style>
<w:style w:type="paragraph" w:styleId="Thought"><w:name w:val="Thought"/><w:rPr><w:i/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Calm"><w:name w:val="Calm"/><w:basedOn w:val="Thought"/><w:rPr><w:i w:val="0"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Zitat"><w:name w:val="Quote"/><w:rPr><w:i/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Centred"><w:name w:val="Centred"/><w:pPr><w:jc w:val="center"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Dotted"><w:name w:val="Dotted"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="character" w:styleId="Emph"><w:name w:val="Emph"/><w:rPr><w:i/></w:rPr></w:style>`

const lists = `<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="Chapter %1"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="3"/></w:num>`

// docOf makes a document of a body, and of more parts, which replace the usual ones.
func docOf(t testing.TB, body string, more ...part) []byte {
	t.Helper()
	usual := []part{
		{"[Content_Types].xml", `<Types/>`},
		{"word/document.xml", `<?xml version="1.0" encoding="UTF-8"?><w:document` + namespaces + `><w:body>` + body + `</w:body></w:document>`},
		{"word/styles.xml", `<w:styles` + namespaces + `>` + sheet + `</w:styles>`},
		{"word/numbering.xml", `<w:numbering` + namespaces + `>` + lists + `</w:numbering>`},
	}
	parts := slices.Concat(slices.DeleteFunc(usual, func(u part) bool {
		return slices.ContainsFunc(more, func(m part) bool { return m.name == u.name })
	}), more)
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range parts {
		w, err := z.Create(p.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, p.xml); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func p(props, runs string) string { return `<w:p><w:pPr>` + props + `</w:pPr>` + runs + `</w:p>` }

func r(props, text string) string {
	return `<w:r><w:rPr>` + props + `</w:rPr><w:t xml:space="preserve">` + text + `</w:t></w:r>`
}

func item(list, text string) string {
	return p(`<w:numPr><w:ilvl w:val="0"/><w:numId w:val="`+list+`"/></w:numPr>`, r("", text))
}

func TestText(t *testing.T) {
	styled := func(id string) string { return `<w:pStyle w:val="` + id + `"/>` }
	line := p("", r("", "Text."))
	for _, c := range []struct{ name, body, want string }{
		{"runs split in a word", p("", r("", "wa")+r("<w:rFonts/>", "lk")+r("<w:i/>", "in")+r("<w:i/><w:iCs/>", "g")), `<p>walk<em>ing</em></p>`},
		{"italics turned off", p("", r("<w:i/>", "on ")+r(`<w:i w:val="0"/>`, "off ")+r(`<w:i w:val="false"/>`, "off ")+r(`<w:i w:val="true"/>`, "on")), `<p><em>on</em> off off <em>on</em></p>`},
		{"italics by style", p(styled("Thought"), r("", "I ")+r(`<w:i w:val="0"/>`, "did ")+r("", "see")), `<p><em>I</em> did <em>see</em></p>`},
		{"a style turns another over", p(styled("Thought"), r("", "I ")+r(`<w:rStyle w:val="Emph"/>`, "did ")+r("", "see")), `<p><em>I</em> did <em>see</em></p>`},
		{"a style undoes what it is based on", p(styled("Calm"), r("", "calm")), `<p>calm</p>`},
		{"space is there only if it says so", p("", `<w:r><w:t> a </w:t></w:r><w:r><w:t>b</w:t></w:r>`), `<p>ab</p>`},
		{"bold within italics", p("", r("<w:i/>", "a ")+r("<w:i/><w:b/>", "b")+r("<w:i/>", " c")), `<p><em>a <strong>b</strong> c</em></p>`},
		{"underline, strike, raised", p("", r(`<w:u w:val="single"/>`, "a")+r(`<w:u w:val="none"/>`, "b")+r("<w:strike/>", "c")+r(`<w:vertAlign w:val="superscript"/>`, "d")), `<p><u>a</u>b<s>c</s><sup>d</sup></p>`},
		{"hidden", p("", r("", "seen")+r("<w:vanish/>", "unseen")), `<p>seen</p>`},
		{"insertion and deletion", p("", r("", "a ")+`<w:ins w:id="1">`+r("", "new ")+`</w:ins><w:del w:id="2"><w:r><w:delText>old </w:delText></w:r></w:del>`+r("", "end")), `<p>a new end</p>`},
		{"a move is there once", p("", `<w:moveFrom>`+r("", "moved")+`</w:moveFrom>`+r("", "stays")) + p("", `<w:moveTo>`+r("", "moved")+`</w:moveTo>`), `<p>stays</p><p>moved</p>`},
		{"a deleted paragraph mark", p(`<w:rPr><w:del w:id="1"/></w:rPr>`, r("", "one ")) + p("", r("", "two")), `<p>one two</p>`},
		{"comments", p("", `<w:commentRangeStart w:id="0"/>`+r("", "said")+`<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>`), `<p>said</p>`},
		{"headings, also by a style based on one", p(styled("berschrift1"), r("", "One")) + line + p(styled("Fancy"), r("", "Two")) + line, `<h1>One</h1><p>Text.</p><h1>Two</h1><p>Text.</p>`},
		{"heading by outline level", p(`<w:outlineLvl w:val="1"/>`, r("", "Two")), `<h2>Two</h2>`},
		{"numbered heading", p(styled("berschrift1")+`<w:numPr><w:numId w:val="3"/></w:numPr>`, r("", "Fog")), `<h1>Chapter I Fog</h1>`},
		{"quote", p(styled("Zitat"), r("", "Dear Sam,")) + line, `<blockquote><p>Dear Sam,</p></blockquote><p>Text.</p>`},
		{"letter that stands in", line + line + p(`<w:ind w:left="720"/>`, r("", "Dear Sam,")), `<p>Text.</p><p>Text.</p><blockquote><p>Dear Sam,</p></blockquote>`},
		{"all stands in", p(`<w:ind w:left="720"/>`, r("", "a")) + p(`<w:ind w:left="720"/>`, r("", "b")), `<p>a</p><p>b</p>`},
		{"lists", item("1", "a") + p(`<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>`, r("", "b")) + item("1", "c") + line + item("2", "d") + line + item("2", "e"),
			`<ul><li><p>a</p><ul><li>b</li></ul></li><li>c</li></ul><p>Text.</p><ol><li>d</li></ol><p>Text.</p><ol start="2"><li>e</li></ol>`},
		{"list by style, and not by hand", p(styled("Dotted"), r("", "a")) + p(styled("Dotted")+`<w:numPr><w:numId w:val="0"/></w:numPr>`, r("", "b")), `<ul><li>a</li></ul><p>b</p>`},
		{"line break, tab, hyphens", p("", `<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t></w:r>`), "<p>a<br>b c\u2011d</p>"},
		{"page break between scenes", line + p("", `<w:r><w:br w:type="page"/></w:r>`) + line, `<p>Text.</p><hr><p>Text.</p>`},
		{"page break in a paragraph", p("", r("", "a")+`<w:r><w:br w:type="page"/></w:r>`+r("", "b")), `<p>a</p><hr><p>b</p>`},
		{"page break before a heading", line + p("", `<w:r><w:br w:type="page"/></w:r>`) + p(styled("berschrift1"), r("", "Two")), `<p>Text.</p><h1>Two</h1>`},
		{"new page by the paragraph", line + p(`<w:pageBreakBefore/>`, r("", "b")), `<p>Text.</p><hr><p>b</p>`},
		{"empty paragraphs are left to repair", line + p("", "") + line, `<p>Text.</p><p><br></p><p>Text.</p>`},
		{"centred stars are left to repair", line + p(styled("Centred"), r("", "***")) + line, `<p>Text.</p><p class="center">***</p><p>Text.</p>`},
		{"line below a paragraph", p(`<w:pBdr><w:bottom w:val="single"/></w:pBdr>`, r("", "a")) + line, `<p>a</p><hr><p>Text.</p>`},
		{"line in an empty paragraph", line + p(`<w:pBdr><w:bottom w:val="single"/></w:pBdr>`, "") + line, `<p>Text.</p><hr><p>Text.</p>`},
		{"a box is no line", p(`<w:pBdr><w:left w:val="single"/><w:bottom w:val="single"/></w:pBdr>`, r("", "a")) + line, `<p>a</p><p>Text.</p>`},
		{"right", p(`<w:jc w:val="right"/>`, r("", "Yours")), `<p class="right">Yours</p>`},
		{"right to left", p(`<w:bidi/><w:jc w:val="right"/>`, r("<w:rtl/>", "שלום")), `<p dir="rtl">שלום</p>`},
		{"right to left in a line", p("", r("", "He said ")+r("<w:rtl/>", "שלום")), `<p>He said <span dir="rtl">שלום</span></p>`},
		{"drop cap", p(`<w:framePr w:dropCap="drop"/>`, r("", "O")) + p("", r("", "nce")), `<p>Once</p>`},
		{"symbols", p("", `<w:r><w:sym w:font="Wingdings" w:char="F04A"/><w:sym w:font="Symbol" w:char="F0AE"/><w:sym w:font="Symbol" w:char="F0BC"/><w:sym w:font="Arial" w:char="2605"/></w:r>`), `<p>☺→…★</p>`},
		{"contents are left out", p(styled("TOC1"), r("", "Chapter 1 ... 3")) + line, `<p>Text.</p>`},
		{"link", p("", `<w:hyperlink r:id="rId1">`+r(`<w:u w:val="single"/>`, "here")+`</w:hyperlink>`), `<p><a href="https://example.org/x">here</a></p>`},
		{"link as a field", p("", `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://example.org/" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>`+r("", "there")+`<w:r><w:fldChar w:fldCharType="end"/></w:r>`+r("", ".")), `<p><a href="https://example.org/">there</a>.</p>`},
		{"script as a link", p("", `<w:hyperlink r:id="rId2">`+r("", "x")+`</w:hyperlink>`), `<p>x</p>`},
		{"table", `<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>` + line + `</w:tc></w:tr><w:tr><w:tc>` + line + `</w:tc><w:tc>` + line + `</w:tc></w:tr></w:tbl>`,
			`<table><tbody><tr><td colspan="2">Text.</td></tr><tr><td>Text.</td><td>Text.</td></tr></tbody></table>`},
		{"a frame of one cell", `<w:tbl><w:tr><w:tc>` + line + line + `</w:tc></w:tr></w:tbl>`, `<p>Text.</p><p>Text.</p>`},
		{"text box once", p("", r("", "a")+`<w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>`+line+`</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>`+line+`</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>`), `<p>a</p><p>Text.</p>`},
		{"content control", `<w:sdt><w:sdtContent>` + line + `</w:sdtContent></w:sdt>`, `<p>Text.</p>`},
		{"ruby", p("", `<w:r><w:ruby><w:rt>`+r("", "ka")+`</w:rt><w:rubyBase>`+r("", "火")+`</w:rubyBase></w:ruby></w:r>`), `<p><ruby>火<rt>ka</rt></ruby></p>`},
		{"picture", p("", `<w:r><w:drawing><wp:docPr descr="A map"/><a:blip r:embed="rId3"/></w:drawing></w:r>`), `<p><img src="image:` + strings.Repeat("a", 64) + `" alt="A map"></p>`},
		{"footnote", p("", r("", "a")+`<w:r><w:footnoteReference w:id="2"/></w:r>`) + line,
			`<p>a<sup><span id="fn-ref-1"></span><a href="#fn-note-1">1</a></sup></p><p>Text.</p><hr><p><span id="fn-note-1"></span><a href="#fn-ref-1">1</a> Said <em>so</em>.</p>`},
	} {
		t.Run(c.name, func(t *testing.T) {
			data := docOf(t, c.body,
				part{"word/_rels/document.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Target="https://example.org/x" TargetMode="External"/><Relationship Id="rId2" Target="javascript:alert(1)" TargetMode="External"/><Relationship Id="rId3" Target="media/map.png"/></Relationships>`},
				part{"word/media/map.png", "picture"},
				part{"word/footnotes.xml", `<w:footnotes` + namespaces + `><w:footnote w:type="separator" w:id="0">` + line + `</w:footnote><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>` + r("", "Said ") + r("<w:i/>", "so") + r("", ".") + `</w:p></w:footnote></w:footnotes>`},
				part{"word/header1.xml", `<w:hdr` + namespaces + `>` + line + `</w:hdr>`})
			z, err := zipfile.Open(data, zipfile.Bounds())
			if err != nil {
				t.Fatal(err)
			}
			m, err := Read(z, func(b []byte) string {
				return map[bool]string{true: "image:" + strings.Repeat("a", 64)}[string(b) == "picture"]
			})
			if err != nil {
				t.Fatal(err)
			}
			if got := m.Chapters[0].Text.HTML(); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestSaysOfItself(t *testing.T) {
	core := func(title, creator string) part {
		return part{"docProps/core.xml", `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>` + title + `</dc:title><dc:creator>` + creator + `</dc:creator></cp:coreProperties>`}
	}
	text := p("", r(`<w:lang w:val="de-DE"/>`, "Text."))
	for _, c := range []struct {
		name, body        string
		core              part
		title, by, offers string
	}{
		{"title and author in the text", p(`<w:pStyle w:val="Titel"/>`, r("", "The Harbour")) + p(`<w:pStyle w:val="Author"/>`, r("", "Wren")) + text, core("Draft", "Somebody"), "The Harbour", "Wren", "Draft"},
		{"properties", text, core("The Harbour", "Wren; Alder"), "", "Wren,Alder", "The Harbour"},
		{"of nobody", text, core("Document1", "Microsoft Office User"), "", "", ""},
		{"of a template", text, core("Normal.dotm", "user"), "", "", ""},
	} {
		m := mustRead(t, docOf(t, c.body, c.core))
		var by []string
		for _, creator := range m.Creators {
			by = append(by, creator.Name)
		}
		offers := ""
		for _, proposal := range m.Proposals {
			offers += proposal.Value
		}
		if m.Title != c.title || strings.Join(by, ",") != c.by || offers != c.offers || m.Language != "de" {
			t.Errorf("%s: got %q by %v, %q offered, in %q", c.name, m.Title, by, offers, m.Language)
		}
	}
}

func TestDamaged(t *testing.T) {
	whole := p("", r("", "One."))
	m := mustRead(t, docOf(t, "", part{"word/document.xml", `<w:document` + namespaces + `><w:body>` + whole + "<w:p><w:r><w:t>Two."}))
	if got := m.Chapters[0].Text.Text(); strings.TrimSpace(got) != "One.\n\nTwo." || len(m.Warnings) != 1 {
		t.Errorf("cut: got %q", got)
	}
	m = mustRead(t, docOf(t, whole+strings.Repeat("<w:tbl><w:tr><w:tc>", 5000)+whole+strings.Repeat("</w:tc></w:tr></w:tbl>", 5000)+whole))
	if got := m.Chapters[0].Text.Text(); strings.Count(got, "One.") != 2 || len(m.Warnings) == 0 {
		t.Errorf("deep: got %q, warned %v", got, m.Warnings)
	}
	bomb := `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "boom"><!ENTITY b "&a;&a;&a;">]><w:document` + namespaces + `><w:body>` + p("", r("", "x &b; y")) + `</w:body></w:document>`
	m = mustRead(t, docOf(t, "", part{"word/document.xml", bomb}))
	if got := m.Chapters[0].Text.Text(); strings.Contains(got, "boom") {
		t.Errorf("an entity was expanded: %q", got)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(p("", r("<w:i/>", "a")) + item("1", "b") + p("", `<w:r><w:footnoteReference w:id="2"/></w:r>`))
	f.Add(strings.Repeat(`<w:tbl><w:tr><w:tc><w:p>`, 300))
	f.Add(`<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:fldChar w:fldCharType="begin"/></w:r></w:p>&x;<!DOCTYPE y>`)
	f.Fuzz(func(t *testing.T, body string) {
		z, err := zipfile.Open(docOf(t, body), zipfile.Bounds())
		if err != nil {
			return
		}
		if m, err := Read(z, func([]byte) string { return "" }); err == nil && len(m.Chapters) != 1 {
			t.Errorf("%d chapters", len(m.Chapters))
		}
	})
}
