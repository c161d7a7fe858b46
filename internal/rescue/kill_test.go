package rescue_test

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
	"ficstead/internal/rescue"
	"ficstead/internal/store"
	"ficstead/internal/store/check"
	"ficstead/internal/store/storetest"
)

// keepIn names, in the environment, the store that the test binary is to bring an
// archive into until it is killed.
const keepIn = "FICSTEAD_TEST_RESCUE_INTO"

const killed = 900 // stories

func TestMain(m *testing.M) {
	if address := os.Getenv(keepIn); address != "" {
		if err := bringTelling(address); err != nil {
			fmt.Println("failed:", err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// bringTelling brings the archive in, and tells each story on a line of its own.
func bringTelling(address string) error {
	s, err := store.Open(context.Background(), address)
	if err != nil {
		return err
	}
	defer s.Close()
	_, err = rescue.Bring(context.Background(), s, owner, archiveOf(killed), rescue.Options{Tell: func(r archive.Receipt, _, _ int) {
		fmt.Println("told", r.Source, r.Status)
	}})
	return err
}

// TestKill kills a process that brings an archive in, again and again. What it has
// told must be there, nothing may be there by half, and the last goes on to the end.
func TestKill(t *testing.T) {
	storetest.EachAddress(t, func(t *testing.T, address string) {
		told := map[string]bool{}
		for n := range 6 {
			bringAndKill(t, address, told, 30+rand.IntN(200))
			checkTold(t, address, told, fmt.Sprint("kill ", n+1))
		}
		s := storetest.OpenAt(t, address)
		r := bring(t, s, archiveOf(killed), rescue.Options{})
		if r.Statuses.Same < len(told) || r.Statuses.Same+r.Statuses.New != killed || count(r, "reviews").Kept != killed {
			t.Errorf("after %d were told: %+v", len(told), r.Statuses)
		}
	})
}

// bringAndKill lets a process tell some more new stories, and kills it.
func bringAndKill(t *testing.T, address string, told map[string]bool, more int) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), keepIn+"="+address)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		var key, status string
		if _, err := fmt.Sscan(strings.TrimPrefix(lines.Text(), "told "), &key, &status); err != nil {
			t.Fatalf("the process says %q", lines.Text())
		}
		told[key] = true
		if more--; more == 0 {
			child.Process.Kill()
		}
	}
	child.Wait()
}

func checkTold(t *testing.T, address string, told map[string]bool, when string) {
	t.Helper()
	s, err := store.Open(t.Context(), address)
	if err != nil {
		t.Fatalf("%s: %v", when, err)
	}
	defer s.Close()
	read(t, s, func(tx *store.Tx) error {
		rescues, err := tx.Rescues()
		if err != nil || len(rescues) != 1 {
			t.Fatalf("%s: %d archives, %v", when, len(rescues), err)
		}
		for key := range told {
			rescued, err := tx.RescuedWork(rescues[0].ID, key)
			if err != nil {
				return err
			}
			w, err := tx.Work(rescued.Work)
			if err != nil {
				return err
			}
			lists, err := tx.ReviewLists(w.ID)
			if err != nil || len(lists) != 1 || len(lists[0].Reviews) != 1 || len(w.Chapters) != 2 {
				t.Errorf("%s: %s has %d chapters, reviews %+v, %v", when, key, len(w.Chapters), lists, err)
			}
		}
		works, err := tx.CountWorks()
		all, err2 := tx.RescuedWorks(rescues[0].ID)
		if works != len(all) || err2 != nil {
			t.Errorf("%s: %d works, and %d stories became works, %v", when, works, len(all), err2)
		}
		return err
	})
	if _, err := check.Store(t.Context(), s, func(d check.Damage) { t.Errorf("%s: %s", when, d.What) }); err != nil {
		t.Error(err)
	}
}
