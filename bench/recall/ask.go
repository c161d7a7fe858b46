package main

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/fulltext"
)

// perKind is how many questions of a kind are drawn from the text.
const perKind = 40

// kinds of questions.
var kinds = []struct {
	name    string
	phrases func(words []string, random *rand.Rand) []fulltext.Phrase
}{
	{"a word in all forms", func(w []string, _ *rand.Rand) []fulltext.Phrase { return []fulltext.Phrase{{Text: w[0]}} }},
	{"a word exactly", func(w []string, _ *rand.Rand) []fulltext.Phrase { return []fulltext.Phrase{{Text: w[0], Exact: true}} }},
	{"two words", func(w []string, _ *rand.Rand) []fulltext.Phrase { return []fulltext.Phrase{{Text: w[0]}, {Text: w[3]}} }},
	{"a phrase of 2 to 4", func(w []string, r *rand.Rand) []fulltext.Phrase {
		return []fulltext.Phrase{{Text: strings.Join(w[:2+r.IntN(3)], " "), Exact: true}}
	}},
	{"a beginning of 4 letters", func(w []string, _ *rand.Rand) []fulltext.Phrase {
		return []fulltext.Phrase{{Text: string([]rune(w[0] + "xxxx")[:4]), Prefix: true}}
	}},
	{"common words only", func([]string, *rand.Rand) []fulltext.Phrase {
		return []fulltext.Phrase{{Text: "and the", Exact: true}, {Text: "of the", Exact: true}}
	}},
}

// questions asks what is drawn from the text, twice, and tells the second times.
func (b *bench) questions() error {
	for _, kind := range kinds {
		random := rand.New(rand.NewPCG(5, 6))
		var all [][]fulltext.Phrase
		for range perKind {
			_, _, line := b.line(random, 4)
			all = append(all, kind.phrases(line, random))
		}
		var wall, cpu spread
		hits := 0
		for round := range 2 {
			for _, phrases := range all {
				begun, start := time.Now(), used()
				n, err := b.holding(phrases)
				if err != nil {
					return err
				}
				if round == 1 {
					wall, cpu, hits = append(wall, time.Since(begun)), append(cpu, used()-start), hits+n
				}
			}
		}
		fmt.Printf("%s: %s (processor: p95 %v); %d works a question\n", kind.name, wall, cpu.at(.95), hits/perKind)
	}
	return nil
}

// holding is how many works hold all phrases.
func (b *bench) holding(phrases []fulltext.Phrase) (n int, err error) {
	var both []archive.WorkID
	for i, p := range phrases {
		works, err := b.texts.Holding(b.ctx, p)
		if err != nil {
			return 0, err
		}
		if i > 0 {
			works = slices.DeleteFunc(works, func(w archive.WorkID) bool { _, ok := slices.BinarySearch(both, w); return !ok })
		}
		both = works
	}
	return len(both), nil
}

// line draws n words that stand side by side in a paragraph of an English chapter.
func (b *bench) line(random *rand.Rand, n int) (work, chapter int, words []string) {
	for {
		work, chapter = random.IntN(b.chapters/perWork), 1+random.IntN(perWork)
		if b.made.Work(work).Language != "en" {
			continue
		}
		paragraphs := strings.Split(string(b.text(work, chapter)), "\n\n")
		words = strings.Fields(paragraphs[random.IntN(len(paragraphs))])
		if len(words) < n {
			continue
		}
		at := random.IntN(len(words) - n + 1)
		return work, chapter, words[at : at+n]
	}
}

// The lines that are recalled: how many words, and how many of them are others.
const lineWords, wrongWords = 12, 2

