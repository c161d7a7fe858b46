package main

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"net/url"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib"
)

// killPostgres kills archives in PostgreSQL. Each has a schema of its own.
func killPostgres(ctx context.Context, o options, sum *tally) error {
	if o.pgCycles == 0 {
		return nil
	}
	if o.database == "" {
		return o.skip("kills on PostgreSQL", "TEST_POSTGRES names no server; scripts/with-postgres starts one")
	}
	db, err := sql.Open("pgx", o.database)
	if err != nil {
		return err
	}
	defer db.Close()
	var made []string
	err = manyWorlds(ctx, o, o.pgCycles, sum, "postgres", func(w *world) error {
		name := fmt.Sprintf("torture_%d_%d", o.seed, w.random.Uint64())
		if _, err := db.ExecContext(ctx, "CREATE SCHEMA "+name); err != nil {
			return err
		}
		sum.mu.Lock()
		made = append(made, name)
		sum.mu.Unlock()
		u, err := url.Parse(o.database)
		if err != nil {
			return err
		}
		query := u.Query()
		query.Set("search_path", name)
		u.RawQuery = query.Encode()
		w.Database, w.backup = u.String(), false
		return nil
	})
	for _, name := range made {
		if sum.broken() == 0 {
			db.Exec("DROP SCHEMA " + name + " CASCADE")
		}
	}
	return err
}

// moments tells a random moment within so many milliseconds.
func moments(r *rand.Rand, within int) <-chan time.Time {
	return time.After(time.Duration(r.IntN(within*1000)) * time.Microsecond)
}
