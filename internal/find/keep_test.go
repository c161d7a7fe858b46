package find

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/store"
	"ficstead/internal/store/storetest"
)

// keeping opens a Finder that keeps its index at path, and collects what it tells.
func keeping(t *testing.T, s *store.Store, path string) (*Finder, *[]error) {
	t.Helper()
	var told []error
	f, err := Open(t.Context(), s, Options{Snapshot: path, Tell: func(err error) { told = append(told, err) }})
	if err != nil {
		t.Fatal(err)
	}
	return f, &told
}

// filled returns a store with some works.
func filled(t *testing.T, works int) (*store.Store, *world) {
	t.Helper()
	s := storetest.Open(t)
	w := newDice(17).world(works)
	fill(t, s, w)
	return s, w
}

// fill puts the works of w into s.
func fill(t *testing.T, s *store.Store, w *world) {
	t.Helper()
	for i, work := range w.works {
		work.ID = 0
		for i := range work.Tags {
			work.Tags[i].ID, work.Tags[i].Canonical = 0, 0
		}
		w.works[i] = keep(t, s, work)[0]
	}
}

// same compares the answers of two Finders to random questions.
func same(t *testing.T, w *world, got, want *Finder) {
	t.Helper()
	d := newDice(18)
	for range 60 {
		v, q := d.viewer(), d.question(w)
		a, _ := got.Works(t.Context(), v, q)
		b, _ := want.Works(t.Context(), v, q)
		a.DidYouMean, b.DidYouMean = nil, nil // guesses among what was common at the last merge
		if !reflect.DeepEqual(a, b) {
			t.Fatalf("%+v asks %+v:\n%+v, want\n%+v", v, q, a, b)
		}
	}
}

func TestKeptIndexIsOpened(t *testing.T) {
	s, w := filled(t, 60)
	path := filepath.Join(t.TempDir(), "snapshot")
	first, told := keeping(t, s, path)
	same(t, w, first, open(t, s))
	before, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	w.works = append(w.works, keep(t, s, archive.Work{Keeper: archive.Owner, Visibility: archive.Public, Title: "Late", Tags: tags(archive.Fandom, "Late")})...)
	second, more := keeping(t, s, path)
	if now, err := os.Stat(path); err != nil || !os.SameFile(before, now) || len(*told)+len(*more) > 0 {
		t.Errorf("it was made anew: %v %v %v", err, *told, *more)
	}
	same(t, w, second, open(t, s))
	if odd, err := Check(t.Context(), s, path); err != nil || len(odd) > 0 {
		t.Errorf("check: %v, %v", odd, err)
	}
	if err := second.rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	if now, err := os.Stat(path); err != nil || os.SameFile(before, now) {
		t.Errorf("a rebuilt index is not kept: %v", err)
	}
	same(t, w, second, open(t, s))
}

// Whatever stands in the file: what cannot be used is told of and made anew.
func TestKeptIndexOfNoUse(t *testing.T) {
	s, w := filled(t, 30)
	other, _ := filled(t, 10)
	want := open(t, s)
	dir := t.TempDir()
	whole := filepath.Join(dir, "whole")
	keeping(t, s, whole)
	sound, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	foreign := filepath.Join(dir, "foreign")
	keeping(t, other, foreign)
	strange, err := os.ReadFile(foreign)
	if err != nil {
		t.Fatal(err)
	}
	flip := func(at int) []byte {
		b := append([]byte(nil), sound...)
		b[at] ^= 1
		return b
	}
	for name, content := range map[string][]byte{
		"empty": {}, "text": []byte("no index"), "cut": sound[:len(sound)/2], "its header": flip(20), "its table": flip(len(sound) - 70), "of another store": strange,
	} {
		path := filepath.Join(dir, "snapshot")
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Check(t.Context(), s, path); !errors.Is(err, errs.Damaged) {
			t.Errorf("%s: check says %v", name, err)
		}
		f, told := keeping(t, s, path)
		if len(*told) != 1 || !errors.Is((*told)[0], errs.Damaged) {
			t.Errorf("%s: it tells %v", name, *told)
		}
		same(t, w, f, want)
		if _, told := keeping(t, s, path); len(*told) > 0 {
			t.Errorf("%s: it was not made anew: %v", name, *told)
		}
	}
}

// A section that is damaged is noticed after the start, and the index made anew.
func TestDamageIsNoticedLater(t *testing.T) {
	s, w := filled(t, 30)
	path := filepath.Join(t.TempDir(), "snapshot")
	keeping(t, s, path)
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)/2] ^= 0x40
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	f, told := keeping(t, s, path)
	if err := f.verify(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(*told) != 1 || !errors.Is((*told)[0], errs.Damaged) {
		t.Errorf("it tells %v", *told)
	}
	same(t, w, f, open(t, s))
	if f, told := keeping(t, s, path); f.verify(t.Context()) != nil || len(*told) > 0 {
		t.Errorf("made anew it is still damaged: %v", *told)
	}
}

// What a crash leaves of a file that was being written disturbs nobody.
func TestHalfWrittenIndex(t *testing.T) {
	s, w := filled(t, 20)
	path := filepath.Join(t.TempDir(), "snapshot")
	keeping(t, s, path)
	if err := os.WriteFile(path+".new", []byte("half of it"), 0o600); err != nil {
		t.Fatal(err)
	}
	f, told := keeping(t, s, path)
	same(t, w, f, open(t, s))
	if err := f.rebuild(t.Context()); err != nil || len(*told) > 0 {
		t.Errorf("%v, %v", err, *told)
	}
	same(t, w, f, open(t, s))
}

func TestIndexThatCannotBeKept(t *testing.T) {
	s, w := filled(t, 20)
	f, told := keeping(t, s, filepath.Join(t.TempDir(), "no such folder", "snapshot"))
	if len(*told) != 1 || !errors.Is((*told)[0], fs.ErrNotExist) {
		t.Errorf("it tells %v", *told)
	}
	same(t, w, f, open(t, s))
}

// Two processes keep their index in one file: neither disturbs the other.
func TestTwoKeepersOfOneFile(t *testing.T) {
	s, w := filled(t, 30)
	path := filepath.Join(t.TempDir(), "snapshot")
	a, _ := keeping(t, s, path)
	b, _ := keeping(t, s, path)
	w.works = append(w.works, keep(t, s, archive.Work{Keeper: archive.Owner, Title: "Late", Tags: tags(archive.Fandom, "Late")})...)
	for _, f := range []*Finder{a, b, a} {
		if err := f.CatchUp(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := f.rebuild(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	same(t, w, a, open(t, s))
	same(t, w, b, open(t, s))
}
