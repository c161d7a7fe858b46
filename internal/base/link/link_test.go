package link

import "testing"

func TestWeb(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"https://example.org/a?b=c#d", "https://example.org/a?b=c#d"},
		{" \x00HTTP://Example.org/ ", "http://Example.org/"},
		{"ht\ttps://example.org/", "https://example.org/"},
		{"https://example.org/a b\"<c>", "https://example.org/a%20b%22%3Cc%3E"},
		{"https://example.org/100%", "https://example.org/100%25"},
		{"https://пример.рф/история", "https://пример.рф/история"},
		{"javascript:alert(1)", ""},
		{"java\nscript://x/%0aalert(1)", ""},
		{"//example.org/", ""},
		{`https:\\example.org/`, ""},
		{"https://", ""},
		{"ftp://example.org/", ""},
	} {
		got := Web(test.in)
		if got != test.want {
			t.Errorf("Web(%q) = %q, want %q", test.in, got, test.want)
		}
		if again := Web(got); again != got {
			t.Errorf("Web(%q) = %q, which becomes %q", test.in, got, again)
		}
	}
}
