package intake

import (
	"fmt"
	"strings"
	"testing"

	"ficstead/internal/archive"
)

const fichubEnd = `<p>Original source: <a rel="noopener noreferrer" href="https://www.fanfiction.net/s/1234567/1/Harbour">https://www.fanfiction.net/s/1234567/1/Harbour</a></p><p>Exported with the assistance of <a href='https://fichub.net'>FicHub.net</a></p>`

const fichubLine = `Rated: Fiction T - English - Drama/Hurt/Comfort - [Ann, Bo] Cy - Chapters: 2 - Words: 1,234 - Reviews: 5 - Favs: 6 - Follows: 7 - Updated: 5/6/2014 - Published: 4/5/2013 - Status: Complete - id: 1234567`

func fichubEPUB(t testing.TB) []byte {
	return epubOf(t, `<dc:title>Harbour</dc:title><dc:creator>Wren</dc:creator><dc:language>en</dc:language><dc:description>&lt;p&gt;A &lt;i&gt;storm&lt;/i&gt;.&lt;/p&gt;</dc:description>`,
		`<li><a href="introduction.xhtml">Introduction</a></li><li><a href="chap_1.xhtml">Chapter 1</a></li><li><a href="chap_2.xhtml">Fog</a></li>`,
		member{name: "introduction.xhtml", data: `<h1>Harbour</h1><p><b>By: Wren</b></p><p><p>A <i>storm</i>.</p></p><p>Status: complete</p><p>Published: 2013-04-05</p><p>Updated: 2014-05-06</p><p>Words: 1250</p><p>Chapters: 2</p><p>` + fichubLine + `</p>` + fichubEnd},
		member{name: "chap_1.xhtml", data: `<h2>Chapter 1</h2><p>It was.</p>`},
		member{name: "chap_2.xhtml", data: `<h2>Fog</h2><p>It <em>is</em>.</p>`})
}

func fichubPage() string {
	return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Harbour by Wren</title></head><body><h1><span class="title">Harbour</span></h1><h2>by <span class="author">Wren</span></h2><div><p>A <i>storm</i>.</p></div>` +
		strings.Replace(fichubEnd, "<p>Exported", `<p>Chapters: 2</p><p>Words: 1250</p><p>`+fichubLine+`</p><p>Exported`, 1) +
		`<nav id="contents-list"><ol><li><a href="#chap_1">Chapter 1</a></li><li><a href="#chap_2">Fog</a></li></ol></nav>
<div id="chap_1"><div class="chapter_nav"><a href="#chap_2" class="right">next chapter</a><a href="#contents-list">chapter list</a></div><h2>Chapter 1</h2><p>It was.</p></div>
<div id="chap_2"><div class="chapter_nav"><a href="#chap_1" class="left">previous chapter</a></div><h2>Fog</h2><p>It <em>is</em>.</p></div><a href="#contents-list">(back to chapter list)</a></body></html>`
}

func TestFicHub(t *testing.T) {
	for name, data := range map[string][]byte{
		"book": fichubEPUB(t), "page": []byte(fichubPage()),
		"ZIP of the page": zipOf(t, member{name: "Harbour_by_Wren-abc.html", data: fichubPage(), method: 8}),
	} {
		m, _, err := Read(name, data, nil)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		said := ""
		for _, c := range m.Chapters {
			said += fmt.Sprintf("%q %s|", c.Title, c.Text.HTML())
		}
		if want := `"" <p>It was.</p>|"Fog" <p>It <em>is</em>.</p>|`; said != want {
			t.Errorf("%s: got %s, want %s", name, said, want)
		}
		got := fmt.Sprintf("%s|%s|%v|%s|%s|%s|%d|%v|%s|%s|%d", m.Kind, m.Title, m.Creators, m.Source.Key, m.Language, m.Summary.HTML(), m.WordsClaimed, m.Complete, m.Posted.Format("2006-01-02"), m.Updated.Format("2006-01-02"), m.ChaptersPlanned)
		if want := `fichub|Harbour|[Wren]|ffn:1234567|en|<p>A <em>storm</em>.</p>|1250|true|2013-04-05|2014-05-06|2`; got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
		var tags []string
		for _, tag := range m.Tags {
			tags = append(tags, fmt.Sprint(tag.Kind, " ", tag.Name))
		}
		want := []archive.Tag{{Kind: archive.Rating, Name: archive.RatingTeen}, {Kind: archive.Freeform, Name: "Drama"}, {Kind: archive.Freeform, Name: "Hurt/Comfort"}, {Kind: archive.Relationship, Name: "Ann/Bo"}, {Kind: archive.CharacterTag, Name: "Ann"}, {Kind: archive.CharacterTag, Name: "Bo"}, {Kind: archive.CharacterTag, Name: "Cy"}}
		if fmt.Sprint(m.Tags) != fmt.Sprint(want) {
			t.Errorf("%s: tags: got %v", name, tags)
		}
	}
}
