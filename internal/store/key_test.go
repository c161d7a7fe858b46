package store

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzKey wants keys that PostgreSQL can index and that tell names apart.
func FuzzKey(f *testing.F) {
	for _, s := range []string{"", "a", "É", strings.Repeat("é", 500), strings.Repeat("é", 501), strings.Repeat("a", 999) + "茶", strings.Repeat("ﷺ", 300)} {
		f.Add(s, s+"x")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		if checkText("", a, b) != nil {
			t.Skip()
		}
		x, y := short(a), short(b)
		if len(x) > maxKey || !utf8.ValidString(x) {
			t.Errorf("short(%.40q) has %d bytes: %.40q", a, len(x), x)
		}
		if (a == b) != (x == y) {
			t.Errorf("%.40q and %.40q become %.40q and %.40q", a, b, x, y)
		}
		if short(x) != x {
			t.Errorf("short(%.40q) is not short", x)
		}
	})
}
