package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"ficstead/internal/metrics"
	"ficstead/internal/web/monitor"
)

// guarded is an output that is read while it is written.
type guarded struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (g *guarded) Write(b []byte) (int, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.b.Write(b)
}

func (g *guarded) String() string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.b.String()
}

// serving starts a server and returns its address and its log.
func serving(t *testing.T, data string, args ...string) (address string, log *guarded) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	ready, out := newLineWatcher()
	log = &guarded{}
	ended := make(chan int, 1)
	go func() {
		ended <- start(ctx, append([]string{"serve", "--listen", "127.0.0.1:0", "--data", data}, args...), out, log)
	}()
	t.Cleanup(func() {
		stop()
		if code := <-ended; code != 0 {
			t.Errorf("exit %d: %s", code, log)
		}
	})
	select {
	case address = <-ready:
	case code := <-ended:
		ended <- code
		t.Fatalf("exit %d: %s", code, log)
	}
	return strings.TrimSuffix(address, "/"), log
}

// request sends what a stranger with a marker in every header would, and returns
// status and body.
func request(t *testing.T, method, address string, header ...string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	response, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, string(body)
}

func TestServeTellsOperators(t *testing.T) {
	data := t.TempDir()
	want(t, exitRefused, data, "import", pile(t))
	address, _ := serving(t, data, "--metrics-token", "sesame")
	if r, body := request(t, "GET", address+"/readyz"); r.StatusCode != 200 || !strings.HasPrefix(body, "ready\n") {
		t.Errorf("readyz: %d %q", r.StatusCode, body)
	} else {
		for _, check := range []string{"database", "index", "disk", "writing", "following"} {
			if !strings.Contains(body, "ok: "+check+"\n") {
				t.Errorf("no %s in %q", check, body)
			}
		}
	}
	fetch(t, address+"/works")
	fetch(t, address+"/works?q=lamp")
	fetch(t, address+"/works?q=lamp")
	body := fetch(t, address+"/metrics")
	for _, want := range []string{
		"\nficstead_index_works 2\n", "\nficstead_index_changes_behind 0\n", `ficstead_http_requests_total{class="lists",status="200"} 3`,
		`ficstead_check_ok{check="writing"} 1`, `ficstead_index_part_works{part="base"} 2`, "\nficstead_find_waiting 0\n", "\nficstead_find_hits_total ", "\ngo_goroutines ", "\nficstead_store_writes_total ", `ficstead_file_bytes{file="database"} `,
		"\nficstead_import_files_waiting 0\n", `ficstead_build_info{version="development"`, "\nficstead_disk_free_bytes ",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s", want)
		}
	}
	proxied := []string{"X-Forwarded-For", "192.0.2.1"}
	if r, _ := request(t, "GET", address+"/metrics", proxied...); r.StatusCode != 404 {
		t.Errorf("through a proxy /metrics is %d", r.StatusCode)
	}
	if r, _ := request(t, "GET", address+"/metrics", append(proxied, "Authorization", "Bearer sesame")...); r.StatusCode != 200 {
		t.Errorf("with the token /metrics is %d", r.StatusCode)
	}
	if _, body := request(t, "GET", address+"/readyz", proxied...); body != "ready\n" {
		t.Errorf("a stranger is told %q", body)
	}
}

// While the archive is opened, which may take minutes, there is an answer.
func TestServeListensBeforeItIsReady(t *testing.T) {
	r := &run{ctx: t.Context(), data: t.TempDir()}
	f, err := serveCommand{Listen: "127.0.0.1:0"}.openFront(r, &monitor.Monitor{Metrics: metrics.New()})
	if err != nil {
		t.Fatal(err)
	}
	defer f.close()
	f.serve()
	for path, want := range map[string]string{"": "Getting ready", "readyz": "starting: ", "api/v1/works": `"status":503`} {
		response, body := request(t, "GET", f.address()+path)
		if response.StatusCode != 503 || response.Header.Get("Retry-After") == "" || !strings.Contains(body, want) {
			t.Errorf("/%s: %d %q", path, response.StatusCode, body)
		}
	}
	if response, _ := request(t, "GET", f.address()+"healthz"); response.StatusCode != 200 {
		t.Errorf("healthz: %d", response.StatusCode)
	}
	if _, err := (serveCommand{Listen: f.servers[0].Listener.Addr().String()}).openFront(r, &monitor.Monitor{}); err == nil {
		t.Error("a second server listens at the same address")
	}
}

