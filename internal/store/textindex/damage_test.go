package textindex_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ficstead/internal/fulltext"
	"ficstead/internal/store"
	"ficstead/internal/store/storetest"
	"ficstead/internal/store/textindex"
)

// TestDamage flips bytes of the file, cuts it, and puts others in its place: it is
// answered rightly or not at all, and is whole again after catching up.
func TestDamage(t *testing.T) {
	dir := t.TempDir()
	s := storetest.OpenAt(t, filepath.Join(dir, "archive.db"))
	for range 20 {
		add(t, s, "en", story, strings.Repeat("The lamp of the house was lit. ", 200))
	}
	path := filepath.Join(dir, "text.db")
	x := open(t, s, path)
	catchUp(t, x)
	x.Close()
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 1))
	harm := map[string]func([]byte) []byte{
		"nothing": func(b []byte) []byte { return b },
		"empty":   func([]byte) []byte { return nil },
		"text":    func([]byte) []byte { return []byte(strings.Repeat("no database ", 1000)) },
		"cut":     func(b []byte) []byte { return b[:len(b)/2] },
	}
	for n := range 12 {
		at := random.IntN(len(whole))
		harm[fmt.Sprint("flipped ", n)] = func(b []byte) []byte {
			for i := at; i < min(at+200, len(b)); i++ {
				b[i] ^= 0x5a
			}
			return b
		}
	}
	for what, f := range harm {
		os.Remove(path + "-wal")
		os.Remove(path + "-shm")
		if err := os.WriteFile(path, f(append([]byte{}, whole...)), 0o600); err != nil {
			t.Fatal(err)
		}
		x, err := textindex.Open(t.Context(), s, path)
		if err != nil {
			t.Errorf("%s: %v", what, err)
			continue
		}
		right := func() bool {
			works, err := x.Holding(t.Context(), fulltext.Phrase{Text: "lamp of the house", Exact: true})
			if err == nil && len(works) != 20 && len(works) != 0 {
				t.Errorf("%s: %d works", what, len(works))
			}
			recalled, err2 := x.Recall(t.Context(), "folded the blue umbrella beside the stove", 5)
			return err == nil && err2 == nil && len(works) == 20 && len(recalled) > 0
		}
		healed := right()
		for range 3 {
			if !healed {
				x.CatchUp(t.Context())
				healed = right()
			}
		}
		if !healed {
			t.Errorf("%s: it was not made anew", what)
		}
		x.Close()
	}
}

// TestCalledOff breaks filling off again and again, and wants it to end whole.
func TestCalledOff(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store, x *textindex.Index) {
		for range 30 {
			add(t, s, "en", story)
		}
		for n := range 20 {
			ctx, cancel := context.WithCancel(t.Context())
			go func() {
				for range n * 50 {
					ctx.Err()
				}
				cancel()
			}()
			x.CatchUp(ctx)
			cancel()
		}
		catchUp(t, x)
		if works := holding(t, x, phrase("umbrella")); len(works) != 30 {
			t.Errorf("%d works", len(works))
		}
		if p, err := x.Progress(t.Context()); err != nil || !p.Whole() || p.Done != 30 {
			t.Errorf("%+v, %v", p, err)
		}
	})
}

// TestHostile asks what would be syntax elsewhere.
func TestHostile(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store, x *textindex.Index) {
		id := add(t, s, "en", "near a b and or not body text nul")
		catchUp(t, x)
		for asked, want := range map[string]int{
			`NEAR(a b)`: 1, `near a b`: 1, `body:text`: 1, `body : "text`: 1, `a" OR "zzz`: 0, `a* b`: 1, `{body}: ^near`: 0, "nul\x00": 1, "\xff\xfea": 1,
			`'; DROP TABLE text_piece; --`: 0, strings.Repeat("a b ", 2500): 0, strings.Repeat(`"`, 10000): 0, strings.Repeat("x", 10000): 0, `%`: 0, `_`: 0,
		} {
			for _, p := range []fulltext.Phrase{{Text: asked}, {Text: asked, Exact: true}, {Text: asked, Prefix: true}} {
				works := holding(t, x, p)
				if len(works) != want && !p.Prefix || len(works) == 1 && works[0] != id {
					t.Errorf("%.30q: %v", asked, works)
				}
				if _, _, err := x.Passages(t.Context(), id, []fulltext.Phrase{p}, 3); err != nil {
					t.Errorf("%.30q: %v", asked, err)
				}
			}
		}
	})
}
