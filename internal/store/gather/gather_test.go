package gather

import (
	"strconv"
	"testing"
)

func TestFields(t *testing.T) {
	f := Of("7 3 Tea-1 0 5 été")
	if n, tea, minus, empty, summer := f.Number(), f.Text(), f.Number(), f.Text(), f.Text(); n != 7 || tea != "Tea" || minus != -1 || empty != "" || summer != "été" || f.More() || f.Broken() {
		t.Errorf("%d %q %d %q %q, more %v, broken %v", n, tea, minus, empty, summer, f.More(), f.Broken())
	}
}

func FuzzFields(f *testing.F) {
	for _, seed := range []string{"", "3 Tea", "4 Tea", "-1 Tea", "99999999999999999999 x", "x"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		whole := Of(strconv.Itoa(len(s)) + " " + s)
		if got := whole.Text(); got != s || whole.More() || whole.Broken() {
			t.Errorf("%q is read as %q", s, got)
		}
		for any := Of(s); any.More(); {
			any.Number()
			any.Text()
		}
	})
}
