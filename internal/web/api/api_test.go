package api

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/find"
	"ficstead/internal/jobs"
	"ficstead/internal/store"
	"ficstead/internal/store/storetest"
	"ficstead/internal/web"
	"ficstead/internal/web/address"
	"ficstead/internal/web/page"
)

// A library is a site with works, asked as a program does.
type library struct {
	*web.Site
	t       *testing.T
	person  archive.PersonID
	handler http.Handler
	doc     document
	lamp    archive.Work // public, of two chapters
	secret  archive.Work // Anna's alone
}

const anna archive.PersonID = 1

func newLibrary(t *testing.T) *library {
	t.Helper()
	s := storetest.Open(t)
	l := &library{t: t, person: anna}
	l.lamp = l.work("What the Lamp Was For", archive.Public)
	l.secret = l.work("The Secret Drawer", archive.Private)
	bare := archive.Work{Keeper: anna, Visibility: archive.Public, Title: "Bare"}
	err := s.Write(t.Context(), func(tx *store.Tx) error {
		for _, w := range []*archive.Work{&l.lamp, &l.secret} {
			if err := tx.AddWork(w, chapters(), nil); err != nil {
				return err
			}
		}
		return tx.AddWork(&bare, []archive.Chapter{{Number: 1, Text: prose.FromText("Nothing is known of it.")}}, nil)
	})
	if err != nil {
		t.Fatal(err)
	}
	finder, err := find.Open(t.Context(), s, find.Options{})
	if err != nil {
		t.Fatal(err)
	}
	l.Site = &web.Site{Room: page.Room{Store: s, Finder: finder}, Importer: jobs.New(s)}
	l.Person = func(*http.Request) archive.Viewer { return archive.Viewer{Person: l.person} }
	l.API = New(l.Site)
	l.handler = l.Handler()
	l.doc = document(decode(t, l.get("/openapi.json").Body.Bytes()).(map[string]any))
	return l
}

func (l *library) work(title string, v archive.Visibility) archive.Work {
	tag := func(kind archive.Kind, name string) archive.Tag { return archive.Tag{Kind: kind, Name: name} }
	return archive.Work{
		Keeper: anna, Visibility: v, Title: title, Language: "en", ChaptersPlanned: 3,
		Creators: []archive.Creator{{Name: "hollowmere"}, {Name: "tide", Account: "tidewrack"}}, Recipient: []string{"quillwort"},
		Tags: []archive.Tag{
			tag(archive.Rating, archive.RatingTeen), tag(archive.Warning, "No Archive Warnings Apply"), tag(archive.Category, "Gen"),
			tag(archive.Fandom, "The Lighthouse Sagas"), tag(archive.Relationship, "Ysolde Marrow & Tam Fell"),
			tag(archive.CharacterTag, "Ysolde Marrow"), tag(archive.Freeform, "Grief"), tag(archive.Freeform, title+" only"),
		},
		Series:  []archive.Part{{Series: archive.Series{Title: "Salt Letters"}, Number: 2}, {Series: archive.Series{Title: "Odd Ones"}}},
		Summary: prose.Parse("<p>The sea took <em>the village</em>.</p>"), Notes: prose.Parse("<p>For Q.</p>"), EndNotes: prose.Parse("<p>Thanks.</p>"),
		Posted: time.Date(2023, 5, 4, 0, 0, 0, 0, time.UTC), Updated: time.Date(2024, 3, 3, 0, 0, 0, 0, time.UTC), Kudos: 512, Hits: 9000,
		Source: archive.Source{URL: "https://archiveofourown.org/works/4711", Site: "archiveofourown.org", Key: "ao3:" + title},
	}
}

func chapters() []archive.Chapter {
	return []archive.Chapter{
		{Number: 1, Title: "The Letter", Notes: prose.Parse("<p>Before.</p>"), EndNotes: prose.Parse("<p>After.</p>"), Text: prose.Parse("<p>The letter came with the <em>fish</em>.</p><hr><p>It was night.</p>")},
		{Number: 2, Text: prose.Parse("<p>In the morning the sea was flat.</p>")},
	}
}

