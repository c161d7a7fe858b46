package backup

import (
	"context"
	"fmt"
	"io"
	"slices"

	"ficstead/internal/base/errs"
	"ficstead/internal/store/migrations"
	"ficstead/internal/store/tables"
)

// Restore makes an archive of a backup at address, where there is none: an empty
// PostgreSQL database, or the path of a SQLite file that is to be, which must be
// thrown away if this fails, and synced if not. Before anything is kept, all rows
// are read back and compared with the backup. A backup of an older program is
// brought up to date.
func Restore(ctx context.Context, r io.Reader, address string, tell Progress) (Summary, error) {
	in, err := open(r)
	if err != nil {
		return Summary{}, err
	}
	defer in.close()
	err = migrations.Fill(ctx, address, in.Migrations, func(tx tables.Tx) error {
		list, err := tx.All()
		if err != nil {
			return err
		}
		f := &filler{tx: tx, tables: list}
		if err := in.all(f.begin, f.row, tell); err != nil {
			return err
		}
		if err := f.flush(); err != nil {
			return err
		}
		return compare(tx, in.Summary)
	})
	return in.Summary, err
}

// compare reads back what was restored.
func compare(tx tables.Tx, want Summary) error {
	var got Summary
	if err := dump(tx, io.Discard, &got, nil); err != nil {
		return fmt.Errorf("read back: %w", err)
	}
	if got.Sum != want.Sum {
		return fmt.Errorf("what the database has kept is not what the backup holds: %w", errs.Damaged)
	}
	return nil
}

// filler adds rows, many at once.
type filler struct {
	tx     tables.Tx
	tables []tables.Table
	table  tables.Table // the present one
	values []tables.Value
	bytes  int
}

// The bounds of what is added at once.
const (
	rowsAtOnce  = 500
	bytesAtOnce = 4 << 20
)

// begin ends the table before and begins the next.
func (f *filler) begin(h head) error {
	if err := f.flush(); err != nil {
		return err
	}
	i := slices.IndexFunc(f.tables, func(t tables.Table) bool { return t.Name == h.name })
	if i < 0 || !slices.Equal(names(f.tables[i]), h.columns) {
		return odd("no table is like this one where its migrations were run")
	}
	f.table = f.tables[i]
	if h.last <= 0 {
		return nil
	}
	return f.tx.SetLast(f.table, h.last)
}

func (f *filler) row(values []tables.Value) error {
	f.values = append(f.values, values...)
	for _, v := range values {
		f.bytes += len(v.Bytes)
	}
	if f.bytes < bytesAtOnce && len(f.values) < rowsAtOnce*len(values) && len(f.values)+len(values) <= tables.Most {
		return nil
	}
	return f.flush()
}

func (f *filler) flush() error {
	err := f.tx.Add(f.table, f.values)
	clear(f.values)
	f.values, f.bytes = f.values[:0], 0
	if err != nil {
		err = fmt.Errorf("add to %s: %w", f.table.Name, err)
	}
	return err
}
