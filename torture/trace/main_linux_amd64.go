package trace

import (
	"encoding/gob"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"strconv"
	"syscall"

	"golang.org/x/sys/unix"
)

// Can says why nothing can be traced here, "" if it can.
func Can() string {
	self, err := os.Executable()
	if err != nil {
		return err.Error()
	}
	if out, err := exec.Command(self, Command, "{}", "true").CombinedOutput(); err != nil {
		return fmt.Sprintf("ptrace: %v: %s", err, out)
	}
	return ""
}

// Main is the tracer: its arguments are a plan and a command line. It ends as the
// program that it traces does.
func Main(args []string) int {
	if args[0] == stubCommand {
		return stub(args[1] == "true", args[2] == "true", args[3:])
	}
	runtime.LockOSThread() // all requests must come from the thread that began
	t := &tracer{threads: map[int]*pending{}}
	if err := json.Unmarshal([]byte(args[0]), &t.plan); err != nil {
		fmt.Fprintln(os.Stderr, "trace:", err)
		return 1
	}
	code, err := t.run(args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "trace:", err)
		return 1
	}
	return code
}

// A tracer stands over one program.
type tracer struct {
	plan    Plan
	pid     int
	mem     *os.File // the memory of the program
	log     *gob.Encoder
	events  int // written so far
	changes int // of the disk
	hits    []int
	asked   int // for the time
	threads map[int]*pending
}

// pending is what is to be done when a thread's call returns; nil: nothing.
type pending func(result int64) error

// run starts the program and looks at its calls until it ends.
func (t *tracer) run(line []string) (code int, err error) {
	if t.plan.Log != "" {
		f, err := os.Create(t.plan.Log)
		if err != nil {
			return 0, err
		}
		defer f.Close()
		t.log = gob.NewEncoder(f)
	}
	t.hits = make([]int, len(t.plan.Faults))
	reading := false
	for _, f := range t.plan.Faults {
		reading = reading || f.Call == CallRead
	}
	self, err := os.Executable()
	if err != nil {
		return 0, err
	}
	stub := []string{Command, stubCommand, strconv.FormatBool(reading), strconv.FormatBool(len(t.plan.Clock) > 0)}
	cmd := exec.Command(self, append(stub, line...)...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Ptrace: true}
	if err := cmd.Start(); err != nil {
		return 0, err
	}
	t.pid = cmd.Process.Pid
	asked := make(chan os.Signal, 8)
	signal.Notify(asked, syscall.SIGTERM, syscall.SIGQUIT, syscall.SIGINT)
	go func() {
		for s := range asked {
			syscall.Kill(t.pid, s.(syscall.Signal))
		}
	}()
	code, err = t.loop()
	if t.plan.Count != "" && err == nil {
		err = os.WriteFile(t.plan.Count, []byte(strconv.Itoa(t.changes)), 0o644)
	}
	return code, err
}

const traced = unix.PTRACE_O_TRACECLONE | unix.PTRACE_O_TRACESECCOMP | unix.PTRACE_O_TRACEEXEC | unix.PTRACE_O_EXITKILL | unix.PTRACE_O_TRACESYSGOOD

// loop waits for stops of any thread, and lets it go on.
func (t *tracer) loop() (code int, err error) {
	begun := false
	for {
		var status syscall.WaitStatus
		tid, err := syscall.Wait4(-1, &status, syscall.WALL, nil)
		if err == syscall.EINTR {
			continue
		}
		if err != nil {
			return 0, fmt.Errorf("wait: %w", err)
		}
		switch {
		case status.Exited() && tid == t.pid:
			return status.ExitStatus(), nil
		case status.Signaled() && tid == t.pid:
			return 128 + int(status.Signal()), nil
		case !status.Stopped():
			continue
		}
		if !begun && tid == t.pid {
			begun = true
			if err := syscall.PtraceSetOptions(tid, traced); err != nil {
				return 0, fmt.Errorf("options: %w", err)
			}
			resume(tid, 0, false)
			continue
		}
		if err := t.stop(tid, status); err != nil {
			syscall.Kill(t.pid, syscall.SIGKILL)
			return 0, err
		}
	}
}

// resume lets a thread go on, until its call returns if whole. That it is gone
// already is told by the next wait.
func resume(tid, signal int, whole bool) {
	if whole {
		syscall.PtraceSyscall(tid, signal)
	} else {
		syscall.PtraceCont(tid, signal)
	}
}

// stop looks at one stop.
func (t *tracer) stop(tid int, status syscall.WaitStatus) error {
	signal := status.StopSignal()
	switch {
	case signal == syscall.SIGTRAP|0x80: // its call returns
		then := t.threads[tid]
		delete(t.threads, tid)
		if then != nil {
			var regs syscall.PtraceRegs
			if err := syscall.PtraceGetRegs(tid, &regs); err != nil {
				resume(tid, 0, false)
				return nil // it was killed
			}
			if err := (*then)(int64(regs.Rax)); err != nil {
				return err
			}
		}
		resume(tid, 0, false)
	case signal == syscall.SIGTRAP && status.TrapCause() == unix.PTRACE_EVENT_SECCOMP:
		then, err := t.call(tid)
		if err != nil {
			return err
		}
		if then != nil {
			t.threads[tid] = &then
		}
		resume(tid, 0, then != nil)
	case signal == syscall.SIGTRAP && status.TrapCause() == unix.PTRACE_EVENT_EXEC:
		if err := t.began(tid); err != nil {
			return err
		}
		resume(tid, 0, false)
	case signal == syscall.SIGTRAP && status.TrapCause() > 0, signal == syscall.SIGSTOP:
		resume(tid, 0, false)
	default:
		resume(tid, int(signal), false)
	}
	return nil
}

// began opens the memory of the program that the stub has become, and hides the
// clock that it could read without asking.
func (t *tracer) began(tid int) (err error) {
	if t.mem != nil {
		t.mem.Close()
	}
	if t.mem, err = os.OpenFile(fmt.Sprintf("/proc/%d/mem", tid), os.O_RDWR, 0); err != nil || len(t.plan.Clock) == 0 {
		return err
	}
	var regs syscall.PtraceRegs
	if err := syscall.PtraceGetRegs(tid, &regs); err != nil {
		return err
	}
	at := int64(regs.Rsp) + 8 // behind the number of arguments
	for lists := 0; lists < 2; at += 8 {
		if word, err := t.word(at); err != nil {
			return err
		} else if word == 0 {
			lists++ // the arguments, then the environment
		}
	}
	const vdso, ignore = 33, 1
	for {
		kind, err := t.word(at)
		if err != nil || kind == 0 {
			return err
		}
		if kind == vdso {
			_, err := t.mem.WriteAt([]byte{ignore, 0, 0, 0, 0, 0, 0, 0}, at)
			return err
		}
		at += 16
	}
}
