package web

import (
	"math"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"ficstead/internal/web/look"
)

// TestEveryChoiceHasItsStyle looks for each value that may be chosen in the
// style sheet.
func TestEveryChoiceHasItsStyle(t *testing.T) {
	css, err := os.ReadFile("page/static/style.css")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range look.Settings {
		for _, o := range c.Options {
			exact := "[data-" + c.Name + "=" + o.Value + "]"
			if o.Value == "" || c.Name == "keys" || c.Name == "align" || exact == "[data-theme=light]" {
				continue // defaults, what the script reads, what is matched in part
			}
			if !strings.Contains(string(css), exact) {
				t.Errorf("no style for %s", exact)
			}
		}
	}
}

func TestSettings(t *testing.T) {
	h := newHouse(t)
	for back, want := range map[string]string{
		"": "/settings?saved=1", "/works?q=tide": "/works?q=tide", "/works/7/chapters/2": "/works/7/chapters/2",
		"https://evil.example/": "/settings?saved=1", "//evil.example/": "/settings?saved=1", `/\evil.example`: "/settings?saved=1",
		"javascript:alert(1)": "/settings?saved=1", "/%09/evil.example": "/settings?saved=1", "works": "/settings?saved=1",
	} {
		got := h.ask(t, 1, http.MethodPost, "/settings", url.Values{"theme": {"sepia"}, "size": {"huge"}, "back": {back}})
		place := got.header.Get("Location")
		if got.status != http.StatusSeeOther || place != want && !(strings.HasPrefix(place, "/%09") && !strings.Contains(place, "//")) {
			t.Errorf("back to %q: %d %q, want %q", back, got.status, place, want)
		}
		if cookie := got.header.Get("Set-Cookie"); !strings.HasPrefix(cookie, "look=sepia......;") {
			t.Errorf("cookie %q", cookie)
		}
	}
	r := httptest.NewRequest(http.MethodGet, "/settings", nil)
	r.Host = "localhost"
	r.AddCookie(&http.Cookie{Name: "look", Value: "sepia.sans"})
	got := h.send(t, r)
	for _, part := range []string{`data-theme="sepia" data-face="sans"`, `name="theme" value="sepia" checked`} {
		if !strings.Contains(got.body, part) {
			t.Errorf("the page lacks %s", part)
		}
	}
}

// TestThemeContrast computes the contrast of every pair of colours that text
// is set in, in each theme of the style sheet.
func TestThemeContrast(t *testing.T) {
	css, err := os.ReadFile("page/static/style.css")
	if err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile(`(?s)(:root(?::not\(\[data-theme\]\))?|\[data-theme=[a-z]+\]) \{([^{}]*--paper[^{}]*)\}`).FindAllStringSubmatch(string(css), -1)
	if len(blocks) != 6 {
		t.Fatalf("%d themes, want 6", len(blocks))
	}
	for _, block := range blocks {
		colour := map[string]string{}
		for _, m := range regexp.MustCompile(`--([a-z]+): (#[0-9a-f]{3,6});`).FindAllStringSubmatch(block[2], -1) {
			colour[m[1]] = m[2]
		}
		for _, pair := range []struct {
			text, ground string
			least        float64
		}{
			{"ink", "paper", 7}, {"ink", "raised", 7}, {"ink", "glow", 7}, {"ink", "mark", 4.5}, {"soft", "paper", 4.5}, {"soft", "raised", 4.5}, {"soft", "glow", 4.5},
			{"ember", "paper", 7}, {"ember", "raised", 7}, {"ember", "glow", 4.5}, {"paper", "ember", 4.5}, {"good", "raised", 4.5}, {"good", "paper", 4.5},
			{"edge", "paper", 3}, {"edge", "raised", 3}, {"ring", "paper", 3}, {"ring", "raised", 3}, {"paper", "ink", 7},
		} {
			if ratio := contrast(t, colour[pair.text], colour[pair.ground]); ratio < pair.least {
				t.Errorf("%s: %s on %s is %.2f, want %.1f", block[1], pair.text, pair.ground, ratio, pair.least)
			}
		}
	}
}

// contrast is the ratio of WCAG 2.
func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + .05) / (min(x, y) + .05)
}

func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	hex := strings.TrimPrefix(colour, "#")
	if len(hex) == 3 {
		hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
	}
	n, err := strconv.ParseUint(hex, 16, 32)
	if err != nil || len(hex) != 6 {
		t.Fatalf("colour %q", colour)
	}
	linear := func(v uint64) float64 {
		c := float64(v&255) / 255
		if c <= .04045 {
			return c / 12.92
		}
		return math.Pow((c+.055)/1.055, 2.4)
	}
	return .2126*linear(n>>16) + .7152*linear(n>>8) + .0722*linear(n)
}
