package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"path/filepath"
	"testing"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/store/database"
)

// counter is a driver that counts the statements it passes on.
type counter struct {
	driver driver.Driver
	name   string
	n      *int
}

func (c counter) Driver() driver.Driver { return c.driver }

func (c counter) Connect(context.Context) (driver.Conn, error) {
	conn, err := c.driver.Open(c.name)
	return counted{conn, c.n}, err
}

type counted struct {
	driver.Conn
	n *int
}

func (c counted) BeginTx(ctx context.Context, opts driver.TxOptions) (driver.Tx, error) {
	return c.Conn.(driver.ConnBeginTx).BeginTx(ctx, opts)
}

func (c counted) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	*c.n++
	return c.Conn.(driver.QueryerContext).QueryContext(ctx, query, args)
}

func (c counted) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	*c.n++
	return c.Conn.(driver.ExecerContext).ExecContext(ctx, query, args)
}

// TestNoQueryForEach counts what is asked for one work and for many.
func TestNoQueryForEach(t *testing.T) {
	path := filepath.Join(t.TempDir(), "archive.db")
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	var ids []archive.WorkID
	err = s.Write(t.Context(), func(tx *Tx) error {
		for n := range 200 {
			w := archive.Work{
				Tags:     []archive.Tag{{Kind: archive.Fandom, Name: "F"}, {Kind: archive.Freeform, Name: fmt.Sprint(n)}},
				Creators: []archive.Creator{{Name: fmt.Sprint(n)}}, Series: []archive.Part{{Series: archive.Series{Title: "S"}}},
			}
			var cs []archive.Chapter
			for i := range 20 {
				cs = append(cs, archive.Chapter{Text: prose.Parse(fmt.Sprintf("<p>%d %d</p>", n, i))})
			}
			if err := tx.AddWork(&w, cs, nil); err != nil {
				return err
			}
			ids = append(ids, w.ID)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var n int
	s.read.Close()
	s.read = sql.OpenDB(counter{s.write.Driver(), "file:" + path + "?" + database.Durable, &n})
	// Two of those for works, and one for chapters, compare them with their seals.
	for _, test := range []struct {
		what string
		f    func(tx *Tx) error
		most int
	}{
		{"one work", func(tx *Tx) error { _, err := tx.Work(ids[0]); return err }, 7},
		{"200 works", func(tx *Tx) error { _, err := tx.Works(ids); return err }, 7},
		{"200 works, to be indexed", func(tx *Tx) error {
			return tx.EachIndexed(0, 200, func(*archive.Work, string, string, int) error { return nil })
		}, 1},
		{"one chapter", func(tx *Tx) error { _, err := tx.Chapter(ids[0], 1); return err }, 2},
		{"20 chapters", func(tx *Tx) error { _, err := tx.Chapters(ids[0]); return err }, 3},
	} {
		n = 0
		if err := s.Read(t.Context(), test.f); err != nil {
			t.Fatal(err)
		}
		if n == 0 || n > test.most {
			t.Errorf("%s: %d questions, want at most %d", test.what, n, test.most)
		}
	}
}
