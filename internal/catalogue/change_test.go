package catalogue_test

import (
	"errors"
	"reflect"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/catalogue"
	"ficstead/internal/store"
	"ficstead/internal/store/storetest"
)

// TestRevert goes back and forth between two states of a work.
func TestRevert(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		id := keep(t, s, manuscript(1, 1), file("a", "a")).Work
		if err := catalogue.Revert(t.Context(), s, owner, id); !errors.Is(err, errs.Invalid) {
			t.Errorf("with nothing to go back to: %v", err)
		}
		first, firstChapters := look(t, s, id)
		m := manuscript(3, 2)
		m.Title, m.Tags, m.Creators, m.Mends = "Coffee", m.Tags[:1], nil, nil
		keep(t, s, m, file("b", "b"))
		second, secondChapters := look(t, s, id)
		for i, want := range []struct {
			w     archive.Work
			cs    []archive.Chapter
			mends int
			why   string
		}{
			{first, firstChapters, 1, "Put back as it was in revision 1."},
			{second, secondChapters, 0, "Put back as it was in revision 2."},
		} {
			if err := catalogue.Revert(t.Context(), s, owner, id); err != nil {
				t.Fatal(err)
			}
			w, cs := look(t, s, id)
			if w.Revision != 3+i || !w.Changed.After(second.Changed) {
				t.Errorf("revision %d, changed %v", w.Revision, w.Changed)
			}
			w.Revision, w.Changed = want.w.Revision, want.w.Changed
			for i := range w.Creators {
				w.Creators[i].ID = want.w.Creators[i].ID // Alice was nobody's in between
			}
			if !reflect.DeepEqual(w, want.w) || !reflect.DeepEqual(cs, want.cs) {
				t.Errorf("got  %+v\nwant %+v", w, want.w)
			}
			err := s.Read(t.Context(), func(tx *store.Tx) error {
				if mends, err := tx.Mends(id); err != nil || len(mends) != want.mends {
					t.Errorf("%d mends, %v, want %d", len(mends), err, want.mends)
				}
				revisions, err := tx.Revisions(id)
				if revisions[0].Why != want.why {
					t.Errorf("why: %q", revisions[0].Why)
				}
				return err
			})
			if err != nil {
				t.Error(err)
			}
		}
		for range 2 {
			if r := keep(t, s, m, file("b", "b")); r.Status != archive.StatusSame {
				t.Errorf("the second file again: %s", r.Status)
			}
		}
	})
}

// TestRevertTo goes back over several revisions, and brings the last in again.
func TestRevertTo(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		var id archive.WorkID
		for n := 1; n <= 3; n++ {
			id = keep(t, s, manuscript(n, n), file("", string(rune('a'+n)))).Work
		}
		for _, step := range []struct {
			to, revision, chapters int
			want                   error
		}{{3, 3, 3, nil}, {0, 3, 3, errs.Invalid}, {4, 3, 3, errs.Invalid}, {1, 4, 1, nil}, {1, 5, 1, nil}} {
			err := catalogue.RevertTo(t.Context(), s, owner, id, step.to)
			if w, cs := look(t, s, id); !errors.Is(err, step.want) || w.Revision != step.revision || len(cs) != step.chapters {
				t.Errorf("to %d: %v, revision %d with %d chapters", step.to, err, w.Revision, len(cs))
			}
		}
		for n, want := range map[int]archive.Status{1: archive.StatusSame, 3: archive.StatusUpdated} {
			for range 2 {
				if r := keep(t, s, manuscript(n, n), file("", string(rune('a'+n)))); r.Status != want || r.Work != id {
					t.Errorf("file %d again: %+v", n, r)
				}
				want = archive.StatusSame
			}
		}
	})
}

func TestDiscard(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		id := keep(t, s, manuscript(1, 1), file("a", "a")).Work
		if err := catalogue.Discard(t.Context(), s, owner, id); err != nil {
			t.Fatal(err)
		}
		if err := catalogue.Discard(t.Context(), s, owner, id); !errors.Is(err, errs.NotFound) {
			t.Errorf("again: %v", err)
		}
		if r := keep(t, s, manuscript(1, 1), file("a", "a")); r.Status != archive.StatusNew || r.Work == id {
			t.Errorf("brought in again: %+v", r)
		}
	})
}

