package repair_test

import (
	"strings"
	"testing"

	"ficstead/internal/base/prose"
	"ficstead/internal/intake"
)

// TestPlacesOfSigns demands that what is seen of the source from At on begins
// with Before, tags and entities and all white space being what they mean: in
// pages, in Markdown and in text.
func TestPlacesOfSigns(t *testing.T) {
	story := "He said i Touch/i to her, i loud/i and [i]so[/i] it went; *** he don?t know, can?t know and won?t know.\n\n" +
		"“Noth\u200bing,” she &amp;mdash; he thought — said i So it was/i and i so/i and i so/i, and no more of it than that.\n\n" +
		"It rained. [b]Loud[/b] was it. &amp;hellip; It was i never/i his and i never/i hers, and the sea was grey.\n\n"
	page := strings.NewReplacer("\n\n", "</p>\n<p class=x>", " was ", " <b>was</b>&nbsp;", "“", "&ldquo;", "é", "&eacute;", " he ", " &#104;e ").Replace("<!DOCTYPE html><html><head><title>A Tale</title></head><body><p>" + strings.Repeat(story, 3) + "Énd.</p></body></html>")
	misread := "It wasnâ€™t the cafÃ© that he didnâ€™t like\x00; it wasnâ€™t.\r\n\r\n"
	for name, source := range map[string]string{
		"a.html": page,
		"a.txt":  strings.Repeat(story, 3),
		"a.md":   "# A Tale\n\n" + strings.Repeat(story, 3),
		"b.txt":  misread + strings.Repeat(strings.ReplaceAll(story, "\n", "\r\n"), 3),
		"b.html": strings.Replace(page, "<p>", "<p>"+misread+"</p><p>", 1),
		"b.md":   "# A Tale\n\n" + misread + strings.Repeat(story, 3),
	} {
		m, source, err := intake.Read(name, []byte(source), nil)
		if err != nil {
			t.Fatal(err)
		}
		runes, last, seen := []rune(source), map[string]int{}, 0
		for _, mend := range m.Mends {
			switch mend.Rule {
			case "italics", "quotes", "entities", "markup", "mojibake":
			case "invisible":
				if strings.HasSuffix(mend.Before, " in all)") {
					continue
				}
			default:
				continue
			}
			seen++
			rest := string(runes[mend.At:min(len(runes), mend.At+600)])
			if !strings.HasSuffix(name, ".txt") {
				rest = prose.Parse(rest).Text()
			}
			shown, want := strings.Join(strings.Fields(rest), " "), strings.Join(strings.Fields(mend.Before), " ")
			if !strings.HasPrefix(shown, want) {
				t.Errorf("%s: at %d is %.60q, not %q", name, mend.At, shown, want)
			}
			if mend.At < last[mend.Rule] {
				t.Errorf("%s: %+v stands before the one before it", name, mend)
			}
			last[mend.Rule] = mend.At
		}
		if seen < 3*14 {
			t.Errorf("%s: %d mends", name, seen)
		}
	}
}
