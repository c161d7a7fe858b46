package answer

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestAcceptsGzip(t *testing.T) {
	for header, want := range map[string]bool{
		"": false, "gzip": true, "br, gzip": true, "gzip;q=0": false, "gzip; q=0.5": true, "GZIP": true, "br": false, "deflate, gzip;q=0.0": false, "gzip;q=x": false, "xgzip": false,
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header.Set("Accept-Encoding", header)
		if got := acceptsGzip(r); got != want {
			t.Errorf("%q: %v", header, got)
		}
	}
}

func TestMatches(t *testing.T) {
	for header, want := range map[string]bool{`W/"a"`: true, `"a"`: true, `"b", W/"a"`: true, `"b"`: false, "": false, "*": true, `"ab"`: false} {
		if got := matches(header, `W/"a"`); got != want {
			t.Errorf("%q: %v", header, got)
		}
	}
}

func TestCacheKeepsItsBound(t *testing.T) {
	c := Cache[int, kept]{Bound: 100_000}
	for i := range 10_000 {
		c.Add(i, kept(strings.Repeat("x", 100)))
		c.Get(0) // what is asked for stays
	}
	sum := 0
	for _, m := range []map[int]kept{c.young, c.old} {
		for _, v := range m {
			sum += v.Size()
		}
	}
	if _, ok := c.Get(0); !ok || sum > c.Bound {
		t.Errorf("%d bytes, want %d; first there: %v", sum, c.Bound, ok)
	}
	if _, ok := c.Get(5000); ok {
		t.Error("an old value was never forgotten")
	}
}

type kept string

func (k kept) Size() int { return len(k) + 64 }
