package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/store"
	"ficstead/internal/web/address"
)

// keeperTale is a story in a file; whole has what the other copy lost.
func keeperTale(title string, whole bool) string {
	var b strings.Builder
	b.WriteString("Title: " + title + "\nAuthor: tidewrack\n\n")
	for i := range 12 {
		if whole && i == 6 {
			b.WriteString("* * *\n\n")
		}
		word := "believed"
		if whole && i == 3 {
			word = "_believed_"
		}
		fmt.Fprintf(&b, "On day %d the keeper of light number %d %s that ship %d would come before the %dth tide, and nobody told her otherwise.\n\n", i, i*7, word, i*i, i+3)
	}
	return b.String()
}

func TestCopies(t *testing.T) {
	i := newImporting(t)
	worse := i.receipts(i.upload(sent{"worse.txt", keeperTale("The Lamp", false)}))[0]
	receipts := i.upload(sent{"better.txt", keeperTale("The Lamp, restored", true)})
	better := i.receipts(receipts)[0]
	if better.Status != archive.StatusDuplicate {
		t.Fatalf("%+v", better)
	}
	page := func(path string, want ...string) string {
		t.Helper()
		code, body := i.get(path)
		if code != http.StatusOK {
			t.Fatalf("%s: %d", path, code)
		}
		for _, w := range want {
			if !strings.Contains(body, w) {
				t.Errorf("%s: no %q in it", path, w)
			}
		}
		return body
	}
	choose := func(choice string) (int, string) {
		w := i.do(newForm(address.Comparison(worse.Work, better.Work), url.Values{"choice": {choice}}))
		return w.Code, w.Header().Get("Location")
	}
	page(receipts, ">Compare copies<", address.Copies(better.Work))
	page(address.Work(worse.Work), "Compare 1 copy", address.Copies(worse.Work))
	page(address.Copies(worse.Work), "The Lamp, restored", "The same story", address.Comparison(worse.Work, better.Work))
	page(address.Comparison(worse.Work, better.Work), "They differ in 2 places", "<em>believed</em>", "One work: keep this text")
	if code, _ := choose("nonsense"); code != http.StatusUnprocessableEntity {
		t.Errorf("a choice that is none: %d", code)
	}
	if code, to := choose("apart"); code != http.StatusSeeOther || to != address.Copies(worse.Work) {
		t.Errorf("%d %s", code, to)
	}
	if strings.Contains(page(address.Work(worse.Work), "1 copy kept apart", address.Copies(worse.Work)), "Compare 1 copy") {
		t.Error("asked again about what was decided")
	}
	page(address.Comparison(worse.Work, better.Work), "Ask me again")
	choose("open")
	if code, to := choose("unite"); code != http.StatusSeeOther || to != address.Review(worse.Work)+"?done=united" {
		t.Errorf("%d %s", code, to)
	} else {
		page(to, "They are one work now. What the other copy knows better is suggested below", "from <bdi>better.txt</bdi>")
	}
	if code, _ := i.get(address.Work(better.Work)); code != http.StatusNotFound {
		t.Errorf("the other work is still there: %d", code)
	}
	page(address.Review(worse.Work), "believed")
	if code, _ := choose("unite"); code != http.StatusNotFound {
		t.Errorf("once more: %d", code)
	}
}

// TestCopiesTellNobody makes each of Anna's works a copy of each other one: people
// are told only of those that they may see, and decide about none of hers.
func TestCopiesTellNobody(t *testing.T) {
	h := newHouse(t)
	var paths []string
	err := h.Store.Write(t.Context(), func(tx *store.Tx) error {
		for v, w := range h.works {
			paths = append(paths, address.Work(w.ID), address.Copies(w.ID), "/api/v1"+address.Work(w.ID)+"/mends", "/api/v1"+address.Work(w.ID))
			for o, other := range h.works {
				if v == o {
					continue
				}
				paths = append(paths, address.Comparison(w.ID, other.ID))
				if err := tx.SetLikeness(archive.Likeness{Work: w.ID, Other: other.ID, Alike: archive.SameText, OfWork: 1, OfOther: 1}); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for person := range people {
		for _, path := range append(paths, "/api/v1/tags?q=mark", "/viewstory.php?sid=4", "/reviews.php?item=3", "/import") {
			got := h.ask(t, person, http.MethodGet, path, nil)
			for v, sees := range whoSees {
				if sees[person] == 404 && strings.Contains(got.body+fmt.Sprint(got.header), marker(v)) {
					t.Errorf("%s tells %s of a %s work", path, people[person].name, v)
				}
			}
			for _, choice := range []string{"apart", "unite", "take"} {
				if person == 1 || !strings.Contains(path, "/copies/") {
					continue
				}
				if got := h.ask(t, person, http.MethodPost, path, url.Values{"choice": {choice}}); got.status != 403 && got.status != 404 {
					t.Errorf("%s: %s may say %q: %d", path, people[person].name, choice, got.status)
				}
			}
		}
	}
}
