package web

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/find"
	"ficstead/internal/intake"
	"ficstead/internal/jobs"
	"ficstead/internal/store"
	"ficstead/internal/store/storetest"
	"ficstead/internal/web/address"
	"ficstead/internal/web/page"
)

// An importer is a site that brings files in.
type importing struct {
	*Site
	t       *testing.T
	handler http.Handler
	person  archive.PersonID
	stop    func()
}

func newImporting(t *testing.T) *importing {
	t.Helper()
	s := storetest.Open(t)
	finder, err := find.Open(t.Context(), s, find.Options{})
	if err != nil {
		t.Fatal(err)
	}
	i := &importing{t: t, person: archive.Owner}
	i.Site = &Site{Room: page.Room{Store: s, Finder: finder}, Importer: jobs.New(s)}
	i.Person = func(*http.Request) archive.Viewer { return archive.Viewer{Person: i.person} }
	i.handler = i.Handler()
	ctx, cancel := context.WithCancel(t.Context())
	var running sync.WaitGroup
	running.Go(func() { i.Importer.Run(ctx) })
	i.stop = sync.OnceFunc(func() { cancel(); running.Wait() })
	t.Cleanup(i.stop)
	return i
}

// sent is a file as a form sends it.
type sent struct{ name, content string }

// multipartForm is a multipart body of files and its content type.
func multipartForm(files ...sent) (*bytes.Buffer, string) {
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for _, f := range files {
		header := textproto.MIMEHeader{}
		header.Set("Content-Disposition", fmt.Sprintf(`form-data; name="file"; filename="%s"`, strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(f.name)))
		header.Set("Content-Type", "application/octet-stream")
		part, _ := w.CreatePart(header) // a bytes.Buffer takes everything
		io.WriteString(part, f.content)
	}
	w.Close()
	return &body, w.FormDataContentType()
}

func (i *importing) do(r *http.Request) *httptest.ResponseRecorder {
	r.Host = "localhost"
	w := httptest.NewRecorder()
	i.handler.ServeHTTP(w, r)
	return w
}

func (i *importing) get(path string) (int, string) {
	w := i.do(httptest.NewRequest("GET", path, nil))
	return w.Code, w.Body.String()
}

func (i *importing) post(path string) *httptest.ResponseRecorder {
	return i.do(httptest.NewRequest("POST", path, nil))
}

// upload sends files and returns the address of their import.
func (i *importing) upload(files ...sent) string {
	i.t.Helper()
	body, contentType := multipartForm(files...)
	r := httptest.NewRequest("POST", "/import", body)
	r.Header.Set("Content-Type", contentType)
	w := i.do(r)
	if w.Code != http.StatusSeeOther {
		i.t.Fatalf("upload: %d %s", w.Code, w.Body)
	}
	return w.Header().Get("Location")
}

// more puts another file on the list of an import.
func (i *importing) more(path string, f sent) {
	i.t.Helper()
	id, err := strconv.ParseInt(strings.TrimPrefix(path, "/imports/"), 10, 64)
	if err == nil {
		err = i.Store.Write(i.t.Context(), func(tx *store.Tx) error {
			_, err := tx.AddImportItem(archive.ImportFromPublic(id), f.name, []byte(f.content))
			return err
		})
	}
	if err != nil {
		i.t.Fatal(err)
	}
	i.Importer.Wake()
}

// await follows an import until its end and returns the events.
func (i *importing) await(path string) string {
	i.t.Helper()
	code, events := i.get(path + "/events")
	if code != http.StatusOK || !strings.Contains(events, "event: end\n") {
		i.t.Fatalf("events: %d %s", code, events)
	}
	return events
}

