package web_test

import (
	"bytes"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/backup"
	"ficstead/internal/store"
	"ficstead/internal/web/address"
)

// A rule says where a route is asked about a work, and what a viewer gets there.
// What they may is asked of package archive alone, which has its own table.
type rule struct {
	at   func(d *dweller) []string
	want func(v archive.Viewer, d *dweller) int
	form url.Values
}

// whole is for what does not depend on a work.
func whole(status int, targets ...string) rule {
	return rule{at: func(*dweller) []string { return targets }, want: func(archive.Viewer, *dweller) int { return status }}
}

func always(status int) func(archive.Viewer, *dweller) int {
	return func(archive.Viewer, *dweller) int { return status }
}

func sees(v archive.Viewer, d *dweller) int {
	if v.MaySeeWork(d.Work) {
		return 200
	}
	return 404
}

// keeps is status for those who may change the work.
func keeps(status int) func(archive.Viewer, *dweller) int {
	return func(v archive.Viewer, d *dweller) int {
		switch {
		case !v.MaySeeWork(d.Work):
			return 404
		case !v.MayChange(d.Work):
			return 403
		}
		return status
	}
}

// signedIn is want, but for visitors 401 where others are told that they may not.
func signedIn(want func(archive.Viewer, *dweller) int) func(archive.Viewer, *dweller) int {
	return func(v archive.Viewer, d *dweller) int {
		if got := want(v, d); got != 403 || v.Person != 0 {
			return got
		}
		return 401
	}
}

func brings(status int) func(archive.Viewer, *dweller) int {
	return func(v archive.Viewer, _ *dweller) int {
		if v.MayBringIn() {
			return status
		}
		return 401
	}
}

func imports(status int) func(archive.Viewer, *dweller) int {
	return func(v archive.Viewer, _ *dweller) int {
		if v.MaySeeImport(keeper) {
			return status
		}
		return 404
	}
}

// under are addresses below a work's.
func under(tails ...string) func(d *dweller) []string {
	return func(d *dweller) (all []string) {
		for _, tail := range tails {
			all = append(all, address.Work(d.ID)+tail)
		}
		return all
	}
}

func tagged(tails ...string) func(d *dweller) []string {
	return func(d *dweller) (all []string) {
		for _, kind := range []archive.Kind{archive.Fandom, archive.Relationship, archive.CharacterTag} {
			for _, tail := range tails {
				all = append(all, address.Tag(d.TagsOf(kind)[0].ID)+tail)
			}
		}
		return append(all, address.Tag(d.TagsOf(archive.Freeform)[0].ID)+tails[0])
	}
}

func of(base func(d *dweller) string, tails ...string) func(d *dweller) []string {
	return func(d *dweller) (all []string) {
		for _, tail := range tails {
			all = append(all, base(d)+tail)
		}
		return all
	}
}

func creator(d *dweller) string { return address.Creator(d.Creators[0].ID) }
func series(d *dweller) string  { return address.Series(d.Series[0].Series.ID) }
func batch(d *dweller) string   { return address.Import(d.batch) }
func program(d *dweller) string { return "/api/v1" + address.Work(d.ID) }

// rescued is what may be asked of the archive that a work comes from, if it does.
func rescued(tails ...string) func(d *dweller) []string {
	return func(d *dweller) (all []string) {
		for _, tail := range tails {
			if d.rescued {
				all = append(all, address.Rescue(d.rescue)+tail)
			}
		}
		return all
	}
}

// ifLikened is want for works that have a copy, and where there is none 404 for those who see the work.
func ifLikened(status int) func(archive.Viewer, *dweller) int {
	return func(v archive.Viewer, d *dweller) int {
		got := keeps(status)(v, d)
		if got == status && !d.likened {
			return 404
		}
		return got
	}
}

