package web

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/jba/templatecheck"

	"ficstead/internal/web/look"
	"ficstead/internal/web/page"
)

// TestPagesFitTheirTypes finds names that a template uses and its type lacks,
// also in branches that no other test reaches.
func TestPagesFitTheirTypes(t *testing.T) {
	for name, p := range page.All() {
		if err := templatecheck.CheckHTML(p.Parse(), p.Zero()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestEveryPageHasSpecimens keeps the gallery whole.
func TestEveryPageHasSpecimens(t *testing.T) {
	has := map[string]int{}
	for _, s := range specimens() {
		has[s.Page]++
	}
	for name := range page.All() {
		if has[name] == 0 {
			t.Errorf("%s has no specimen in the gallery", name)
		}
		delete(has, name)
	}
	for name := range has {
		t.Errorf("specimen of %s, which is no page", name)
	}
}

// TestSpecimensAreGoodHTML measures every specimen by the rules for pages.
func TestSpecimensAreGoodHTML(t *testing.T) {
	for _, s := range specimens() {
		t.Run(s.Page+"/"+s.Name, func(t *testing.T) {
			w := httptest.NewRecorder()
			r := httptest.NewRequest(http.MethodGet, s.Path(), nil)
			if err := s.Show(w, r, page.Frame{Title: "Specimen", Look: look.Look{Theme: "dark"}}); err != nil {
				t.Fatal(err)
			}
			for _, problem := range htmlProblems(w.Body.String()) {
				t.Error(problem)
			}
		})
	}
}
