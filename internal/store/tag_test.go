package store_test

import (
	"fmt"
	"reflect"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/store"
	"ficstead/internal/store/storetest"
)

// TestTags finds tags by every way there is.
func TestTags(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		var tags []archive.Tag
		write(t, s, func(tx *store.Tx) error {
			for _, named := range []archive.Tag{
				{Kind: archive.Freeform, Name: "Élan"}, {Kind: archive.Fandom, Name: "élan"}, {Kind: archive.Freeform, Name: "Elan Vital"},
				{Kind: archive.Freeform, Name: "zoo"}, {Kind: archive.Freeform, Name: " ELAN "}, {Kind: archive.Freeform, Name: "elanx"},
			} {
				tag, err := tx.EnsureTag(named.Kind, named.Name)
				if err != nil {
					return err
				}
				tags = append(tags, tag)
			}
			return nil
		})
		if tags[4] != tags[0] {
			t.Errorf("the same name in capitals made %+v, want %+v", tags[4], tags[0])
		}
		read(t, s, func(tx *store.Tx) error {
			for _, test := range []struct {
				what string
				get  func() ([]archive.Tag, error)
				want []archive.Tag
			}{
				{"tags in order", func() ([]archive.Tag, error) { return tx.Tags([]archive.TagID{4, 99, 1, 4}) }, []archive.Tag{tags[3], tags[0], tags[3]}},
				{"no tags", func() ([]archive.Tag, error) { return tx.Tags(nil) }, nil},
				{"named", func() ([]archive.Tag, error) { return tx.TagsNamed("ÉLAN") }, []archive.Tag{tags[1], tags[0]}},
				{"begun", func() ([]archive.Tag, error) { return tx.SearchTags(0, "éla", 10) }, []archive.Tag{tags[1], tags[0], tags[2], tags[5]}},
				{"begun, of a kind", func() ([]archive.Tag, error) { return tx.SearchTags(archive.Freeform, "Elan", 2) }, []archive.Tag{tags[0], tags[2]}},
				{"begun with nothing", func() ([]archive.Tag, error) { return tx.SearchTags(archive.Fandom, "", 10) }, []archive.Tag{tags[1]}},
				{"begun with a NUL", func() ([]archive.Tag, error) { return tx.SearchTags(0, "\x00", 0) }, nil},
				{"all", func() (all []archive.Tag, err error) {
					err = tx.EachTag(func(tag archive.Tag) error {
						_, err := tx.Tag(tag.ID)
						all = append(all, tag)
						return err
					})
					return all, err
				}, []archive.Tag{tags[0], tags[1], tags[2], tags[3], tags[5]}},
			} {
				got, err := test.get()
				if err != nil || !reflect.DeepEqual(got, test.want) {
					t.Errorf("%s: got %v, %v, want %v", test.what, got, err, test.want)
				}
			}
			return nil
		})
	})
}

// TestSynonymChains merges tags that others were merged into, and takes it back.
func TestSynonymChains(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		write(t, s, func(tx *store.Tx) error {
			for i := range 6 {
				if _, err := tx.EnsureTag(archive.Fandom, fmt.Sprint("tag ", i+1)); err != nil {
					return err
				}
			}
			return nil
		})
		canonicals := func() (ids []archive.TagID) {
			read(t, s, func(tx *store.Tx) error {
				return tx.EachTag(func(tag archive.Tag) error { ids = append(ids, tag.Canonical); return nil })
			})
			return ids
		}
		changed := func(since int64) (tags []archive.TagID) {
			read(t, s, func(tx *store.Tx) error {
				changes, err := tx.Changes(since, 100)
				for _, c := range changes {
					tags = append(tags, c.Tag)
				}
				return err
			})
			return tags
		}
		for _, step := range []struct {
			from, into archive.TagID
			want       []archive.TagID
			changed    []archive.TagID
		}{
			{1, 2, []archive.TagID{2, 0, 0, 0, 0, 0}, []archive.TagID{1, 2}},
			{3, 2, []archive.TagID{2, 0, 2, 0, 0, 0}, []archive.TagID{3, 2}},
			{2, 4, []archive.TagID{4, 4, 4, 0, 0, 0}, []archive.TagID{2, 1, 3, 4}},
			{4, 5, []archive.TagID{5, 5, 5, 5, 0, 0}, []archive.TagID{4, 2, 1, 3, 5}},
			{2, 0, []archive.TagID{2, 0, 2, 5, 0, 0}, []archive.TagID{2, 1, 3, 5}},
			{2, 6, []archive.TagID{6, 6, 6, 5, 0, 0}, []archive.TagID{2, 1, 3, 6}},
			{2, 0, []archive.TagID{2, 0, 2, 5, 0, 0}, []archive.TagID{2, 1, 3, 6}},
			{4, 0, []archive.TagID{2, 0, 2, 0, 0, 0}, []archive.TagID{4, 5}},
			{3, 0, []archive.TagID{2, 0, 0, 0, 0, 0}, []archive.TagID{3, 2}},
			{1, 0, []archive.TagID{0, 0, 0, 0, 0, 0}, []archive.TagID{1, 2}},
		} {
			var last int64
			read(t, s, func(tx *store.Tx) (err error) { last, err = tx.LastChange(); return err })
			write(t, s, func(tx *store.Tx) error { return tx.SetCanonical(step.from, step.into) })
			if got := canonicals(); !reflect.DeepEqual(got, step.want) {
				t.Errorf("after %d into %d: %v, want %v", step.from, step.into, got, step.want)
			}
			if got := changed(last); !reflect.DeepEqual(got, step.changed) {
				t.Errorf("%d into %d changed %v, want %v", step.from, step.into, got, step.changed)
			}
		}
	})
}