// rules are those of all routes. A route that is not here fails the test.
func rules() map[string]rule {
	const none = "/works?q=nowhere"
	other := func(d *dweller) []string { return []string{address.Comparison(d.ID, d.other)} }
	return map[string]rule{
		"GET /{$}":                            whole(200, "/"),
		"GET /works":                          whole(200, "/works", none, "/works?sort=random", "/works?page=1"),
		"GET /works.atom":                     whole(200, "/works.atom"),
		"GET /works.opds":                     whole(200, "/works.opds"),
		"GET /works.epub":                     whole(200, "/works.epub?lang=en"),
		"GET /works/facets":                   whole(200, "/works/facets", "/works/facets?kind=character&order=name"),
		"GET /languages/{language}":           whole(200, "/languages/en", "/languages/en.atom"),
		"GET /languages/{language}/facets":    whole(200, "/languages/en/facets"),
		"GET /fandoms":                        whole(200, "/fandoms"),
		"GET /opds":                           whole(200, "/opds"),
		"GET /opds/search.xml":                whole(200, "/opds/search.xml"),
		"GET /remember":                       whole(200, "/remember", "/remember?line=the+text+of"),
		"GET /help":                           whole(200, "/help"),
		"GET /settings":                       whole(200, "/settings"),
		"GET /robots.txt":                     whole(200, "/robots.txt"),
		"GET /favicon.ico":                    whole(302, "/favicon.ico"),
		"GET /healthz":                        whole(200, "/healthz"),
		"GET /readyz":                         whole(200, "/readyz"),
		"GET /metrics":                        whole(404, "/metrics"), // nothing is counted here
		"GET /-/static/{hash}/{name}":         whole(404, "/-/static/0/nothing.css"),
		"GET /-/gallery":                      whole(200, "/-/gallery"),
		"GET /-/gallery/{part}/{page}/{case}": whole(200, "/-/gallery/works/show/usual"),
		"POST /settings":                      {at: of(func(*dweller) string { return "/settings" }, ""), want: always(303), form: url.Values{"theme": {"dark"}}},

		"GET /works/{work}":                    {at: under("", ".epub", ".html", ".md", ".txt"), want: sees},
		"GET /works/{work}/chapters/{chapter}": {at: under("/chapters/1", "/chapters/2"), want: sees},
		"GET /works/{work}/full":               {at: under("/full"), want: sees},
		"GET /works/{work}/images/{sum}":       {at: func(d *dweller) []string { return []string{address.Image(d.ID, d.picture)} }, want: sees},
		"GET /works/{work}/alike":              {at: under("/alike", "/alike?not=t1"), want: sees},
		"GET /works/{work}/mends":              {at: under("/mends"), want: sees},
		"GET /works/{work}/reviews":            {at: under("/reviews"), want: sees},
		"GET /works/{work}/record":             {at: under("/record"), want: keeps(200)},
		"GET /works/{work}/originals/{sum}":    {at: func(d *dweller) []string { return []string{address.Original(d.ID, d.sum)} }, want: keeps(200)},
		"GET /works/{work}/review":             {at: under("/review", "/review?show=all"), want: keeps(200)},
		"GET /works/{work}/review/{chapter}":   {at: under("/review/1"), want: keeps(200)},
		"GET /works/{work}/copies":             {at: under("/copies"), want: keeps(200)},
		"GET /works/{work}/copies/{other}":     {at: other, want: ifLikened(200)},
		"POST /works/{work}/copies/{other}":    {at: other, want: ifLikened(422), form: url.Values{}},
		"POST /works/{work}/review":            {at: under("/review"), want: keeps(303), form: url.Values{}},
		"POST /works/{work}/reversions":        {at: under("/reversions"), want: keeps(422), form: url.Values{}},
		"POST /works/{work}/removal":           {at: under("/removal"), want: keeps(422), form: url.Values{}},
		"POST /works/{work}/text-search":       {at: under("/text-search"), want: keeps(303), form: url.Values{"out": {"yes"}}},

		"GET /tags/{tag}":                {at: tagged("", ".atom", ".opds", "?sort=title"), want: sees},
		"GET /tags/{tag}/facets":         {at: tagged("/facets", "/facets?kind=fandom"), want: sees},
		"GET /creators/{creator}":        {at: of(creator, "", ".atom", ".opds", ".epub"), want: sees},
		"GET /creators/{creator}/facets": {at: of(creator, "/facets"), want: sees},
		"GET /series/{series}":           {at: of(series, ""), want: sees},

		"GET /import":                                    {at: of(func(*dweller) string { return "/import" }, ""), want: brings(200)},
		"POST /import":                                   {at: of(func(*dweller) string { return "/import" }, ""), want: brings(422), form: url.Values{}},
		"GET /imports/{import}":                          {at: of(batch, "", "?status=refused"), want: imports(200)},
		"GET /imports/{import}/events":                   {at: of(batch, "/events"), want: imports(200)},
		"GET /imports/{import}/discard":                  {at: of(batch, "/discard"), want: imports(200)},
		"POST /imports/{import}/discard":                 {at: of(batch, "/discard"), want: imports(303), form: url.Values{}},
		"POST /imports/{import}/keep":                    {at: of(batch, "/keep"), want: imports(303), form: url.Values{}},
		"POST /imports/{import}/items/{receipt}/discard": {at: of(batch, "/items/99999/discard"), want: imports(303), form: url.Values{}},

		"GET /rescues/{rescue}":              {at: rescued(""), want: sees},
		"GET /rescues/{rescue}/authors":      {at: rescued("/authors"), want: sees},
		"GET /rescues/{rescue}/pages/{page}": {at: rescued("/pages/rules"), want: sees},
		"GET /rescues/{rescue}/report.html":  {at: rescued("/report.html"), want: keeps(200)},
		"GET /rescues/{rescue}/report.json":  {at: rescued("/report.json"), want: keeps(200)},
		"POST /rescues/{rescue}/opening":     {at: rescued("/opening"), want: keeps(422), form: url.Values{}},

		"GET /api/v1/openapi.json":            whole(200, "/api/v1/openapi.json"),
		"GET /api/v1/works":                   whole(200, "/api/v1/works", "/api/v1/works?q=nowhere"),
		"GET /api/v1/facets":                  whole(200, "/api/v1/facets?kind=fandom"),
		"GET /api/v1/tags":                    whole(200, "/api/v1/tags?kind=fandom", "/api/v1/tags?kind=tag&q=z"),
		"GET /api/v1/remember":                whole(200, "/api/v1/remember?line=the+text+of"),
		"GET /api/v1/works/{id}":              {at: of(program, ""), want: sees},
		"GET /api/v1/works/{id}/chapters/{n}": {at: of(program, "/chapters/1", "/chapters/2"), want: sees},
		"GET /api/v1/works/{id}/alike":        {at: of(program, "/alike"), want: sees},
		"GET /api/v1/works/{id}/mends":        {at: of(program, "/mends"), want: sees},
		"POST /api/v1/works/{id}/mends":       {at: of(program, "/mends"), want: signedIn(keeps(200)), form: url.Values{}},
		"GET /api/v1/imports/{id}":            {at: func(d *dweller) []string { return []string{"/api/v1" + batch(d)} }, want: imports(200)},
		"POST /api/v1/imports":                {at: of(func(*dweller) string { return "/api/v1/imports" }, ""), want: brings(422), form: url.Values{}},
	}
}

