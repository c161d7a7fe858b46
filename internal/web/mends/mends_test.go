package mends

import "testing"

func TestChanged(t *testing.T) {
	for _, test := range []struct{ before, after, head, old, new, tail string }{
		{"abc", "abc", "abc", "", "", ""},
		{"abc", "axc", "a", "b", "x", "c"},
		{"", "new", "", "", "new", ""},
		{"old", "", "", "old", "", ""},
		{"aa", "aaa", "aa", "", "a", ""},
		{"é", "è", "", "é", "è", ""},
		{"xéy", "xèy", "x", "é", "è", "y"},
		{"日本", "日木", "日", "本", "木", ""},
		{"¢", "éA¢", "", "", "éA", "¢"},
	} {
		head, old, new, tail := changed(test.before, test.after)
		if head != test.head || old != test.old || new != test.new || tail != test.tail {
			t.Errorf("%q → %q: %q %q %q %q", test.before, test.after, head, old, new, tail)
		}
	}
}

func FuzzChanged(f *testing.F) {
	f.Add("a", "b")
	f.Add("naïve café", "naive café")
	f.Add("\xff", "é")
	f.Fuzz(func(t *testing.T, before, after string) {
		head, old, new, tail := changed(before, after)
		if head+old+tail != before || head+new+tail != after {
			t.Errorf("%q → %q: %q %q %q %q", before, after, head, old, new, tail)
		}
		visible(before)
	})
}

func TestVisible(t *testing.T) {
	for s, want := range map[string]string{
		"plain, naïve “quotes”": "plain, naïve “quotes”",
		"a\nb\tc":               "a↵\nb⇥c",
		"light\u200bhouse":      "light[U+200B]house",
		"a\u00a0b":              "a⍽b",
		"\x01":                  "[U+0001]",
		"\u202e":                "[U+202E]",
	} {
		if got := visible(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}
