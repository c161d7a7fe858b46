package web

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/base/prose"
	"ficstead/internal/find"
	"ficstead/internal/store"
	"ficstead/internal/web/address"
	"ficstead/internal/web/page"
	"ficstead/internal/web/upload"
)

func TestStatusOf(t *testing.T) {
	for _, c := range []struct {
		err  error
		want int
	}{
		{fmt.Errorf("work 7: %w", errs.NotFound), 404}, {errs.Problems{{Field: "x", Message: "y"}}, 422}, {errs.SignIn, 401}, {errs.Forbidden, 403},
		{errs.Conflict, 409}, {fmt.Errorf("8 wait: %w", errs.Busy), 503}, {errors.New("disk"), 500}, {told{Err: errs.NotFound}, 404}, {find.PageError{Page: 9, Pages: 2}, 404},
	} {
		if got := page.StatusOf(c.err); got != c.want {
			t.Errorf("%v: %d, want %d", c.err, got, c.want)
		}
	}
}

// TestBusyIsForAMoment tells when to come back, and keeps the question.
func TestBusyIsForAMoment(t *testing.T) {
	h := newHouse(t)
	w := httptest.NewRecorder()
	h.Handle(func(http.ResponseWriter, *http.Request) error { return fmt.Errorf("question: %w", errs.Busy) }).ServeHTTP(w, httptest.NewRequest("GET", "/works?q=tea&words=10", nil))
	if w.Code != 503 || w.Header().Get("Retry-After") != "1" || !strings.Contains(w.Body.String(), `href="/works?q=tea&amp;words=10"`) || !strings.Contains(w.Body.String(), "Too much is asked at once") {
		t.Errorf("%d, retry after %q: %s", w.Code, w.Header().Get("Retry-After"), w.Body)
	}
}

// TestUnchangedPagesAreNotSentAgain asks each kind of page twice.
func TestUnchangedPagesAreNotSentAgain(t *testing.T) {
	h := newHouse(t)
	id := h.works[archive.Public].ID
	for _, target := range []string{address.Work(id), address.Chapter(id, 1), address.Whole(id), "/works", "/", address.Download(id, "epub"), address.Download(id, "txt"), iconPath()} {
		first := h.get(t, target)
		r := httptest.NewRequest(http.MethodGet, target, nil)
		r.Host = "localhost:8080"
		r.Header.Set("Test-Person", "1")
		r.Header.Set("If-None-Match", first.header.Get("Etag"))
		again := h.send(t, r)
		if first.status != 200 || again.status != http.StatusNotModified || again.body != "" {
			t.Errorf("%s: %d, then %d", target, first.status, again.status)
		}
	}
}

func TestHeadSaysWhatGetDoes(t *testing.T) {
	h := newHouse(t)
	for _, target := range []string{"/", "/works", address.Work(h.works[archive.Public].ID), "/nowhere"} {
		get, head := h.get(t, target), h.ask(t, 1, http.MethodHead, target, nil)
		if head.status != get.status || head.body != "" || head.header.Get("Content-Length") != get.header.Get("Content-Length") {
			t.Errorf("%s: %d %q, want %d and no body", target, head.status, head.header.Get("Content-Length"), get.status)
		}
	}
}

// TestKeptPagesFollowTheStore changes a work under a page that is kept.
func TestKeptPagesFollowTheStore(t *testing.T) {
	h := newHouse(t)
	w := h.works[archive.Public]
	targets := []string{address.Work(w.ID), address.Chapter(w.ID, 1), address.Whole(w.ID), address.Download(w.ID, "txt")}
	for _, target := range targets {
		if got := h.ask(t, 0, http.MethodGet, target, nil); !strings.Contains(got.body, marker(archive.Public)) {
			t.Fatalf("%s: %d", target, got.status)
		}
	}
	w.Title = "Another name"
	change(t, h.Store, func(tx *store.Tx) error {
		return tx.ChangeWork(&w, []archive.Chapter{{Number: 1, Title: "A", Text: prose.Parse("<p>Another text</p>")}, {Number: 2, Text: prose.Parse("<p>b</p>")}}, nil)
	})
	for _, target := range targets {
		if got := h.ask(t, 0, http.MethodGet, target, nil); !strings.Contains(got.body, "Another") {
			t.Errorf("%s still shows the earlier revision", target)
		}
	}
	change(t, h.Store, func(tx *store.Tx) error { return tx.SetVisibility(w.ID, archive.Private) })
	for _, target := range targets {
		if got := h.ask(t, 0, http.MethodGet, target, nil); got.status != 404 {
			t.Errorf("%s: %d after the work became private", target, got.status)
		}
		if got := h.ask(t, 1, http.MethodGet, target, nil); got.status != 200 {
			t.Errorf("%s: %d for its keeper", target, got.status)
		}
	}
	if got := h.ask(t, 0, http.MethodGet, "/works", nil); strings.Contains(got.body, "Another name") {
		t.Error("the list shows a private work while the index is behind")
	}
}

