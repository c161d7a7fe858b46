package textindex

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"sync"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/fulltext"
	"ficstead/internal/store"
	"ficstead/internal/store/database"
)

// Index is an open index of the texts of a store. It is safe for any number of
// readers, also while it catches up.
type Index struct {
	store   *store.Store
	address string
	dialect database.Dialect

	open        sync.RWMutex // held to ask; held alone to make all anew
	write, read *sql.DB
	sick        bool // what was read makes no sense: to be made anew

	filling sync.Mutex          // held by who adds to it
	forms   map[string]struct{} // words whose forms were written by this process

	seen struct {
		sync.Mutex
		*view
	}
	shelf  shelf
	barred barred
}

// format is the version of what the tables hold. Another is made anew.
const format = 1

// The tables. A piece has the number of its segment in its upper half.
var tables = []string{
	`CREATE TABLE IF NOT EXISTS text_state (
		one        {{int}} PRIMARY KEY, -- 1
		format     {{int}} NOT NULL,
		version    {{int}} NOT NULL,    -- one more with every change of these tables
		generation {{int}} NOT NULL,    -- the last change of the archive that is in them
		filled     {{int}} NOT NULL,    -- up to which work a first filling came; -1 when it is done
		segments   {{int}} NOT NULL     -- number of the last segment
	) {{strict}}`,
	`CREATE TABLE IF NOT EXISTS text_segment (
		id        {{int}} PRIMARY KEY,
		changed   {{int}} NOT NULL,     -- version at which documents were last crossed out
		size      {{int}} NOT NULL,     -- bytes of pieces
		directory {{blob}} NOT NULL,
		documents {{blob}} NOT NULL,
		dead      {{blob}} NOT NULL     -- the set of those crossed out
	) {{strict}}`,
	`CREATE TABLE IF NOT EXISTS text_piece (
		id   {{int}} PRIMARY KEY,
		data {{blob}} NOT NULL
	) {{strict}}`,
	`CREATE TABLE IF NOT EXISTS text_form ( -- words that are forms of others
		stem {{key}} NOT NULL,
		term {{key}} NOT NULL,
		PRIMARY KEY (stem, term)
	) {{bykey}}`,
}

// pragmas are for a file that can be made anew: what was committed last may be
// lost with the power, but not the order in which it was written. 16 KB pages
// hold a block and its list with less left over.
const pragmas = "_pragma=busy_timeout(10000)&_pragma=auto_vacuum(2)&_pragma=page_size(16384)&_pragma=journal_mode(wal)&_pragma=synchronous(normal)" +
	"&_pragma=journal_size_limit(67108864)&_pragma=cache_size(-8192)"

// Open opens the index of a store at address: the address of the PostgreSQL
// database that the store is in, or the path of a file beside its SQLite file,
// whose folder must exist. What it finds and cannot use it makes anew; CatchUp
// fills it.
func Open(ctx context.Context, s *store.Store, address string) (*Index, error) {
	x := &Index{store: s, address: address, forms: map[string]struct{}{}}
	err := x.connect(ctx)
	if err != nil && x.broken(err) {
		err = x.anew(ctx)
	}
	if err == nil {
		err = x.barred.load(ctx, s)
	}
	if err != nil {
		return nil, fmt.Errorf("open text index: %w", errors.Join(err, x.Close()))
	}
	return x, nil
}

// Close closes the index.
func (x *Index) Close() error {
	if x.write == nil {
		return nil
	}
	return errors.Join(x.read.Close(), x.write.Close())
}

// broken reports whether err says that what is kept cannot be read.
func (x *Index) broken(err error) bool {
	return errors.Is(err, fulltext.Damaged) || x.dialect.Broken != nil && x.dialect.Broken(err)
}

// connect opens the database, and makes tables if they are not there or of
// another format, or ahead of the store: then they are of another one.
func (x *Index) connect(ctx context.Context) (err error) {
	if x.write, x.read, x.dialect, err = database.Open(x.address, pragmas); err != nil {
		return err
	}
	var last int64
	err = x.store.Read(ctx, func(tx *store.Tx) (err error) { last, err = tx.LastChange(); return err })
	if err != nil {
		return err
	}
	return x.change(ctx, func(tx *sql.Tx) error {
		if err := x.create(ctx, tx); err != nil {
			return err
		}
		var kept, generation int64
		err := tx.QueryRowContext(ctx, `SELECT format, generation FROM text_state WHERE one = $1`, 1).Scan(&kept, &generation)
		if err == nil && kept == format && generation <= last {
			return nil
		}
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		return x.empty(ctx, tx, last)
	})
}

