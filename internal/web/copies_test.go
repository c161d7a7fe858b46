package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"ficstead/internal/archive"
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
