package propose_test

import (
	"math/rand/v2"
	"testing"

	"ficstead/bench/multiverse"
	"ficstead/internal/archive"
	"ficstead/internal/find"
	"ficstead/internal/propose"
	"ficstead/internal/store"
	"ficstead/internal/store/storetest"
)

// TestHiddenTags makes an archive of fandoms that share first names, hides the
// tags of new works, and counts how many of them are proposed right.
func TestHiddenTags(t *testing.T) {
	is, err := multiverse.Measure(t.Context(), storetest.Open(t), 1200, 200, 7)
	if err != nil {
		t.Fatal(err)
	}
	if is.Fandom*100 < is.Hidden*95 || is.Pair*100 < is.Hidden*85 {
		t.Errorf("%+v", is)
	}
}

// TestPrivateNamesAreNotTold hides the only works that know a name.
func TestPrivateNamesAreNotTold(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	m := multiverse.New(r, 1)
	s := storetest.Open(t)
	w, chapters, _ := m.Work(r, "Secret", 3)
	w.Keeper = archive.Owner
	if err := s.Write(t.Context(), func(tx *store.Tx) error { return tx.AddWork(&w, chapters, nil) }); err != nil {
		t.Fatal(err)
	}
	finder, err := find.Open(t.Context(), s, find.Options{})
	if err != nil {
		t.Fatal(err)
	}
	_, chapters, _ = m.Work(r, "Other", 60)
	for viewer, want := range map[archive.Viewer]bool{{}: false, {Person: archive.Owner}: true} {
		view := propose.View{Context: t.Context(), Store: s, Finder: finder, Viewer: viewer}
		all := propose.For(propose.Subject{Chapters: chapters}, view)
		if is := len(multiverse.Values(all, "fandom", 1)) > 0; is != want {
			t.Errorf("viewer %+v: %+v", viewer, all)
		}
	}
}