func (l *library) do(r *http.Request) *httptest.ResponseRecorder {
	r.Host = "localhost"
	w := httptest.NewRecorder()
	l.handler.ServeHTTP(w, r)
	return w
}

func (l *library) get(path string) *httptest.ResponseRecorder {
	return l.do(httptest.NewRequest("GET", Root+path, nil))
}

// answer asks and holds the answer to the document: status, type and shape.
func (l *library) answer(path, pattern string, status int) map[string]any {
	l.t.Helper()
	return l.held(l.get(path), path, pattern, "get", status)
}

func (l *library) held(w *httptest.ResponseRecorder, path, pattern, method string, status int) map[string]any {
	l.t.Helper()
	mediaType := "application/json"
	if status >= 400 {
		mediaType = "application/problem+json"
	}
	if w.Code != status || w.Header().Get("Content-Type") != mediaType {
		l.t.Fatalf("%s: %d %s, want %d %s: %s", path, w.Code, w.Header().Get("Content-Type"), status, mediaType, w.Body)
	}
	v := decode(l.t, w.Body.Bytes())
	for _, wrong := range l.doc.check(path, l.doc.schema(l.t, Root+pattern, method, status, mediaType), v) {
		l.t.Error(wrong)
	}
	object, _ := v.(map[string]any)
	if status >= 400 && (object["status"] != float64(status) || object["title"] == "" || object["detail"] == "") {
		l.t.Errorf("%s: %s", path, w.Body)
	}
	return object
}

func public(id interface{ Public() int64 }) string { return fmt.Sprint(id.Public()) }

func TestListWorks(t *testing.T) {
	l := newLibrary(t)
	found := l.answer("/works", "/works", 200)
	if found["total"] != 3.0 || found["page"] != 1.0 || found["per"] != 20.0 {
		t.Errorf("total, page, per: %v %v %v", found["total"], found["page"], found["per"])
	}
	var lamp map[string]any
	for _, w := range found["works"].([]any) {
		if w := w.(map[string]any); w["title"] == l.lamp.Title {
			lamp = w
		}
	}
	if lamp["id"] != float64(l.lamp.ID.Public()) || lamp["words"] != float64(l.lamp.Words) || lamp["chapters"] != 2.0 || lamp["chapters_planned"] != 3.0 ||
		lamp["posted"] != "2023-05-04" || lamp["updated"] != "2024-03-03" || lamp["complete"] != false || lamp["kudos"] != 512.0 || lamp["language"] != "en" {
		t.Errorf("lamp: %v", lamp)
	}
	facets := found["facets"].(map[string]any)
	for _, group := range []string{"rating", "warning", "category", "fandom", "relationship", "character", "tag", "language"} {
		if list, ok := facets[group].([]any); !ok || len(list) == 0 {
			t.Errorf("facet %s: %v", group, facets[group])
		}
	}
	first := facets["fandom"].([]any)[0].(map[string]any)
	if first["name"] != "The Lighthouse Sagas" || first["count"] != 2.0 {
		t.Errorf("fandom: %v", first)
	}
	if language := facets["language"].([]any)[0].(map[string]any); language["id"] != "en" || language["count"] != 2.0 {
		t.Errorf("language: %v", language)
	}
}

func TestListingParameters(t *testing.T) {
	l := newLibrary(t)
	var only, fandom archive.TagID
	for _, tag := range l.lamp.Tags {
		switch tag.Name {
		case "What the Lamp Was For only":
			only = tag.ID
		case "The Lighthouse Sagas":
			fandom = tag.ID
		}
	}
	for query, want := range map[string]float64{
		"q=lamp":                    1,
		"include=" + public(only):   1,
		"include=" + public(fandom): 2,
		"exclude=" + public(only):   2,
		"any=" + public(only) + "&any=" + public(fandom):         2,
		"include=" + public(only) + "&include=" + public(fandom): 1,
		"kudos=%3E100":         2,
		"hits=9000":            2,
		"comments=%3C1":        3,
		"bookmarks=%3E0":       0,
		"otp=yes":              2,
		"posted=2023":          2,
		"sort=loved":           3,
		"chapters=1":           1,
		"lang=en&lang=fr":      2,
		"lang=fr":              0,
		"updated=2024":         2,
		"complete=yes":         0,
		"utm_source=elsewhere": 3,
	} {
		found := l.answer("/works?"+query, "/works", 200)
		if found["total"] != want || len(found["ignored"].([]any)) != 0 {
			t.Errorf("%s: %v found, ignored %v; want %v", query, found["total"], found["ignored"], want)
		}
	}
}