func change(t *testing.T, s *store.Store, f func(*store.Tx) error) {
	t.Helper()
	if err := s.Write(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

// TestPagesAreKeptForOnePersonAndLook asks with two looks and two people.
func TestPagesAreKeptForOnePersonAndLook(t *testing.T) {
	h := newHouse(t)
	target := address.Chapter(h.works[archive.Restricted].ID, 1)
	ask := func(person, look string) string {
		r := httptest.NewRequest(http.MethodGet, target+"?secret="+person+look, nil)
		r.Host = "localhost"
		r.Header.Set("Test-Person", person)
		r.AddCookie(&http.Cookie{Name: "look", Value: look})
		return h.send(t, r).body
	}
	dark, sepia, stranger := ask("1", "dark"), ask("1", "sepia"), ask("0", "dark")
	if !strings.Contains(dark, `data-theme="dark"`) || !strings.Contains(sepia, `data-theme="sepia"`) || strings.Contains(stranger, marker(archive.Restricted)) {
		t.Error("a page was sent to whom it was not made for")
	}
	if strings.Contains(ask("1", "dark"), "secret") {
		t.Error("a kept page holds the parameters of another request")
	}
}

func TestGzipHoldsTheSame(t *testing.T) {
	h := newHouse(t)
	r := httptest.NewRequest(http.MethodGet, "/help", nil)
	r.Host = "localhost:8080"
	r.Header.Set("Test-Person", "1")
	r.Header.Set("Accept-Encoding", "gzip")
	got := h.send(t, r)
	if got.header.Get("Content-Encoding") != "gzip" || !strings.Contains(got.header.Get("Vary"), "Accept-Encoding") {
		t.Fatal(got.header)
	}
	z, err := gzip.NewReader(strings.NewReader(got.body))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(z)
	if err != nil || string(plain) != h.get(t, "/help").body {
		t.Errorf("uncompressed it differs (%v)", err)
	}
}

// TestKeptListsFollowTheIndex asks a list before and after a work comes in, and
// before and after the index knows of it.
func TestKeptListsFollowTheIndex(t *testing.T) {
	h := newHouse(t)
	for _, target := range []string{"/works", "/", "/works?q=marker", "/works?sort=title&dir=desc"} {
		if first := h.get(t, target).body; first != h.get(t, target).body {
			t.Errorf("%s: two answers to one question", target)
		}
	}
	w := markedWork(archive.Public)
	w.Title = "Fresh from the sea"
	addWork(t, h.Store, w, archive.Chapter{Number: 1, Text: prose.Parse("<p>x</p>")})
	h.follow(t)
	for _, target := range []string{"/works", "/", "/works?q=fresh", "/works?sort=title&dir=desc"} {
		if !strings.Contains(h.get(t, target).body, "Fresh from the sea") {
			t.Errorf("%s does not show the new work", target)
		}
	}
	change(t, h.Store, func(tx *store.Tx) error { return tx.RemoveWork(h.works[archive.Public].ID) })
	if strings.Contains(h.ask(t, 0, http.MethodGet, "/works", nil).body, "Title "+marker(archive.Public)) {
		t.Error("the list shows a work that was removed")
	}
}

// sqliteError and postgresError have what their drivers' errors have.
type sqliteError int

func (e sqliteError) Error() string { return "database or disk is full" }
func (e sqliteError) Code() int     { return int(e) }

type postgresError string

func (e postgresError) Error() string    { return "could not extend file" }
func (e postgresError) SQLState() string { return string(e) }

func TestStatusOfFullDisksAndStops(t *testing.T) {
	for err, want := range map[error]int{
		sqliteError(13):          http.StatusInsufficientStorage,
		sqliteError(5):           http.StatusInternalServerError,
		postgresError("53100"):   http.StatusInsufficientStorage,
		postgresError("40001"):   http.StatusInternalServerError,
		syscall.ENOSPC:           http.StatusInsufficientStorage,
		upload.Stopping:          http.StatusServiceUnavailable,
		errors.New("a surprise"): http.StatusInternalServerError,
	} {
		if got := page.StatusOf(fmt.Errorf("work 7: %w", err)); got != want {
			t.Errorf("%v: %d, want %d", err, got, want)
		}
	}
}