// TestNoTextSearch wants a work that is kept from text search to stay so when it
// changes and is put back.
func TestNoTextSearch(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		id := keep(t, s, manuscript(1, 1), file("a", "a")).Work
		for _, step := range []struct {
			what string
			do   func() error
			want bool
		}{
			{"before", func() error { return nil }, false},
			{"its keeper keeps it out", func() error { return catalogue.KeepFromTextSearch(t.Context(), s, owner, id, true) }, true},
			{"a newer copy comes", func() error { keep(t, s, manuscript(3, 2), file("b", "b")); return nil }, true},
			{"it is put back", func() error { return catalogue.Revert(t.Context(), s, owner, id) }, true},
			{"its keeper lets it in", func() error { return catalogue.KeepFromTextSearch(t.Context(), s, owner, id, false) }, false},
			{"it is put back again", func() error { return catalogue.Revert(t.Context(), s, owner, id) }, false},
		} {
			if err := step.do(); err != nil {
				t.Fatal(err)
			}
			if w, _ := look(t, s, id); w.NoTextSearch != step.want {
				t.Errorf("%s: %v", step.what, w.NoTextSearch)
			}
		}
	})
}

// TestRights asks every change of every person.
func TestRights(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		id := keep(t, s, manuscript(1, 1), file("a", "a")).Work
		keep(t, s, manuscript(2, 2), file("b", "b"))
		set := func(by archive.Viewer, v archive.Visibility) error {
			return catalogue.SetVisibility(t.Context(), s, by, id, v)
		}
		for _, step := range []struct {
			what string
			do   func() error
			want error
		}{
			{"a visitor shows what they may not see", func() error { return set(visitor, archive.Public) }, errs.NotFound},
			{"another person shows it", func() error { return set(another, archive.Public) }, errs.NotFound},
			{"the owner hides it", func() error { return set(owner, archive.Hidden) }, errs.Forbidden},
			{"the owner shows it as nothing there is", func() error { return set(owner, 4) }, errs.Forbidden},
			{"the owner shows it", func() error { return set(owner, archive.Public) }, nil},
			{"a visitor hides what they see", func() error { return set(visitor, archive.Private) }, errs.SignIn},
			{"another person hides what they see", func() error { return set(another, archive.Private) }, errs.Forbidden},
			{"a visitor discards", func() error { return catalogue.Discard(t.Context(), s, visitor, id) }, errs.SignIn},
			{"another person discards", func() error { return catalogue.Discard(t.Context(), s, another, id) }, errs.Forbidden},
			{"a visitor reverts", func() error { return catalogue.Revert(t.Context(), s, visitor, id) }, errs.SignIn},
			{"another person reverts", func() error { return catalogue.Revert(t.Context(), s, another, id) }, errs.Forbidden},
			{"a visitor keeps it from text search", func() error { return catalogue.KeepFromTextSearch(t.Context(), s, visitor, id, true) }, errs.SignIn},
			{"another person keeps it from text search", func() error { return catalogue.KeepFromTextSearch(t.Context(), s, another, id, true) }, errs.Forbidden},
			{"a moderator makes it private", func() error { return set(staff, archive.Private) }, errs.Forbidden},
			{"a moderator hides it", func() error { return set(staff, archive.Hidden) }, nil},
			{"the owner brings it back", func() error { return set(owner, archive.Public) }, errs.Forbidden},
			{"a visitor discards what is hidden", func() error { return catalogue.Discard(t.Context(), s, visitor, id) }, errs.NotFound},
			{"a moderator brings it back", func() error { return set(staff, archive.Public) }, nil},
			{"nobody has this work", func() error { return catalogue.SetVisibility(t.Context(), s, owner, 99, archive.Public) }, errs.NotFound},
			{"the owner discards", func() error { return catalogue.Discard(t.Context(), s, owner, id) }, nil},
		} {
			if err := step.do(); !errors.Is(err, step.want) || (err == nil) != (step.want == nil) {
				t.Errorf("%s: %v, want %v", step.what, err, step.want)
			}
		}
	})
}

// TestFileAgainAfterGoingBack brings a file in again whose text a work was put back
// to: the work can still be read from it.
func TestFileAgainAfterGoingBack(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		var id archive.WorkID
		for n := 1; n <= 2; n++ {
			id = keep(t, s, manuscript(n, n), file("", string(rune('a'+n)))).Work
		}
		for to := 1; to <= 2; to++ {
			if err := catalogue.RevertTo(t.Context(), s, owner, id, to); err != nil {
				t.Fatal(err)
			}
		}
		if r := keep(t, s, manuscript(2, 2), file("", "c")); r.Status != archive.StatusSame {
			t.Errorf("again: %+v", r)
		}
		w, _ := look(t, s, id)
		err := s.Read(t.Context(), func(tx *store.Tx) error {
			files, err := catalogue.FilesOf(tx, w)
			if len(files) != 1 || files[0].Revision != w.Revision {
				t.Errorf("read from %+v", files)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}
