package web

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/find"
	"ficstead/internal/web/address"
	"ficstead/internal/web/page"
)

// The budgets, in bytes as they travel.
const (
	listBudget    = 60_000
	chapterBudget = 45_000
	htmlBudget    = 30_000 // of a listing's page alone
	styleBudget   = 12_000
	scriptBudget  = 15_000
	requestBudget = 4
)

// fetch asks for a page and all it loads, as a browser does, and returns the
// bytes of each.
func (h *house) fetch(t *testing.T, target string) map[string]int {
	t.Helper()
	sizes := map[string]int{}
	page := h.compressed(t, target)
	sizes[target] = page.size
	for _, m := range regexp.MustCompile(`(?:<link rel="(?:stylesheet|icon)" href|<script defer src|<img[^>]* src)="([^"]+)"`).FindAllStringSubmatch(page.text, -1) {
		sizes[m[1]] = h.compressed(t, m[1]).size
	}
	return sizes
}

type travelled struct {
	size int
	text string // uncompressed
}

func (h *house) compressed(t *testing.T, target string) travelled {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, target, nil)
	r.Host = "localhost"
	r.Header.Set("Test-Person", "1")
	r.Header.Set("Accept-Encoding", "gzip")
	got := h.send(t, r)
	if got.status != http.StatusOK {
		t.Fatalf("%s: %d", target, got.status)
	}
	return travelled{len(got.body), h.get(t, target).body}
}

// vocabulary makes texts that compress no better than English does.
var vocabulary = strings.Fields("the of and to a in that it was he she they with for on as had not but at by his her from which one you were all there would when said lamp tide letter window stair harbour gull winter oil glass quiet somebody nobody morning grey stone remember forgotten handwriting weather drowned village keeper paraffin silence machinery speaking again never once thirty years crossbar mainland crate label ice coat nail school story house light")

// story is n words in an order that does not repeat.
func story(n int, seed uint32) prose.Doc {
	var b strings.Builder
	x := seed*2654435761 + 1
	for i := range n {
		if i%60 == 0 {
			b.WriteString("</p><p>")
		}
		x ^= x << 13
		x ^= x >> 17
		x ^= x << 5
		b.WriteString(vocabulary[x%uint32(len(vocabulary))])
		b.WriteByte(' ')
	}
	return prose.Parse("<p>" + b.String() + "</p>")
}

// newLibrary is a house with 40 works that have as many tags as real ones.
func newLibrary(t testing.TB) *house {
	h := newHouse(t)
	for i := range uint32(40) {
		w := markedWork(archive.Public)
		w.Title, w.Summary, w.Notes = story(6, i).Text(), story(60, i+100), prose.Doc{}
		for j := range uint32(14) {
			w.Tags = append(w.Tags, archive.Tag{Kind: archive.Kinds[4+j%3], Name: story(3, i*20+j).Text()})
		}
		addWork(t, h.Store, w, archive.Chapter{Number: 1, Title: "One", Text: story(5000, i)})
	}
	h.follow(t)
	return h
}

func TestBudgets(t *testing.T) {
	h := newLibrary(t)
	answer, err := h.Finder.Works(t.Context(), people[1].viewer, find.Question{Sort: "words"})
	if err != nil {
		t.Fatal(err)
	}
	for target, most := range map[string]int{"/works": listBudget, address.Chapter(answer.IDs[0], 1): chapterBudget, "/": listBudget} {
		sizes := h.fetch(t, target)
		sum := 0
		for _, n := range sizes {
			sum += n
		}
		t.Logf("%s: %d bytes in %d requests, %d of them the page", target, sum, len(sizes), sizes[target])
		if sum > most || len(sizes) > requestBudget {
			t.Errorf("%s: %d bytes in %d requests, want %d in %d: %v", target, sum, len(sizes), most, requestBudget, sizes)
		}
		if target == "/works" && sizes[target] > htmlBudget {
			t.Errorf("%s: the page alone is %d bytes, want %d", target, sizes[target], htmlBudget)
		}
	}
	for name, most := range map[string]int{"style.css": styleBudget, "page.js": scriptBudget} {
		path, err := page.Assets.Path(name)
		if err != nil {
			t.Fatal(err)
		}
		if n := h.compressed(t, path).size; n > most {
			t.Errorf("%s: %d bytes, want %d", name, n, most)
		}
	}
}

// TestAllScriptsFit counts every script together.
func TestAllScriptsFit(t *testing.T) {
	sum := 0
	for name, size := range page.Assets.Sizes() {
		if strings.HasSuffix(name, ".js") {
			sum += size
		}
	}
	if sum > scriptBudget {
		t.Errorf("scripts: %d bytes, want %d", sum, scriptBudget)
	}
}

// TestListingIsSmall counts the elements of a listing.
func TestListingIsSmall(t *testing.T) {
	h := newLibrary(t)
	if n := strings.Count(h.get(t, "/works").body, "</") + strings.Count(h.get(t, "/works").body, "<input"); n > 1500 {
		t.Errorf("%d elements", n)
	}
}
