package index

import (
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"ficstead/internal/archive"
)

// keepAndOpen keeps s in a file and opens it from there.
func keepAndOpen(t *testing.T, s *Snapshot) *File {
	t.Helper()
	path := filepath.Join(t.TempDir(), "snapshot")
	if err := s.WriteFile(path, Label{"a store", 17}); err != nil {
		t.Fatal(err)
	}
	f, err := OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if f.Label != (Label{"a store", 17}) {
		t.Errorf("it is labelled %+v", f.Label)
	}
	if err := f.Verify(t.Context()); err != nil {
		t.Error(err)
	}
	return f
}

func TestOpenedAnswersAsBuilt(t *testing.T) {
	c := newCrowd(6, 900)
	s := keepAndOpen(t, c.built()).Snapshot
	c.compare(t, s, 30)
	c.compareNames(t, s)
	for range 8 {
		s = s.With(c.stir(12))
		c.compare(t, s, 6)
	}
	if err := s.WriteFile(filepath.Join(t.TempDir(), "x"), Label{}); err == nil {
		t.Error("an index with later changes was kept")
	}
	again, err := s.Rebuilt(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s = keepAndOpen(t, again).Snapshot
	c.compare(t, s, 30)
	c.compareNames(t, s)
	if odd := Differ(s, c.built(), 10); len(odd) > 0 {
		t.Errorf("works %v differ", odd)
	}
}

func TestDiffer(t *testing.T) {
	c := newCrowd(7, 60)
	a := c.built()
	moved := c.docs[5]
	moved.Kudos++
	c.docs[5] = moved
	delete(c.docs, 9)
	c.docs[100] = c.doc(100)
	hidden := c.docs[20]
	hidden.Visibility = (hidden.Visibility + 1) & 3
	c.docs[20] = hidden
	if odd := Differ(a, c.built(), 10); !slices.Equal(odd, []archive.WorkID{5, 9, 20, 100}) {
		t.Errorf("works %v differ", odd)
	}
}

// A file with any byte changed is refused, noticed when it is verified, or the
// byte was of no matter; opening it never breaks anything.
func TestAnyDamageIsNoticed(t *testing.T) {
	c := newCrowd(8, 50)
	path := filepath.Join(t.TempDir(), "snapshot")
	if err := c.built().WriteFile(path, Label{"a store", 1}); err != nil {
		t.Fatal(err)
	}
	sound, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	noticed := 0
	for range 150 {
		b := slices.Clone(sound)
		b[c.IntN(len(b))] ^= 1 << c.IntN(8)
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		if f, err := OpenFile(path); err != nil || f.Verify(t.Context()) != nil {
			noticed++
		}
	}
	if noticed < 50 { // the rest lay between sections
		t.Errorf("damage was noticed %d times", noticed)
	}
}

// Readers get whole answers from one snapshot while others are made of it.
func TestReadersWhileChanging(t *testing.T) {
	c := newCrowd(9, 400)
	s := keepAndOpen(t, c.built()).Snapshot
	var readers sync.WaitGroup
	for range 3 {
		questions := newCrowd(10, 400)
		readers.Go(func() {
			for range 60 {
				f, err := s.Find(t.Context(), questions.viewer(), questions.expr(2))
				if err != nil {
					t.Error(err)
					return
				}
				f.Counts(5)
				f.Page(questions.order(), true, 0, 20)
			}
		})
	}
	next := s
	for range 20 {
		next = next.With(c.stir(10))
	}
	if _, err := next.Rebuilt(t.Context()); err != nil {
		t.Error(err)
	}
	readers.Wait()
}
