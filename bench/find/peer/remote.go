package peer

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"ficstead/bench/synthetic"
)

// Remote is an engine in another process.
type Remote struct {
	Loaded
	a   *synthetic.Archive
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Reader
}

// Start starts an engine for the works of a, and waits until it is built. What feed writes is the
// process's input before the questions; it may be nil.
func Start(cmd *exec.Cmd, a *synthetic.Archive, feed func(io.Writer) error) (*Remote, error) {
	r := &Remote{a: a, cmd: cmd}
	var err error
	if r.in, err = cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	cmd.Stderr = os.Stderr
	r.out = bufio.NewReaderSize(out, 1<<16)
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	if feed != nil {
		w := bufio.NewWriterSize(r.in, 1<<20)
		if err := feed(w); err != nil {
			return nil, r.fail(err)
		}
		if err := w.Flush(); err != nil {
			return nil, r.fail(err)
		}
	}
	line, err := r.out.ReadString('\n')
	if err != nil {
		return nil, r.fail(err)
	}
	f := strings.Split(strings.TrimSpace(line), "|")
	if len(f) != 4 {
		return nil, r.fail(fmt.Errorf("it said %.200q", line))
	}
	nanos, err := strconv.ParseInt(f[2], 10, 64)
	if err != nil {
		return nil, r.fail(err)
	}
	r.Name, r.Took = f[0], time.Duration(nanos)
	if r.Works, err = strconv.Atoi(f[1]); err != nil {
		return nil, r.fail(err)
	}
	if r.Bytes, err = strconv.ParseInt(f[3], 10, 64); err != nil {
		return nil, r.fail(err)
	}
	return r, nil
}

func (r *Remote) fail(err error) error {
	r.Close()
	return fmt.Errorf("%s: %w", strings.Join(r.cmd.Args[:min(4, len(r.cmd.Args))], " "), err)
}

// Ask asks. The answer's time is what the engine itself took, without the way.
func (r *Remote) Ask(q *synthetic.Request) (Answer, error) {
	if _, err := io.WriteString(r.in, PrintQuestion(r.a, q)+"\n"); err != nil {
		return Answer{}, r.fail(err)
	}
	line, err := r.out.ReadString('\n')
	if err != nil {
		return Answer{}, r.fail(err)
	}
	return parseAnswer(strings.TrimSpace(line))
}

// Close ends the process.
func (r *Remote) Close() error {
	r.in.Close()
	return r.cmd.Wait()
}
