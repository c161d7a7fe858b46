package overload

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"ficstead/internal/base/errs"
)

func TestGate(t *testing.T) {
	g := NewGate("tests", 2, 1, time.Hour)
	enter := func(ctx context.Context) (func(), error) { return g.Enter(ctx) }
	first, err1 := enter(t.Context())
	second, err2 := enter(t.Context())
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	entered := make(chan func())
	go func() { leave, _ := enter(t.Context()); entered <- leave }()
	for len(g.waiting) == 0 {
		runtime.Gosched()
	}
	if _, err := enter(t.Context()); !errors.Is(err, errs.Busy) {
		t.Errorf("with one waiting: %v", err)
	}
	first()
	first() // twice is once
	third := <-entered
	if g.Inside() != 2 {
		t.Errorf("%d inside", g.Inside())
	}
	second()
	third()
	if g.Inside() != 0 || len(g.waiting) != 0 {
		t.Errorf("%d inside, %d waiting at the end", g.Inside(), len(g.waiting))
	}
}

func TestGateIsLeftInTime(t *testing.T) {
	g := NewGate("tests", 1, 5, time.Millisecond)
	leave, err := g.Enter(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := g.Enter(t.Context()); !errors.Is(err, errs.Busy) {
		t.Errorf("after its patience: %v", err)
	}
	left, cancel := context.WithCancel(t.Context())
	cancel()
	g.patience = time.Hour
	if _, err := g.Enter(left); !errors.Is(err, context.Canceled) {
		t.Errorf("who has left: %v", err)
	}
	leave()
	if _, err := g.Enter(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestPlaceIsGivenBackBeforeTheAnswerIsTaken writes to nobody.
func TestPlaceIsGivenBackBeforeTheAnswerIsTaken(t *testing.T) {
	left := 0
	for _, begin := range []func(http.ResponseWriter){
		func(w http.ResponseWriter) { w.WriteHeader(http.StatusOK) }, func(w http.ResponseWriter) { io.WriteString(w, "x") },
	} {
		w := Leaving(httptest.NewRecorder(), func() { left++ })
		w.WriteHeader(http.StatusEarlyHints)
		if left != 0 {
			t.Error("left before the answer")
		}
		if begin(w); left != 1 {
			t.Error("not left")
		}
		left = 0
	}
}

// serve answers on loopback as the program does, until the test ends.
func serve(t *testing.T, c *Connections, h http.Handler) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: h, ReadHeaderTimeout: time.Minute}
	listener = c.Attach(server, listener)
	ended := make(chan struct{})
	go func() { defer close(ended); server.Serve(listener) }()
	t.Cleanup(func() {
		server.Close()
		<-ended
		if n := c.Open(); n != 0 {
			t.Errorf("%d connections are left", n)
		}
	})
	return listener.Addr().String()
}

func dial(t *testing.T, address, send string) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	conn.SetDeadline(time.Now().Add(20 * time.Second))
	io.WriteString(conn, send)
	return conn
}