// receipts are what an import has come to, in order.
func (i *importing) receipts(path string) (all []archive.Receipt) {
	i.t.Helper()
	i.await(path)
	err := i.Store.Read(i.t.Context(), func(tx *store.Tx) error {
		r := httptest.NewRequest("GET", path, nil)
		r.SetPathValue("import", strings.TrimPrefix(path, "/imports/"))
		batch, err := i.Bring.Import(tx, r)
		if err != nil {
			return err
		}
		items, err := tx.ImportItems(batch.ID)
		for _, item := range items {
			all = append(all, item.Receipts...)
		}
		return err
	})
	if err != nil {
		i.t.Fatal(err)
	}
	return all
}

// tale is a plain text that intake takes, different for each title.
func tale(title string) sent {
	return sent{title + ".txt", title + "\n\nby tidewrack\n\nThe lantern of " + title + " had hung in the window since the first winter, and nobody in\nthe house could say who had lit it.\n\n~*~*~\n\nIn the morning it was out, and the sea came in as far as the step.\n"}
}

// newer is an AO3 download of one work, as it was after n chapters.
func newer(n int) sent {
	var chapters strings.Builder
	for c := 1; c <= n; c++ {
		fmt.Fprintf(&chapters, `<div class="meta group"><h2 class="heading">Chapter %d: Night %d</h2></div><div class="userstuff"><p>It was night %d on the rock.</p></div>`, c, c, c)
	}
	return sent{"lamp.html", fmt.Sprintf(`<!DOCTYPE html><html><head><title>The Lamp - hollowmere - The Lighthouse Sagas</title></head><body>
<div id="preface"><p class="message"><b>The Lamp</b><br>Posted originally on the <a href="http://archiveofourown.org/">Archive of Our Own</a> at <a href="http://archiveofourown.org/works/4711">http://archiveofourown.org/works/4711</a>.</p>
<div class="meta"><dl class="tags"><dt>Rating:</dt><dd><a href="http://archiveofourown.org/tags/General%%20Audiences">General Audiences</a></dd>
<dt>Fandom:</dt><dd><a href="http://archiveofourown.org/tags/x">The Lighthouse Sagas</a></dd><dt>Language:</dt><dd>English</dd>
<dt>Stats:</dt><dd>Published: 2024-01-01 Updated: 2024-01-%02d Words: 7 Chapters: %d/9</dd></dl>
<h1>The Lamp</h1><div class="byline">by <a rel="author" href="http://archiveofourown.org/users/hollowmere">hollowmere</a></div></div></div>
<div id="chapters">%s</div></body></html>`, n+1, n, chapters.String())}
}

func TestBringInAndLook(t *testing.T) {
	i := newImporting(t)
	if code, body := i.get("/import"); code != 200 || !strings.Contains(body, `type="file"`) || !strings.Contains(body, `enctype="multipart/form-data"`) {
		t.Errorf("form: %d %s", code, body)
	}
	path := i.upload(tale("Salt & Iron"), sent{"nothing.html", ""})
	events := i.await(path)
	if !strings.Contains(events, `"items":2`) || strings.Contains(events[strings.LastIndex(events, "event:"):], "progress") {
		t.Errorf("events: %s", events)
	}
	code, body := i.get(path)
	for _, want := range []string{"2 files brought in", "Salt &amp; Iron", "Refused", "The file is empty", "Discard", "Keep all", "Scene breaks", "~*~*~"} {
		if code != 200 || !strings.Contains(body, want) {
			t.Errorf("receipts: %d, without %q: %s", code, want, body)
		}
	}
	if _, body := i.get("/import"); !strings.Contains(body, `href="`+path+`"`) {
		t.Errorf("the import is not listed: %s", body)
	}
	mends := regexp.MustCompile(`href="(/works/\d+/review)"`).FindStringSubmatch(body)
	if mends == nil {
		t.Fatalf("no link to the mends: %s", body)
	}
	if code, body := i.get(mends[1]); code != 200 || !strings.Contains(body, "<del>") || !strings.Contains(body, "Salt &amp; Iron") {
		t.Errorf("review: %d %s", code, body)
	}
}

