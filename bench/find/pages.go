package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"ficstead/bench/synthetic"
	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/find"
	"ficstead/internal/store"
)

const (
	rate      = 500 // requests a second
	minute    = 60 * time.Second
	warmingUp = 5 * time.Second // not counted: connections, and what a server works out once
)

// measurePages asks a server for listings at a steady rate, whatever it answers
// meanwhile: a page's time counts from when it should have been asked for, so
// that waiting behind a slow one is not left out. The server has the first core
// to itself, this process the others.
func (o *options) measurePages(b *board) error {
	data, made, err := o.archiveFor(b)
	if err != nil {
		return err
	}
	paths, err := listings(data, made, rate*int((minute+warmingUp)/time.Second))
	if err != nil {
		return err
	}
	program := filepath.Join(o.dir, "ficstead")
	if out, err := exec.Command("go", "build", "-o", program, "./cmd/ficstead").CombinedOutput(); err != nil {
		return fmt.Errorf("build ficstead: %w: %s", err, out)
	}
	if err := o.repeated(b, data, made); err != nil {
		return err
	}
	progress("indexing the text") // which a server would do meanwhile, on its one core
	if out, err := exec.Command(program, "find", "--data", data, "--limit", "1", "text:lantern").CombinedOutput(); err != nil {
		return fmt.Errorf("index the text: %w: %s", err, out)
	}
	progress("starting the server")
	server, address, started, err := serve(program, data)
	if err != nil {
		return err
	}
	defer func() { server.Process.Kill(); server.Wait() }()
	progress("asking for pages")
	before := cpuSeconds(server.Process.Pid)
	took, bad, size := openLoop(address, paths)
	busy := cpuSeconds(server.Process.Pid) - before
	resident, _ := status(server.Process.Pid, "VmRSS")
	p50, p95, p99 := quantile(took, .5), quantile(took, .95), quantile(took, .99)
	b.reach(pagesGoal, ms(p99), p99 < 15*time.Millisecond && bad == 0)
	b.section("Pages over HTTP, "+number(made.Works)+" works", fmt.Sprintf(
		"%s listings of the stream, %d a second, answered by one core; the time counts from when a page should have been asked for.\n\n"+
			"| p50 | p95 | p99 | max, ms | not answered with a page | kB a page, as sent | core busy | server's memory | ready after |\n|---|---|---|---|---|---|---|---|---|\n| %s | %s | %s | %s | %d | %d | %.0f %% | %d MB | %.1f s |\n",
		number(len(took)), rate, ms(p50), ms(p95), ms(p99), ms(slices.Max(took)), bad, size/max(1, len(took))/1000,
		100*busy/(minute+warmingUp).Seconds(), resident/1024, started.Seconds()))
	return nil
}

// archiveFor is the folder of an archive to serve, and what it was made of.
func (o *options) archiveFor(b *board) (data string, made *synthetic.Archive, err error) {
	data = o.data
	if data == "" {
		data = filepath.Join(o.dir, "data")
		progress("filling an archive")
		cmd := exec.Command("go", "run", "./bench/fill", "-works", strconv.Itoa(o.pages), "-seed", strconv.FormatUint(o.seed, 10), "-data", data)
		cmd.Stderr = os.Stderr
		if err := cmd.Run(); err != nil {
			return "", nil, fmt.Errorf("fill: %w", err)
		}
		return data, synthetic.New(o.seed, o.pages), nil
	}
	note, err := os.ReadFile(filepath.Join(data, synthetic.NoteFile))
	if err != nil {
		return "", nil, fmt.Errorf("%s was not made by bench/fill: %w", data, err)
	}
	var seed uint64
	var works int
	if _, err := fmt.Sscan(string(note), &seed, &works); err != nil {
		return "", nil, err
	}
	return data, synthetic.New(seed, works), nil
}

// questions are those of the stream, with the ids that the store gave the tags.
func questions(s *store.Store, a *synthetic.Archive, n int) (list []find.Question, err error) {
	ids := map[archive.TagID]archive.TagID{}
	err = s.Read(context.Background(), func(tx *store.Tx) error {
		requests := a.Requests(n)
		for i := range requests {
			for _, t := range slices.Concat(requests[i].Include, requests[i].Exclude) {
				if ids[t] != 0 {
					continue
				}
				kept, err := tx.TagByName(a.Kind(t), a.Name(t))
				if err != nil {
					return err
				}
				ids[t] = kept.ID
			}
			list = append(list, question(&requests[i], func(t archive.TagID) archive.TagID { return ids[t] }))
		}
		return nil
	})
	return list, err
}

