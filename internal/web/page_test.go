package web

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"ficstead/internal/web/look"
	"github.com/jba/templatecheck"
)

// check parses the page anew, because html/template rewrites a template when
// it is first shown and templatecheck cannot read what it leaves.
func (p page[T]) check() error {
	var v T
	return templatecheck.CheckHTML(parsePage(p.name), v)
}

func (f fragment[T]) check() error {
	var v T
	return templatecheck.CheckHTML(parseFragment(strings.TrimPrefix(f.name, "parts/")), v)
}

// TestPagesFitTheirTypes finds names that a template uses and its type lacks,
// also in branches that no other test reaches.
func TestPagesFitTheirTypes(t *testing.T) {
	for name, p := range pages {
		if err := p.(interface{ check() error }).check(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestEveryPageHasSpecimens keeps the gallery whole.
func TestEveryPageHasSpecimens(t *testing.T) {
	has := map[string]int{}
	for _, s := range specimens() {
		has[s.page]++
	}
	for name := range pages {
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
		t.Run(s.page+"/"+s.name, func(t *testing.T) {
			w := httptest.NewRecorder()
			r := httptest.NewRequest(http.MethodGet, s.path(), nil)
			if err := s.show(w, r, Frame{Title: "Specimen", Look: look.Look{Theme: "dark"}}); err != nil {
				t.Fatal(err)
			}
			for _, problem := range htmlProblems(w.Body.String()) {
				t.Error(problem)
			}
		})
	}
}
