package odt

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"io"
	"strings"
	"testing"

	"ficstead/internal/base/zipfile"
)

const namespaces = ` xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"`

// The text space is called "t" here, as it may be.
const (
	named = `<style:default-style style:family="paragraph"><style:text-properties fo:language="en" fo:country="GB"/></style:default-style>
<style:style style:name="Standard" style:family="paragraph"/>
<style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph" style:default-outline-level="1"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="Thought" style:family="paragraph"><style:text-properties fo:font-style="italic"/></style:style>
<style:style style:name="Quotations" style:family="paragraph"/>
<style:style style:name="Horizontal_20_Line" style:family="paragraph"/>
<t:list-style style:name="N"><t:list-level-style-number t:level="1" style:num-format="1"/><t:list-level-style-bullet t:level="2"/></t:list-style>`
	automatic = `<style:style style:name="i" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>
<style:style style:name="b" style:family="text"><style:text-properties fo:font-weight="700"/></style:style>
<style:style style:name="n" style:family="text"><style:text-properties fo:font-style="normal"/></style:style>
<style:style style:name="u" style:family="text"><style:text-properties style:text-underline-style="solid"/></style:style>
<style:style style:name="s" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style>
<style:style style:name="up" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>
<style:style style:name="down" style:family="text"><style:text-properties style:text-position="-33% 58%"/></style:style>
<style:style style:name="gone" style:family="text"><style:text-properties t:display="none"/></style:style>
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Thought"/>
<style:style style:name="mid" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/></style:style>
<style:style style:name="rtl" style:family="paragraph"><style:paragraph-properties fo:text-align="end" style:writing-mode="rl-tb"/></style:style>
<style:style style:name="page" style:family="paragraph"><style:paragraph-properties fo:break-before="page"/></style:style>
<style:style style:name="in" style:family="paragraph"><style:paragraph-properties fo:margin-left="1.27cm"/></style:style>
<style:style style:name="line" style:family="paragraph"><style:paragraph-properties fo:border-bottom="0.05pt solid #000"/></style:style>`
)