// repeated asks a finder everything twice: what it keeps of answers is measured.
func (o *options) repeated(b *board, data string, a *synthetic.Archive) error {
	const n = 1000
	ctx := context.Background()
	s, err := store.Open(ctx, filepath.Join(data, "ficstead.db"))
	if err != nil {
		return err
	}
	defer s.Close()
	list, err := questions(s, a, n)
	if err != nil {
		return err
	}
	progress("opening a finder")
	start := time.Now()
	f, err := find.Open(ctx, s, find.Options{Snapshot: filepath.Join(o.dir, "finder")})
	if err != nil {
		return err
	}
	opened := time.Since(start)
	var took [2][]time.Duration
	for round := range took {
		for _, q := range list {
			start := time.Now()
			_, err := f.Works(ctx, visitor, q)
			took[round] = append(took[round], time.Since(start))
			if err != nil && !errors.Is(err, errs.NotFound) { // a page beyond the last
				return err
			}
		}
	}
	longest := quantile(took[1], .99)
	b.reach(repeatedGoal, ms(longest)+" (p99)", longest < 100*time.Microsecond)
	b.section("Questions to a finder, "+number(a.Works)+" works in a store", fmt.Sprintf(
		"Opened in %.1f s. %s questions of the stream, asked once, and once more:\n\n| | p50 | p95 | p99 | max, ms |\n|---|---|---|---|---|\n%s%s",
		opened.Seconds(), number(n), spread("first", took[0]), spread("again", took[1])))
	return nil
}

func spread(name string, list []time.Duration) string {
	return fmt.Sprintf("| %s | %s | %s | %s | %s |\n", name, ms(quantile(list, .5)), ms(quantile(list, .95)), ms(quantile(list, .99)), ms(quantile(list, 1)))
}

// listings are the addresses of the stream's questions.
func listings(data string, a *synthetic.Archive, n int) ([]string, error) {
	ctx := context.Background()
	s, err := store.Open(ctx, filepath.Join(data, "ficstead.db"))
	if err != nil {
		return nil, err
	}
	defer s.Close()
	asked, err := questions(s, a, n)
	var paths []string
	for _, q := range asked {
		paths = append(paths, "/works?"+q.Values().Encode())
	}
	return paths, err
}

// serve starts a server on the first core, and waits until it answers.
func serve(program, data string) (cmd *exec.Cmd, address string, took time.Duration, err error) {
	start := time.Now()
	cmd = exec.Command("taskset", "-c", "0", program, "serve", "--data", data, "--listen", "127.0.0.1:0")
	cmd.Env = append(os.Environ(), "GOMAXPROCS=1")
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, "", 0, err
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		return nil, "", 0, err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if address = regexp.MustCompile(`http://[^/\s]+`).FindString(line); address == "" {
		cmd.Process.Kill()
		return nil, "", 0, fmt.Errorf("the server said %q: %w", line, err)
	}
	response, err := http.Get(address + "/works")
	if err == nil {
		response.Body.Close()
	}
	return cmd, address, time.Since(start), err
}

// openLoop asks for paths at the rate. It returns how long they took but for
// those of the warming up, how many were no page, and the bytes of all.
func openLoop(address string, paths []string) (took []time.Duration, bad, size int) {
	client := &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 512, DisableCompression: true}}
	skip := int(warmingUp/time.Second) * rate
	var mu sync.Mutex
	var wait sync.WaitGroup
	start := time.Now()
	for i, path := range paths {
		due := start.Add(time.Duration(i) * time.Second / rate)
		time.Sleep(time.Until(due))
		wait.Go(func() {
			n, ok := fetch(client, address+path)
			d := time.Since(due)
			mu.Lock()
			defer mu.Unlock()
			if i < skip {
				return
			}
			took, size = append(took, d), size+n
			if !ok {
				bad++
			}
		})
	}
	wait.Wait()
	return took, bad, size
}

// fetch asks for a page as browsers do. A page beyond the last is an answer too.
func fetch(client *http.Client, url string) (bytes int, ok bool) {
	request, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return 0, false
	}
	request.Header.Set("Accept-Encoding", "gzip")
	response, err := client.Do(request)
	if err != nil {
		return 0, false
	}
	defer response.Body.Close()
	n, err := io.Copy(io.Discard, response.Body)
	return int(n), err == nil && (response.StatusCode == http.StatusOK || response.StatusCode == http.StatusNotFound)
}

// status reads a number of a process's status, in kB.
func status(pid int, name string) (int, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(text), name+":")
	fields := strings.Fields(rest)
	if len(fields) == 0 {
		return 0, fmt.Errorf("no %s", name)
	}
	return strconv.Atoi(fields[0])
}

// cpuSeconds is what a process has used of processors, in seconds.
func cpuSeconds(pid int) float64 {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(text[strings.LastIndexByte(string(text), ')')+1:]))
	const user, system, ticks = 11, 12, 100
	u, _ := strconv.ParseFloat(fields[user], 64)
	s, _ := strconv.ParseFloat(fields[system], 64)
	return (u + s) / ticks
}