func TestTagLinks(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		want := []archive.TagLink{{Parent: 1, Child: 2, Sub: true}, {Parent: 3, Child: 1}}
		write(t, s, func(tx *store.Tx) error {
			for i := range 3 {
				if _, err := tx.EnsureTag(archive.Fandom, fmt.Sprint("tag ", i+1)); err != nil {
					return err
				}
			}
			for _, l := range want {
				if err := tx.LinkTags(l); err != nil {
					return err
				}
			}
			return nil
		})
		links := func() (links []archive.TagLink) {
			read(t, s, func(tx *store.Tx) (err error) { links, err = tx.TagLinks(); return err })
			return links
		}
		if got := links(); !reflect.DeepEqual(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
		write(t, s, func(tx *store.Tx) error { return tx.UnlinkTags(1, 2) })
		if got := links(); !reflect.DeepEqual(got, want[1:]) {
			t.Errorf("got %v, want %v", got, want[1:])
		}
	})
}

// TestLinksOfSome asks for the links of some tags, and for all in pieces.
func TestLinksOfSome(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		all := []archive.TagLink{{Parent: 1, Child: 2, Sub: true}, {Parent: 1, Child: 4}, {Parent: 3, Child: 1}, {Parent: 3, Child: 4, Sub: true}}
		write(t, s, func(tx *store.Tx) error {
			for i := range 5 {
				if _, err := tx.EnsureTag(archive.Fandom, fmt.Sprint("tag ", i+1)); err != nil {
					return err
				}
			}
			for _, l := range all {
				if err := tx.LinkTags(l); err != nil {
					return err
				}
			}
			return nil
		})
		read(t, s, func(tx *store.Tx) error {
			for _, test := range []struct {
				what string
				get  func() ([]archive.TagLink, error)
				want []archive.TagLink
			}{
				{"of a tag between others", func() ([]archive.TagLink, error) { return tx.TagLinksOf([]archive.TagID{1, 99, 1}) }, []archive.TagLink{all[0], all[1], all[2]}},
				{"of both ends", func() ([]archive.TagLink, error) { return tx.TagLinksOf([]archive.TagID{4, 3}) }, []archive.TagLink{all[1], all[2], all[3]}},
				{"of one without", func() ([]archive.TagLink, error) { return tx.TagLinksOf([]archive.TagID{5}) }, nil},
				{"of none", func() ([]archive.TagLink, error) { return tx.TagLinksOf(nil) }, nil},
				{"above", func() ([]archive.TagLink, error) { return tx.TagLinksAbove([]archive.TagID{4, 1}) }, []archive.TagLink{all[1], all[2], all[3]}},
				{"each", func() (links []archive.TagLink, err error) {
					err = tx.EachTagLink(func(l archive.TagLink) error {
						_, err := tx.Tag(l.Child)
						links = append(links, l)
						return err
					})
					return links, err
				}, all},
			} {
				got, err := test.get()
				if err != nil || !reflect.DeepEqual(got, test.want) {
					t.Errorf("%s: got %v, %v, want %v", test.what, got, err, test.want)
				}
			}
			return nil
		})
		write(t, s, func(tx *store.Tx) error {
			for _, merge := range [][2]archive.TagID{{1, 2}, {2, 3}, {4, 3}} {
				if err := tx.SetCanonical(merge[0], merge[1]); err != nil {
					return err
				}
			}
			return nil
		})
		read(t, s, func(tx *store.Tx) error {
			for id, want := range map[archive.TagID][]archive.TagID{1: nil, 2: {1}, 3: {2, 4, 1}} {
				if got, err := tx.MergedInto([]archive.TagID{id, id}); err != nil || !reflect.DeepEqual(got, want) {
					t.Errorf("merged into %d: %v, %v, want %v", id, got, err, want)
				}
			}
			return nil
		})
	})
}