// TestEveryRouteForEveryoneInEveryState asks each route about each work as each
// viewer. What reads comes before what writes. Whoever may not know of a work is
// told the same as of one that never was.
func TestEveryRouteForEveryoneInEveryState(t *testing.T) {
	if testing.Short() {
		t.Skip("walks all routes, which takes minutes where memory is watched")
	}
	tn := newTown(t, states())
	rules, cells := rules(), 0
	patterns := tn.patterns()
	order := func(pattern string) int { // GET, then what changes little, then what takes away
		switch {
		case strings.HasPrefix(pattern, "GET "):
			return 0
		case strings.HasSuffix(pattern, "/discard"):
			return 2
		}
		return 1
	}
	slices.SortStableFunc(patterns, func(a, b string) int { return order(a) - order(b) })
	for _, pattern := range patterns {
		rule, ok := rules[pattern]
		if !ok {
			t.Errorf("%s: no rule says who may", pattern)
			continue
		}
		method, _, _ := strings.Cut(pattern, " ")
		for i := range tn.all[5:] {
			d := &tn.all[5+i]
			targets := rule.at(d)
			if i > 0 && slices.Equal(targets, rule.at(&tn.all[4+i])) {
				break // it depends on no work
			}
			for _, target := range targets {
				for who, v := range viewers {
					cells++
					got := tn.ask(t, who, method, target, rule.form)
					if want := rule.want(v.Viewer, d); got.status != want {
						t.Errorf("%s %s of a %s work as %s: %d, want %d", method, target, d.state, v.name, got.status, want)
					}
					if method == http.MethodGet && (*every || !strings.HasSuffix(target, ".epub")) {
						cells++
						if head := tn.ask(t, who, http.MethodHead, target, nil); head.status != got.status && !strings.HasSuffix(target, "/events") {
							t.Errorf("HEAD %s as %s: %d, and GET %d", target, v.name, head.status, got.status)
						}
					}
				}
			}
		}
	}
	for pattern := range rules {
		if !slices.Contains(patterns, pattern) {
			t.Errorf("a rule for %s, which is no route", pattern)
		}
	}
	t.Logf("%d cells of %d routes, %d viewers and %d states", cells, len(patterns), len(viewers), len(states()))
}

