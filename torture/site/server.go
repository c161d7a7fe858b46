package site

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// A Server is a Ficstead that answers.
type Server struct {
	*Process
	base    string
	client  *http.Client
	answers atomic.Int64
}

// Answers is how many there were.
func (s *Server) Answers() int { return int(s.answers.Load()) }

func newServer(p *Process, base string) *Server {
	transport := &http.Transport{DialContext: (&net.Dialer{}).DialContext, MaxIdleConnsPerHost: 4}
	return &Server{Process: p, base: base, client: &http.Client{
		Transport: transport, Timeout: patience,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// An Answer is what the server says.
type Answer struct {
	Status   int
	Location string
	Body     []byte
}

func (s *Server) do(r *http.Request) (a Answer, err error) {
	answer, err := s.client.Do(r)
	if err != nil {
		return a, err
	}
	defer answer.Body.Close()
	s.answers.Add(1)
	a = Answer{Status: answer.StatusCode, Location: answer.Header.Get("Location")}
	a.Body, err = io.ReadAll(answer.Body)
	return a, err
}

// Get asks for an address.
func (s *Server) Get(path string) (Answer, error) {
	r, err := http.NewRequest(http.MethodGet, s.base+path, nil)
	if err != nil {
		return Answer{}, err
	}
	return s.do(r)
}

// Post sends a form, given as names and values in turn.
func (s *Server) Post(path string, fields ...string) (Answer, error) {
	form := url.Values{}
	for i := 0; i+1 < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	r, err := http.NewRequest(http.MethodPost, s.base+path, bytes.NewReader([]byte(form.Encode())))
	if err != nil {
		return Answer{}, err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return s.do(r)
}

// A File is one to upload.
type File struct {
	Name string
	Data []byte
}

// Upload sends files to an address that takes them: "/import" or "/api/v1/imports".
func (s *Server) Upload(path string, files ...File) (Answer, error) {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for _, f := range files {
		part, err := form.CreateFormFile("file", f.Name)
		if err != nil {
			return Answer{}, err
		}
		part.Write(f.Data)
	}
	form.Close()
	r, err := http.NewRequest(http.MethodPost, s.base+path, &body)
	if err != nil {
		return Answer{}, err
	}
	r.Header.Set("Content-Type", form.FormDataContentType())
	return s.do(r)
}

func (s *Server) read(path string, v any) error {
	a, err := s.Get(path)
	if err != nil {
		return err
	}
	if a.Status != http.StatusOK {
		return fmt.Errorf("%s: %d: %.300s", path, a.Status, a.Body)
	}
	if err := json.Unmarshal(a.Body, v); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

// A Receipt is what became of one file.
type Receipt struct {
	Source string `json:"source"`
	Status string `json:"status"`
	Work   int64  `json:"work"`
	Title  string `json:"title"`
	Error  string `json:"error"`
}

// A Batch is an upload and how far it is.
type Batch struct {
	ID       int64     `json:"id"`
	Status   string    `json:"status"`
	Receipts []Receipt `json:"receipts"`
}

// Batch asks what became of an upload.
func (s *Server) Batch(id int64) (b Batch, err error) {
	return b, s.read(fmt.Sprintf("/api/v1/imports/%d", id), &b)
}

var (
	unfinished = regexp.MustCompile(`\d of [\d,]+ done`)
	sumsOf     = regexp.MustCompile(`/originals/([0-9a-f]{64})`)
	numbersOf  = regexp.MustCompile(`Revision (\d+)`)
	earlier    = regexp.MustCompile(`href="/imports/(\d+)"`)
)

// Drain waits until no upload is worked at any more.
func (s *Server) Drain(ctx context.Context) error {
	for wait := 2 * time.Millisecond; ; wait = min(2*wait, 200*time.Millisecond) {
		a, err := s.Get("/import")
		if err != nil {
			return err
		}
		if a.Status != http.StatusOK {
			return fmt.Errorf("/import: %d", a.Status)
		}
		if !unfinished.Match(a.Body) {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("uploads are never done: %w", ctx.Err())
		case <-s.Done():
			return fmt.Errorf("the server ended: %s", s.Complaints())
		case <-time.After(wait):
		}
	}
}

// Uploads are the latest uploads that the server knows.
func (s *Server) Uploads() (ids []int64, err error) {
	a, err := s.Get("/import")
	for _, m := range earlier.FindAllSubmatch(a.Body, -1) {
		id, _ := strconv.ParseInt(string(m[1]), 10, 64)
		ids = append(ids, id)
	}
	return ids, err
}

// A Listed is a work as lists show it.
type Listed struct {
	ID       int64  `json:"id"`
	Title    string `json:"title"`
	Chapters int    `json:"chapters"`
	Words    int    `json:"words"`
	Tags     []struct {
		Name string `json:"name"`
	} `json:"tags"`
}

// List asks for all works that answer a question.
func (s *Server) List(question string) (works []Listed, err error) {
	for page := 1; ; page++ {
		var list struct {
			Total, Pages int
			Works        []Listed
		}
		if err := s.read(fmt.Sprintf("/api/v1/works?per=100&sort=title&page=%d&q=%s", page, url.QueryEscape(question)), &list); err != nil {
			return nil, err
		}
		works = append(works, list.Works...)
		if page >= list.Pages {
			if len(works) != list.Total {
				return works, fmt.Errorf("a list of %d works says it has %d", len(works), list.Total)
			}
			return works, nil
		}
	}
}

// A Work is all that is shown of one.
type Work struct {
	Listed
	Revision   int    `json:"revision"`
	Visibility string `json:"visibility"`
	TextSearch bool   `json:"text_search"`
	Heads      []struct {
		Number int    `json:"number"`
		Title  string `json:"title"`
	} `json:"chapter_list"`
	Texts     []string `json:"-"` // of its chapters
	Originals []string `json:"-"` // SHA-256 of its files
	Record    []int    `json:"-"` // revisions that its record lists
}

// Work reads a work whole.
func (s *Server) Work(id int64) (w Work, err error) {
	at := fmt.Sprintf("/api/v1/works/%d", id)
	if err := s.read(at, &w); err != nil {
		return w, err
	}
	for n := range w.Heads {
		var chapter struct{ Text string }
		if err := s.read(fmt.Sprintf("%s/chapters/%d", at, n+1), &chapter); err != nil {
			return w, err
		}
		w.Texts = append(w.Texts, chapter.Text)
	}
	record, err := s.Get(fmt.Sprintf("/works/%d/record", id))
	if err == nil && record.Status != http.StatusOK {
		err = fmt.Errorf("record of work %d: %d", id, record.Status)
	}
	for _, m := range sumsOf.FindAllSubmatch(record.Body, -1) {
		w.Originals = append(w.Originals, string(m[1]))
	}
	for _, m := range numbersOf.FindAllSubmatch(record.Body, -1) {
		n, _ := strconv.Atoi(string(m[1]))
		w.Record = append(w.Record, n)
	}
	return w, err
}

// Original downloads a file of a work.
func (s *Server) Original(id int64, sum string) ([]byte, error) {
	a, err := s.Get(fmt.Sprintf("/works/%d/originals/%s", id, sum))
	if err == nil && a.Status != http.StatusOK {
		err = fmt.Errorf("original %s of work %d: %d", sum, id, a.Status)
	}
	return a.Body, err
}

// Crowd has so many people ask for a page at once, each on a line of their own, and
// returns what waits until they are gone. Nobody waits for ever.
func (s *Server) Crowd(n int, path string) (gone func()) {
	const patient = 3 * time.Second
	client := &http.Client{Timeout: patient, Transport: &http.Transport{DisableKeepAlives: true}}
	var all sync.WaitGroup
	for range n {
		all.Go(func() {
			if answer, err := client.Get(s.base + path); err == nil {
				io.Copy(io.Discard, answer.Body)
				answer.Body.Close()
			}
		})
	}
	return all.Wait
}
