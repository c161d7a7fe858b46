package guard

import (
	"crypto/tls"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestWhoAsks(t *testing.T) {
	proxies, err := ParseProxies([]string{"127.0.0.1", "10.0.0.0/8", "2001:db8:1::/48"})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		peer, forwarded string
		trust           bool
		want            string
	}{
		{"192.0.2.1:5", "198.51.100.1", true, "192.0.2.1"},
		{"127.0.0.1:5", "198.51.100.1", true, "198.51.100.1"},
		{"127.0.0.1:5", "198.51.100.1", false, "127.0.0.1"},
		{"127.0.0.1:5", "", true, "127.0.0.1"},
		{"127.0.0.1:5", "6.6.6.6, 198.51.100.1", true, "198.51.100.1"},
		{"127.0.0.1:5", "6.6.6.6, 198.51.100.1, 10.1.2.3", true, "198.51.100.1"},
		{"127.0.0.1:5", "10.1.2.3", true, "10.1.2.3"},
		{"127.0.0.1:5", "198.51.100.1:4711", true, "198.51.100.1"},
		{"127.0.0.1:5", "[2001:db8::7]:4711", true, "2001:db8::7"},
		{"127.0.0.1:5", "[2001:db8::7]", true, "2001:db8::7"},
		{"127.0.0.1:5", "unknown", true, "127.0.0.1"},
		{"127.0.0.1:5", "198.51.100.1, <script>", true, "127.0.0.1"},
		{"127.0.0.1:5", strings.Repeat("10.0.0.1,", 5000) + "10.0.0.2", true, "10.0.0.1"},
		{"[2001:db8:1::9]:5", "2001:db8::7", true, "2001:db8::7"},
		{"[::ffff:127.0.0.1]:5", "2001:db8::7", true, "2001:db8::7"},
		{"nonsense", "198.51.100.1", true, "invalid IP"},
	} {
		p := proxies
		if !c.trust {
			p = nil
		}
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = c.peer
		r.Header.Set("X-Forwarded-For", c.forwarded)
		Origins("", p, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if got := Address(r).String(); got != c.want {
				t.Errorf("%.80v: %s, want %s", c, got, c.want)
			}
		})).ServeHTTP(httptest.NewRecorder(), r)
	}
	for _, wrong := range []string{"", "localhost", "10.0.0.0/99", "10.0.0.0/"} {
		if _, err := ParseProxies([]string{wrong}); err == nil {
			t.Errorf("%q is taken for a proxy", wrong)
		}
	}
}

// TestCookies sets one and reads it again, and looks for the name and the marks
// that it has where there is TLS and where there is none.
func TestCookies(t *testing.T) {
	for _, c := range []struct {
		what, public, peer, proto, host string
		tls, want                       bool
	}{
		{"this machine", "", "127.0.0.1:5", "", "localhost:8080", false, false},
		{"TLS of our own", "", "192.0.2.1:5", "", "stories.example", true, true},
		{"a proxy that ends TLS", "", "10.0.0.1:5", "https", "stories.example", false, true},
		{"a proxy without TLS", "", "10.0.0.1:5", "http", "stories.example", false, false},
		{"a liar", "", "192.0.2.1:5", "https", "stories.example", false, false},
		{"an address under https", "https://stories.example", "192.0.2.1:5", "", "stories.example", false, true},
		{"this machine of such a site", "https://stories.example", "127.0.0.1:5", "", "localhost", false, false},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr, r.Host = c.peer, c.host
		r.Header.Set("X-Forwarded-Proto", c.proto)
		if c.tls {
			r.TLS = new(tls.ConnectionState)
		}
		w := httptest.NewRecorder()
		proxies, _ := ParseProxies([]string{"10.0.0.0/8"})
		Origins(c.public, proxies, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			SetCookie(w, r, "look", "dark", 100)
			set := w.(*httptest.ResponseRecorder).Result().Cookies()[0]
			if secure := set.Secure && set.Name == "__Host-look"; secure != c.want || !set.HttpOnly || set.SameSite != http.SameSiteLaxMode || set.Path != "/" || set.Domain != "" || !c.want && set.Name != "look" {
				t.Errorf("%s: %s", c.what, set)
			}
			r.AddCookie(&http.Cookie{Name: "look", Value: "planted"})
			if got := Cookie(r, "look"); c.want && got != "" {
				t.Errorf("%s: a cookie that anyone could set is read as %q", c.what, got)
			}
			if r.AddCookie(set); c.want && Cookie(r, "look") != "dark" {
				t.Errorf("%s: the cookie is not read", c.what)
			}
		})).ServeHTTP(w, r)
	}
}

func TestHeaderLines(t *testing.T) {
	w := httptest.NewRecorder()
	Headers(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	lines := HeaderLines()
	for name, values := range w.Header() {
		if !strings.Contains(lines, name+": "+values[0]+"\r\n") {
			t.Errorf("%s is not among the lines", name)
		}
	}
	if strings.Contains(policy, "unsafe") || strings.Count(lines, "\r\n") != len(w.Header()) {
		t.Errorf("lines: %q", lines)
	}
}
