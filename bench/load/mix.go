package main

import (
	"context"
	"math/rand/v2"
	"net/url"
	"path/filepath"

	"ficstead/internal/archive"
	"ficstead/internal/store"
	"ficstead/internal/web/address"
)

// kinds are what readers ask for, and how often of a hundred requests.
var kinds = []struct {
	name  string
	often int
}{{"chapters", 40}, {"listings", 25}, {"filters", 12}, {"works", 12}, {"searches", 8}, {"downloads", 3}}

type request struct{ kind, path string }

// A mix is a stream of requests.
type mix struct {
	works int
	list  []request
}

// newMix reads from the archive what n requests can ask for. A work's place in
// the curve is its number mixed up, so that what is popular is neither old nor new.
func newMix(data string, seed uint64, n int) (*mix, error) {
	s, err := store.Open(context.Background(), filepath.Join(data, "ficstead.db"))
	if err != nil {
		return nil, err
	}
	defer s.Close()
	m := &mix{}
	dice := rand.New(rand.NewPCG(seed, 1))
	err = s.Read(context.Background(), func(tx *store.Tx) error {
		if m.works, err = tx.CountWorks(); err != nil {
			return err
		}
		curve := rand.NewZipf(dice, 1.07, 20, uint64(m.works-1))
		for len(m.list) < n {
			place := curve.Uint64()
			id := archive.WorkID((place*7919+13)%uint64(m.works) + 1)
			w, err := tx.Work(id)
			if err != nil || len(w.Chapters) == 0 || len(w.Tags) == 0 {
				continue // it was left out when the archive was made
			}
			m.list = append(m.list, pick(dice, w))
		}
		return nil
	})
	return m, err
}

func pick(dice *rand.Rand, w archive.Work) request {
	any := func(kind archive.Kind) archive.Tag {
		if tags := w.TagsOf(kind); len(tags) > 0 {
			return tags[dice.IntN(len(tags))]
		}
		return w.Tags[dice.IntN(len(w.Tags))]
	}
	at, kind := dice.IntN(100), ""
	for _, k := range kinds {
		if kind = k.name; at < k.often {
			break
		}
		at -= k.often
	}
	switch kind {
	case "chapters":
		return request{kind, address.Chapter(w.ID, 1+dice.IntN(len(w.Chapters)))}
	case "listings":
		return request{kind, address.Tag(any(archive.Fandom).ID)}
	case "filters":
		v := url.Values{"include": {address.Number(any(archive.Freeform).ID.Public())}, "words": {">" + address.Number(int64(1000*(1+dice.IntN(20))))}}
		if dice.IntN(2) == 0 {
			v.Set("sort", [...]string{"kudos", "hits", "words"}[dice.IntN(3)])
		}
		return request{kind, address.With(address.Tag(any(archive.Fandom).ID), v)}
	case "searches":
		return request{kind, address.Search(any(archive.CharacterTag).Name)}
	case "downloads":
		return request{kind, address.Download(w.ID, [...]string{"epub", "html", "txt"}[dice.IntN(3)])}
	}
	return request{kind, address.Work(w.ID)}
}