// absent is the address of something that never was, and the numbers that are
// different in the two.
func absent(target string) (nowhere, was, is string) {
	parts := strings.Split(target, "/")
	for i, part := range parts {
		digits := strings.TrimRight(part, ".abcdefghijklmnopqrstuvwxyz?=")
		if n, err := strconv.ParseInt(digits, 10, 64); err == nil && n > 100_000 {
			is = strings.Repeat("9", len(digits))
			parts[i] = is + part[len(digits):]
			return strings.Join(parts, "/"), digits, is
		}
	}
	return target, "", ""
}

// TestForbiddenIsMissing compares, byte for byte, what is said of works that a
// viewer may not know of with what is said of those that never were.
func TestForbiddenIsMissing(t *testing.T) {
	if testing.Short() {
		t.Skip("walks all routes, which takes minutes where memory is watched")
	}
	tn := newTown(t, states())
	compared := 0
	for pattern, rule := range rules() {
		method, _, _ := strings.Cut(pattern, " ")
		for i := range tn.all[5:] {
			d := &tn.all[5+i]
			for _, target := range rule.at(d) {
				nowhere, was, is := absent(target)
				for who, v := range viewers {
					if rule.want(v.Viewer, d) != 404 || v.MaySeeWork(d.Work) || nowhere == target {
						continue
					}
					compared++
					a, b := tn.ask(t, who, method, target, rule.form), tn.ask(t, who, method, nowhere, rule.form)
					for _, r := range []*reply{&a, &b} { // which are of the body, and it has the address in it
						r.body = strings.ReplaceAll(r.body, was, is)
						r.header.Del("Etag")
					}
					if a.status != b.status || a.body != b.body || !maps.EqualFunc(a.header, b.header, slices.Equal) {
						t.Errorf("%s %s as %s: %d, and %d where there is nothing; the bodies are the same: %v; headers %v and %v", method, target, v.name, a.status, b.status, a.body == b.body, a.header, b.header)
					}
				}
			}
		}
	}
	t.Logf("%d compared", compared)
	if compared < 1000 {
		t.Error("too few to tell")
	}
}

// dump is all that the database holds.
func (tn *town) dump(t *testing.T) string {
	t.Helper()
	var all bytes.Buffer
	err := tn.Store.Read(t.Context(), func(tx *store.Tx) error {
		sum, err := backup.WriteIn(tx, &all, "test", nil)
		all.Reset()
		fmt.Fprintf(&all, "%v", sum.Tables)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}

// TestReadingChangesNothing asks every route that reads, and finds the store as
// it was.
func TestReadingChangesNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("walks all routes, which takes minutes where memory is watched")
	}
	tn := newTown(t, []state{{archive.Private, true, true, true}, {archive.Public, false, true, true}})
	writes, before := tn.Store.Writes(), tn.dump(t)
	for _, pattern := range tn.patterns() {
		method, _, _ := strings.Cut(pattern, " ")
		for i := range tn.all[5:] {
			for _, target := range rules()[pattern].at(&tn.all[5+i]) {
				for _, who := range []int{0, 1, 5} { // who sees least, who keeps, and who sees most
					if method == http.MethodGet {
						tn.ask(t, who, http.MethodGet, target, nil)
						continue
					}
					for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodOptions} { // of what writes
						tn.ask(t, who, method, target+"?sure=yes&out=yes&as=public&theme=dark", nil)
					}
				}
			}
		}
	}
	if now := tn.Store.Writes(); now != writes {
		t.Errorf("%d writes", now-writes)
	}
	if after := tn.dump(t); after != before || before == "" {
		t.Errorf("the store says %s, and said %s", after, before)
	}
}

