package wrangle_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/catalogue/wrangle"
	"ficstead/internal/store"
	"ficstead/internal/store/storetest"
)

var owner = archive.Viewer{Person: archive.Owner}

// order is everything that wranglers decide.
type order struct {
	tags  []archive.Tag
	links []archive.TagLink
}

func orderOf(t *testing.T, s *store.Store) (o order) {
	t.Helper()
	err := s.Read(t.Context(), func(tx *store.Tx) (err error) {
		if o.links, err = tx.TagLinks(); err != nil {
			return err
		}
		return tx.EachTag(func(tag archive.Tag) error { o.tags = append(o.tags, tag); return nil })
	})
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func ensure(t *testing.T, s *store.Store, kind archive.Kind, names ...string) (ids []archive.TagID) {
	t.Helper()
	err := s.Write(t.Context(), func(tx *store.Tx) error {
		for _, name := range names {
			tag, err := tx.EnsureTag(kind, name)
			if err != nil {
				return err
			}
			ids = append(ids, tag.ID)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

// TestRefusals tries what must not be, step by step.
func TestRefusals(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		f := ensure(t, s, archive.Fandom, "Marvel", "MCU", "Marvel Cinematic Universe", "Iron Man")
		c := ensure(t, s, archive.CharacterTag, "Tony Stark", "Iron Man")
		merge := func(a, b archive.TagID) func() error {
			return func() error { return wrangle.Merge(ctx, s, owner, a, b) }
		}
		link := func(a, b archive.TagID, sub bool) func() error {
			return func() error { return wrangle.Link(ctx, s, owner, a, b, sub) }
		}
		for _, step := range []struct {
			what string
			do   func() error
			want error
		}{
			{"merge into itself", merge(f[0], f[0]), errs.Invalid},
			{"merge another kind", merge(f[3], c[1]), errs.Invalid},
			{"merge what is not there", merge(f[0], 99), errs.NotFound},
			{"merge", merge(f[1], f[2]), nil},
			{"merge twice", merge(f[1], f[0]), errs.Invalid},
			{"merge back", merge(f[2], f[1]), errs.Invalid},
			{"unmerge what is none", func() error { return wrangle.Unmerge(ctx, s, owner, f[0]) }, errs.Invalid},
			{"link to itself", link(f[0], f[0], true), errs.Invalid},
			{"link another kind as a subtag", link(f[0], c[0], true), errs.Invalid},
			{"link under what is no fandom", link(c[0], c[1], false), errs.Invalid},
			{"link a fandom under a fandom, not as a subtag", link(f[0], f[3], false), errs.Invalid},
			{"link a character under its fandom", link(f[0], c[0], false), nil},
			{"link", link(f[0], f[2], true), nil},
			{"link again", link(f[0], f[2], true), errs.Invalid},
			{"link in a circle", link(f[2], f[0], true), errs.Invalid},
			{"link in a circle through a synonym", link(f[1], f[0], true), errs.Invalid},
			{"link a synonym to what it is one of", link(f[1], f[2], true), errs.Invalid},
			{"link further", link(f[1], f[3], true), nil},
			{"link in a longer circle", link(f[3], f[0], true), errs.Invalid},
			{"merge in a circle", merge(f[3], f[0]), errs.Invalid},
			{"unlink what is none", func() error { return wrangle.Unlink(ctx, s, owner, f[3], f[0]) }, errs.NotFound},
			{"unlink", func() error { return wrangle.Unlink(ctx, s, owner, f[1], f[3]) }, nil},
			{"link the other way now", link(f[3], f[0], true), nil},
		} {
			before := orderOf(t, s)
			err := step.do()
			if !errors.Is(err, step.want) || (err == nil) != (step.want == nil) {
				t.Errorf("%s: %v, want %v", step.what, err, step.want)
			}
			if after := orderOf(t, s); (err != nil) != reflect.DeepEqual(before, after) {
				t.Errorf("%s: before %v, after %v", step.what, before, after)
			}
		}
		for who, want := range map[archive.Viewer]error{{}: errs.SignIn, {Person: 2}: errs.Forbidden} {
			for what, err := range map[string]error{
				"merge": wrangle.Merge(ctx, s, who, f[0], f[1]), "unmerge": wrangle.Unmerge(ctx, s, who, f[0]),
				"link": wrangle.Link(ctx, s, who, f[0], f[1], true), "unlink": wrangle.Unlink(ctx, s, who, f[0], f[1]),
			} {
				if !errors.Is(err, want) {
					t.Errorf("%v may %s: %v", who, what, err)
				}
			}
		}
		if err := wrangle.Merge(ctx, s, archive.Viewer{Person: 3, Moderator: true}, c[1], c[0]); err != nil {
			t.Errorf("a moderator merges: %v", err)
		}
	})
}

// TestUndo does random things to tags and takes each back, in the reverse
// order, and wants every state again just as it was.
func TestUndo(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		random := rand.New(rand.NewPCG(1, 2))
		var names []string
		for i := range 8 {
			names = append(names, fmt.Sprint("tag ", i))
		}
		ids := ensure(t, s, archive.Freeform, names...)
		type step struct {
			before order
			undo   func() error
		}
		var done []step
		for len(done) < 12 {
			a, b := ids[random.IntN(len(ids))], ids[random.IntN(len(ids))]
			next := step{before: orderOf(t, s)}
			var err error
			if random.IntN(2) == 0 {
				next.undo = func() error { return wrangle.Unmerge(t.Context(), s, owner, a) }
				err = wrangle.Merge(t.Context(), s, owner, a, b)
			} else {
				next.undo = func() error { return wrangle.Unlink(t.Context(), s, owner, a, b) }
				err = wrangle.Link(t.Context(), s, owner, a, b, true)
			}
			if errors.Is(err, errs.Invalid) {
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			done = append(done, next)
			if loop(orderOf(t, s)) {
				t.Fatalf("a tag stands over itself: %v", orderOf(t, s))
			}
		}
		for i := len(done) - 1; i >= 0; i-- {
			if err := done[i].undo(); err != nil {
				t.Fatal(err)
			}
			if got := orderOf(t, s); !reflect.DeepEqual(got, done[i].before) {
				t.Fatalf("step %d was taken back to\n%v, and not to\n%v", i, got, done[i].before)
			}
		}
	})
}

// loop is the slow truth: it walks down from every tag.
func loop(o order) bool {
	root := map[archive.TagID]archive.TagID{}
	for _, tag := range o.tags {
		if root[tag.ID] = tag.ID; tag.Canonical != 0 {
			root[tag.ID] = tag.Canonical
		}
	}
	var reaches func(from, to archive.TagID, depth int) bool
	reaches = func(from, to archive.TagID, depth int) bool {
		for _, l := range o.links {
			if child := root[l.Child]; root[l.Parent] == from && depth > 0 && (child == to || reaches(child, to, depth-1)) {
				return true
			}
		}
		return false
	}
	for _, id := range root {
		if reaches(id, id, len(o.tags)) {
			return true
		}
	}
	return false
}

// TestMergeLogsTagsOnly merges a tag that works have: who follows is told of the
// tags alone, whatever number of works that is.
func TestMergeLogsTagsOnly(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ids := ensure(t, s, archive.Freeform, "Fluff", "fluffy", "flufff")
		var before int64
		err := s.Write(t.Context(), func(tx *store.Tx) (err error) {
			for range 40 {
				w := archive.Work{Tags: []archive.Tag{{Kind: archive.Freeform, Name: "fluffy"}}}
				if err := tx.AddWork(&w, nil, nil); err != nil {
					return err
				}
			}
			before, err = tx.LastChange()
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, merge := range [][2]archive.TagID{{ids[2], ids[1]}, {ids[1], ids[0]}} {
			if err := wrangle.Merge(t.Context(), s, owner, merge[0], merge[1]); err != nil {
				t.Fatal(err)
			}
		}
		err = s.Read(t.Context(), func(tx *store.Tx) error {
			changes, err := tx.Changes(before, 100)
			told := map[archive.TagID]bool{}
			for _, c := range changes {
				if c.Work != 0 {
					t.Errorf("work %d changed", c.Work)
				}
				told[c.Tag] = true
			}
			if len(changes) != 3 || !told[ids[0]] || !told[ids[1]] || !told[ids[2]] {
				t.Errorf("%v changed, want the three tags", changes)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
