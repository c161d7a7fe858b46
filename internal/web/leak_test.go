package web_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"ficstead/internal/archive"
)

// asked are addresses that show what many works are, count them, or complete what
// is typed. Where a work is asked for by its marker, half of it is: the whole must
// come from the archive and not from the question.
func asked(marker string) []string {
	half := marker[:len(marker)/2]
	all := []string{"/", "/works", "/works.atom", "/works.opds", "/fandoms", "/opds", "/works/facets", "/remember", "/api/v1/works", "/works?sort=title", "/works?page=2", "/works?per=100",
		"/works?q=tag%3A%22common+tag%22", "/works.epub?q=common", "/nowhere", "/works?q=text%3Acommon", "/api/v1/openapi.json", "/languages/en", "/robots.txt", "/readyz", "/metrics"}
	for _, kind := range []string{"rating", "fandom", "relationship", "character", "tag"} {
		all = append(all, "/works/facets?kind="+kind, "/works/facets?kind="+kind+"&order=name&typed="+half, "/works?find-"+kind+"="+half, "/api/v1/facets?kind="+kind, "/api/v1/tags?kind="+kind+"&q="+half, "/api/v1/tags?kind="+kind)
	}
	for _, q := range []string{half + "*", half, "title:" + half, "creator:" + half, "fandom:" + half, "text:" + half, "series:" + half, "summary:" + half} {
		all = append(all, "/works?q="+q, "/api/v1/works?q="+q)
	}
	return append(all, "/remember?line=the+text+of+"+half, "/api/v1/remember?line=the+text+of", "/fandoms?name="+half, "/remember?line=the+text&fandom="+half)
}

// TestNoMarkerOfWhatIsHidden crawls all of the site as each viewer and looks for
// the markers of works that they may not know of, in every byte and in the log.
func TestNoMarkerOfWhatIsHidden(t *testing.T) {
	if testing.Short() {
		t.Skip("walks all routes, which takes minutes where memory is watched")
	}
	tn := newTown(t, states())
	pages, own, most := 0, 0, 60
	if *every {
		most = 2000
	}
	look := func(who int, target string, got reply) {
		pages++
		all := got.all()
		for i := range tn.all[5:] {
			d := &tn.all[5+i]
			at := strings.Index(all, d.marker)
			if at >= 0 {
				own++
			}
			if at >= 0 && !viewers[who].MaySeeWork(d.Work) {
				t.Errorf("%s tells a %s of %q of a %s work", target, viewers[who].name, all[at:min(len(all), at+30)], d.state)
			}
		}
		if strings.Contains(all, "@example.org") {
			t.Errorf("%s tells %s an address for mail", target, viewers[who].name)
		}
	}
	for who := range viewers {
		for i := range tn.all[5:] {
			if !tn.all[5+i].likened && !*every {
				continue
			}
			for _, target := range asked(tn.all[5+i].marker) {
				look(who, target, tn.ask(t, who, http.MethodGet, target, nil))
			}
		}
		// Everything that pages lead to, from the front and from the lists.
		seen, next := map[string]bool{}, []string{"/", "/works", "/works?per=100", "/fandoms", "/opds", "/works/facets?kind=tag"}
		for len(next) > 0 && len(seen) < most {
			target := next[0]
			if next = next[1:]; seen[target] {
				continue
			}
			seen[target] = true
			got := tn.ask(t, who, http.MethodGet, target, nil)
			look(who, target, got)
			for _, link := range links.FindAllStringSubmatch(got.body, -1) {
				if at := strings.ReplaceAll(link[1], "&amp;", "&"); !strings.Contains(at, ".epub") && !strings.HasPrefix(at, "/-/") {
					next = append(next, at)
				}
			}
		}
	}
	for _, rule := range rules() {
		for i := range tn.all[5:] {
			for _, target := range rule.at(&tn.all[5+i]) {
				if rule.form == nil && !strings.HasSuffix(target, ".epub") {
					for _, who := range []int{0, 2, 3} {
						look(who, target, tn.ask(t, who, http.MethodGet, target, nil))
					}
				}
			}
		}
	}
	for i := range tn.all {
		if strings.Contains(tn.log.String(), tn.all[i].marker) {
			t.Errorf("the log tells of a %s work", tn.all[i].state)
		}
	}
	if own < pages/10 {
		t.Errorf("markers in %d of %d answers: nothing would be noticed", own, pages)
	}
	t.Logf("%d answers, %d bytes of log", pages, tn.log.Len())
}

var links = regexp.MustCompile(`(?:href|src|action)="(/[^"#]*)`)

// TestHiddenWorksChangeNoAnswer asks a site with hidden works and one without: to
// whoever may not know of them both say the same, to the byte.
func TestHiddenWorksChangeNoAnswer(t *testing.T) {
	if testing.Short() {
		t.Skip("walks all routes, which takes minutes where memory is watched")
	}
	var hidden []state
	for _, s := range states() {
		if s.visibility != archive.Public {
			hidden = append(hidden, s)
		}
	}
	with, without := newTown(t, hidden), newTown(t, nil)
	targets := asked(with.all[5].marker)
	for i := range without.all {
		d := &without.all[i]
		if d.ID != with.all[i].ID {
			t.Fatal("the works for all are not the same")
		}
		for pattern, rule := range rules() {
			if strings.HasPrefix(pattern, "GET") && !strings.Contains(pattern, "import") && !strings.Contains(pattern, "images") && !strings.Contains(pattern, "originals") && !strings.Contains(pattern, "rescue") && !strings.Contains(pattern, "{other}") {
				targets = append(targets, rule.at(d)...)
			}
		}
	}
	for _, target := range targets {
		a, b := with.ask(t, 0, http.MethodGet, target, nil), without.ask(t, 0, http.MethodGet, target, nil)
		if a.status != b.status || a.body != b.body {
			at := 0
			for at < min(len(a.body), len(b.body)) && a.body[at] == b.body[at] {
				at++
			}
			t.Errorf("%s: %d, and %d without hidden works; with them it says %q, and without %q", target, a.status, b.status, a.body[max(0, at-60):min(len(a.body), at+60)], b.body[max(0, at-60):min(len(b.body), at+60)])
		}
	}
	t.Logf("%d answers compared", len(targets))
}
