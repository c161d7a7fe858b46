package store_test

import (
	"fmt"
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/store"
	"ficstead/internal/store/storetest"
)

// long is a chapter of 5,000 words.
func long(n int) archive.Chapter {
	text := prose.Parse(strings.Repeat(fmt.Sprintf("<p>Some <em>words</em> of chapter %d that go on and on for a while yet, as they do.</p>", n), 300))
	return archive.Chapter{Title: "Long", Text: text, Words: text.Words()}
}

func BenchmarkAddWork(b *testing.B) {
	s := storetest.Open(b)
	n := 0
	for b.Loop() {
		n++
		w, cs := specimen(), []archive.Chapter{long(n), long(n + 1)}
		w.Source.Key = ""
		write(b, s, func(tx *store.Tx) error { return tx.AddWork(&w, cs, nil) })
	}
}

func BenchmarkChapter(b *testing.B) {
	s := storetest.Open(b)
	w := add(b, s, specimen(), []archive.Chapter{long(1)})
	for b.Loop() {
		read(b, s, func(tx *store.Tx) error { _, err := tx.Chapter(w.ID, 1); return err })
	}
}

// BenchmarkWorks reads what a page of a listing shows.
func BenchmarkWorks(b *testing.B) {
	s := storetest.Open(b)
	var ids []archive.WorkID
	for range 20 {
		w := specimen()
		w.Source.Key = ""
		ids = append(ids, add(b, s, w, chapters(10)).ID)
	}
	for b.Loop() {
		read(b, s, func(tx *store.Tx) error { _, err := tx.Works(ids); return err })
	}
}
