package check_test

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/base/prose"
	"ficstead/internal/store"
	"ficstead/internal/store/check"
	"ficstead/internal/store/packing"
	"ficstead/internal/store/seal"
	"ficstead/internal/store/storetest"
)

var flips = flag.Int("flips", 25, "how many bits TestFlippedBits flips in the database, and again in its write-ahead log")

// filled makes an archive with something in every table that people fill, and
// returns its file.
func filled(t testing.TB, works int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "archive.db")
	s := storetest.OpenAt(t, path)
	for n := range works {
		fill(t, s, n)
	}
	if err := s.Close(); err != nil { // which empties the write-ahead log
		t.Fatal(err)
	}
	return path
}

func fill(t testing.TB, s *store.Store, n int) {
	t.Helper()
	words := func(k int) string {
		var b strings.Builder
		r := rand.New(rand.NewPCG(uint64(n), uint64(k)))
		for range 120 + k%200 {
			fmt.Fprintf(&b, "%s ", [...]string{"tea", "cups", "rain", "she", "looked", "a", "window", "of", "winter", "said"}[r.IntN(10)])
		}
		return b.String()
	}
	err := s.Write(t.Context(), func(tx *store.Tx) error {
		w := archive.Work{
			Keeper: 1, Title: fmt.Sprintf("Cups of tea, %d", n), Language: "en", Summary: prose.Parse("<p>" + words(1)[:60] + "</p>"),
			Notes: prose.Parse("<p>For all.</p>"), Creators: []archive.Creator{{Name: fmt.Sprint("Writer ", n%7), URL: "https://a.example/w"}},
			Tags:   []archive.Tag{{Kind: archive.Fandom, Name: fmt.Sprint("Fandom ", n%5)}, {Kind: archive.Freeform, Name: fmt.Sprint("Tag ", n)}},
			Series: []archive.Part{{Series: archive.Series{Title: fmt.Sprint("Series ", n%4)}, Number: n}}, Recipient: []string{"Anna"},
			Source: archive.Source{URL: fmt.Sprint("https://a.example/works/", n), Site: "a.example", Key: fmt.Sprint("a:", n)},
		}
		var cs []archive.Chapter
		for k := range 1 + n%4 {
			cs = append(cs, archive.Chapter{Title: fmt.Sprint("Chapter of rain ", k), Text: prose.Parse("<p>" + words(k) + "</p>")})
		}
		mends := []archive.Mend{{Rule: "quotes", Before: "a", After: "b"}}
		if err := tx.AddWork(&w, cs, mends); err != nil {
			return err
		}
		file, picture := []byte(words(900+n)), []byte(fmt.Sprintf("\x89PNG %d %s", n, words(77)[:200]))
		err := errors.Join(tx.AddOriginal(store.Original{Work: w.ID, Revision: 1, Kind: "text", Name: fmt.Sprint("tale ", n, ".txt"), Data: file}),
			tx.AddAttachment(w.ID, archive.Attachment{Sum: packing.Sum(picture), MediaType: "image/png", Data: picture}))
		if err != nil || n%3 != 0 {
			return err
		}
		w.Title += ", again"
		cs[0].Text = prose.Parse("<p>" + words(500) + "</p>")
		if err := tx.ChangeWork(&w, cs, nil); err != nil {
			return err
		}
		return errors.Join(tx.SetWhy(w.ID, "The first chapter was better."), tx.SetReading(w, archive.Reading{Origin: 1}))
	})
	if err != nil {
		t.Fatal(err)
	}
}

