package find

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/find/query"
	"ficstead/internal/index"
)

// synthetic makes an archive of n works as real ones are: a few tags that many
// works have and many that few have, and fandoms with tags of their own.
func synthetic(n int) index.Change {
	d := newDice(42)
	var c index.Change
	tag := map[string]archive.TagID{}
	ensure := func(kind archive.Kind, name string) archive.TagID {
		key := kind.String() + name
		if tag[key] == 0 {
			tag[key] = archive.TagID(len(tag) + 1)
			c.Tags = append(c.Tags, archive.Tag{ID: tag[key], Kind: kind, Name: name})
		}
		return tag[key]
	}
	zipf := func(most uint64) *rand.Zipf { return rand.NewZipf(d.Rand, 1.2, 5, most) }
	word, fandom, freeform, person := zipf(30_000), zipf(3_000), zipf(60_000), zipf(200)
	prose := func(words int) string {
		list := make([]string, words)
		for i := range list {
			list[i] = fmt.Sprintf("w%x", word.Uint64())
		}
		return strings.Join(list, " ")
	}
	for i := range n {
		in := fandom.Uint64()
		character := func() string { return fmt.Sprintf("Person %d of %d", person.Uint64(), in) }
		ids := []archive.TagID{
			ensure(archive.Rating, fmt.Sprint("Rating ", d.IntN(5))),
			ensure(archive.Warning, fmt.Sprint("Warning ", d.IntN(6))),
			ensure(archive.Category, fmt.Sprint("Category ", d.IntN(6))),
			ensure(archive.Fandom, fmt.Sprint("Fandom ", in)),
		}
		for range 2 + d.IntN(4) {
			ids = append(ids, ensure(archive.CharacterTag, character()))
		}
		for range 1 + d.IntN(3) {
			ids = append(ids, ensure(archive.Relationship, character()+"/"+character()))
		}
		for range 3 + d.IntN(15) {
			ids = append(ids, ensure(archive.Freeform, fmt.Sprint("Free ", freeform.Uint64(), " form")))
		}
		c.Docs = append(c.Docs, index.Doc{
			ID: archive.WorkID(i + 1), Keeper: archive.PersonID(1 + d.IntN(5000)), Visibility: archive.Public - archive.Visibility(d.IntN(10)/9),
			Title: prose(1 + d.IntN(6)), Creators: []archive.Creator{{ID: archive.CreatorID(1 + d.IntN(20_000)), Name: prose(1)}},
			Tags: distinct(ids), Summary: prose(50), Notes: prose(30), Language: []string{"en", "en", "en", "en", "de", "zh"}[d.IntN(6)],
			Complete: d.often(70), Words: int(d.ExpFloat64() * 8000), Chapters: 1 + d.IntN(10), Kudos: int(d.ExpFloat64() * 200), Hits: d.IntN(10_000),
			Updated: now.Add(-time.Duration(d.IntN(3000)) * 24 * time.Hour), Posted: now.Add(-time.Duration(d.IntN(4000)) * 24 * time.Hour),
		})
	}
	return c
}

const benchWorks = 100_000

func BenchmarkBuild(b *testing.B) {
	c := synthetic(benchWorks)
	for b.Loop() {
		index.New().With(c)
	}
	b.ReportMetric(float64(benchWorks)/(b.Elapsed().Seconds()/float64(b.N)), "works/s")
}

// named returns the tags of these names.
func named(c index.Change, names ...string) (ids []archive.TagID) {
	for _, name := range names {
		for _, t := range c.Tags {
			if t.Name == name {
				ids = append(ids, t.ID)
			}
		}
	}
	return ids
}

type benchQuestion struct {
	name string
	q    Question
}

func benchQuestions(c index.Change) []benchQuestion {
	ids := func(names ...string) []archive.TagID { return named(c, names...) }
	return []benchQuestion{
		{"everything", Question{}},
		{"big fandom", Question{Include: ids("Fandom 0")}},
		{"middling fandom", Question{Include: ids("Fandom 40")}},
		{"small fandom", Question{Include: ids("Fandom 900")}},
		{"fandom, rating, without a freeform", Question{Include: ids("Fandom 0", "Rating 1"), Exclude: ids("Free 0 form")}},
		{"rating, complete, by kudos", Question{Include: ids("Rating 1"), Complete: Yes, Sort: query.ByKudos}},
		{"range over all, by title", Question{Words: Range{Min: 5000, Below: 20000}, Sort: query.ByTitle}},
		{"one year", Question{Query: "updated:2023"}},
		{"deep page", Question{Page: 4000}},
		{"a word", Question{Query: "w12"}},
		{"a rare word", Question{Query: "w2000"}},
		{"a phrase", Question{Query: `"w1 w2"`}},
		{"words and a field", Question{Query: `w3 (w5 OR title:w9) -w1 fandom:"Fandom 1" words:>1000`}},
		{"random order", Question{Sort: query.Random, Seed: 4}},
		{"nothing", Question{Query: "w3 w2000 w2001", Include: ids("Fandom 900", "Rating 2")}},
	}
}

func BenchmarkWorks(b *testing.B) {
	c := synthetic(benchWorks)
	f := &Finder{gate: newGate()}
	f.current.Store(newState(index.New().With(c), 1))
	reader := archive.Viewer{Person: 7}
	for _, test := range benchQuestions(c) {
		b.Run(test.name, func(b *testing.B) {
			a, _ := f.Works(context.Background(), reader, test.q) // what is worked out once
			s := f.current.Load()
			for b.Loop() {
				f.current.Store(newState(s.Snapshot, 1)) // nothing is remembered
				f.Works(context.Background(), reader, test.q)
			}
			b.ReportMetric(float64(a.Total), "works")
		})
		b.Run(test.name+", again", func(b *testing.B) {
			for b.Loop() {
				f.Works(context.Background(), reader, test.q)
			}
		})
	}
	b.Run("complete a name", func(b *testing.B) {
		for b.Loop() {
			f.Tags(context.Background(), reader, 0, "person 1", 10)
		}
	})
	b.Run("all fandoms", func(b *testing.B) {
		for b.Loop() {
			f.Fandoms(reader)
		}
	})
	b.Run("one work changes", func(b *testing.B) {
		s := f.current.Load()
		doc := c.Docs[500]
		for b.Loop() {
			doc.Kudos++
			s = s.change(index.Change{Docs: []index.Doc{doc}})
		}
	})
	b.Run("two big tags merge", func(b *testing.B) {
		s, free := f.current.Load(), named(c, "Free 0 form", "Free 1 form")
		for b.Loop() {
			s.change(index.Change{Tags: []archive.Tag{{ID: free[1], Kind: archive.Freeform, Name: "Free 1 form", Canonical: free[0]}}})
		}
	})
}

// change returns the state after a change.
func (s *state) change(c index.Change) *state {
	return newState(s.With(c), s.generation+1)
}
