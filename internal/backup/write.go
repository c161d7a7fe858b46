package backup

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/klauspost/compress/zstd"

	"ficstead/internal/store"
	"ficstead/internal/store/tables"
)

// Progress is told every now and then, in the goroutine of the work.
type Progress func(table string, rows int64)

// tellEvery is how many rows go by untold.
const tellEvery = 1000

// Write writes the archive as it is at one moment, while others read and write.
// A damaged content is an error: what was backed up before is kept instead.
func Write(ctx context.Context, s *store.Store, w io.Writer, program string, tell Progress) (sum Summary, err error) {
	err = s.Read(ctx, func(tx *store.Tx) error {
		sum, err = WriteIn(tx, w, program, tell)
		return err
	})
	if err != nil {
		return Summary{}, err
	}
	return sum, s.Settle(ctx)
}

// WriteIn writes the archive as the transaction sees it.
func WriteIn(tx *store.Tx, w io.Writer, program string, tell Progress) (Summary, error) {
	done, err := tx.Tables().Migrations()
	if err != nil {
		return Summary{}, err
	}
	s := Summary{Header: Header{Program: program, Written: tx.Now(), Migrations: done}}
	sealed := &sealer{w: w, sum: sha256.New()}
	packed, err := zstd.NewWriter(sealed, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(maxWindow))
	if err != nil {
		return Summary{}, err
	}
	defer packed.Close()
	if err := writeHeader(packed, s.Header); err != nil {
		return Summary{}, err
	}
	if err := dump(tx.Tables(), packed, &s, tell); err != nil {
		return Summary{}, err
	}
	if err := writeEnd(packed, s); err != nil {
		return Summary{}, err
	}
	if err := packed.Close(); err != nil {
		return Summary{}, err
	}
	err = sealed.seal()
	s.Size = sealed.size
	return s, err
}

// maxWindow is how far back the compression looks, in bytes: what reading takes of
// memory.
const maxWindow = 8 << 20

// writeEnd writes the last record.
func writeEnd(w io.Writer, s Summary) error {
	_, err := w.Write(append([]byte{isEnd}, s.Sum[:]...))
	return err
}

// dump writes all tables that tx sees, and puts into s what they hold.
func dump(tx tables.Tx, w io.Writer, s *Summary, tell Progress) error {
	list, err := tx.All()
	if err != nil {
		return err
	}
	e, c := newEncoder(w), &contents{}
	defer c.close()
	for _, t := range list {
		rows, err := dumpTable(tx, t, e, c, tell)
		if err != nil {
			return fmt.Errorf("table %s: %w", t.Name, err)
		}
		s.Tables = append(s.Tables, Count{t.Name, rows})
	}
	s.Contents = c.bytes
	s.Sum, err = e.end()
	return err
}

func dumpTable(tx tables.Tx, t tables.Table, e *encoder, c *contents, tell Progress) (rows int64, err error) {
	last, err := tx.Last(t)
	if err != nil {
		return 0, err
	}
	if err := c.begin(t.Name, names(t)); err != nil {
		return 0, err
	}
	e.table(t, last)
	err = tx.Rows(t, func(values []tables.Value) error {
		if ofThisMachine(t.Name, values) {
			return nil
		}
		if err := fits(t, values); err != nil {
			return err
		}
		if err := c.row(values); err != nil {
			return err
		}
		if rows++; tell != nil && rows%tellEvery == 0 {
			tell(t.Name, rows)
		}
		return e.row(values)
	})
	e.done(rows)
	return rows, err
}

// ofThisMachine reports whether a row is what tells an archive from all others, to
// its index and to its backups. What is restored is another archive.
func ofThisMachine(table string, values []tables.Value) bool {
	if table != "setting" || len(values) == 0 {
		return false
	}
	key := string(values[0].Bytes)
	return strings.HasPrefix(key, "index.") || strings.HasPrefix(key, "backup.")
}

// fits refuses what a backup could not be read with.
func fits(t tables.Table, values []tables.Value) error {
	for i, v := range values {
		if len(v.Bytes) > maxValue {
			return fmt.Errorf("%s has %d bytes, and %d is the most that a backup holds", t.Columns[i].Name, len(v.Bytes), maxValue)
		}
	}
	return nil
}

func names(t tables.Table) []string {
	var list []string
	for _, c := range t.Columns {
		list = append(list, c.Name)
	}
	return list
}

func writeHeader(w io.Writer, h Header) error {
	text, err := json.Marshal(h)
	if err != nil {
		return err
	}
	_, err = w.Write(spellHeader(text))
	return err
}
