//go:build unix

package zipfile

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

// bombs are files made to take a machine, some six hundred.
func bombs() map[string][]byte {
	all := map[string][]byte{}
	add := func(name string, data []byte) { all[fmt.Sprintf("%s %d", name, len(all))] = data }
	long := deflate(bytes.Repeat([]byte{'a'}, 60<<20))
	for _, n := range []int{2, 5, 20, 200} {
		var same, whole []member
		for i := range n {
			same = append(same, member{name: fmt.Sprint(i), method: deflated, packed: long, size: 60 << 20, same: i > 0})
			whole = append(whole, member{name: fmt.Sprint(i), method: deflated, packed: long[:1000], size: uint32(i)})
		}
		add("one body for many", makeZIP(same, nil))
		add("cut bodies", makeZIP(whole, nil))
	}
	for _, size := range []uint32{1, 1 << 10, 60 << 20, 1<<32 - 1} {
		add("a lie about size", makeZIP([]member{{name: "a", method: deflated, packed: long, size: size}}, nil))
		add("stored, a lie about size", makeZIP([]member{{name: "a", text: "x", size: size}}, nil))
		add("sizes behind", makeZIP([]member{{name: "a", method: deflated, packed: long, size: size, behind: true}}, nil))
		add("sizes behind, directory lost", cutDirectory(makeZIP([]member{{name: "a", method: deflated, packed: long, size: size, behind: true}, {name: "b", method: deflated, packed: long, behind: true}}, nil)))
		for _, at := range []int{8, 10, 12, 16} { // of the end record
			add("a lie about the directory", makeZIP([]member{{name: "a", text: "x"}}, func(end []byte) { binary.LittleEndian.PutUint16(end[at:], uint16(size)) }))
		}
	}
	for _, n := range []int{10_000, 65_000} {
		members := make([]member, n)
		for i := range members {
			members[i] = member{name: fmt.Sprintf("%x", i)}
		}
		add("many entries", makeZIP(members, nil))
		add("many entries, directory lost", cutDirectory(makeZIP(members, nil)))
	}
	nested := []byte("core")
	for range 100 {
		nested = makeZIP([]member{{name: "a.zip", text: string(nested), method: deflated}}, nil)
	}
	add("a hundred deep", nested)
	add("marks only", bytes.Repeat(localMark, 1<<20))
	add("marks of entries only", bytes.Repeat(entryMark, 1<<20))
	add("ends only", bytes.Repeat(append(bytes.Clone(endMark), make([]byte, 18)...), 1<<16))
	add("heads of no length", bytes.Repeat(append(bytes.Clone(localMark), make([]byte, 26)...), 1<<15))
	add("sizes behind, again and again", bytes.Repeat(append(bytes.Clone(localMark), 20, 0, 8, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 'a', 3, 0), 1<<15))
	hurt(add)
	return all
}

// hurt adds whole files with junk around them, cut, and with bytes changed.
func hurt(add func(string, []byte)) {
	r := rand.New(rand.NewPCG(3, 4))
	seeds := [][]byte{
		makeZIP([]member{{name: "a.txt", text: "the lamp"}, {name: "b/c.html", text: strings.Repeat("<p>cold", 500), method: deflated}}, nil),
		makeZIP([]member{{name: "a.txt", text: strings.Repeat("x", 5000), method: deflated, behind: true}, {name: "../b", text: "y"}}, nil),
		makeZIP([]member{{name: "a", system: 3, mode: 0o120777, text: "/etc/passwd"}}, nil),
	}
	for i := range 540 {
		data := bytes.Clone(seeds[i%len(seeds)])
		junk := make([]byte, r.IntN(3000))
		for k := range junk {
			junk[k] = byte(r.Uint32())
		}
		switch i / len(seeds) % 5 {
		case 0:
			add("junk before", append(junk, data...))
		case 1:
			add("junk behind", append(data, junk...))
		case 2:
			add("cut", data[:r.IntN(len(data))])
		default:
			for range 1 + r.IntN(8) {
				data[r.IntN(len(data))] = byte(r.Uint32())
			}
			add("changed", data)
		}
	}
}

func cutDirectory(data []byte) []byte { return data[:max(0, bytes.Index(data, entryMark))] }

// Whatever a ZIP is made to do, it costs little and nothing leaves its bounds.
func TestBombs(t *testing.T) {
	limits := map[string]Limits{"one story": Bounds()}
	many := Bounds()
	many.Entries, many.Entry, many.Total, many.Twice, many.Salvage = 100_000, 100<<20, 4<<30, true, true
	limits["many stories"] = many
	n, refused := 0, 0
	for name, data := range bombs() {
		for kind, limits := range limits {
			n++
			var out int64
			took, grown := spent(func() {
				a, err := Open(data, limits)
				if err != nil {
					refused++
					return
				}
				for _, f := range a.Files {
					text, err := f.Read(0)
					if out += int64(len(text)); isUnsafe(f.Name) {
						t.Errorf("%s, %s: took %q", name, kind, f.Name)
					}
					if is(err, ErrBomb) {
						refused++
						return
					}
				}
			})
			if took > 4*time.Second || grown > 256<<20 {
				t.Errorf("%s, %s: %v, %d MB", name, kind, took, grown>>20)
			}
			if out > min(limits.Total, limits.Ratio*int64(len(data))+limits.Slack) {
				t.Errorf("%s, %s: %d bytes of %d", name, kind, out, len(data))
			}
		}
	}
	t.Logf("%d readings of %d files, %d refused", n, n/2, refused)
}

// spent is what f takes: time of the processor, and memory at its end.
func spent(f func()) (time.Duration, uint64) {
	used := func() time.Duration {
		var u syscall.Rusage
		_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
		return time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	started := used()
	f()
	took := used() - started
	runtime.ReadMemStats(&after)
	return took, after.Sys - before.Sys
}