// TestSlowConnectionsTakeOnlyTheirOwn opens a thousand connections that never
// finish their request, where 64 may be open, and asks beside them.
func TestSlowConnectionsTakeOnlyTheirOwn(t *testing.T) {
	c := &Connections{Most: 64}
	begun, on := make(chan struct{}), make(chan struct{})
	address := serve(t, c, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/long" {
			close(begun)
			<-on
		}
		io.WriteString(w, "answered")
	}))
	long := dial(t, address, "GET /long HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
	<-begun
	for i := range 1000 {
		dial(t, address, "GET / HTTP/1.1\r\nHost: local"[:i%28])
		if i%100 == 99 {
			got, _ := io.ReadAll(dial(t, address, "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
			if !strings.HasSuffix(string(got), "answered") {
				t.Fatalf("beside %d slow ones: %q", i, got)
			}
		}
		if n := c.Open(); n > c.Most {
			t.Fatalf("%d connections are open", n)
		}
	}
	close(on)
	if got, _ := io.ReadAll(long); !strings.HasSuffix(string(got), "answered") {
		t.Errorf("what was being answered: %q", got)
	}
}

// TestOwnAnswersOfTheServerBearTheHeader sends what never reaches a handler, and
// bodies that look like such an answer.
func TestOwnAnswersOfTheServerBearTheHeader(t *testing.T) {
	const header = "X-Guarded: yes\r\n"
	const bait = "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n400 Bad Request"
	address := serve(t, &Connections{Most: 64, Header: header}, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Guarded", "yes")
		if r.URL.Path == "/bait" {
			w.Write([]byte(strings.Repeat("x", 1<<16)))
			http.NewResponseController(w).Flush()
			io.WriteString(w, bait)
		}
	}))
	for name, c := range map[string]struct {
		send   string
		status int
	}{
		"nonsense":               {"nonsense\r\n\r\n", 400},
		"no host":                {"GET / HTTP/1.1\r\n\r\n", 400},
		"two hosts":              {"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
		"a space in a name":      {"GET / HTTP/1.1\r\nHost: a\r\nA b: c\r\n\r\n", 400},
		"another protocol":       {"GET / HTTP/3.7\r\nHost: a\r\n\r\n", 505},
		"large headers":          {"GET / HTTP/1.1\r\nHost: a\r\nX: " + strings.Repeat("x", 2<<20) + "\r\n\r\n", 431},
		"an unknown coding":      {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: lzma\r\n\r\n", 501},
		"an unknown expectation": {"GET / HTTP/1.1\r\nHost: a\r\nExpect: miracles\r\n\r\n", 417},
		"options of all":         {"OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 200},
		"after a good one":       {"GET / HTTP/1.1\r\nHost: a\r\n\r\nnonsense\r\n\r\n", 200},
	} {
		conn := bufio.NewReader(dial(t, address, c.send))
		for first := true; ; first = false {
			got, err := http.ReadResponse(conn, nil)
			if err != nil {
				if first {
					t.Errorf("%s: %v", name, err)
				}
				break
			}
			io.Copy(io.Discard, got.Body)
			if first && got.StatusCode != c.status || got.Header.Get("X-Guarded") != "yes" {
				t.Errorf("%s: %d with %v", name, got.StatusCode, got.Header)
			}
		}
	}
	got, err := http.Get("http://" + address + "/bait")
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(got.Body)
	if err != nil || string(body) != strings.Repeat("x", 1<<16)+bait {
		t.Errorf("a body was changed: %d bytes, %v", len(body), err)
	}
}

// TestClientsThatDoNotMove sends nothing more of a body, sends it too slowly, and
// takes nothing of an answer.
func TestClientsThatDoNotMove(t *testing.T) {
	const short = 50 * time.Millisecond
	said := make(chan error, 1)
	now := time.Now()
	clock := func() time.Time { return now }
	for name, c := range map[string]struct {
		send string
		h    http.HandlerFunc
		now  func() time.Time
		want error
	}{
		"a body that stops": {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nx", func(w http.ResponseWriter, r *http.Request) {
			_, err := io.ReadAll(r.Body)
			said <- err
		}, time.Now, ErrSlow},
		"a body that trickles": {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 40\r\n\r\n" + strings.Repeat("x", 40), func(w http.ResponseWriter, r *http.Request) {
			r.Body.Read(make([]byte, 1))
			now = now.Add(3 * time.Second) // a minute and more, at this scale
			_, err := r.Body.Read(make([]byte, 1))
			said <- err
		}, clock, ErrSlow},
		"an answer that nobody takes": {"GET / HTTP/1.1\r\nHost: a\r\n\r\n", func(w http.ResponseWriter, r *http.Request) {
			_, err := w.Write(make([]byte, 64<<20))
			said <- err
		}, time.Now, context.DeadlineExceeded},
	} {
		stall := short
		if c.now(); name == "a body that trickles" {
			stall = time.Hour
		}
		address := serve(t, &Connections{Most: 8}, steady(c.h, stall, short, c.now))
		dial(t, address, c.send)
		if err := <-said; c.want == ErrSlow && !errors.Is(err, ErrSlow) || err == nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestClientsThatMove takes a large answer and sends a large body piece by piece,
// each within the time and all of them not, and then asks again on the same connection.
func TestClientsThatMove(t *testing.T) {
	c := &Connections{Most: 8}
	address := serve(t, c, Steady(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n, err := io.Copy(io.Discard, r.Body)
		fmt.Fprintf(w, "%d %v ", n, err)
		w.Write(make([]byte, 1<<20))
	})))
	client := &http.Client{}
	for range 3 {
		got, err := client.Post("http://"+address, "text/plain", strings.NewReader(strings.Repeat("x", 1<<20)))
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(got.Body)
		got.Body.Close()
		if err != nil || !strings.HasPrefix(string(body), "1048576 <nil> ") || len(body) != 14+1<<20 {
			t.Errorf("%d bytes, %v", len(body), err)
		}
	}
	if c.Open() != 1 {
		t.Errorf("%d connections for one client", c.Open())
	}
	client.CloseIdleConnections()
}
