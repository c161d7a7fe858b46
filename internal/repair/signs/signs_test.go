package signs

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// evidence is that of a document of these lines.
func evidence(plain bool, lines ...string) *Evidence {
	e := NewEvidence(plain, func(yield func(string)) {
		for _, line := range lines {
			yield(line)
		}
	})
	for _, line := range lines {
		e.Add(line)
	}
	return e
}

// made is text with the changes made that are not mere suggestions.
func made(text string, changes []Change) string {
	type edit struct {
		at, to int
		is     string
	}
	var edits []edit
	for _, c := range changes {
		if c.Suggested {
			continue
		}
		for i, cut := range c.Cuts {
			mark := ""
			if c.Mark != "" {
				mark = "<" + strings.Repeat("/", i) + c.Mark + ">"
			}
			edits = append(edits, edit{cut.From, cut.To, cut.Text + mark})
		}
	}
	for len(edits) > 0 { // from the last
		last := 0
		for i := range edits {
			if edits[i].at > edits[last].at {
				last = i
			}
		}
		e := edits[last]
		text = text[:e.at] + e.is + text[e.to:]
		edits = append(edits[:last], edits[last+1:]...)
	}
	return text
}

// TestRead reads lines of a document that has each habit.
func TestRead(t *testing.T) {
	habits := []string{
		"_so_ _it_ _is_", "It *was* so and it *is* so and it *must* be so.", "i So/i and i No/i and i Yes/i.", "iSo/i and iNo/i and iYes/i.",
		"?So,? ?no,? ?yes,? don?t, won?t, can?t", "He is /so/ and /no/ and /yes/.",
	}
	for in, want := range map[string]string{
		"_one_ two":                             "<em>one</em> two",
		"well-_known_":                          "well-<em>known</em>",
		"**Bold** and __under__":                "<strong>Bold</strong> and <em>under</em>",
		"\"*What?*\" he said":                   "\"<em>What?</em>\" he said",
		"*sighs* Well.":                         "*sighs* Well.",
		"\"*cough* Weatherby *cough*,\"":        "\"*cough* Weatherby *cough*,\"",
		"It was i Touch/i , he said":            "It was <em>Touch</em> , he said",
		"It was iall of it/i.":                  "It was <em>all of it</em>.",
		"i\u2014Spike/i":                        "<em>\u2014Spike</em>",
		"Mr. Iverson/ibid":                      "Mr. Iverson/ibid",
		"and/or he/she w/o AC/DC i/o":           "and/or he/she w/o AC/DC i/o",
		"[i]a[/i] <b>c</b> &lt;u&gt;d</u>":      "<em>a</em> <strong>c</strong> <u>d</u>",
		"&lt;u&gt;d&lt;/u&gt; &amp;mdash;":      "<u>d</u> \u2014",
		"?It?s ?only? Quill,? she said.":        "\u201cIt\u2019s \u2018only\u2019 Quill,\u201d she said.",
		"http://a.org/?t=1&s=2 who?s":           "http://a.org/?t=1&s=2 who\u2019s",
		"No\u200bthing":                         "Nothing",
		"a\u200b\u0e20":                         "a\u200b\u0e20",
		"donrsquo;t &copy; now":                 "don\u2019t \u00a9 now",
		"cafe; hot; 8217 of them; 18217;":       "cafe; hot; 8217 of them; 18217;",
		`m(_ _)m \o/ ¯\_(ツ)_/¯ so`:              `m(_ _)m \o/ ¯\_(ツ)_/¯ so`,
		"(-_-) (u_u) (._.) he said":             "(-_-) (u_u) (._.) he said",
		"*_* and ^_^ and >_< and o_O":           "*_* and ^_^ and >_< and o_O",
		"def __init__ is _so_":                  "def __init__ is <em>so</em>",
		"_--and so--_ it was _\u201cyes\u201d_": "<em>--and so--</em> it was <em>\u201cyes\u201d</em>",
		"_*both*_ he said _(so he hoped)._":     "<em>*both*</em> he said <em>(so he hoped).</em>",
		"snake_case_name and _ alone _ ___":     "snake_case_name and _ alone _ ___",
	} {
		if got := made(in, evidence(true, habits...).Read(in)); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
}

// TestRowOfEntities demands that a long row of one entity is one change, and few are one each.
func TestRowOfEntities(t *testing.T) {
	for times, want := range map[int]int{2: 2, 7: 7, 8: 1, 100: 1, 250: 3} {
		in := "a" + strings.Repeat("&mdash;", times) + " b"
		changes := evidence(true, in).Read(in)
		if got := made(in, changes); len(changes) != want || got != "a"+strings.Repeat("—", times)+" b" {
			t.Errorf("%d entities are %d changes: %s", times, len(changes), got)
		}
	}
}

// hostile are pieces that a careless reader reads again and again.
var hostile = []string{
	"i ", "/i ", "_a ", "*a ", "[i]", "[/i]", "<i>", "<", "&lt;", "&amp;", "&", "a/", "?a", "a?", "??", "\uFFFD", ";", "mdash;", "ia/i ", "i", "-", "_*", "\u200b", "\u00ad", "[b]x", "word ", "\n",
}

// TestLinear reads much of each: what is not linear would take hours.
func TestLinear(t *testing.T) {
	for _, piece := range append(hostile, strings.Join(hostile, "")) {
		in := strings.Repeat(piece, 500_000/len(piece))
		evidence(false, in).Read(in)
	}
}

// FuzzRead holds what is true of all changes: they stand within the text, in
// order, whole characters, and no two cut the same place.
func FuzzRead(f *testing.F) {
	f.Add(strings.Join(hostile, ""))
	f.Add("_so_ *so* i So/i iSo/i ?So,? don?t [i]x[/i] &amp;mdash; <br>")
	f.Fuzz(func(t *testing.T, in string) {
		in = strings.ToValidUTF8(in, "")
		cut := make([]bool, len(in)+1)
		for _, c := range evidence(true, in).Read(in) {
			if c.From > c.To || c.From < 0 || c.To > len(in) || c.Rule == "" {
				t.Fatalf("%q: %+v", in, c)
			}
			last := 0
			for _, x := range c.Cuts {
				if x.From < last || x.To <= x.From || x.To > len(in) || !utf8.ValidString(in[:x.From]) || !utf8.ValidString(in[:x.To]) {
					t.Fatalf("%q: %+v", in, c)
				}
				for i := x.From; i < x.To; i++ {
					if cut[i] {
						t.Fatalf("%q is cut twice at %d", in, i)
					}
					cut[i] = true
				}
				last = x.To
			}
		}
	})
}

// BenchmarkClean reads 100,000 words that have nothing to mend.
func BenchmarkClean(b *testing.B) {
	line := "\u201cIt wasn\u2019t so,\u201d she said, and looked at the sea (which was grey), as if it were to blame; he said nothing at all \u2013 nothing."
	var lines []string
	for range 100_000 / len(strings.Fields(line)) {
		lines = append(lines, line)
	}
	for b.Loop() {
		e := evidence(false, lines...)
		for _, line := range lines {
			if Any(line) || e.Misread() {
				e.Read(line)
			}
		}
	}
}
