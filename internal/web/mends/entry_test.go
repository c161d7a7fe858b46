package mends

import (
	"fmt"
	"strings"
	"testing"

	"ficstead/internal/archive"
)

func TestEntries(t *testing.T) {
	sure := archive.Mend{Rule: "italics", Chapter: 1, Before: "_a_", After: "<em>a</em>", Confidence: 0.99, Applied: true}
	again := sure
	again.Chapter = 2
	guess := archive.Mend{Rule: "fused", Chapter: 1, Before: "saidno", After: "said no", Confidence: 0.9}
	wild := archive.Mend{Rule: "fused", Chapter: 1, Before: "abc", After: "a bc", Confidence: 0.5}
	undone := archive.Mend{Rule: "scene-break", Chapter: 1, Before: "~~~\n\nIn the", After: "* * *\n\nIn the", Confidence: 0.98}
	echo := archive.Mend{Rule: "scene-break", Chapter: 1, Before: "~~~\nIn the morning", After: "<hr>\nIn the morning", Confidence: 0.98}
	other := archive.Mend{Rule: "scene-break", Chapter: 1, Before: "xxx\nOut", After: "<hr>\nOut", Confidence: 0.98}
	d := archive.Decisions{Choices: archive.Choices{undone.ID(): false}}
	var got []string
	for _, e := range Entries([]archive.Mend{sure, again, guess, wild, undone, echo, other}, d) {
		got = append(got, fmt.Sprint(e.Before[:3], " ", e.Count, " ", e.Tier, " ticked ", e.Ticked, " ", e.Where(), " ", e.State()))
	}
	want := []string{
		"_a_ 2 A ticked true 2 times, first in chapter 1 ", "sai 1 C ticked true Chapter 1 suggested", "abc 1 C ticked false Chapter 1 suggested",
		"~~~ 1 A ticked false Chapter 1 left as it was by you", "xxx 1 C ticked false Chapter 1 suggested",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestShow wants changes in whole words and whole tags.
func TestShow(t *testing.T) {
	for _, c := range []struct{ before, after, want string }{
		{"the _lamp_ was", "the <em>lamp</em> was", "the [_lamp_][em:lamp] was"},
		{"she didnâ€™t go", "she didn’t go", "she [didnâ€™t][didn’t] go"},
		{"it.<br><br>In the", "it.</p><p>In the", "it.[sign:↵sign:↵][sign:¶]In the"},
		{"up from\nthe quay", "up from the quay", "up [fromsign:↵the][from the] quay"},
		{"saidno one", "said no one", "[saidno][said no] one"},
		{"~~~", "", "[~~~][]"},
		{"", "", "[][]"},
	} {
		e := Entry{Mend: archive.Mend{Before: c.before, After: c.after}}
		e.Show("", "")
		print := func(spans []Span) (s string) {
			for _, span := range spans {
				if span.Look != "" {
					s += span.Look + ":"
				}
				s += span.Text
			}
			return "[" + s + "]"
		}
		if got := e.Pre + print(e.Old) + print(e.New) + e.Post; got != c.want {
			t.Errorf("%q → %q: %s, want %s", c.before, c.after, got, c.want)
		}
	}
}

func FuzzShow(f *testing.F) {
	f.Add("a <em>b</em>", "a b")
	f.Add("a<", "a>b")
	f.Fuzz(func(t *testing.T, before, after string) {
		e := Entry{Mend: archive.Mend{Before: before, After: after}}
		e.Show("", "")
		head, old, new, tail := byWord(byTag(changed(before, after)))
		if head+old+tail != before || head+new+tail != after {
			t.Errorf("%q → %q: %q %q %q %q", before, after, head, old, new, tail)
		}
	})
}
