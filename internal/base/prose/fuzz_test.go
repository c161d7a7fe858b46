package prose

import (
	"strings"
	"testing"
)

func TestWhatMustHoldForAll(t *testing.T) {
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) { judge(t, c.in) })
	}
}

func FuzzParse(f *testing.F) {
	for _, c := range cases {
		f.Add(c.in)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 20_000 || strings.Count(s, "<table") > 8 {
			return
		}
		judge(t, s)
	})
}
