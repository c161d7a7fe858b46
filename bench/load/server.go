package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

// A server is the program, serving a copy of the archive.
type server struct {
	cmd     *exec.Cmd
	address string // host and port
	client  *http.Client
}

var ready = regexp.MustCompile(`http://([^/]+)/`)

func start(program, data string) (*server, error) {
	cmd := exec.Command(program, "serve", "--data", data, "--listen", "127.0.0.1:0")
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if found := ready.FindStringSubmatch(lines.Text()); found != nil {
			go io.Copy(io.Discard, out)
			client := &http.Client{Timeout: 20 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 512, MaxConnsPerHost: 512}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
			return &server{cmd, found[1], client}, nil
		}
	}
	return nil, fmt.Errorf("the server never was ready: %w", cmd.Wait())
}

func (s *server) stop() {
	s.cmd.Process.Signal(os.Interrupt)
	s.cmd.Wait()
}

// A result is what came of requests.
type result struct {
	mu           sync.Mutex
	took         []time.Duration // of those answered
	kinds        []string
	away, failed int // told to come back; and all else
	span         time.Duration
}

func (r *result) answered() int { return len(r.took) }

func (r *result) rate() float64 {
	return float64(len(r.took)+r.away+r.failed) / r.span.Seconds()
}

func (r *result) of(kind string) *result {
	part := &result{span: r.span}
	for i, k := range r.kinds {
		if k == kind {
			part.took = append(part.took, r.took[i])
		}
	}
	return part
}

// ask asks once; its time counts from due.
func (s *server) ask(q request, due time.Time, r *result) {
	status := 0
	request, err := http.NewRequest(http.MethodGet, "http://"+s.address+q.path, nil)
	if err == nil {
		request.Header.Set("Accept-Encoding", "gzip")
		var got *http.Response
		if got, err = s.client.Do(request); err == nil {
			_, err = io.Copy(io.Discard, got.Body)
			got.Body.Close()
			status = got.StatusCode
		}
	}
	took := time.Since(due)
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case err == nil && (status == 503 || status == 429):
		r.away++
	case err != nil || status >= 400:
		r.failed++
	default:
		r.took, r.kinds = append(r.took, took), append(r.kinds, q.kind)
	}
}

// closed has clients ask one request after the other.
func (s *server) closed(m *mix, clients int, span time.Duration) *result {
	r, begun := &result{}, time.Now()
	var all sync.WaitGroup
	for c := range clients {
		all.Go(func() {
			for i := c; time.Since(begun) < span; i += clients {
				s.ask(m.list[i%len(m.list)], time.Now(), r)
			}
		})
	}
	all.Wait()
	r.span = time.Since(begun)
	return r
}

// outstanding bounds the requests of an open loop that are under way: browsers
// would wait no longer either.
const outstanding = 400

// open asks at a rate, whatever comes back; requests that cannot be sent for
// want of a place are counted as turned away. Beside them chapters are asked for,
// ten a second, if their result is wanted.
func (s *server) open(m *mix, rate float64, span time.Duration, chapters *result) *result {
	r, begun := &result{}, time.Now()
	var all sync.WaitGroup
	if chapters != nil {
		all.Go(func() { s.probe(m, span, chapters) })
	}
	places := make(chan struct{}, outstanding)
	for i := 0; time.Since(begun) < span; i++ {
		due := begun.Add(time.Duration(float64(i) / rate * float64(time.Second)))
		time.Sleep(time.Until(due))
		select {
		case places <- struct{}{}:
			all.Go(func() {
				s.ask(m.list[i%len(m.list)], due, r)
				<-places
			})
		default:
			r.mu.Lock()
			r.away++
			r.mu.Unlock()
		}
	}
	r.span = time.Since(begun)
	all.Wait()
	return r
}

// probe asks for ten chapters a second.
func (s *server) probe(m *mix, span time.Duration, r *result) {
	begun := time.Now()
	var all sync.WaitGroup
	for i := 0; time.Since(begun) < span; {
		for i++; m.list[i%len(m.list)].kind != "chapters"; i++ {
		}
		all.Go(func() { s.ask(m.list[i%len(m.list)], time.Now(), r) })
		time.Sleep(100 * time.Millisecond)
	}
	all.Wait()
	r.span = time.Since(begun)
}

// beside asks for chapters while slow connections send a byte each second.
func (s *server) beside(m *mix, slow int, span time.Duration) *result {
	var open []net.Conn
	for range slow {
		if conn, err := net.Dial("tcp", s.address); err == nil {
			open = append(open, conn)
		}
	}
	ended := make(chan struct{})
	var all sync.WaitGroup
	all.Go(func() {
		for text := []byte("GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: "); ; time.Sleep(time.Second) {
			select {
			case <-ended:
				return
			default:
			}
			for i, conn := range open {
				if _, err := conn.Write(text[:1]); err != nil {
					conn.Close() // it was ended; a new one comes
					if again, err := net.Dial("tcp", s.address); err == nil {
						open[i] = again
					}
				}
			}
			text = append(text[1:], 'x')
		}
	})
	r := &result{}
	s.probe(m, span, r)
	close(ended)
	all.Wait()
	for _, conn := range open {
		conn.Close()
	}
	return r
}

// A standing is what the server holds.
type standing struct {
	memory, files int
	goroutines    string
}

func (s *server) standing() standing {
	files, _ := os.ReadDir(fmt.Sprintf("/proc/%d/fd", s.cmd.Process.Pid))
	return standing{s.memory(), len(files), s.goroutines()}
}

// rest waits for what ends by itself.
func (s *server) rest(d time.Duration) standing {
	s.client.CloseIdleConnections()
	time.Sleep(d)
	return s.standing()
}

// memory is what is resident, in MB.
func (s *server) memory() int {
	b, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	for line := range strings.Lines(string(b)) {
		if value, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kb, _ := strconv.Atoi(strings.Fields(value)[0])
			return kb / 1024
		}
	}
	return 0
}

var goroutines = regexp.MustCompile(`(?m)^\w*goroutines (\d+)`)

func (s *server) goroutines() string {
	got, err := s.client.Get("http://" + s.address + "/metrics")
	if err != nil {
		return "?"
	}
	defer got.Body.Close()
	body, _ := io.ReadAll(got.Body)
	if found := goroutines.FindSubmatch(body); found != nil {
		return string(found[1])
	}
	return "?"
}
