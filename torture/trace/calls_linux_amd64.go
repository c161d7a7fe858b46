package trace

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

func (t *tracer) word(at int64) (uint64, error) {
	var b [8]byte
	_, err := t.mem.ReadAt(b[:], at)
	return binary.LittleEndian.Uint64(b[:]), err
}

func (t *tracer) bytes(at uint64, n uint64) []byte {
	b := make([]byte, n)
	m, _ := t.mem.ReadAt(b, int64(at))
	return b[:m]
}

// text reads a string that ends with a zero.
func (t *tracer) text(at uint64) string {
	b := make([]byte, unix.PathMax)
	n, err := t.mem.ReadAt(b, int64(at))
	if err != nil && err != io.EOF && n == 0 {
		return ""
	}
	b, _, _ = bytes.Cut(b[:n], []byte{0})
	return string(b)
}

// call looks at a call that is about to be made, and returns what is to be done
// when it returns.
func (t *tracer) call(tid int) (pending, error) {
	var regs syscall.PtraceRegs
	if err := syscall.PtraceGetRegs(tid, &regs); err != nil {
		return nil, nil // it was killed
	}
	if regs.Orig_rax == unix.SYS_CLOCK_GETTIME {
		return t.time(&regs), nil
	}
	c, ok := calls[regs.Orig_rax]
	if !ok {
		c = reads[regs.Orig_rax]
	}
	e, ours, err := t.event(c.name, &regs)
	if err != nil {
		return nil, err
	}
	if e.Kind == Said {
		return nil, t.write(e)
	}
	if !ours {
		return nil, nil
	}
	if done := t.fault(tid, c.fault, e.Path, &regs); done {
		if e.Kind == Sync {
			e.Failed, e.Upto = true, t.events
			return nil, t.write(e)
		}
		return nil, nil
	}
	if e.Kind == Write && int64(regs.Rdx) < int64(len(e.Data)) {
		e.Data = e.Data[:regs.Rdx]
	}
	if e.Kind == 0 {
		return nil, nil
	}
	if t.changes++; t.changes == t.plan.Kill {
		return nil, syscall.Kill(t.pid, syscall.SIGKILL)
	}
	if t.log == nil {
		return nil, nil
	}
	e.Upto = t.events
	return func(result int64) error { return t.returned(e, result) }, nil
}

// returned writes an event down when its call has succeeded.
func (t *tracer) returned(e Event, result int64) error {
	switch {
	case e.Kind == Sync:
		e.Failed = result < 0
	case result < 0:
		return nil
	case e.Kind == Write:
		e.Data = e.Data[:min(int64(len(e.Data)), result)]
	case e.Kind == Create:
		e.File = fileAt(filepath.Join(t.plan.Root, e.Path))
	}
	return t.write(e)
}

func (t *tracer) write(e Event) error {
	t.events++
	if t.log == nil {
		return nil
	}
	return t.log.Encode(e)
}

// fault has a call fail if the plan says so, or write less.
func (t *tracer) fault(tid int, c Call, path string, regs *syscall.PtraceRegs) (failed bool) {
	for i, f := range t.plan.Faults {
		if f.Call != c || !strings.Contains(path, f.Path) {
			continue
		}
		t.hits[i]++
		if n := t.hits[i]; n < f.From || f.Times > 0 && n >= f.From+f.Times {
			continue
		}
		if f.Short {
			if regs.Rdx > 1 {
				regs.Rdx /= 2
				syscall.PtraceSetRegs(tid, regs)
			}
			return false
		}
		regs.Orig_rax = ^uint64(0) // no call at all
		regs.Rax = uint64(-int64(f.Errno))
		syscall.PtraceSetRegs(tid, regs)
		return true
	}
	return false
}

// event says what a call is about to do, and whether it does so to the disk.
func (t *tracer) event(name string, regs *syscall.PtraceRegs) (e Event, ours bool, err error) {
	switch name {
	case "write", "pwrite", "ftruncate", "sync", "read", "fallocate":
		return t.onFile(name, regs)
	case "open":
		return t.onOpen(t.text(regs.Rdi), regs.Rsi)
	case "openat":
		return t.onOpen(t.inFolder(regs.Rdi, regs.Rsi), regs.Rdx)
	case "rename":
		return t.onNames(Rename, t.text(regs.Rdi), t.text(regs.Rsi))
	case "renameat":
		return t.onNames(Rename, t.inFolder(regs.Rdi, regs.Rsi), t.inFolder(regs.Rdx, regs.R10))
	case "link":
		return t.onNames(Link, t.text(regs.Rdi), t.text(regs.Rsi))
	case "linkat":
		return t.onNames(Link, t.inFolder(regs.Rdi, regs.Rsi), t.inFolder(regs.Rdx, regs.R10))
	case "unlink":
		return t.onNames(Unlink, t.text(regs.Rdi), "")
	case "unlinkat":
		return t.onNames(Unlink, t.inFolder(regs.Rdi, regs.Rsi), "")
	case "mkdir":
		return t.onNames(Mkdir, t.text(regs.Rdi), "")
	case "mkdirat":
		return t.onNames(Mkdir, t.inFolder(regs.Rdi, regs.Rsi), "")
	}
	return e, false, fmt.Errorf("the program makes call %d, which is not written down yet", regs.Orig_rax)
}

