package remember

import (
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"
)

// shape spells stretches: [as remembered], {another word}, and the rest.
func shape(all []stretch) string {
	var b strings.Builder
	for _, s := range all {
		switch {
		case s.Same:
			b.WriteString("[" + s.Text + "]")
		case s.Other:
			b.WriteString("{" + s.Text + "}")
		default:
			b.WriteString(s.Text)
		}
	}
	return b.String()
}

func TestCompare(t *testing.T) {
	for _, c := range []struct{ line, passage, want, differences string }{
		{"", "The lamp was lit.", "The lamp was lit.", ""},
		{"nothing alike", "The lamp was lit.", "The lamp was lit.", ""},
		{"the lamp was lit", "The lamp was lit.", "[The lamp was lit].", ""},
		{"the lantern was lit", "Soon the Lamp was lit, again.", "Soon [the] {Lamp} [was lit], again.", "lantern=Lamp "},
		{"the old lantern was lit", "the lamp was lit", "[the] {lamp} [was lit]", "old lantern=lamp "},
		{"the lamp was quickly lit", "the lamp was lit", "[the lamp was lit]", ""},
		{"she didn't know", "She didn’t, I think, know", "[She didn’t], I think, [know]", ""},
		{"naive cafe owner", "the naïve café owner", "the [naïve café owner]", ""},
		{"燈還暗著", "燈還亮著。", "[燈還]{亮}[著]。", "暗=亮 "},
		{"اتركي القنديل مضاءً", "«اتركي المصباح مضاءً».", "«[اتركي] {المصباح} [مضاءً]».", "القنديل=المصباح "},
	} {
		stretches, differences := compare(c.line, c.passage)
		told := ""
		for _, d := range differences {
			told += d.Yours + "=" + d.Story + " "
		}
		if got := shape(stretches); got != c.want || told != c.differences {
			t.Errorf("%q in %q: %s (%s), want %s (%s)", c.line, c.passage, got, told, c.want, c.differences)
		}
	}
}

// FuzzCompare loses nothing of a passage, whatever is remembered.
func FuzzCompare(f *testing.F) {
	f.Add("the lamp", "The lamp was lit.")
	f.Add("\xff\x00", "燈\xff’’ e\u0301 \u202e")
	f.Fuzz(func(t *testing.T, line, passage string) {
		all := ""
		stretches, _ := compare(line, passage)
		for _, s := range stretches {
			all += s.Text
		}
		if all != passage {
			t.Errorf("%q became %q", passage, all)
		}
	})
}

func TestRead(t *testing.T) {
	for query, want := range map[string]struct {
		known, listing string
		problems       int
	}{
		"":                               {"", "/works", 0},
		"line=a+lamp":                    {"", "/works", 0},
		"fandom=Salt&ship=A/B&length=":   {"Salt · A/B", `/works?q=fandom:"Salt" ship:"A/B"`, 0},
		"length=evening":                 {"5,000–40,000 words", "/works?words=5000-40000", 0},
		"length=evening&words-from=100":  {"100 words or more", "/works?words=100..", 0},
		"since=2019&until=2021":          {"2019..2021", "/works?posted=2019..2021", 0},
		"complete=yes&lang=en":           {"it had an end · English", "/works?complete=yes&lang=en", 0},
		"complete=perhaps&lang=elvish":   {"", "/works", 2},
		"since=long+ago&words-from=many": {"", "/works", 2},
		"length=endless":                 {"", "/works", 0},
		`fandom="+OR+"`:                  {`" OR "`, `/works?q=fandom:"  OR  "`, 0},
	} {
		v, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		m := read(v)
		listing, err := url.QueryUnescape(m.listing())
		if err != nil || m.known() != want.known || listing != want.listing || len(m.problems) != want.problems {
			t.Errorf("%s: %q %q %v, want %+v", query, m.known(), listing, m.problems, want)
		}
	}
}

// What is typed is cut to what anybody remembers, and is text.
func TestReadBounds(t *testing.T) {
	m := read(url.Values{"line": {strings.Repeat("燈\xff\x00 ", 5000)}, "fandom": {strings.Repeat("(", 10_000)}})
	if len(m.Line) > maxLine || len(m.Fandom) > maxName || strings.Contains(m.Line, "\x00") || !utf8.ValidString(m.Line) || len(m.problems) != 1 {
		t.Errorf("%d bytes of a line, %d of a fandom, %v", len(m.Line), len(m.Fandom), m.problems)
	}
}
