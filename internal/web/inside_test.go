package web

import (
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/find"
	"ficstead/internal/store/textindex"
	"ficstead/internal/web/address"
)

// insideHouse is a house whose searches look inside the text.
func insideHouse(t *testing.T) (*house, *textindex.Index) {
	t.Helper()
	h := newHouse(t)
	texts, err := textindex.Open(t.Context(), h.Store, filepath.Join(t.TempDir(), "text.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { texts.Close() })
	if h.Finder, err = find.Open(t.Context(), h.Store, find.Options{Inside: texts}); err != nil {
		t.Fatal(err)
	}
	return h, texts
}

// settle lets both indexes see what the store has now.
func (h *house) settle(t *testing.T, texts *textindex.Index) {
	t.Helper()
	h.follow(t)
	if err := texts.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// TestPlacesLeadToTheirParagraphs follows the links of what was found in the text,
// and finds the paragraph with that id, saying that.
func TestPlacesLeadToTheirParagraphs(t *testing.T) {
	h, texts := insideHouse(t)
	for _, w := range []struct{ language, text, question, found string }{
		{"en", "<p>She said nothing.</p><p>The lantern was <em>lit</em> in the window.</p><p>She said nothing.</p>", `text:"lantern was lit"`, "lantern was lit"},
		{"ar", "<p>كانت المدينة نائمة.</p><p>اتركي المصباح مضاءً.</p>", `text:المصباح`, "المصباح"},
		{"zh-Hant", "<p>信是和魚一起來的。</p><blockquote><p>老人把兩樣東西都拿在一隻手裡。</p></blockquote>", `text:"老人把兩樣"`, "老人把兩樣"},
	} {
		work := archive.Work{Keeper: 1, Visibility: archive.Public, Title: "Of " + w.language, Language: w.language}
		addWork(t, h.Store, work, archive.Chapter{Number: 1, Text: prose.Parse("<p>Before.</p>")}, archive.Chapter{Number: 2, Title: "Two", Text: prose.Parse(w.text)})
		h.settle(t, texts)
		body := h.get(t, "/works?"+url.Values{"q": {w.question}}.Encode()).body
		if !strings.Contains(body, "<mark>") || !strings.Contains(strings.NewReplacer("<mark>", "", "</mark>", "").Replace(body), w.found) || !strings.Contains(body, `<blockquote class="passage" lang="`+w.language+`"`) {
			t.Fatalf("%s: %s", w.question, body)
		}
		place := regexp.MustCompile(`<p class="where"><a href="([^"]+)#([^"]+)"`).FindStringSubmatch(body)
		if place == nil {
			t.Fatalf("%s: no link to the place", w.question)
		}
		for _, p := range []struct{ target, id string }{{place[1], place[2]}, {strings.Split(place[1], "/chapters/")[0] + "/full", "c2-" + place[2]}} {
			page := h.get(t, p.target).body
			_, at, ok := strings.Cut(page, ` id="`+p.id+`"`)
			said, _, _ := strings.Cut(at, "</p>")
			if !ok || !strings.Contains(strings.NewReplacer("<em>", "", "</em>", "").Replace(said), w.found) {
				t.Errorf("%s: nothing with the id %s at %s says it: %.80s", w.question, p.id, p.target, said)
			}
		}
	}
}

// TestRememberedLines finds a line with wrong words, and tells nobody of a text
// that is not theirs or was kept out of searches.
func TestRememberedLines(t *testing.T) {
	h, texts := insideHouse(t)
	const told, remembered = "Old Prewett carried both up from the quay in the same hand, which was how most things reached the lighthouse.", "old Prewett carried them both up from the harbour in one hand, how most things reached the lighthouse"
	fandom := archive.Tag{Kind: archive.Fandom, Name: "The Lighthouse Sagas"}
	work := addWork(t, h.Store, archive.Work{Keeper: 1, Visibility: archive.Private, Title: "The Crate", Language: "en", Tags: []archive.Tag{fandom}}, archive.Chapter{Number: 1, Text: prose.FromText("Before.\n\n" + told + "\n\nAfter.")})
	h.settle(t, texts)
	ask := func(person int, more url.Values) string {
		v := url.Values{"line": {remembered}}
		for name, values := range more {
			v[name] = values
		}
		return h.ask(t, person, "GET", "/remember?"+v.Encode(), nil).body
	}
	for _, more := range []url.Values{nil, {"fandom": {"lighthouse"}}, {"length": {"short"}, "lang": {"en"}}, {"fandom": {"no such fandom"}, "complete": {"yes"}}} {
		body := ask(1, more)
		for _, want := range []string{"The Crate", "1 chapter that may hold it", `href="` + address.Chapter(work.ID, 1) + `#`, "<mark>Old Prewett carried", `ou had <bdi>“harbour”</bdi>, it says <bdi>“quay”</bdi>`} {
			if !strings.Contains(body, want) {
				t.Errorf("%v: no %q in %s", more, want, body)
			}
		}
	}
	if body := ask(2, nil); strings.Contains(body, "Prewett carried both") || !strings.Contains(body, "did not come up") {
		t.Errorf("Ben is told of a private work: %s", body)
	}
	if got := h.ask(t, 1, "POST", address.Work(work.ID)+"/text-search", url.Values{"out": {"yes"}}); got.status != 303 {
		t.Fatal(got.status)
	}
	if body := ask(1, nil); strings.Contains(body, "The Crate") {
		t.Error("what is kept out of searches was found")
	}
}
