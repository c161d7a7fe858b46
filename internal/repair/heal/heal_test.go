package heal_test

import (
	"fmt"
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/repair/heal"
)

const (
	opening = "<p>The lamp over the stair had gone out again, and nobody had seen it go.</p>"
	reply   = "<p>“You said you would wait for me,” Mara said from the dark, “and I believed you.”</p>"
	ending  = "<p>He had no answer to that, and so he went down to look for the matches.</p>"
)

func TestHeal(t *testing.T) {
	for _, test := range []struct {
		name, own, other string
		rule             string // "" if nothing is to be told
		want             string // the own copy with all chosen; "" if the other's
	}{
		{"lost italics", opening + reply + ending,
			opening + strings.Replace(reply, "believed", "<em>believed</em>", 1) + ending, heal.Italics, ""},
		{"lost italics and spaces at the tags", opening + strings.Replace(reply, "I believed you", "Ibelievedyou", 1) + ending,
			opening + strings.Replace(reply, "believed", "<em>believed</em>", 1) + ending, heal.Italics, ""},
		{"a lost break", opening + reply + ending, opening + reply + "<hr>" + ending, heal.Breaks, ""},
		{"a break where the own copy has an empty paragraph", opening + reply + "<p></p>" + ending, opening + reply + "<hr>" + ending, heal.Breaks,
			opening + reply + "<p></p><hr>" + ending},
		{"lost spaces", strings.ReplaceAll(opening, "gone out", "goneout") + reply, opening + reply, heal.Spaces, ""},
		{"joined paragraphs", strings.Replace(opening+reply, "</p><p>", " ", 1) + ending, opening + reply + ending, heal.Paragraphs, ""},
		{"parted paragraphs", strings.Replace(opening, "again, and", "again,</p><p>and", 1) + reply, opening + reply, heal.Paragraphs, ""},

		{"the same", opening + reply, opening + reply, "", ""},
		{"the copy is the worse one", opening + strings.Replace(reply, "believed", "<em>believed</em>", 1), opening + reply, "", ""},
		{"the copy lost the spaces", opening + reply, strings.ReplaceAll(opening, "gone out", "goneout") + reply, "", ""},
		{"other italics", strings.Replace(opening, "nobody", "<em>nobody</em>", 1), strings.Replace(opening, "lamp", "<em>lamp</em>", 1), "", ""},
		{"other quotes and dashes", strings.NewReplacer("“", `"`, "”", `"`).Replace(reply), reply, "", ""},
		{"rewritten", opening + reply, opening + strings.Replace(reply, "wait", "<em>stay</em>", 1), "", ""},
		{"another story", opening + reply, "<p>Nothing of this stands in the other text, whatever it is about.</p><hr><p>And <em>this</em> no more.</p>", "", ""},
		{"empty", "", opening + "<hr>" + reply, "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			of := func(html string) archive.Manuscript {
				return archive.Manuscript{Chapters: []archive.Chapter{{Text: prose.Parse(html)}}}
			}
			own, other := of(test.own), of(test.other)
			heal.Manuscript(&own, other.Chapters, "copy.epub", nil)
			if own.Chapters[0].Text.HTML() != prose.Parse(test.own).HTML() {
				t.Errorf("changed without a person: %s", own.Chapters[0].Text.HTML())
			}
			if test.rule == "" {
				if len(own.Mends) > 0 {
					t.Errorf("told %+v", own.Mends)
				}
				return
			}
			if len(own.Mends) != 1 || own.Mends[0].Rule != test.rule || own.Mends[0].From != "copy.epub" || own.Mends[0].Applied || own.Mends[0].Before == own.Mends[0].After {
				t.Fatalf("told %+v, want one of %s", own.Mends, test.rule)
			}
			chosen := of(test.own)
			heal.Manuscript(&chosen, other.Chapters, "copy.epub", archive.Choices{own.Mends[0].ID(): true})
			want := test.want
			if want == "" {
				want = test.other
			}
			if is := chosen.Chapters[0].Text.HTML(); is != prose.Parse(want).HTML() {
				t.Errorf("healed  %s\nwant    %s", is, prose.Parse(want).HTML())
			}
			again := chosen
			again.Mends = nil
			heal.Manuscript(&again, other.Chapters, "copy.epub", nil)
			if len(again.Mends) > 0 {
				t.Errorf("healed, and told again: %+v", again.Mends)
			}
		})
	}
}

