package prose

import "testing"

func TestTextOf(t *testing.T) {
	for _, html := range []string{"", "<p>Tea for two.</p>", "<p>Tea &amp; toast</p>", "<p>one</p><p>two</p>", "<p>a <em>b</em></p>", "<hr>", "<ul><li>x</li></ul>", "<p>日本語 é</p>", "<p>a<br>b</p>", "<p></p>", "<p>  </p>"} {
		printed := Parse(html).HTML()
		if got, want := TextOf(printed), Parse(printed).Text(); got != want {
			t.Errorf("%q: got %q, want %q", html, got, want)
		}
	}
}