// dump is a sum over all that people filled, as the tables have it, or an error if
// they cannot be read.
func dump(path string) (string, error) {
	db, err := sql.Open("sqlite", path+"?_pragma=query_only(1)")
	if err != nil {
		return "", err
	}
	defer db.Close()
	sum := sha256.New()
	var questions []string
	for _, t := range seal.Tables() {
		if t.Name != "work_names" && t.Name != "setting" {
			questions = append(questions, `SELECT `+strings.Join(t.Columns, ", ")+` FROM `+t.Name+` NOT INDEXED ORDER BY `+strings.Join(t.Key, ", "))
		}
	}
	for _, q := range append(questions, `SELECT id, sum, size, packing, data FROM body NOT INDEXED ORDER BY id`,
		`SELECT work, position, tag FROM work_tag ORDER BY work, position`, `SELECT work, position, creator FROM work_creator ORDER BY work, position`,
		`SELECT work, position, series, number FROM work_series ORDER BY work, position`) {
		rows, err := db.Query(q)
		if err != nil {
			return "", err
		}
		columns, _ := rows.Columns()
		for rows.Next() {
			values := make([]any, len(columns))
			into := make([]any, len(columns))
			for i := range values {
				into[i] = &values[i]
			}
			if err := rows.Scan(into...); err != nil {
				rows.Close()
				return "", err
			}
			fmt.Fprintf(sum, "%T %q\n", values, values)
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// served reads all works as pages do. It returns a line for everything that was
// given out, so that what was changed stands out.
func served(ctx context.Context, s *store.Store, works int) map[string]string {
	given := map[string]string{}
	give := func(key string, value any, err error) {
		if err == nil {
			given[key] = fmt.Sprintf("%#v", value)
		}
	}
	for n := 1; n <= works; n++ {
		id := archive.WorkID(n)
		_ = s.Read(ctx, func(tx *store.Tx) error {
			w, err := tx.Work(id)
			if errors.Is(err, errs.NotFound) {
				return nil // pages ask for the work first
			}
			give(fmt.Sprint("work ", n), []any{w.Title, w.Summary.HTML(), w.Notes.HTML(), w.Tags, w.Creators, w.Series, w.Chapters, w.Recipient, w.Source, w.Words, w.Changed.UnixMicro()}, err)
			listed, err := tx.Listed([]archive.WorkID{id})
			if len(listed) == 1 {
				give(fmt.Sprint("listed ", n), []any{listed[0].Title, listed[0].Summary.HTML(), listed[0].Tags, listed[0].Creators, listed[0].Series}, err)
			}
			cs, err := tx.Chapters(id)
			var texts []string
			for _, c := range cs {
				texts = append(texts, c.Title, c.Text.HTML())
			}
			give(fmt.Sprint("chapters ", n), texts, err)
			for _, c := range w.Chapters {
				one, err := tx.Chapter(id, c.Number)
				give(fmt.Sprint("chapter ", n, ".", c.Number), one.Title+one.Text.HTML(), err)
			}
			revisions, err := tx.Revisions(id)
			give(fmt.Sprint("revisions ", n), revisions, err)
			first, err := tx.WorkAt(id, 1)
			give(fmt.Sprint("first ", n), first.Title, err)
			originals, _ := tx.Originals(id) // of damaged ones the list tells
			for i, o := range originals {
				one, err := tx.Original(id, o.Sum)
				give(fmt.Sprint("original ", n, ".", i), one.Name+one.Kind+string(one.Data), err)
			}
			mends, err := tx.MendsAt(id, 1)
			give(fmt.Sprint("mends ", n), mends, err)
			return nil
		})
	}
	return given
}

// outcome is what became of one flipped bit.
type outcome struct{ touched, found, unnamed, silent bool }

// flipped opens an archive with one bit flipped, checks it, and reads it as pages do.
func flipped(t *testing.T, path string, works int, sound map[string]string, same func(dump string) bool) (o outcome, said string) {
	t.Helper()
	now, err := dump(path)
	o.touched = err != nil || !same(now)
	s, err := store.Open(t.Context(), path)
	if err != nil {
		o.found, said = true, err.Error()
		return o, said
	}
	defer s.Close()
	_, err = check.Store(t.Context(), s, func(d check.Damage) {
		o.found = true
		o.unnamed = o.unnamed || d.What == "" || d.Do == ""
		said += d.What + "\n"
	})
	if err != nil {
		o.found, said = true, said+err.Error()
	}
	for key, value := range served(t.Context(), s, works) {
		if want, ok := sound[key]; ok && value != want {
			o.silent = true
			said += key + " is served: " + value[:min(len(value), 300)] + "\n want " + want[:min(len(want), 300)]
		}
	}
	return o, said
}

// TestFlippedBits flips single bits anywhere in the file of an archive. Every flip
// that touches what people wrote must be found and named, and nothing changed may
// be served. Flips in unused room and in the database's own indexes touch nothing.
func TestFlippedBits(t *testing.T) {
	const works = 40
	path := filled(t, works)
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	truth, err := dump(path)
	if err != nil {
		t.Fatal(err)
	}
	s := storetest.OpenAt(t, path)
	sound := served(t.Context(), s, works)
	if len(sound) < 8*works {
		t.Fatalf("%d things are served", len(sound))
	}
	if _, damages := damageOf(t, s); len(damages) > 0 {
		t.Fatalf("the sound archive: %v", damages)
	}
	s.Close()
	r := rand.New(rand.NewPCG(2026, 11))
	touched, foundTouched, found := 0, 0, 0
	at := filepath.Join(t.TempDir(), "flipped.db")
	for n := range *flips {
		bit := r.Int64N(int64(len(file)) * 8)
		file[bit/8] ^= 1 << (bit % 8)
		os.Remove(at + "-wal")
		os.Remove(at + "-shm")
		if err := os.WriteFile(at, file, 0o600); err != nil {
			t.Fatal(err)
		}
		file[bit/8] ^= 1 << (bit % 8)
		o, said := flipped(t, at, works, sound, func(now string) bool { return now == truth })
		if o.touched {
			touched++
		}
		if o.found {
			found++
		}
		if o.touched && o.found {
			foundTouched++
		}
		if o.touched && !o.found || o.silent || o.unnamed {
			t.Errorf("flip %d, bit %d of byte %d (page %d): %+v\n%s", n, bit%8, bit/8, bit/8/4096+1, o, said)
		}
	}
	t.Logf("%d bits flipped in %d bytes: %d touched what people wrote, of which %d were found; %d damages told in all", *flips, len(file), touched, foundTouched, found)
}

// TestFlippedBitsInLog does the same in the write-ahead log, as a crash leaves it.
// The database's sums in it cut off what comes after a flip: the archive is then as
// it was at an earlier commit, never something between two.
func TestFlippedBitsInLog(t *testing.T) {
	const works, late = 12, 8
	path := filled(t, works)
	s := storetest.OpenAt(t, path)
	states := map[string]bool{}
	note := func() {
		now, err := dump(path)
		if err != nil {
			t.Fatal(err)
		}
		states[now] = true
	}
	note()
	for n := range late {
		fill(t, s, works+n)
		note()
	}
	sound := served(t.Context(), s, works+late)
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	log, err := os.ReadFile(path + "-wal")
	if err != nil || len(log) == 0 {
		t.Fatalf("no write-ahead log: %v", err)
	}
	r := rand.New(rand.NewPCG(2026, 12))
	at := filepath.Join(t.TempDir(), "flipped.db")
	earlier := 0
	for n := range *flips / 2 {
		bit := r.Int64N(int64(len(log)) * 8)
		log[bit/8] ^= 1 << (bit % 8)
		os.Remove(at + "-shm")
		if err := errors.Join(os.WriteFile(at, file, 0o600), os.WriteFile(at+"-wal", log, 0o600)); err != nil {
			t.Fatal(err)
		}
		log[bit/8] ^= 1 << (bit % 8)
		o, said := flipped(t, at, works+late, sound, func(now string) bool { return states[now] })
		if o.touched && !o.found || o.silent || o.unnamed {
			t.Errorf("flip %d, bit %d of byte %d of the log: %+v\n%s", n, bit%8, bit/8, o, said)
		}
		earlier++
	}
	t.Logf("%d bits flipped in %d bytes of the log: the archive was at one of its commits each time, or damage was told", earlier, len(log))
}
