package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

// progress tells how far a long task is: a bar on a terminal, a line every few
// seconds elsewhere.
type progress struct {
	out      io.Writer
	terminal bool
	what     string
	at, all  int
	last     time.Time
	began    time.Time
}

const (
	barWidth    = 30
	barEvery    = 100 * time.Millisecond
	lineEvery   = 5 * time.Second
	clearedLine = "\r\x1b[K"
)

func newProgress(out io.Writer, what string, all int) *progress {
	now := time.Now()
	return &progress{out: out, terminal: isTerminal(out), what: what, all: all, last: now, began: now}
}

// due reports whether it is time to say something again.
func (p *progress) due() bool {
	every := lineEvery
	if p.terminal {
		every = barEvery
	}
	if time.Since(p.last) < every {
		return false
	}
	p.last = time.Now()
	return true
}

// row tells of a task whose end nobody knows that it is at a row of a table.
func (p *progress) row(table string, rows int64) {
	switch {
	case !p.due():
	case p.terminal:
		fmt.Fprintf(p.out, "%s%s: %s, row %d", clearedLine, p.what, table, rows)
	default:
		fmt.Fprintf(p.out, "%s: %s, row %d\n", p.what, table, rows)
	}
}

// step counts one more.
func (p *progress) step() {
	p.at++
	if !p.due() {
		return
	}
	if p.terminal {
		full := barWidth * p.at / max(p.all, 1)
		fmt.Fprintf(p.out, "%s%s [%s%s] %d of %d, %s", clearedLine, p.what,
			strings.Repeat("█", full), strings.Repeat("·", barWidth-full), p.at, p.all, p.left())
		return
	}
	fmt.Fprintf(p.out, "%s: %d of %d, %s\n", p.what, p.at, p.all, p.left())
}

func (p *progress) left() string {
	left := time.Duration(float64(time.Since(p.began)) / float64(p.at) * float64(p.all-p.at))
	return left.Round(time.Second).String() + " left"
}

// done takes the bar away. It may be called more than once.
func (p *progress) done() {
	if p.terminal {
		fmt.Fprint(p.out, clearedLine)
	}
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && os.Getenv("TERM") != "dumb"
}
