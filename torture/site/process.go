// Package site drives a real Ficstead from outside: its command line, its website
// and its API, and nothing else.
package site

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"time"
)

// An Archive is a data folder, and perhaps a PostgreSQL database, of one program.
type Archive struct {
	Binary   string
	Dir      string
	Database string   // "" is SQLite in Dir
	Under    []string // a command that the program is run under, such as a tracer
}

// A Process is a Ficstead that runs.
type Process struct {
	cmd  *exec.Cmd
	errs *tail
	done chan struct{}
	err  error
	out  io.ReadCloser
}

// tail keeps the end of what a process complains about.
type tail struct {
	mu   sync.Mutex
	data []byte
}

const tailBytes = 8 << 10

func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.data = append(t.data, p...)
	if over := len(t.data) - tailBytes; over > 0 {
		t.data = t.data[over:]
	}
	return len(p), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(t.data)
}

// Start runs a command of the program.
func (a Archive) Start(args ...string) (*Process, error) {
	line := append(append([]string{}, a.Under...), a.Binary)
	line = append(line, args[0], "--data", a.Dir)
	if a.Database != "" {
		line = append(line, "--database", a.Database)
	}
	line = append(line, args[1:]...)
	p := &Process{cmd: exec.Command(line[0], line[1:]...), errs: &tail{}, done: make(chan struct{})}
	p.cmd.Stderr = p.errs
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // so that a tracer dies with what it traces
	p.cmd.Env = append(os.Environ(), "FICSTEAD_DATA=", "FICSTEAD_DATABASE=", "GOMAXPROCS=2", "GOTRACEBACK=all")
	p.cmd.Dir = filepath.Dir(a.Dir)
	out, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	p.out, p.cmd.Stdout = out, w
	err = p.cmd.Start()
	w.Close()
	if err != nil {
		out.Close()
		return nil, err
	}
	go func() {
		p.err = p.cmd.Wait()
		close(p.done)
	}()
	return p, nil
}

// Kill ends the process at once, as a cut of its power would.
func (p *Process) Kill() { syscall.Kill(-p.cmd.Process.Pid, syscall.SIGKILL) }

// Stop asks it to end, and waits.
func (p *Process) Stop() error {
	p.cmd.Process.Signal(syscall.SIGTERM)
	return p.Wait()
}

// Done is closed when the process has ended.
func (p *Process) Done() <-chan struct{} { return p.done }

// Wait waits for the end. One that takes longer than patience is killed.
func (p *Process) Wait() error {
	select {
	case <-p.done:
		return p.err
	case <-time.After(patience):
		syscall.Kill(p.cmd.Process.Pid, syscall.SIGQUIT) // it says where it hangs
		time.Sleep(time.Second)
		p.Kill()
		<-p.done
		return fmt.Errorf("it did not end within %s", patience)
	}
}

// patience is how long anything may take: far longer than it does on a busy machine.
const patience = 60 * time.Second

// Code is the exit code that Wait's error tells, -1 if the process was killed.
func Code(err error) int {
	if err == nil {
		return 0
	}
	if e, ok := errors.AsType[*exec.ExitError](err); ok {
		return e.ExitCode()
	}
	return -1
}

// Complaints is the end of what the process wrote to standard error.
func (p *Process) Complaints() string { return p.errs.String() }

// Lines calls f for each line that the process prints, until it ends.
func (p *Process) Lines(f func(string)) {
	defer p.out.Close()
	lines := bufio.NewScanner(p.out)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		f(lines.Text())
	}
}

// Run runs a command to its end and returns what it prints.
func (a Archive) Run(args ...string) (string, error) {
	p, err := a.Start(args...)
	if err != nil {
		return "", err
	}
	var out bytes.Buffer
	p.Lines(func(line string) { out.WriteString(line + "\n") })
	if err := p.Wait(); err != nil {
		return out.String(), fmt.Errorf("ficstead %s: %w: %s%s", strings.Join(args, " "), err, out.String(), p.Complaints())
	}
	return out.String(), nil
}

// Serve starts a server and waits until it is ready.
func (a Archive) Serve(ctx context.Context) (*Server, error) {
	p, err := a.Start("serve", "--listen", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	ready := make(chan string, 1)
	go func() {
		p.Lines(func(line string) {
			if at := address.FindString(line); at != "" {
				ready <- at
			}
		})
		close(ready)
	}()
	select {
	case at, ok := <-ready:
		if !ok {
			return nil, fmt.Errorf("the server does not start: %w: %s", p.Wait(), p.Complaints())
		}
		return newServer(p, strings.TrimSuffix(at, "/")), nil
	case <-ctx.Done():
		p.Kill()
		return nil, ctx.Err()
	case <-time.After(patience):
		p.Kill()
		return nil, fmt.Errorf("the server is not ready after %s: %s", patience, p.Complaints())
	}
}

var address = regexp.MustCompile(`http://127\.0\.0\.1:\d+/`)
