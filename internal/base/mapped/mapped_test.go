package mapped

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"ficstead/internal/base/errs"
)

// sample writes a small file and returns its path.
func sample(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "sample")
	w, err := Create(path, 3, 77)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Abort()
	for name, text := range map[string]string{"empty": "", "short": "words", "long": string(bytes.Repeat([]byte("page "), 1000))} {
		if err := w.Stream(name, func(to io.Writer) error { _, err := io.WriteString(to, text); return err }); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Commit(); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestRoundTrip(t *testing.T) {
	path := sample(t)
	f, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if f.Version() != 3 || f.Generation() != 77 || len(f.Names()) != 3 {
		t.Errorf("got %d %d %v", f.Version(), f.Generation(), f.Names())
	}
	for name, want := range map[string]int{"empty": 0, "short": 5, "long": 5000} {
		if b, ok := f.Section(name); !ok || len(b) != want {
			t.Errorf("%s: %d bytes, %v", name, len(b), ok)
		}
	}
	if _, ok := f.Section("other"); ok {
		t.Error("there is a section that nobody wrote")
	}
	if err := f.VerifyAll(t.Context()); err != nil {
		t.Error(err)
	}
	if err := f.Verify("other"); !errors.Is(err, errs.Damaged) {
		t.Error(err)
	}
	if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 1 {
		t.Errorf("a temporary name is left over: %v", left)
	}
}

// Many write to one path at once: whoever reads gets one of their files, whole.
func TestManyWriters(t *testing.T) {
	path := filepath.Join(t.TempDir(), "many [*]?")
	var all sync.WaitGroup
	for n := range uint64(8) {
		all.Go(func() {
			for range 10 {
				w, err := Create(path, 1, n)
				if err == nil {
					err = errors.Join(w.Section("a", bytes.Repeat([]byte{byte(n)}, 100_000)), w.Commit())
				}
				if err != nil {
					t.Error(err)
					return
				}
				f, err := Open(path)
				if err != nil || f.VerifyAll(t.Context()) != nil {
					t.Errorf("it is mixed: %v", err)
					return
				}
				if b, _ := f.Section("a"); b[0] != byte(f.Generation()) || b[99_999] != b[0] {
					t.Error("it is another's")
				}
			}
		})
	}
	all.Wait()
	if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 1 {
		t.Errorf("%v is left over", left)
	}
}

// What a crash left goes; what is being written stays, however old, until its day.
func TestLeftovers(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sample")
	written, err := Create(path, 1, 1)
	if err != nil {
		t.Fatal(err)
	}
	defer written.Abort()
	for name, age := range map[string]time.Duration{
		written.file.Name(): time.Hour, path + ".crashed.new": time.Hour, path + ".old.new": 30 * 24 * time.Hour, path + ".young.new": 0, path + "other": 99 * time.Hour, path: 99 * time.Hour,
	} {
		f, err := os.OpenFile(name, os.O_CREATE, 0o600)
		if err == nil {
			err = errors.Join(f.Close(), os.Chtimes(name, time.Time{}, time.Now().Add(-age)))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	again, err := Create(path, 1, 2)
	if err != nil {
		t.Fatal(err)
	}
	again.Abort()
	gone := map[string]bool{path + ".old.new": true, path + ".crashed.new": hold(written.file) == nil} // locked, or not known here
	for _, name := range []string{written.file.Name(), path + ".crashed.new", path + ".old.new", path + ".young.new", path + "other", path} {
		if _, err := os.Stat(name); (err != nil) != gone[name] {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWriterThatFails(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sample")
	w, err := Create(path, 1, 1)
	if err != nil {
		t.Fatal(err)
	}
	broken := errors.New("broken")
	if err := w.Stream("a", func(io.Writer) error { return broken }); !errors.Is(err, broken) {
		t.Error(err)
	}
	if err := w.Section("b", nil); !errors.Is(err, broken) {
		t.Error(err)
	}
	if err := w.Commit(); !errors.Is(err, broken) {
		t.Error(err)
	}
	if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 0 {
		t.Errorf("%v is left over", left)
	}
	w, err = Create(path, 1, 1)
	if err != nil {
		t.Fatal(err)
	}
	if w.Section("a", nil) != nil || w.Section("a", nil) == nil {
		t.Error("one name is used twice")
	}
	w.Abort()
	if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 0 {
		t.Errorf("%v is left over", left)
	}
}

func TestDamage(t *testing.T) {
	whole, err := os.ReadFile(sample(t))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "damaged")
	damagedFile := func(b []byte) error {
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		f, err := Open(path)
		if err == nil {
			err = f.VerifyAll(t.Context())
		}
		return err
	}
	for n := 0; n < len(whole); n += 1 + n/7 {
		if err := damagedFile(whole[:n]); !errors.Is(err, errs.Damaged) {
			t.Errorf("cut at %d: %v", n, err)
		}
	}
	f, err := Parse(whole)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(whole); i += 1 + i/90 {
		b := slices.Clone(whole)
		b[i] ^= 0x10
		if err := damagedFile(b); err == nil && i < headerLen {
			t.Errorf("byte %d of the header is wrong and nobody minds", i)
		} else if err != nil && !errors.Is(err, errs.Damaged) {
			t.Error(err)
		} else if err == nil && inSection(f, i) {
			t.Errorf("byte %d of a section is wrong and nobody minds", i)
		}
	}
	if err := damagedFile(append(slices.Clone(whole), 0)); !errors.Is(err, errs.Damaged) {
		t.Error(err)
	}
	if _, err := Open(filepath.Join(t.TempDir(), "none")); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}

func inSection(f *File, at int) bool {
	for _, s := range f.sections {
		if uint64(at) >= s.from && uint64(at) < s.from+s.size {
			return true
		}
	}
	return uint64(at) >= f.header.table
}

func TestUnmapLater(t *testing.T) {
	for _, wait := range []time.Duration{-time.Second, time.Millisecond} {
		done := make(chan bool)
		unmapLater(func() { close(done) }, time.Now().Add(wait))
		for waiting := true; waiting; {
			runtime.GC()
			select {
			case <-done:
				waiting = false
			default:
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	whole, err := os.ReadFile(sample(f))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Add(whole[:64])
	empty := header{table: headerLen, size: headerLen}
	f.Add(empty.bytes())
	f.Add(append(header{table: headerLen, size: headerLen + entryLen, sections: 1}.bytes(), section{name: "x", from: 1 << 63, size: 1 << 63}.append(nil)...))
	f.Fuzz(func(t *testing.T, b []byte) {
		file, err := Parse(b)
		if err != nil {
			if !errors.Is(err, errs.Damaged) {
				t.Error(err)
			}
			return
		}
		for _, name := range file.Names() {
			if _, ok := file.Section(name); !ok {
				t.Errorf("section %q is lost", name)
			}
		}
		_ = file.VerifyAll(t.Context())
	})
}
