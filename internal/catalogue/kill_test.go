package catalogue_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/catalogue"
	"ficstead/internal/store"
	"ficstead/internal/store/check"
	"ficstead/internal/store/storetest"
)

// keeper names, in the environment, the archive that the test binary is to keep
// works in until it is killed.
const keeper = "FICSTEAD_TEST_KEEP_IN"

func TestMain(m *testing.M) {
	if address := os.Getenv(keeper); address != "" {
		if err := keepForEver(address); err != nil {
			fmt.Println("failed:", err)
		}
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// numbered is the nth work. Every third comes in again as a newer copy.
func numbered(n int) (archive.Manuscript, catalogue.Original) {
	m := manuscript(1+n%4, 1)
	m.Title, m.Source.Key = fmt.Sprint("Work ", n/3), fmt.Sprint("test:", n/3)
	m.Updated = date(1 + n%3)
	for i := range m.Chapters {
		m.Chapters[i].Text = prose.Parse(strings.Repeat(fmt.Sprintf("<p>Cup %d of work %d.</p>", i, n), 100))
	}
	return m, file(fmt.Sprint(n, ".html"), strings.Repeat(fmt.Sprint("original ", n, " "), 1000))
}

// keepForEver keeps works, from the first that is not there, and acknowledges
// each on a line of its own.
func keepForEver(address string) error {
	s, err := store.Open(context.Background(), address)
	if err != nil {
		return err
	}
	for n := 0; ; n++ {
		m, o := numbered(n)
		r, err := catalogue.Keep(context.Background(), s, owner, m, o)
		if err != nil {
			return err
		}
		fmt.Println("kept", n, r.Status)
	}
}

// TestKill kills a process that keeps works, again and again, at any moment.
// What it has acknowledged must be there, and nothing may be there by half.
func TestKill(t *testing.T) {
	const kills = 8
	storetest.EachAddress(t, func(t *testing.T, address string) {
		kept := -1
		for n := range kills {
			at := keepAndKill(t, address, kept+1+rand.IntN(15))
			kept = max(kept, at)
			s, err := store.Open(t.Context(), address)
			if err != nil {
				t.Fatalf("kill %d: %v", n, err)
			}
			checkKept(t, s, kept)
			s.Close()
		}
	})
}

// keepAndKill lets a process keep works until it has acknowledged number until,
// kills it, and returns the last that it has acknowledged.
func keepAndKill(t *testing.T, address string, until int) (last int) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), keeper+"="+address)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	last = -1
	for lines := bufio.NewScanner(out); lines.Scan(); {
		var status string
		if _, err := fmt.Sscan(strings.TrimPrefix(lines.Text(), "kept "), &last, &status); err != nil {
			t.Fatalf("the keeper says %q", lines.Text())
		}
		if last >= until {
			child.Process.Kill()
		}
	}
	child.Wait()
	return last
}

// checkKept wants all works up to number last, whole, and at most one beyond:
// the one that was committed and not yet acknowledged.
func checkKept(t *testing.T, s *store.Store, last int) {
	t.Helper()
	err := s.Read(t.Context(), func(tx *store.Tx) error {
		for n := range last + 1 {
			m, o := numbered(n)
			w, err := tx.WorkByOriginal(archive.Owner, sum(o.Data))
			if err != nil {
				return fmt.Errorf("acknowledged work %d: %w", n, err)
			}
			cs, err := tx.ChaptersAt(w.ID, 1+n%3)
			if err != nil {
				return err
			}
			if w.Title != m.Title || len(cs) != len(m.Chapters) {
				t.Errorf("acknowledged work %d: %q with %d chapters in revision %d", n, w.Title, len(cs), 1+n%3)
			}
		}
		works := 0
		err := storetest.EachWork(tx, func(w archive.Work) error {
			works++
			cs, err := tx.Chapters(w.ID)
			if err != nil {
				return err
			}
			originals, err := tx.Originals(w.ID)
			if len(cs) != len(w.Chapters) || len(cs) == 0 || len(originals) != w.Revision || len(w.Tags) != 2 {
				t.Errorf("work %d at revision %d: %d chapters, %d originals, %d tags", w.ID, w.Revision, len(cs), len(originals), len(w.Tags))
			}
			return err
		})
		if most := (last+1)/3 + 1; works > most {
			t.Errorf("%d works, want at most %d", works, most)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
	if _, err := check.Store(t.Context(), s, func(d check.Damage) { t.Error(d.What) }); err != nil {
		t.Error(err)
	}
}