func TestWhatCannotBeReadIsTold(t *testing.T) {
	l := newLibrary(t)
	for _, query := range []string{
		"words=many", "include=zzz", "include=-1", "complete=perhaps", "sort=up", "per=7", "page=x", "page=0", "page=-3", "updated=yesterday-ish",
		"q=" + url.QueryEscape(`(((`), "q=nosuchfield%3A%22x%22+-", "dir=up", "page=99999999999999999999999",
	} {
		found := l.answer("/works?"+query, "/works", 200)
		if len(found["ignored"].([]any)) == 0 && !strings.HasPrefix(query, "q=") {
			t.Errorf("%s: nothing was ignored", query)
		}
	}
	for _, query := range []string{"page=2", "page=1000000"} {
		if told := l.answer("/works?"+query, "/works", 404); !strings.Contains(told["detail"].(string), "page") {
			t.Errorf("%s: %v", query, told)
		}
	}
	for _, query := range []string{"q=%ff%fe", "q=" + strings.Repeat("(", 1000), "include=1&include=2", "q=%00", ";;;", "%zz"} {
		l.answer("/works?"+query, "/works", 200)
	}
}

func TestShowWork(t *testing.T) {
	l := newLibrary(t)
	work := l.answer("/works/"+public(l.lamp.ID), "/works/{id}", 200)
	if !strings.Contains(work["summary"].(string), "<em>the village</em>") || work["notes"] != "<p>For Q.</p>" || work["visibility"] != "public" {
		t.Errorf("%v", work)
	}
	if list := work["chapter_list"].([]any); len(list) != 2 || list[0].(map[string]any)["title"] != "The Letter" {
		t.Errorf("chapters: %v", list)
	}
	series := work["series"].([]any)
	if one := series[0].(map[string]any); one["title"] != "Salt Letters" || one["part"] != 2.0 {
		t.Errorf("series: %v", one)
	}
	if two := series[1].(map[string]any); two["part"] != nil {
		t.Errorf("series without a number: %v", two)
	}
	for format, address := range work["downloads"].(map[string]any) {
		if w := l.do(httptest.NewRequest("GET", address.(string), nil)); w.Code != 200 {
			t.Errorf("%s at %s: %d", format, address, w.Code)
		}
	}
}

func TestShowChapter(t *testing.T) {
	l := newLibrary(t)
	path := "/works/" + public(l.lamp.ID) + "/chapters/"
	one := l.answer(path+"1", "/works/{id}/chapters/{n}", 200)
	if one["title"] != "The Letter" || !strings.Contains(one["html"].(string), "<em>fish</em>") || !strings.HasPrefix(one["text"].(string), "The letter came with the fish.") ||
		one["notes"] != "<p>Before.</p>" || one["end_notes"] != "<p>After.</p>" || one["words"] != 9.0 {
		t.Errorf("%v", one)
	}
	for _, none := range []string{"0", "3", "-1", "x", "1.5", "99999999999999999999"} {
		l.answer(path+none, "/works/{id}/chapters/{n}", 404)
	}
}

func TestPicturesAreNeverLoadedFromElsewhere(t *testing.T) {
	got := html(7, prose.Parse(`<p>See <img src="https://elsewhere.example/a.png" alt="a map"> and <img src="image:`+strings.Repeat("a", 64)+`" alt="the lamp">.</p>`))
	if strings.Contains(got, `src="http`) || !strings.Contains(got, `href="https://elsewhere.example/a.png"`) || !strings.Contains(got, `src="`+address.Work(7)+"/images/"+strings.Repeat("a", 64)+`"`) {
		t.Error(got)
	}
}

