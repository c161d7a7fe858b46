package find

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/base/mapped"
	"ficstead/internal/index"
	"ficstead/internal/store"
)

// harms are what is done to the bytes of a section.
var harms = map[string]func(d dice, b []byte){
	"a bit":   func(d dice, b []byte) { b[d.IntN(len(b))] ^= 1 << d.IntN(8) },
	"nothing": func(_ dice, b []byte) { clear(b) },
	"all ones": func(_ dice, b []byte) {
		for i := range b {
			b[i] = 0xff
		}
	},
	"noise": func(d dice, b []byte) {
		for range 1 + len(b)/8 {
			b[d.IntN(len(b))] = byte(d.IntN(256))
		}
	},
}

// suspect returns a Finder whose index was opened from a file that nobody has
// compared with its sums, nil if it cannot be opened.
func suspect(t *testing.T, s *store.Store, path string) (*Finder, *[]error) {
	t.Helper()
	var told []error
	f := newFinder(s, Options{Snapshot: path, Tell: func(err error) { told = append(told, err) }})
	file, err := index.OpenFile(path)
	if err != nil {
		if !errors.Is(err, errs.Damaged) {
			t.Error(err)
		}
		return nil, nil
	}
	f.kept.store = file.Store
	f.current.Store(state{Snapshot: file.Snapshot, generation: file.Generation, from: &origin{file: file, tell: f.kept.tell}}.fresh())
	return f, &told
}

// Whatever section is damaged, and however: before anybody has compared the file
// with its sums nothing but errs.Busy comes of it, also while works change; later
// all answers are right.
func TestDamageInAnySection(t *testing.T) {
	s, w := filled(t, 40)
	path := filepath.Join(t.TempDir(), "snapshot")
	keeping(t, s, path)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := mapped.Parse(whole)
	if err != nil {
		t.Fatal(err)
	}
	want := open(t, s)
	d := newDice(23)
	noticed, busy := 0, 0
	for _, name := range slices.Sorted(slices.Values(parsed.Names())) {
		for _, how := range slices.Sorted(maps.Keys(harms)) {
			if d.often(50) {
				continue
			}
			b := slices.Clone(whole)
			again, _ := mapped.Parse(b)
			section, _ := again.Section(name)
			if len(section) == 0 {
				continue
			}
			harms[how](d, section)
			if slices.Equal(b, whole) {
				continue
			}
			if err := os.WriteFile(path+".damaged", b, 0o600); err != nil {
				t.Fatal(err)
			}
			f, told := suspect(t, s, path+".damaged")
			if f == nil {
				noticed++
				continue
			}
			for range 8 {
				v, q := d.viewer(), d.question(w)
				if _, err := f.Works(t.Context(), v, q); errors.Is(err, errs.Busy) {
					busy++
				}
				f.Tags(t.Context(), v, archive.Fandom, "t", 5)
				f.Fandoms(v)
			}
			_ = f.CatchUp(t.Context())
			if err := f.verify(t.Context()); err != nil {
				t.Fatal(err)
			}
			if len(*told) != 1 || !errors.Is((*told)[0], errs.Damaged) {
				t.Fatalf("%s in %s: it tells %v", how, name, *told)
			}
			for range 4 {
				v, q := d.viewer(), d.question(w)
				a, _ := f.Works(t.Context(), v, q)
				b, _ := want.Works(t.Context(), v, q)
				if !reflect.DeepEqual(a, b) {
					t.Fatalf("%s in %s: %+v asks %+v:\n%+v, want\n%+v", how, name, v, q, a, b)
				}
			}
		}
	}
	if noticed == 0 || busy == 0 {
		t.Errorf("%d files were refused, %d questions met damage", noticed, busy)
	}
	t.Logf("%d files were refused, %d questions met damage", noticed, busy)
}