func odtOf(t testing.TB, body, meta string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range [][2]string{
		{"mimetype", "application/vnd.oasis.opendocument.text"},
		{"META-INF/manifest.xml", `<manifest/>`},
		{"styles.xml", `<office:document-styles` + namespaces + `><office:styles>` + named + `</office:styles></office:document-styles>`},
		{"content.xml", `<office:document-content` + namespaces + `><office:automatic-styles>` + automatic + `</office:automatic-styles><office:body><office:text>` + body + `</office:text></office:body></office:document-content>`},
		{"meta.xml", `<office:document-meta` + namespaces + `><office:meta>` + meta + `</office:meta></office:document-meta>`},
		{"Pictures/map.png", "picture"},
	} {
		w, err := z.Create(p[0])
		if err == nil {
			_, err = io.WriteString(w, p[1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func flatOf(body, meta string) []byte {
	return []byte(`<?xml version="1.0" encoding="UTF-8"?><office:document` + namespaces + `><office:meta>` + meta + `</office:meta><office:styles>` + named + `</office:styles><office:automatic-styles>` + automatic + `</office:automatic-styles><office:body><office:text>` + body + `</office:text></office:body></office:document>`)
}

var picture = "image:" + strings.Repeat("a", 64)

func keep(data []byte) string {
	if string(data) == "picture" {
		return picture
	}
	return ""
}

func TestText(t *testing.T) {
	span := func(style, text string) string { return `<t:span t:style-name="` + style + `">` + text + `</t:span>` }
	par := func(style, text string) string { return `<t:p t:style-name="` + style + `">` + text + `</t:p>` }
	const line = `<t:p>Text.</t:p>`
	for _, c := range []struct{ name, body, want string }{
		{"looks", par("", span("i", "a")+span("b", "b"+span("i", "c"))+span("u", "d")+span("s", "e")+span("up", "f")+span("down", "g")+span("gone", "h")), `<p><em>a</em><strong>b<em>c</em></strong><u>d</u><s>e</s><sup>f</sup><sub>g</sub></p>`},
		{"a style that another undoes", par("P1", "I "+span("n", "did")+" see"), `<p><em>I</em> did <em>see</em></p>`},
		{"spaces, tabs, line breaks", par("", `a<t:s t:c="3"/>b<t:tab/>c<t:line-break/>d`), `<p>a b c<br>d</p>`},
		{"white space of the file", "<t:p>\n  a\n  b\n</t:p>", `<p>a b</p>`},
		{"tracked changes", `<t:tracked-changes><t:changed-region><t:deletion><t:p>old</t:p></t:deletion></t:changed-region></t:tracked-changes>` + par("", `a <t:change t:change-id="1"/><t:change-start t:change-id="2"/>new<t:change-end t:change-id="2"/>`), `<p>a new</p>`},
		{"comment", par("", `said<office:annotation><t:p>really?</t:p></office:annotation>`), `<p>said</p>`},
		{"headings", `<t:h t:outline-level="1" t:style-name="Heading_20_1">One</t:h>` + line + par("Heading_20_1", "Two") + `<t:h t:outline-level="3">Three</t:h>`, `<h1>One</h1><p>Text.</p><h1>Two</h1><h3>Three</h3>`},
		{"quote by style and by hand", line + line + par("Quotations", "a") + line + par("in", "b"), `<p>Text.</p><p>Text.</p><blockquote><p>a</p></blockquote><p>Text.</p><blockquote><p>b</p></blockquote>`},
		{"lists", `<t:list t:style-name="N"><t:list-item><t:p>a</t:p><t:list><t:list-item><t:p>b</t:p></t:list-item></t:list><t:p>c</t:p></t:list-item><t:list-item t:start-value="5"><t:p>d</t:p></t:list-item></t:list>`, `<ol><li><p>a</p><ul><li>b</li></ul><p>c</p></li><li>d</li></ol>`},
		{"numbered heading in a list", `<t:list t:style-name="N"><t:list-item><t:h t:outline-level="1">One</t:h></t:list-item></t:list>` + line, `<h1>One</h1><p>Text.</p>`},
		{"page breaks", line + par("page", "a") + `<t:p t:style-name="page"><t:span/></t:p><t:h t:outline-level="1">b</t:h>`, `<p>Text.</p><hr><p>a</p><h1>b</h1>`},
		{"lines", line + par("Horizontal_20_Line", "") + par("line", "a") + par("line", "") + line, `<p>Text.</p><hr><p>a</p><hr><p>Text.</p>`},
		{"centred", par("mid", "***"), `<p class="center">***</p>`},
		{"right to left", par("rtl", "שלום"), `<p dir="rtl">שלום</p>`},
		{"section and contents", `<t:table-of-content><t:index-body><t:p>Chapter 1</t:p></t:index-body></t:table-of-content><t:section t:name="x">` + line + `</t:section>`, `<p>Text.</p>`},
		{"link", par("", `<t:a xlink:href="https://example.org/">here</t:a> <t:a xlink:href="#x">there</t:a>`), `<p><a href="https://example.org/">here</a> there</p>`},
		{"table", `<table:table><table:table-header-rows><table:table-row><table:table-cell table:number-columns-spanned="2">` + line + `</table:table-cell><table:covered-table-cell/></table:table-row></table:table-header-rows><table:table-row><table:table-cell>` + line + `</table:table-cell><table:table-cell><t:p>b</t:p></table:table-cell></table:table-row></table:table>`,
			`<table><tbody><tr><td colspan="2">Text.</td></tr><tr><td>Text.</td><td>b</td></tr></tbody></table>`},
		{"picture and its text", par("", `<draw:frame><draw:image xlink:href="Pictures/map.png"/><svg:desc>A map</svg:desc></draw:frame>`), `<p><img src="` + picture + `" alt="A map"></p>`},
		{"picture in the text", par("", `<draw:frame><draw:image><office:binary-data>`+base64.StdEncoding.EncodeToString([]byte("picture"))+`</office:binary-data></draw:image></draw:frame>`), `<p><img src="` + picture + `" alt=""></p>`},
		{"text box", par("", `a<draw:frame><draw:text-box>`+line+`</draw:text-box></draw:frame>`), `<p>a</p><p>Text.</p>`},
		{"note", par("", `a<t:note t:note-class="footnote"><t:note-citation>1</t:note-citation><t:note-body><t:p>Said `+span("i", "so")+`.</t:p></t:note-body></t:note>`),
			`<p>a<sup><span id="fn-ref-1"></span><a href="#fn-note-1">1</a></sup></p><hr><p><span id="fn-note-1"></span><a href="#fn-ref-1">1</a> Said <em>so</em>.</p>`},
		{"ruby", par("", `<t:ruby><t:ruby-base>火</t:ruby-base><t:ruby-text>ka</t:ruby-text></t:ruby>`), `<p><ruby>火<rt>ka</rt></ruby></p>`},
	} {
		t.Run(c.name, func(t *testing.T) {
			z, err := zipfile.Open(odtOf(t, c.body, ""), zipfile.Bounds())
			if err != nil || !Match(z) {
				t.Fatal(err)
			}
			m, err := Read(z, keep)
			if err != nil {
				t.Fatal(err)
			}
			if got := m.Chapters[0].Text.HTML(); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			flat, err := ReadFlat(flatOf(c.body, ""), keep)
			if c.name == "picture and its text" {
				return // stands beside the text
			}
			if got := flat.Chapters[0].Text.HTML(); err != nil || got != c.want {
				t.Errorf("flat: got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestSaysOfItself(t *testing.T) {
	const title, byline, text = `<t:p t:style-name="Title">The Harbour</t:p>`, `<t:p t:style-name="Author">Wren</t:p>`, `<t:p>Text.</t:p>`
	const meta = `<dc:title>Draft</dc:title><meta:initial-creator>Alder</meta:initial-creator><dc:creator>Typist</dc:creator><meta:keyword>sea, ships</meta:keyword>`
	for _, c := range []struct{ name, body, meta, title, by, offers string }{
		{"text", title + byline + text, meta, "The Harbour", "Wren", "Draft"},
		{"properties", text, meta, "", "Alder", "Draft"},
		{"of nobody", text, `<dc:title>Untitled</dc:title><dc:creator>user</dc:creator>`, "", "", ""},
	} {
		m, err := ReadFlat(flatOf(c.body, c.meta), keep)
		if err != nil {
			t.Fatal(err)
		}
		by, offers := "", ""
		for _, creator := range m.Creators {
			by += creator.Name
		}
		for _, p := range m.Proposals {
			offers += p.Value
		}
		if m.Title != c.title || by != c.by || offers != c.offers || m.Language != "en" || (len(m.Tags) == 2) != (c.meta == meta) {
			t.Errorf("%s: got %q by %q, offered %q, in %q, tags %v", c.name, m.Title, by, offers, m.Language, m.Tags)
		}
	}
}

func TestRefused(t *testing.T) {
	for name, data := range map[string]string{
		"table":   `<office:document` + namespaces + `><office:body><office:spreadsheet/></office:body></office:document>`,
		"no body": `<office:document` + namespaces + `>`,
	} {
		if _, err := ReadFlat([]byte(data), keep); err == nil {
			t.Errorf("%s was read", name)
		}
	}
}

func FuzzReadFlat(f *testing.F) {
	f.Add(`<t:p t:style-name="P1">a<t:span t:style-name="i">b</t:span></t:p><t:list><t:list-item><t:p>c`)
	f.Add(strings.Repeat(`<t:list><t:list-item>`, 300) + `<t:p>x`)
	f.Add(`<t:p><t:s t:c="999999999"/><t:note><t:note-body><t:p><t:note/>`)
	f.Fuzz(func(t *testing.T, body string) {
		if m, err := ReadFlat(flatOf(body, body), keep); err == nil && len(m.Chapters) != 1 {
			t.Errorf("%d chapters", len(m.Chapters))
		}
	})
}