const secret = "zqxsecret"

// A crawl of works that have a marker in everything people wrote, by somebody
// who has it in everything they send, leaves no marker in the log: neither when
// all is well nor when the database is damaged.
func TestLogNamesNobody(t *testing.T) {
	data, files := t.TempDir(), t.TempDir()
	work := "Title: The " + secret + " title\nAuthor: " + secret + "author\nFandom: " + secret + " fandom\nTags: " + secret + "tag\nSummary: " + secret + " summary\n\n" +
		strings.Repeat("Chapter 1: "+secret+" chapter\n\nShe said "+secret+" and left.\n\n", 30)
	for name, text := range map[string]string{secret + ".txt": work, secret + ".epub": "PK\x03\x04 no book", secret + "/deep.html": "<title>" + secret + "</title><p>" + secret + "</p>"} {
		path := filepath.Join(files, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want(t, exitRefused, data, "import", files)
	t.Run("sound", func(t *testing.T) {
		address, log := serving(t, data, "--log-format", "json")
		crawl(t, address)
		namesNobody(t, log.String())
	})
	spoil(t, filepath.Join(data, databaseFile))
	address, log := serving(t, data, "--log-format", "json")
	broken, reference := crawl(t, address)
	if broken == 0 {
		t.Error("nothing failed though the database is damaged: the test has no teeth")
	}
	told := log.String()
	namesNobody(t, told)
	if !strings.Contains(told, reference) {
		t.Errorf("the reference %s that a person was shown is not in the log", reference)
	}
}

func namesNobody(t *testing.T, told string) {
	t.Helper()
	for line := range strings.Lines(told) {
		if err := json.Unmarshal([]byte(line), new(map[string]any)); err != nil {
			t.Errorf("no JSON: %q", line)
		}
	}
	for _, marker := range []string{secret, "192.0.2.99", "user@example"} {
		if i := strings.Index(told, marker); i >= 0 {
			t.Errorf("%s is in the log: …%s", marker, told[max(0, i-200):min(len(told), i+100)])
		}
	}
}

var links = regexp.MustCompile(`(?:href|src|action)="(/[^"#]*)`)

// crawl follows every link and asks some questions of its own. It returns how
// many answers said that something broke, and the reference that one of them named.
func crawl(t *testing.T, address string) (broken int, reference string) {
	t.Helper()
	s := url.QueryEscape(secret)
	queue := []string{"/", "/works?q=" + s, "/works?q=text:" + s, "/works?q=((" + s, "/" + s, "/works/" + s, "/api/v1/works?q=" + s, "/api/v1/" + s, "/remember?line=" + s, "/%ff" + s, "/storyid.php?sid=" + s, "/works.epub?q=" + s}
	seen := map[string]bool{}
	for len(queue) > 0 && len(seen) < 250 {
		path := strings.ReplaceAll(queue[0], "&amp;", "&")
		queue = queue[1:]
		if seen[path] || strings.HasSuffix(path, "/events") {
			continue
		}
		seen[path] = true
		for _, method := range []string{"GET", "POST"} {
			response, body := request(t, method, address+path, "X-Forwarded-For", "192.0.2.99", "User-Agent", secret, "Referer", "http://"+secret+"/", "Cookie", "a="+secret, "From", "user@example", "Origin", "http://"+secret)
			if response.StatusCode == http.StatusInternalServerError {
				broken++
				reference = response.Header.Get("X-Request-Id")
				if reference == "" || !strings.Contains(body, reference) && !strings.HasPrefix(path, "/works.") {
					t.Errorf("%s %s broke and names no reference: %.300q", method, path, body)
				}
			}
			for _, link := range links.FindAllStringSubmatch(body, -1) {
				queue = append(queue, link[1])
			}
		}
	}
	return broken, reference
}

// spoil damages what is packed in a database: chapters and kept files.
func spoil(t *testing.T, path string) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	parts := bytes.Split(b, []byte{0x28, 0xb5, 0x2f, 0xfd}) // how zstd begins
	if len(parts) < 2 {
		t.Fatal("nothing packed in the database")
	}
	for _, part := range parts[1:] {
		copy(part, "damaged!!")
	}
	if err := os.WriteFile(path, bytes.Join(parts, []byte{0x28, 0xb5, 0x2f, 0xfd}), 0o600); err != nil {
		t.Fatal(err)
	}
}
