package trace

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// calls are the system calls that the tracer is asked about, by what they are.
// All others run as fast as ever.
var calls = map[uint64]call{
	unix.SYS_WRITE: {name: "write", fault: CallWrite}, unix.SYS_PWRITE64: {name: "pwrite", fault: CallWrite},
	unix.SYS_FTRUNCATE: {name: "ftruncate", fault: CallWrite},
	unix.SYS_FSYNC:     {name: "sync", fault: CallSync}, unix.SYS_FDATASYNC: {name: "sync", fault: CallSync},
	unix.SYS_OPEN: {name: "open", fault: CallOpen}, unix.SYS_OPENAT: {name: "openat", fault: CallOpen},
	unix.SYS_RENAME: {name: "rename"}, unix.SYS_RENAMEAT: {name: "renameat"}, unix.SYS_RENAMEAT2: {name: "renameat"},
	unix.SYS_UNLINK: {name: "unlink"}, unix.SYS_UNLINKAT: {name: "unlinkat"}, unix.SYS_RMDIR: {name: "unlink"},
	unix.SYS_MKDIR: {name: "mkdir"}, unix.SYS_MKDIRAT: {name: "mkdirat"},
	// What the recorder does not know must not happen unseen.
	unix.SYS_WRITEV: {name: "unknown"}, unix.SYS_PWRITEV: {name: "unknown"}, unix.SYS_PWRITEV2: {name: "unknown"},
	unix.SYS_FALLOCATE: {name: "fallocate"}, unix.SYS_COPY_FILE_RANGE: {name: "unknown"}, unix.SYS_TRUNCATE: {name: "unknown"},
	unix.SYS_LINK: {name: "link"}, unix.SYS_LINKAT: {name: "linkat"}, unix.SYS_SYMLINK: {name: "unknown"}, unix.SYS_SYMLINKAT: {name: "unknown"},
}

var reads = map[uint64]call{
	unix.SYS_READ: {name: "read", fault: CallRead}, unix.SYS_PREAD64: {name: "read", fault: CallRead},
}

// A call is what the tracer calls a system call.
type call struct {
	name  string
	fault Call
}

// stubCommand is the first argument that makes this program the one that becomes
// the traced program.
const stubCommand = "stub"

// stub asks the kernel to stop at the calls of the plan, and becomes the program.
func stub(reading, clock bool, line []string) int {
	runtime.LockOSThread()
	path, err := exec.LookPath(line[0])
	if err == nil {
		err = filter(reading, clock)
	}
	if err == nil {
		err = syscall.Exec(path, line, os.Environ())
	}
	fmt.Fprintln(os.Stderr, "trace:", err)
	return 1
}

// filter sets the seccomp filter of this process.
func filter(reading, clock bool) error {
	const (
		load  = unix.BPF_LD | unix.BPF_W | unix.BPF_ABS
		equal = unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K
		ret   = unix.BPF_RET | unix.BPF_K
	)
	program := []unix.SockFilter{{Code: load, K: 0}} // the number of the call
	add := func(n uint64) {
		program = append(program, unix.SockFilter{Code: equal, K: uint32(n), Jf: 1}, unix.SockFilter{Code: ret, K: unix.SECCOMP_RET_TRACE})
	}
	for n := range calls {
		add(n)
	}
	if reading {
		for n := range reads {
			add(n)
		}
	}
	if clock { // only the wall clock, which is number 0
		program = append(program,
			unix.SockFilter{Code: equal, K: unix.SYS_CLOCK_GETTIME, Jf: 4},
			unix.SockFilter{Code: load, K: 16},
			unix.SockFilter{Code: equal, K: unix.CLOCK_REALTIME, Jf: 1},
			unix.SockFilter{Code: ret, K: unix.SECCOMP_RET_TRACE},
			unix.SockFilter{Code: ret, K: unix.SECCOMP_RET_ALLOW})
	}
	program = append(program, unix.SockFilter{Code: ret, K: unix.SECCOMP_RET_ALLOW})
	p := unix.SockFprog{Len: uint16(len(program)), Filter: &program[0]}
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return err
	}
	_, _, errno := unix.Syscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, unix.SECCOMP_FILTER_FLAG_TSYNC, uintptr(unsafe.Pointer(&p)))
	if errno != 0 {
		return errno
	}
	return nil
}
