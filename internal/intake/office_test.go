package intake

import (
	"fmt"
	"strings"
	"testing"
)

func rtfOf(body string) []byte { return []byte(`{\rtf1\ansi ` + body + `}`) }

func par(s string) string { return `\pard\plain ` + s + `\par ` }

func heading(s string) string { return `\pard\plain\outlinelevel0 ` + s + `\par ` }

// TestOffice shows what becomes of documents: chapters of headings, a header as
// people write it above a story, notes at the end of their chapters.
func TestOffice(t *testing.T) {
	long := strings.Repeat("the lamp was lit and the sea went on ", 12)
	for _, c := range []struct{ name, body, want string }{
		{"headings", heading("Fog") + par("a") + heading("Rain") + par("b"), `|: Fog <p>a</p>; Rain <p>b</p>`},
		{"a title and headings", heading("Harbour") + heading("Chapter 1: Fog") + par("a") + heading("Chapter 2") + par("b"), `Harbour|: Fog <p>a</p>;  <p>b</p>`},
		{"a title and a byline", heading("Harbour") + par("by Wren") + par("a"), `Harbour|Wren:  <p>a</p>`},
		{"one chapter is no title", heading("Chapter 1") + par("a"), `|:  <p>a</p>`},
		{"centred chapters", par(`\qc Chapter 1`) + par("a") + par(`\qc Chapter 2: Rain`) + par("b"), `|:  <p>a</p>; Rain <p>b</p>`},
		{"chapters in the style for titles", `{\stylesheet{\s2 Title;}}\pard\s2 Chapter 1: Fog\par ` + par("a") + `\pard\s2 Chapter 2: Rain\par ` + par("b"), `|: Fog <p>a</p>; Rain <p>b</p>`},
		{"a header", par("Title: Harbour") + par("Author: Wren") + par("Fandom: The Sea") + par("Rating: Mature") + par("Summary: Short.") + par(long), `Harbour|Wren:  <p>` + strings.TrimSpace(long) + `</p>`},
		{"breaks at the ends", heading("Fog") + `\page ` + par("a") + `\page ` + heading("Rain") + par("b"), `|: Fog <p>a</p>; Rain <p>b</p>`},
		{"an empty heading stays", heading("Fog") + par("a") + heading("Rain") + par("b") + heading("Snow"), `|: Fog <p>a</p>; Rain <p>b</p><h1>Snow</h1>`},
		{"notes of chapters", heading("Fog") + par(`a{\footnote one}`) + heading("Rain") + par(`b{\footnote two}`),
			`|: Fog <p>a¹</p><hr><p>¹ one</p>; Rain <p>b²</p><hr><p>² two</p>`},
	} {
		m, _, err := Read("x.rtf", rtfOf(c.body), nil)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		var by, chapters []string
		for _, creator := range m.Creators {
			by = append(by, creator.Name)
		}
		for _, chapter := range m.Chapters {
			chapters = append(chapters, chapter.Title+" "+marks(chapter.Text.HTML()))
		}
		if got := m.Title + "|" + strings.Join(by, ",") + ": " + strings.Join(chapters, "; "); got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", c.name, got, c.want)
		}
		if c.name == "a header" && (len(m.Tags) != 2 || m.Summary.IsEmpty()) {
			t.Errorf("%s: tags %v, summary %q", c.name, m.Tags, m.Summary.Text())
		}
	}
}

// marks shortens the marks of notes.
func marks(s string) string {
	for i, sign := range []string{"¹", "²"} {
		n := i + 1
		s = strings.ReplaceAll(s, fmt.Sprintf(`<sup><span id="fn-ref-%d"></span><a href="#fn-note-%[1]d">%[1]d</a></sup>`, n), sign)
		s = strings.ReplaceAll(s, fmt.Sprintf(`<span id="fn-note-%d"></span><a href="#fn-ref-%[1]d">%[1]d</a>`, n), sign)
	}
	return s
}
