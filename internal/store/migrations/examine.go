package migrations

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"ficstead/internal/store/database"
	"ficstead/internal/store/tables"
)

// Facts are what can be said of a database without changing it.
type Facts struct {
	Version  string            // of the database's own program
	Done     []string          // migrations that were run; none where nothing was ever kept
	Left     int               // that this program would run
	Newer    error             // a newer program changed it
	Settings map[string]string // that decide what survives a power cut, by their names there
}

// Examine looks at the database at an address and leaves it as it is.
func Examine(ctx context.Context, address string) (facts Facts, err error) {
	write, read, d, err := database.Open(address, database.Durable)
	if err != nil {
		return facts, err
	}
	defer func() { err = errors.Join(err, read.Close(), write.Close()) }()
	facts.Settings = map[string]string{}
	if err := read.QueryRowContext(ctx, d.Version).Scan(&facts.Version); err != nil {
		return facts, err
	}
	for name, question := range d.Durability {
		var value string
		if err := write.QueryRowContext(ctx, question).Scan(&value); err != nil {
			return facts, fmt.Errorf("%s: %w", name, err)
		}
		facts.Settings[name] = value
	}
	tx, err := read.BeginTx(ctx, &d.Reading)
	if err != nil {
		return facts, err
	}
	defer tx.Rollback()
	return facts, facts.examineTables(ctx, tx, d)
}

func (f *Facts) examineTables(ctx context.Context, tx *sql.Tx, d database.Dialect) error {
	t := tables.In(ctx, tx, d)
	empty, err := t.Empty()
	if err == nil && !empty {
		f.Done, err = t.Migrations()
	}
	left, newer := Left(All(), f.Done)
	f.Left, f.Newer = len(left), newer
	return err
}