// TestOtherChapters heals a work whose copy is cut into chapters differently.
func TestOtherChapters(t *testing.T) {
	var whole, first, second strings.Builder
	for i := range 40 {
		p := fmt.Sprintf("<p>Paragraph %d of a story about %d lamps.</p>", i, i*i)
		whole.WriteString(p)
		if i == 30 {
			p = strings.Replace(p, "story", "<em>story</em>", 1)
		}
		if i < 20 {
			first.WriteString(p)
		} else {
			second.WriteString(p)
		}
	}
	m := archive.Manuscript{Chapters: []archive.Chapter{{Text: prose.Parse(whole.String())}}}
	heal.Manuscript(&m, []archive.Chapter{{Text: prose.Parse(first.String())}, {Text: prose.Parse(second.String())}}, "b", archive.Choices{"*": true})
	if is := m.Chapters[0].Text.HTML(); is != prose.Parse(first.String()+second.String()).HTML() || len(m.Mends) != 1 {
		t.Errorf("%d mends: %s", len(m.Mends), is)
	}
}

func FuzzHeal(f *testing.F) {
	f.Add(opening+reply, opening+"<hr>"+reply)
	f.Add(opening+reply+ending, strings.ReplaceAll(opening+ending, "the", "<em>the</em>"))
	f.Add("<p>a</p><p>b c</p>", "<p>a b</p><p>c</p>")
	f.Fuzz(func(t *testing.T, own, other string) {
		d := prose.Parse(own)
		m := archive.Manuscript{Chapters: []archive.Chapter{{Text: d}}}
		copied := []archive.Chapter{{Text: prose.Parse(other)}}
		heal.Manuscript(&m, copied, "b", nil)
		if !m.Chapters[0].Text.Equal(d) {
			t.Fatal("changed without a person")
		}
		refused := archive.Choices{}
		for _, mend := range m.Mends {
			refused[mend.ID()] = false
		}
		heal.Manuscript(&m, copied, "b", refused)
		if !m.Chapters[0].Text.Equal(d) {
			t.Fatal("changed what was refused")
		}
	})
}

func TestDifferences(t *testing.T) {
	of := func(html ...string) (chapters []archive.Chapter) {
		for _, h := range html {
			chapters = append(chapters, archive.Chapter{Text: prose.Parse(h)})
		}
		return chapters
	}
	a := of(opening+reply, ending+"<p>Only here.</p>")
	b := of(opening+"<hr>"+strings.Replace(reply, "believed", "<em>believed</em>", 1), ending)
	list, all := heal.Differences(a, b, 10)
	want := []heal.Difference{
		{Chapter: 1, Own: "", Other: "* * *"},
		{Chapter: 1, Own: "Mara said from the dark, “and I believed you.”", Other: "Mara said from the dark, “and I <em>believed</em> you.”", SameLetters: true},
		{Chapter: 2, Own: "Only here.", Other: ""},
	}
	if all != len(want) || len(list) != len(want) {
		t.Fatalf("%d: %+v", all, list)
	}
	for i := range want {
		if list[i] != want[i] {
			t.Errorf("got  %+v\nwant %+v", list[i], want[i])
		}
	}
	if list, all := heal.Differences(a, a, 10); all != 0 || len(list) != 0 {
		t.Errorf("a copy differs from itself: %+v", list)
	}
	if list, all := heal.Differences(a, b, 1); all != 3 || len(list) != 1 {
		t.Errorf("%d of %d", len(list), all)
	}
}
