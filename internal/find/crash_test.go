package find

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/store"
	"ficstead/internal/store/storetest"
)

var crashes = flag.Int("crashes", 3, "times that a process is killed in the midst of it")

// crashIn names the folder in which a process works that is to be killed.
const crashIn = "FICSTEAD_TEST_CRASH_IN"

// A process that changes works, merges and keeps its index is killed at any
// moment, again and again. Whoever opens what it leaves finds the truth.
func TestKilled(t *testing.T) {
	if dir := os.Getenv(crashIn); dir != "" {
		workUntilKilled(t, dir)
		return
	}
	dir := t.TempDir()
	d := newDice(51)
	w := d.world(80)
	for i := range w.works {
		w.works[i].Tags = append(w.works[i].Tags, archive.Tag{Kind: archive.Fandom, Name: "Moon"})
	}
	fill(t, storetest.OpenAt(t, filepath.Join(dir, "archive.db")), w)
	writing, merged := 0, 0
	for range *crashes {
		crash(t, dir, time.Duration(d.IntN(60_000))*time.Microsecond)
		left, _ := filepath.Glob(filepath.Join(dir, "snapshot?*"))
		writing += min(1, len(left))
		s := storetest.OpenAt(t, filepath.Join(dir, "archive.db"))
		odd, err := Check(t.Context(), s, filepath.Join(dir, "snapshot"))
		if err != nil || len(odd) > 0 {
			t.Fatalf("works %v differ, %v", odd, err)
		}
		f, told := keeping(t, s, filepath.Join(dir, "snapshot"))
		if len(*told) > 0 {
			t.Fatalf("it tells %v", *told)
		}
		if f.kept.generation.Load() < f.Generation() {
			merged++ // changes stand behind what was kept
		}
		same(t, w, f, open(t, s))
		if err := f.rebuild(t.Context()); err != nil {
			t.Fatal(err)
		}
		same(t, w, f, open(t, s))
		s.Close()
		for _, path := range left {
			os.Remove(path) // so that it is counted once
		}
	}
	t.Logf("killed %d times: %d while the file was written, %d with changes behind it", *crashes, writing, merged)
}

// crash starts a process in dir and kills it some time after it began to work.
func crash(t *testing.T, dir string, later time.Duration) {
	t.Helper()
	worker := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestKilled$")
	worker.Env = append(os.Environ(), crashIn+"="+dir)
	worker.Stderr = os.Stderr
	out, err := worker.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := worker.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); line != "working\n" {
		t.Fatalf("it says %q, %v", line, err)
	}
	<-time.After(later)
	if err := worker.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	worker.Wait()
}

// workUntilKilled changes what is in a store and keeps the index of it.
func workUntilKilled(t *testing.T, dir string) {
	s := storetest.OpenAt(t, filepath.Join(dir, "archive.db"))
	f, _ := keeping(t, s, filepath.Join(dir, "snapshot"))
	d := newDice(uint64(os.Getpid()))
	w := d.world(0)
	var ids []archive.WorkID
	for id := range archive.WorkID(80) {
		ids = append(ids, id+1)
	}
	fmt.Println("working")
	for {
		for range 3 {
			if err := s.Write(t.Context(), func(tx *store.Tx) error { return d.storm(tx, w, ids) }); err != nil {
				t.Fatal(err)
			}
		}
		if err := f.CatchUp(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := f.rebuild(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}