// TestNoOtherSiteChangesAnything sends what writes to every route, as pages
// elsewhere would have a browser do.
func TestNoOtherSiteChangesAnything(t *testing.T) {
	tn := newTown(t, []state{{visibility: archive.Public, likened: true, rescued: true}})
	writes := tn.Store.Writes()
	d := &tn.all[5]
	for _, pattern := range tn.patterns() {
		own, _, _ := strings.Cut(pattern, " ")
		for _, method := range slices.Compact([]string{own, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, "PURGE"}) {
			if method == http.MethodGet {
				continue
			}
			for _, from := range []http.Header{{"Sec-Fetch-Site": {"cross-site"}}, {"Sec-Fetch-Site": {"same-site"}}, {"Origin": {"https://evil.example"}}, {"Origin": {"null"}}, {"Origin": {"http://localhost.evil.example"}}} {
				r := httptest.NewRequest(method, rules()[pattern].at(d)[0], strings.NewReader("sure=yes&theme=dark"))
				r.Host = "localhost"
				r.Header = from.Clone()
				r.Header.Set("Test-Viewer", "1")
				r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
				if got := tn.send(t, r); got.status != http.StatusForbidden || got.header.Get("Set-Cookie") != "" {
					t.Errorf("%s %s from %v: %d, want 403", method, r.URL.Path, from, got.status)
				}
			}
		}
	}
	if tn.Store.Writes() != writes {
		t.Error("something was written")
	}
}

// TestOddAnswersBearTheHeaders asks for what no route answers; send looks at the headers.
func TestOddAnswersBearTheHeaders(t *testing.T) {
	tn := newTown(t, nil)
	for _, c := range []struct {
		method, target string
		want           int
	}{
		{"GET", "/nowhere", 404}, {"GET", "/works/", 301}, {"GET", "/works/../help", 307}, {"GET", "//help", 307}, {"DELETE", "/works", 405}, {"OPTIONS", "/works", 405}, {"TRACE", "/works", 405},
		{"GET", "/api/v1/nowhere", 404}, {"PUT", "/api/v1/works", 405}, {"GET", "/api/v1//works", 307}, {"GET", "/api", 404}, {"GET", "/index.php", 404}, {"GET", "/works/%2e%2e/help", 404},
		{"GET", "/api/v1/works?page=99", 404}, {"GET", "/works?words=&lang=", 303}, {"GET", "/-/static/", 404}, {"CONNECT", "/works", 404},
	} {
		got := tn.ask(t, 0, c.method, "http://localhost"+c.target, nil)
		if got.status/100 != c.want/100 {
			t.Errorf("%s %s: %d, want %d", c.method, c.target, got.status, c.want)
		}
	}
	r := httptest.NewRequest(http.MethodGet, "/works", nil)
	r.Host = "evil.example"
	if got := tn.send(t, r); got.status != http.StatusMisdirectedRequest {
		t.Errorf("another host: %d", got.status)
	}
	for _, header := range []http.Header{{"If-None-Match": {"*"}}, {"Range": {"bytes=0-3"}}, {"Range": {"bytes=99999999-"}}, {"Accept": {"nothing/atall"}}} {
		for _, target := range []string{"/works", address.Work(tn.all[0].ID) + ".epub", "/api/v1/works", "/help"} {
			r := httptest.NewRequest(http.MethodGet, target, nil)
			r.Host, r.Header = "localhost", header
			tn.send(t, r)
		}
	}
}

// TestPublicIDsAreNoLoop looks at the addresses of works that came one after the other.
func TestPublicIDsAreNoLoop(t *testing.T) {
	near, rising := 0, 0
	for i := archive.WorkID(1); i < 1000; i++ {
		a, b := i.Public(), (i + 1).Public()
		if d := b - a; d > -1_000_000 && d < 1_000_000 {
			near++
		}
		if b > a {
			rising++
		}
	}
	if near > 5 || rising < 400 || rising > 600 {
		t.Errorf("of 1,000 works %d stand near the next, and %d are less than it", near, rising)
	}
}
