package store_test

import (
	"errors"
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/base/prose"
	"ficstead/internal/store"
	"ficstead/internal/store/storetest"
)

// TestDoor puts text that one database would take and the other not into every
// field, and wants it refused by both, aloud.
func TestDoor(t *testing.T) {
	works := map[string]func(w *archive.Work, bad string){
		"title":        func(w *archive.Work, bad string) { w.Title = bad },
		"language":     func(w *archive.Work, bad string) { w.Language = bad },
		"recipient":    func(w *archive.Work, bad string) { w.Recipient = []string{"good", bad} },
		"collection":   func(w *archive.Work, bad string) { w.Collections = []string{bad} },
		"creator":      func(w *archive.Work, bad string) { w.Creators[1].Name = bad },
		"account":      func(w *archive.Work, bad string) { w.Creators[1].Account = bad },
		"profile":      func(w *archive.Work, bad string) { w.Creators[1].URL = bad },
		"tag":          func(w *archive.Work, bad string) { w.Tags[4].Name = bad },
		"series":       func(w *archive.Work, bad string) { w.Series[0].Series.Title = bad },
		"series' page": func(w *archive.Work, bad string) { w.Series[0].Series.URL = bad },
		"source":       func(w *archive.Work, bad string) { w.Source.URL = bad },
		"site":         func(w *archive.Work, bad string) { w.Source.Site = bad },
		"source key":   func(w *archive.Work, bad string) { w.Source.Key = bad },
	}
	others := map[string]func(tx *store.Tx, bad string) error{
		"chapter": func(tx *store.Tx, bad string) error {
			return tx.AddWork(&archive.Work{}, []archive.Chapter{{Title: bad}}, nil)
		},
		"mend": func(tx *store.Tx, bad string) error {
			return tx.AddWork(&archive.Work{}, nil, []archive.Mend{{Rule: "r", Before: bad}})
		},
		"reason": func(tx *store.Tx, bad string) error { return tx.SetWhy(1, bad) },
		"original's name": func(tx *store.Tx, bad string) error {
			return tx.AddOriginal(store.Original{Work: 1, Revision: 1, Kind: "text", Name: bad, Data: []byte("x")})
		},
		"original's kind": func(tx *store.Tx, bad string) error { return tx.AddOriginal(store.Original{Work: 1, Kind: bad}) },
		"media type": func(tx *store.Tx, bad string) error {
			return tx.AddAttachment(1, archive.Attachment{Sum: sum("x"), MediaType: bad, Data: []byte("x")})
		},
		"item":    func(tx *store.Tx, bad string) error { _, err := tx.AddImportItem(1, bad, nil); return err },
		"setting": func(tx *store.Tx, bad string) error { return tx.SetSetting("k", bad) },
		"key":     func(tx *store.Tx, bad string) error { return tx.SetSetting(bad, "v") },
		"new tag": func(tx *store.Tx, bad string) error { _, err := tx.EnsureTag(archive.Fandom, bad); return err },
	}
	for field, set := range works {
		others["work's "+field] = func(tx *store.Tx, bad string) error {
			w := specimen()
			set(&w, bad)
			return tx.AddWork(&w, nil, nil)
		}
	}
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		add(t, s, archive.Work{}, nil)
		write(t, s, func(tx *store.Tx) error { return tx.AddImport(&store.Import{Owner: 1}) })
		for what, f := range others {
			for name, bad := range map[string]string{"NUL": "a\x00b", "broken UTF-8": "a\xffb", "half a surrogate": "\xed\xa0\x80"} {
				err := s.Write(t.Context(), func(tx *store.Tx) error { return f(tx, bad) })
				if !errors.Is(err, errs.Invalid) {
					t.Errorf("%s in a %s: %v, want it refused", name, what, err)
				}
			}
		}
		read(t, s, func(tx *store.Tx) error {
			if n, err := tx.CountWorks(); n != 1 || err != nil {
				t.Errorf("%d works, %v: something came through", n, err)
			}
			return nil
		})
	})
}

// TestNames wants every name that can be seen back as it was written.
func TestNames(t *testing.T) {
	names := []string{
		"'; DROP TABLE work; --", `\\"%_*?`, "$1 $2", "{{id}}", "مرحبا", "עברית", "ไทย", "日本語 | Nihongo", "e\u0301", "🏳️‍🌈", "\u202Ertl",
		"a\tb\nc", strings.Repeat("long ", 400), strings.Repeat("ﷺ", 2000), strings.Repeat("ﷺ", 1999) + "x", "ß", "İ", "-", "NULL", "\uFFFD", "\U0010FFFF",
	}
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		w := archive.Work{Summary: prose.Parse("<p>x</p>")}
		for _, name := range names {
			w.Tags = append(w.Tags, archive.Tag{Kind: archive.Freeform, Name: name})
			w.Creators = append(w.Creators, archive.Creator{Name: name, Account: "account of " + name})
			w.Series = append(w.Series, archive.Part{Series: archive.Series{Title: name}, Number: 1})
			w.Recipient = append(w.Recipient, name)
		}
		got := add(t, s, w, nil)
		for i, name := range names {
			if got.Tags[i].Name != name || got.Creators[i].Name != name || got.Series[i].Series.Title != name || got.Recipient[i] != name {
				t.Errorf("%.40q came back as %.40q, %.40q, %.40q, %.40q", name,
					got.Tags[i].Name, got.Creators[i].Name, got.Series[i].Series.Title, got.Recipient[i])
			}
			read(t, s, func(tx *store.Tx) error {
				if tag, err := tx.TagByName(archive.Freeform, name); err != nil || tag.Name != name {
					t.Errorf("tag by name %.40q: %.40q, %v", name, tag.Name, err)
				}
				if c, err := tx.CreatorByName(name); err != nil || c.Name != name {
					t.Errorf("creator by name %.40q: %.40q, %v", name, c.Name, err)
				}
				return nil
			})
		}
	})
}