func TestNobodyLearnsOfWhatIsNotTheirs(t *testing.T) {
	l := newLibrary(t)
	for _, person := range []archive.PersonID{0, 2} {
		l.person = person
		hidden := l.answer("/works/"+public(l.secret.ID), "/works/{id}", 404)
		absent := l.answer("/works/4000000000", "/works/{id}", 404)
		if fmt.Sprint(hidden) != fmt.Sprint(absent) {
			t.Errorf("hidden %v and absent %v read differently", hidden, absent)
		}
		l.answer("/works/"+public(l.secret.ID)+"/chapters/1", "/works/{id}/chapters/{n}", 404)
		for _, path := range []string{"/works", "/works?q=drawer", "/tags?q=the+secret", "/tags?kind=tag"} {
			if w := l.get(path); strings.Contains(w.Body.String(), "Secret Drawer") || w.Code != 200 {
				t.Errorf("%s as %d: %d %s", path, person, w.Code, w.Body)
			}
		}
	}
	l.person = anna
	l.answer("/works/"+public(l.secret.ID), "/works/{id}", 200)
}

func TestListTags(t *testing.T) {
	l := newLibrary(t)
	tags := l.answer("/tags?kind=fandom&q=light", "/tags", 200)["tags"].([]any)
	if len(tags) != 1 {
		t.Fatalf("%v", tags)
	}
	if one := tags[0].(map[string]any); one["name"] != "The Lighthouse Sagas" || one["kind"] != "fandom" || one["works"] != 2.0 {
		t.Errorf("%v", one)
	}
	for query, want := range map[string]int{"q=zzz": 0, "kind=character&q=ysolde": 1, "q=gri&limit=1": 1, "": 9, "limit=2": 2, "kind=tag": 3, "kind=tag&q=": 3, "limit=0": 9, "limit=99999": 9} {
		if got := len(l.answer("/tags?"+query, "/tags", 200)["tags"].([]any)); got != want {
			t.Errorf("%s: %d tags, want %d", query, got, want)
		}
	}
	l.answer("/tags?kind=colour", "/tags", 422)
	l.answer("/tags?limit=many", "/tags", 422)
}

// send uploads files as a program does.
func (l *library) send(files map[string]string) *httptest.ResponseRecorder {
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, content := range files {
		part, err := w.CreateFormFile("file", name)
		if err != nil {
			l.t.Fatal(err)
		}
		io.WriteString(part, content)
	}
	w.Close()
	r := httptest.NewRequest("POST", Root+"/imports", &body)
	r.Header.Set("Content-Type", w.FormDataContentType())
	return l.do(r)
}

func TestImports(t *testing.T) {
	l := newLibrary(t)
	ctx, cancel := context.WithCancel(t.Context())
	var running sync.WaitGroup
	running.Go(func() { l.Importer.Run(ctx) })
	defer running.Wait()
	defer cancel()

	w := l.send(map[string]string{"tale.txt": "A Tale of Programs\n\nby tidewrack\n\nIt was night, and the program wrote to the archive as it always did.\n\nNobody minded.\n", "nothing.txt": ""})
	accepted := l.held(w, "upload", "/imports", "post", 202)
	place := w.Header().Get("Location")
	if place != fmt.Sprintf("%s/imports/%.0f", Root, accepted["id"]) || accepted["files"] != 2.0 {
		t.Errorf("at %s: %v", place, accepted)
	}
	l.do(httptest.NewRequest("GET", strings.TrimPrefix(place, Root)+"/events", nil)) // until it is done
	path := strings.TrimPrefix(place, Root)
	done := l.answer(path, "/imports/{id}", 200)
	if done["status"] != "done" || done["done"] != 2.0 {
		t.Fatalf("%v", done)
	}
	for _, r := range done["receipts"].([]any) {
		switch r := r.(map[string]any); r["source"] {
		case "tale.txt":
			if r["status"] != "new" || r["error"] != "" {
				t.Errorf("%v", r)
			}
			l.answer(fmt.Sprintf("/works/%.0f", r["work"]), "/works/{id}", 200)
		default:
			if r["status"] != "refused" || r["work"] != nil || r["error"] == "" {
				t.Errorf("%v", r)
			}
		}
	}
	for _, none := range []string{"/imports/7", "/imports/x"} {
		l.answer(none, "/imports/{id}", 404)
	}
	l.person = 2
	l.answer(path, "/imports/{id}", 404)
	l.person = 0
	l.held(l.send(map[string]string{"a.txt": "b"}), "a visitor's upload", "/imports", "post", 401)
}