func TestNothingChosen(t *testing.T) {
	i := newImporting(t)
	body, contentType := multipartForm(sent{"", ""})
	plain := "application/x-www-form-urlencoded"
	for name, r := range map[string]*http.Request{
		"a field without a file": httptest.NewRequest("POST", "/import", body),
		"no form at all":         httptest.NewRequest("POST", "/import", nil),
		"another form":           httptest.NewRequest("POST", "/import", strings.NewReader("file=x")),
		"no form inside":         httptest.NewRequest("POST", "/import", strings.NewReader("nonsense")),
	} {
		switch name {
		case "another form":
			r.Header.Set("Content-Type", plain)
		case "no form at all":
		default:
			r.Header.Set("Content-Type", contentType)
		}
		w := i.do(r)
		got := w.Body.String()
		if w.Code != http.StatusUnprocessableEntity || !strings.Contains(got, `<a href="#files">`) || !strings.Contains(got, "<title>Error: ") {
			t.Errorf("%s: %d %s", name, w.Code, got)
		}
	}
	if _, body := i.get("/import"); strings.Contains(body, "/imports/") {
		t.Error("an empty import was begun")
	}
}

func TestTwoHundredFiles(t *testing.T) {
	i := newImporting(t)
	var files []sent
	for n := range 200 {
		files = append(files, tale(fmt.Sprintf("Night %03d", n)))
	}
	path := i.upload(files...)
	receipts := i.receipts(path)
	if len(receipts) != 200 {
		t.Fatalf("%d receipts, want 200", len(receipts))
	}
	for n, r := range receipts {
		if r.Status != archive.StatusNew || r.Source != files[n].name {
			t.Fatalf("file %d: %+v", n, r)
		}
	}
	if code, body := i.get(path); code != 200 || strings.Count(body, `<li class="receipt `) != 100 || !strings.Contains(body, "101–200") {
		t.Errorf("first page: %d, %d receipts", code, strings.Count(body, `<li class="receipt `))
	}
	for page, want := range map[string]int{"2": 200, "3": 404, "0": 404, "x": 404, "99999999999999999999": 404} {
		if code, _ := i.get(path + "?page=" + page); code != want {
			t.Errorf("page %s: %d, want %d", page, code, want)
		}
	}
	if code, body := i.get(path + "?status=refused"); code != 200 || strings.Contains(body, `<li class="receipt `) {
		t.Errorf("none refused: %d %s", code, body)
	}
}

func TestHostileNames(t *testing.T) {
	i := newImporting(t)
	names := []string{
		"../../../etc/passwd", `..\..\windows\system32\x.txt`, "<script>alert(1)</script>.txt", "a\tb.txt", "\u202etxt.exe", "con", "..",
		"a;b|c&d$(reboot).txt", "'; DROP TABLE work; --.txt", "%2e%2e%2f.txt", "naïve—名前.txt", strings.Repeat("long", 300) + ".txt", "\xff\xfe.txt", "a!b!c.txt",
	}
	var files []sent
	for n, name := range names {
		files = append(files, sent{name, tale(fmt.Sprintf("Hostile %d", n)).content})
	}
	path := i.upload(files...)
	receipts := i.receipts(path)
	if len(receipts) != len(names) {
		t.Fatalf("%d receipts, want %d", len(receipts), len(names))
	}
	for n, r := range receipts {
		if r.Status != archive.StatusNew || r.Source == "" || strings.ContainsAny(r.Source, "\x00\n\t\u202e/\\") || len(r.Source) > 800 {
			t.Errorf("%q: %q %s %s", names[n], r.Source, r.Status, r.Error)
		}
	}
	if code, body := i.get(path); code != 200 || strings.Contains(body, "<script>alert") {
		t.Errorf("page: %d %s", code, body)
	}
}

