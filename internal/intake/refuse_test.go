package intake

import (
	"fmt"
	"strings"
	"testing"

	"ficstead/internal/archive"
)

// TestRefuseEach demands that refusing every mend that is told, by its ID, gives
// what refusing all gives, in every format: no edit is untold.
func TestRefuseEach(t *testing.T) {
	lines := []string{
		"Itâ€™s _so_ that i Never/i came, and ?Hello,? she said; they don?t know, can?t know and won?t know.",
		"***", "&amp;lt;i&amp;gt;One&amp;lt;/i&amp;gt; of *them* was here and *there* and *gone*. [b]Loud[/b] Noth\u200bing &amp;mdash; at all.",
		"He wasn\u0092t there.\x00 He said iNo/i and iYes/i and iPerhaps/i to it all.", "~*~", "[i]It went on", "and on", "to here.[/i] The end came soon after that.",
	}
	story := strings.Repeat(strings.Join(lines, "\n\n")+"\n\n", 4)
	page := "<html><head><title>A Tale</title></head><body><p>" + strings.NewReplacer("\n\n", "</p>\n<p>").Replace(story) + "</p></body></html>"
	for name, source := range map[string]string{"a.txt": story, "a.html": page, "a.md": "# A Tale\n\n" + story, "b.txt": strings.ReplaceAll(story, "\n", "\r")} {
		m, _, err := Read(name, []byte(source), nil)
		if err != nil {
			t.Fatal(err)
		}
		each := archive.Choices{}
		for _, mend := range m.Mends {
			each[mend.ID()] = false
		}
		refused, _, err := Read(name, []byte(source), each)
		if err != nil {
			t.Fatal(err)
		}
		plain, _, err := Read(name, []byte(source), archive.RefuseAll())
		if err != nil {
			t.Fatal(err)
		}
		if got, want := inside(refused), inside(plain); got != want {
			t.Errorf("%s: each refused gives\n%s\nall refused\n%s", name, got, want)
		}
		if n := len(archive.CountMends(refused.Mends)); n > 0 {
			t.Errorf("%s: %d rules acted all the same", name, n)
		}
		if len(each) < 10 {
			t.Errorf("%s: only %d mends", name, len(each))
		}
	}
}

// inside is what a work says, chapter by chapter.
func inside(m archive.Manuscript) string {
	var out strings.Builder
	for _, c := range m.Chapters {
		fmt.Fprintln(&out, c.Title, c.Notes.HTML(), c.Text.HTML(), c.EndNotes.HTML())
	}
	return out.String()
}