func TestUploadsThatAreNone(t *testing.T) {
	l := newLibrary(t)
	l.held(l.send(nil), "no files", "/imports", "post", 422)
	r := httptest.NewRequest("POST", Root+"/imports", strings.NewReader(`{"file":"x"}`))
	r.Header.Set("Content-Type", "application/json")
	told := l.held(l.do(r), "JSON", "/imports", "post", 422)
	if told["errors"].([]any)[0].(map[string]any)["message"] != told["detail"] {
		t.Errorf("%v", told)
	}
	r = httptest.NewRequest("POST", Root+"/imports", nil)
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	if w := l.do(r); w.Code != http.StatusForbidden || w.Header().Get("Content-Type") != "application/problem+json" || !strings.HasPrefix(w.Body.String(), "{") {
		t.Errorf("from another site: %d %s", w.Code, w.Body)
	}
}

func TestUnknownAddresses(t *testing.T) {
	l := newLibrary(t)
	for _, path := range []string{"/", "/nothing", "/works/1/chapters", "/docs", "/schemas/Work.json", "/openapi.yaml"} {
		if w := l.get(path); w.Code != 404 || w.Header().Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: %d %s", path, w.Code, w.Header().Get("Content-Type"))
		}
	}
	for _, method := range []string{"POST", "PUT", "DELETE"} {
		w := l.do(httptest.NewRequest(method, Root+"/works", nil))
		if w.Code != http.StatusMethodNotAllowed || w.Header().Get("Content-Type") != "application/problem+json" || !strings.Contains(w.Header().Get("Allow"), "GET") {
			t.Errorf("%s: %d %s, allow %q", method, w.Code, w.Header().Get("Content-Type"), w.Header().Get("Allow"))
		}
	}
}

func TestTheDocument(t *testing.T) {
	l := newLibrary(t)
	w := l.get("/openapi.json")
	if w.Code != 200 || !strings.HasPrefix(w.Header().Get("Content-Type"), "application/openapi+json") || l.doc["openapi"] != "3.1.0" {
		t.Errorf("%d %s %v", w.Code, w.Header().Get("Content-Type"), l.doc["openapi"])
	}
	for path, methods := range l.doc.at(t, "paths") {
		for method, operation := range methods.(map[string]any) {
			o := operation.(map[string]any)
			if o["summary"] == nil || o["operationId"] == nil || o["tags"] == nil {
				t.Errorf("%s %s: without summary, id or group", method, path)
			}
		}
	}
	if n := len(l.doc.at(t, "paths", Root+"/facets", "get")["parameters"].([]any)); n != len(l.doc.at(t, "paths", Root+"/works", "get")["parameters"].([]any))+3 {
		t.Errorf("%d parameters of facets are told", n)
	}
	for _, name := range []string{"include", "exclude", "any", "focus", "lang"} {
		found := false
		for _, p := range l.doc.at(t, "paths", Root+"/works", "get")["parameters"].([]any) {
			p := p.(map[string]any)
			found = found || p["name"] == name && p["explode"] != false && p["schema"].(map[string]any)["type"] == "array"
		}
		if !found {
			t.Errorf("%s is not told to be repeatable", name)
		}
	}
}