// zeros is a file of any size that is not in memory.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestTooLargeFileIsRefusedAlone(t *testing.T) {
	i := newImporting(t)
	good, contentType := multipartForm(tale("After the Giant"))
	boundary := strings.TrimPrefix(contentType, "multipart/form-data; boundary=")
	head := "--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"giant.txt\"\r\n\r\n"
	body := io.MultiReader(strings.NewReader(head), io.LimitReader(zeros{}, intake.MaxFile+1), strings.NewReader("\r\n"), good)
	r := httptest.NewRequest("POST", "/import", body)
	r.Header.Set("Content-Type", contentType)
	w := i.do(r)
	if w.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	receipts := i.receipts(w.Header().Get("Location"))
	if len(receipts) != 2 || receipts[0].Status != archive.StatusRefused || !strings.Contains(receipts[0].Error, "100 MB") || receipts[1].Status != archive.StatusNew {
		t.Errorf("%+v", receipts)
	}
}

func TestUploadThatBreaksOff(t *testing.T) {
	i := newImporting(t)
	body, contentType := multipartForm(tale("Kept"), tale("Lost"))
	r := httptest.NewRequest("POST", "/import", io.LimitReader(body, int64(body.Len()-100)))
	r.Header.Set("Content-Type", contentType)
	w := i.do(r)
	if w.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	receipts := i.receipts(w.Header().Get("Location"))
	if len(receipts) != 2 || receipts[0].Title != "Kept" || receipts[1].Status != archive.StatusRefused || !strings.Contains(receipts[1].Error, "broke off") {
		t.Errorf("%+v", receipts)
	}
}

func TestFromAnotherSite(t *testing.T) {
	i := newImporting(t)
	path := i.upload(tale("Mine"))
	i.await(path)
	for _, target := range []string{"/import", path + "/keep", path + "/discard", path + "/items/1/discard"} {
		for _, from := range []string{"cross-site", "same-site"} {
			body, contentType := multipartForm(tale("Theirs"))
			r := httptest.NewRequest("POST", target, body)
			r.Header.Set("Content-Type", contentType)
			r.Header.Set("Sec-Fetch-Site", from)
			if w := i.do(r); w.Code != http.StatusForbidden {
				t.Errorf("%s from %s: %d, want 403", target, from, w.Code)
			}
		}
	}
	if _, body := i.get(path); strings.Contains(body, "Discarded") {
		t.Error("a work was discarded")
	}
}

func TestTheSameTwiceAtOnce(t *testing.T) {
	i := newImporting(t)
	var paths [4]string
	var all sync.WaitGroup
	for n := range paths {
		all.Go(func() { paths[n] = i.upload(tale("Once"), tale("Twice")) })
	}
	all.Wait()
	count := map[archive.Status]int{}
	for _, path := range paths {
		for _, r := range i.receipts(path) {
			count[r.Status]++
		}
	}
	if count[archive.StatusNew] != 2 || count[archive.StatusSame] != 6 {
		t.Errorf("%v, want 2 new and 6 same", count)
	}
}