// recall draws lines, puts wrong words into them, and looks for their chapters.
func (b *bench) recall(trials int) error {
	random := rand.New(rand.NewPCG(8, 9))
	var wall, cpu spread
	first, ten, twin, place := 0, 0, 0, 0
	for range trials {
		work, chapter, words := b.line(random, lineWords)
		line := slices.Clone(words)
		for _, at := range random.Perm(lineWords)[:wrongWords] {
			_, _, other := b.line(random, 1)
			line[at] = other[0]
		}
		begun, start := time.Now(), used()
		found, err := b.texts.Recall(b.ctx, strings.Join(line, " "), 10)
		if err != nil {
			return err
		}
		wall, cpu = append(wall, time.Since(begun)), append(cpu, used()-start)
		for i, r := range found {
			if r.Work == archive.WorkID(work+1) && r.Chapter == chapter {
				ten++
				if i == 0 {
					first++
				}
				if strings.Contains(strings.Join(strings.Fields(r.Text), " "), strings.Join(words[:3], " ")) {
					place++
				}
			}
		}
		if _, is := b.made.Twin(work); is {
			twin++
		}
	}
	fmt.Printf("recall, %d words of %d wrong, %d lines: %.1f %% among the first ten, %.1f %% first; the paragraph is right in %.1f %%; %d of near-duplicates\n",
		wrongWords, lineWords, trials, 100*float64(ten)/float64(trials), 100*float64(first)/float64(trials), 100*float64(place)/float64(max(ten, 1)), twin)
	fmt.Printf("recall takes %s (processor: p50 %v, p95 %v)\n", wall, cpu.at(.5), cpu.at(.95))
	return nil
}

// peerChapters are as many as FTS5 is measured with.
const peerChapters = 8000

// fts5 indexes some of the text with FTS5, as it comes and with the words folded
// beforehand, without keeping the text.
func (b *bench) fts5() error {
	for _, folded := range []bool{false, true} {
		dir, err := os.MkdirTemp("", "fts5")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		path := filepath.Join(dir, "fts5.db")
		tokenizer := "unicode61 remove_diacritics 2"
		if folded {
			tokenizer = "ascii"
		}
		db, err := sql.Open("sqlite", "file:"+path+"?_pragma=page_size(16384)&_pragma=journal_mode(wal)&_pragma=synchronous(normal)&_pragma=cache_size(-65536)")
		if err != nil {
			return err
		}
		db.SetMaxOpenConns(1)
		defer db.Close()
		if err := b.fillFTS5(db, tokenizer, folded, path); err != nil {
			return err
		}
	}
	return nil
}

func (b *bench) fillFTS5(db *sql.DB, tokenizer string, folded bool, path string) error {
	for _, statement := range []string{
		`CREATE VIRTUAL TABLE t USING fts5(body, content='', detail=full, tokenize='` + tokenizer + `')`,
		`INSERT INTO t(t, rank) VALUES ('automerge', 0)`,
	} {
		if _, err := db.Exec(statement); err != nil {
			return err
		}
	}
	n := min(peerChapters, b.chapters)
	texts := make([]string, n)
	size := 0
	for i := range texts {
		texts[i] = string(b.text(i/perWork, i%perWork+1))
		size += len(texts[i])
		if folded {
			var words []string
			var w fulltext.Words
			w.Each([]byte(texts[i]), func(word []byte) { words = append(words, string(word)) })
			texts[i] = strings.Join(words, " ")
		}
	}
	start := used()
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for i, text := range texts {
		if _, err := tx.Exec(`INSERT INTO t (rowid, body) VALUES (?, ?)`, i+1, text); err != nil {
			return err
		}
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	if _, err := db.Exec(`INSERT INTO t(t) VALUES ('optimize')`); err != nil {
		return err
	}
	if _, err := db.Exec(`VACUUM`); err != nil {
		return err
	}
	took := used() - start
	if _, err := db.Exec(`PRAGMA wal_checkpoint(TRUNCATE)`); err != nil {
		return err
	}
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	fmt.Printf("FTS5 (%s, words folded beforehand: %v): %d MB of text, %.1f MB/s of one processor, %.3f of the text\n",
		tokenizer, folded, size/1e6, mbs(size, took), float64(info.Size())/float64(size))
	var wall spread
	random := rand.New(rand.NewPCG(5, 6))
	for range perKind {
		_, _, line := b.line(random, 4)
		phrase := strings.Join(line[:2+random.IntN(3)], " ")
		var words []string
		var w fulltext.Words
		w.Each([]byte(phrase), func(word []byte) { words = append(words, string(word)) })
		begun := time.Now()
		rows, err := db.Query(`SELECT rowid FROM t WHERE t MATCH ?`, `"`+strings.Join(words, " ")+`"`)
		if err != nil {
			return err
		}
		for rows.Next() {
		}
		rows.Close()
		wall = append(wall, time.Since(begun))
	}
	fmt.Printf("FTS5, a phrase of 2 to 4: %s\n", wall)
	return nil
}