// inFolder is a path that may be relative to an open folder.
func (t *tracer) inFolder(folder, path uint64) string {
	name := t.text(path)
	if filepath.IsAbs(name) || int32(folder) == unix.AT_FDCWD {
		return name
	}
	dir, err := os.Readlink(fmt.Sprintf("/proc/%d/fd/%d", t.pid, int32(folder)))
	if err != nil {
		return name
	}
	return filepath.Join(dir, name)
}

// below is a path relative to Root; ok is false if it is elsewhere.
func (t *tracer) below(path string) (rel string, ok bool) {
	if t.plan.Root == "" {
		return "", false
	}
	if !filepath.IsAbs(path) {
		cwd, _ := os.Readlink(fmt.Sprintf("/proc/%d/cwd", t.pid))
		path = filepath.Join(cwd, path)
	}
	rel, err := filepath.Rel(t.plan.Root, strings.TrimSuffix(path, " (deleted)"))
	return rel, err == nil && filepath.IsLocal(rel)
}

func fileAt(path string) uint64 {
	var st unix.Stat_t
	if unix.Stat(path, &st) != nil {
		return 0
	}
	return st.Ino
}

func (t *tracer) onFile(name string, regs *syscall.PtraceRegs) (e Event, ours bool, err error) {
	fd := fmt.Sprintf("/proc/%d/fd/%d", t.pid, int32(regs.Rdi))
	path, err := os.Readlink(fd)
	if err != nil {
		return e, false, nil // the call will say that there is none
	}
	rel, ours := t.below(path)
	if !ours {
		if name == "write" && int32(regs.Rdi) != 2 && !strings.HasPrefix(path, "/") && !strings.HasPrefix(path, "anon_inode") {
			return Event{Kind: Said, Data: t.bytes(regs.Rsi, min(regs.Rdx, 16<<10))}, false, nil
		}
		return e, false, nil
	}
	e = Event{Path: rel, File: fileAt(fd)}
	switch name {
	case "write":
		e.Kind, e.Offset, e.Data = Write, t.position(int32(regs.Rdi), fd), t.bytes(regs.Rsi, regs.Rdx)
	case "pwrite":
		e.Kind, e.Offset, e.Data = Write, int64(regs.R10), t.bytes(regs.Rsi, regs.Rdx)
	case "ftruncate":
		e.Kind, e.Size = Truncate, int64(regs.Rsi)
	case "sync":
		e.Kind = Sync
	}
	if strings.HasSuffix(rel, "-shm") {
		e.Kind = 0 // made anew by whoever opens the database first
	}
	return e, true, nil
}

// position is where a file is written next.
func (t *tracer) position(fd int32, path string) int64 {
	info, err := os.ReadFile(fmt.Sprintf("/proc/%d/fdinfo/%d", t.pid, fd))
	if err != nil {
		return 0
	}
	var pos, flags int64
	for line := range strings.Lines(string(info)) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		switch value = strings.TrimSpace(value); key {
		case "pos":
			pos, _ = strconv.ParseInt(value, 10, 64)
		case "flags":
			flags, _ = strconv.ParseInt(value, 8, 64)
		}
	}
	if flags&unix.O_APPEND != 0 {
		if st, err := os.Stat(path); err == nil {
			return st.Size()
		}
	}
	return pos
}

func (t *tracer) onOpen(path string, flags uint64) (e Event, ours bool, err error) {
	rel, ours := t.below(path)
	if !ours {
		return e, false, nil
	}
	e.Path = rel
	full := filepath.Join(t.plan.Root, rel)
	info, missing := os.Lstat(full)
	switch {
	case strings.HasSuffix(rel, "-shm"):
	case missing != nil && flags&unix.O_CREAT != 0:
		e.Kind = Create
	case missing == nil && flags&unix.O_TRUNC != 0 && info.Size() > 0:
		e.Kind, e.File = Truncate, fileAt(full)
	}
	return e, true, nil
}

func (t *tracer) onNames(kind Kind, path, to string) (e Event, ours bool, err error) {
	rel, ours := t.below(path)
	e = Event{Kind: kind, Path: rel, File: fileAt(filepath.Join(t.plan.Root, rel))}
	if to != "" {
		var both bool
		if e.To, both = t.below(to); ours != both {
			return e, false, fmt.Errorf("%s is moved to %s across the border of the disk", path, to)
		}
	}
	if strings.HasSuffix(rel, "-shm") {
		e.Kind = 0
	}
	return e, ours, nil
}

// time changes what the program is told about the time.
func (t *tracer) time(regs *syscall.PtraceRegs) pending {
	t.asked++
	var jump int64
	for _, j := range t.plan.Clock {
		if t.asked > j.After {
			jump = j.Seconds
		}
	}
	if jump == 0 {
		return nil
	}
	at := int64(regs.Rsi)
	return func(int64) error {
		seconds, err := t.word(at)
		if err != nil {
			return err
		}
		_, err = t.mem.WriteAt(binary.LittleEndian.AppendUint64(nil, seconds+uint64(jump)), at)
		return err
	}
}