func (x *Index) create(ctx context.Context, tx *sql.Tx) error {
	for _, table := range tables {
		if _, err := tx.ExecContext(ctx, x.dialect.Words.Replace(table)); err != nil {
			return err
		}
	}
	return nil
}

// empty makes the tables anew. Whoever has seen the old ones must see another version.
func (x *Index) empty(ctx context.Context, tx *sql.Tx, generation int64) error {
	for _, table := range tables {
		_, rest, _ := strings.Cut(table, "EXISTS ")
		name, _, _ := strings.Cut(rest, " ")
		if _, err := tx.ExecContext(ctx, `DROP TABLE `+name); err != nil {
			return err
		}
	}
	if err := x.create(ctx, tx); err != nil {
		return err
	}
	clear(x.forms)
	_, err := tx.ExecContext(ctx, `INSERT INTO text_state (one, format, version, generation, filled, segments) VALUES (1, $1, $2, $3, 0, 0)`,
		format, time.Now().UnixMicro(), generation)
	return err
}

// anew throws away what is there. With SQLite that is the file: nothing in a
// damaged one can be relied on.
func (x *Index) anew(ctx context.Context) error {
	x.open.Lock()
	defer x.open.Unlock()
	x.sick = false
	x.seen.view = nil
	x.shelf.empty()
	if x.dialect.Lead != "" {
		var last int64
		err := x.store.Read(ctx, func(tx *store.Tx) (err error) { last, err = tx.LastChange(); return err })
		if err != nil {
			return err
		}
		return x.change(ctx, func(tx *sql.Tx) error { return x.empty(ctx, tx, last) })
	}
	if err := x.Close(); err != nil {
		return err
	}
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(x.address + suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return x.connect(ctx)
}

// change runs f in a transaction that writes.
func (x *Index) change(ctx context.Context, f func(*sql.Tx) error) error {
	tx, err := x.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if x.dialect.Lock != "" {
		if _, err := tx.ExecContext(ctx, x.dialect.Lock); err != nil {
			return err
		}
	}
	if err := f(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// barred are the works that may not come out of an answer whatever is indexed.
type barred struct {
	sync.Mutex
	generation int64 // the last change that was looked at
	works      map[archive.WorkID]struct{}
}

func (b *barred) load(ctx context.Context, s *store.Store) error {
	b.Lock()
	defer b.Unlock()
	return s.Read(ctx, func(tx *store.Tx) (err error) {
		if b.generation, err = tx.LastChange(); err != nil {
			return err
		}
		works, err := tx.NoTextSearch()
		b.works = make(map[archive.WorkID]struct{}, len(works))
		for _, work := range works {
			b.works[work] = struct{}{}
		}
		return err
	})
}

// worksOf lists the works that changed.
func worksOf(changes []store.Change) (works []archive.WorkID) {
	for _, c := range changes {
		if c.Work != 0 {
			works = append(works, c.Work)
		}
	}
	return works
}

// refresh looks at what changed in the store since it was last asked.
func (b *barred) refresh(tx *store.Tx) error {
	for {
		changes, err := tx.Changes(b.generation, 1000)
		if err != nil || len(changes) == 0 {
			return err
		}
		works := worksOf(changes)
		searched, err := tx.Searched(works)
		if err != nil {
			return err
		}
		for _, work := range works {
			if searched[work] {
				delete(b.works, work)
			} else {
				b.works[work] = struct{}{}
			}
		}
		b.generation = changes[len(changes)-1].Seq
	}
}

// allowed leaves those works of a list that may come out.
func (x *Index) allowed(ctx context.Context, works []archive.WorkID) ([]archive.WorkID, error) {
	b := &x.barred
	b.Lock()
	defer b.Unlock()
	if err := x.store.Read(ctx, b.refresh); err != nil {
		return nil, err
	}
	if len(b.works) == 0 {
		return works, nil
	}
	kept := works[:0]
	for _, work := range works {
		if _, ok := b.works[work]; !ok {
			kept = append(kept, work)
		}
	}
	return kept, nil
}
