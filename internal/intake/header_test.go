package intake

import (
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/intake/htmlpage"
)

func TestTakeHeader(t *testing.T) {
	for _, c := range []struct {
		name, text                          string
		title, creator, tags, summary, rest string
		notes                               string
	}{
		{"labels in bold", "<p><b>Title:</b> Lamps<br><b>Rating: </b>PG<br><b>Pairing:</b> Ann/Bob<br><b>Summary:</b> A <i>cold</i> night.<br><b>Beta:</b> Thanks to <a href='https://example.org/'>Lou</a></p><p>The lamp.</p>",
			"Lamps", "quill", "General Audiences, Ann/Bob", "<p>A <em>cold</em> night.</p>", "<p>The lamp.</p>", `<p><strong>Beta:</strong> Thanks to <a href="https://example.org/">Lou</a></p>`},
		{"story in the same paragraph", "<p>Fandom: Sea<br>Rating: PG<br>Author: Ann<br><br>The lamp.<br><br>The sea.</p>",
			"Page", "Ann (quill)", "Sea, General Audiences", "", "<p>The lamp.</p><p>The sea.</p>", ""},
		{"the title above, and unknown lines", "<p>Page<br>Title: Lamps<br>Fandom: Sea<br>Mood: dark<br>Disclaimer: not mine</p><p>The lamp.</p>",
			"Lamps", "quill", "Sea", "", "<p>The lamp.</p>", "<p>Mood: dark</p><p>Disclaimer: not mine</p>"},
		{"each a paragraph", "<p>Page</p><p>Title: Lamps</p><p>Fandom: Sea</p><p>Notes: for Lou</p><hr><p>The lamp.</p>",
			"Lamps", "quill", "Sea", "", "<p>The lamp.</p>", "<p>for Lou</p>"},
		{"one label only", "<p>Title: Lamps</p><p>The lamp.</p>", "Page", "quill", "", "", "<p>Title: Lamps</p><p>The lamp.</p>", ""},
		{"dialogue", "<p>Ann: where is it?<br>Bob: there.</p><p>Title: none.</p>", "Page", "quill", "", "", "<p>Ann: where is it?<br>Bob: there.</p><p>Title: none.</p>", ""},
		{"nothing but labels", "<p>Title: Lamps<br>Fandom: Sea</p>", "Page", "quill", "", "", "<p>Title: Lamps<br>Fandom: Sea</p>", ""},
		{"far down", strings.Repeat("<p>The sea.</p>", 8) + "<p>Title: a<br>Fandom: b</p><p>c</p>", "Page", "quill", "", "", strings.Repeat("<p>The sea.</p>", 8) + "<p>Title: a<br>Fandom: b</p><p>c</p>", ""},
	} {
		m := archive.Manuscript{Kind: htmlpage.Kind, Title: "Page", Creators: []archive.Creator{{Name: "quill"}}, Chapters: []archive.Chapter{{Text: prose.Parse(c.text)}}}
		takeHeader(&m)
		var tags []string
		for _, tag := range m.Tags {
			tags = append(tags, tag.Name)
		}
		for _, f := range [][3]string{
			{"title", m.Title, c.title}, {"creator", m.Creators[0].String(), c.creator}, {"tags", strings.Join(tags, ", "), c.tags},
			{"summary", m.Summary.HTML(), c.summary}, {"text", m.Chapters[0].Text.HTML(), c.rest}, {"notes", m.Notes.HTML(), c.notes},
		} {
			if f[1] != f[2] {
				t.Errorf("%s: %s: got %q, want %q", c.name, f[0], f[1], f[2])
			}
		}
	}
}
