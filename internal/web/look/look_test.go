package look

import (
	"fmt"
	"strings"
	"testing"
)

func TestLookSurvivesItsCookie(t *testing.T) {
	for i, c := range Settings {
		for _, o := range c.Options {
			var l Look
			*l.fields()[i] = o.Value
			if got := FromCookie(l.String()); got != l {
				t.Errorf("%s=%s comes back as %+v", c.Name, o.Value, got)
			}
		}
	}
}

func TestLookOfBadCookies(t *testing.T) {
	for _, value := range []string{"", ".", "dark", "dark.....xl", `"><script>`, strings.Repeat(".", 1000), "no-such-theme.sans"} {
		l := FromCookie(value)
		if strings.Contains(fmt.Sprint(l), "<") || l.Theme == "no-such-theme" {
			t.Errorf("cookie %q gives %+v", value, l)
		}
	}
}