func TestDiscard(t *testing.T) {
	i := newImporting(t)
	path := i.upload(tale("Kept"), tale("Gone"))
	receipts := i.receipts(path)
	if w := i.post(path + "/items/2/discard"); w.Code != http.StatusSeeOther || w.Header().Get("Location") != path {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if code, _ := i.get(address.Work(receipts[1].Work)); code != http.StatusNotFound {
		t.Errorf("the discarded work: %d, want 404", code)
	}
	if code, _ := i.get(address.Work(receipts[0].Work)); code != http.StatusOK {
		t.Errorf("the kept work: %d, want 200", code)
	}
	_, body := i.get(path)
	if strings.Count(body, "Discarded: ") != 1 || strings.Contains(body, "/items/2/discard") || !strings.Contains(body, "/items/1/discard") {
		t.Errorf("page: %s", body)
	}
	for _, again := range []string{"2", "7", "x", "1.1"} {
		if w := i.post(path + "/items/" + again + "/discard"); w.Code != http.StatusSeeOther {
			t.Errorf("%s again: %d", again, w.Code)
		}
	}
	i.post(path + "/keep")
	if _, body := i.get(path); !strings.Contains(body, "Everything is in your library") || strings.Contains(body, "/items/1/discard") {
		t.Errorf("kept: %s", body)
	}
}

func TestDiscardAnUpdate(t *testing.T) {
	i := newImporting(t)
	work := i.receipts(i.upload(newer(1)))[0].Work
	path := i.upload(newer(2))
	i.receipts(path)
	i.more(path, newer(3)) // two files at once may be done in either order
	for _, r := range i.receipts(path) {
		if r.Work != work || r.Status != archive.StatusUpdated {
			t.Fatalf("%+v", r)
		}
	}
	if code, body := i.get(path + "/discard"); code != 200 || !strings.Contains(body, "Take 2 works out") {
		t.Errorf("question: %d %s", code, body)
	}
	if w := i.post(path + "/discard"); w.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if code, _ := i.get(address.Chapter(work, 2)); code != http.StatusNotFound {
		t.Errorf("chapter 2: %d, want 404", code)
	}
	if code, body := i.get(address.Chapter(work, 1)); code != http.StatusOK || !strings.Contains(body, "It was night 1") {
		t.Errorf("chapter 1: %d %s", code, body)
	}
	if _, body := i.get(path); strings.Count(body, "the earlier copy is back") != 2 {
		t.Errorf("page: %s", body)
	}
}

func TestImportsAreTheirOwners(t *testing.T) {
	i := newImporting(t)
	path := i.upload(tale("Private"))
	i.await(path)
	for person, want := range map[archive.PersonID]int{0: 404, 2: 404} {
		i.person = person
		for _, page := range []string{"", "/events", "/discard"} {
			if code, _ := i.get(path + page); code != want {
				t.Errorf("person %d at %s: %d, want %d", person, page, code, want)
			}
		}
		for _, action := range []string{"/keep", "/discard", "/items/1/discard"} {
			if w := i.post(path + action); w.Code != want {
				t.Errorf("person %d posts %s: %d, want %d", person, action, w.Code, want)
			}
		}
	}
	i.person = 0
	body, contentType := multipartForm(tale("Theirs"))
	r := httptest.NewRequest("POST", "/import", body)
	r.Header.Set("Content-Type", contentType)
	if w := i.do(r); w.Code != http.StatusUnauthorized {
		t.Errorf("a visitor uploads: %d, want 401", w.Code)
	}
	if code, _ := i.get("/import"); code != http.StatusUnauthorized {
		t.Errorf("a visitor at the form: %d, want 401", code)
	}
	i.person = archive.Owner
	for _, none := range []string{"/imports/7", "/imports/x", "/imports/0", "/imports/-1"} {
		if code, _ := i.get(none); code != http.StatusNotFound {
			t.Errorf("%s: %d, want 404", none, code)
		}
	}
}

func TestEventsEndWithTheProgram(t *testing.T) {
	i := newImporting(t)
	i.stop() // nothing is brought in from here on
	path := i.upload(tale("Waiting"))
	server := httptest.NewServer(i.handler)
	defer server.Close()
	answer, err := server.Client().Get(server.URL + path + "/events")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if got := answer.Header.Get("Content-Type"); got != "text/event-stream" {
		t.Errorf("type %q", got)
	}
	events, err := io.ReadAll(bufio.NewReader(answer.Body)) // ends although the import does not
	if err != nil || !strings.Contains(string(events), "event: progress\n") || strings.Contains(string(events), "event: end") {
		t.Errorf("%v %s", err, events)
	}
	if _, body := i.get(path); !strings.Contains(body, "0 of 1 file done") || !strings.Contains(body, "Waiting") || !strings.Contains(body, "data-events") {
		t.Errorf("page: %s", body)
	}
}
