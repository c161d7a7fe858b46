package store

import (
	"encoding/json"
	"fmt"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
)

// Import is a batch of files that a person brings in at once.
type Import struct {
	ID      archive.ImportID
	Owner   archive.PersonID
	Started time.Time
	Items   int // how many files it has
	Done    int // how many of them are done
}

// ImportItem is one file of an import.
type ImportItem struct {
	ID       int64
	Import   archive.ImportID
	Name     string
	Size     int64
	Done     bool
	Finished time.Time         // zero until it is done
	Receipts []archive.Receipt // one, or one for each file inside it
}

// AddImport begins a batch. It sets ID, and Started if that is zero.
func (tx *Tx) AddImport(i *Import) error {
	if i.Started.IsZero() {
		i.Started = tx.now
	}
	i.Started = moment(i.Started.UnixMicro())
	return tx.one("add import", []any{&i.ID}, `INSERT INTO import (owner, started) VALUES ($1, $2) RETURNING id`,
		i.Owner, i.Started.UnixMicro())
}

// AddImportItem keeps a file to be read later and returns the number of the item.
func (tx *Tx) AddImportItem(id archive.ImportID, name string, data []byte) (int64, error) {
	what := fmt.Sprintf("import %d, %.60q", id, name)
	if err := checkText(what, name); err != nil {
		return 0, err
	}
	if _, err := tx.Import(id); err != nil {
		return 0, err
	}
	bodies, err := tx.ensureBodies(data)
	if err != nil {
		return 0, err
	}
	var item int64
	err = tx.one(what, []any{&item}, `INSERT INTO import_item (import, name, size, body, finished, done, receipts)
		VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
		id, name, len(data), bodies[0], time.Time{}.UnixMicro(), false, []byte{})
	return item, err
}

const importColumns = `i.id, i.owner, i.started,
	(SELECT count(*) FROM import_item t WHERE t.import = i.id),
	(SELECT count(*) FROM import_item t WHERE t.import = i.id AND t.done)`

func scanImport(row scanner) (i Import, err error) {
	var started int64
	err = row.Scan(&i.ID, &i.Owner, &started, &i.Items, &i.Done)
	i.Started = moment(started)
	return i, err
}

// Import returns the import with the given ID, or an errs.NotFound error.
func (tx *Tx) Import(id archive.ImportID) (Import, error) {
	row := tx.tx.QueryRowContext(tx.ctx, `SELECT `+importColumns+` FROM import i WHERE i.id = $1`, id)
	i, err := scanImport(row)
	return i, tx.fail(fmt.Sprintf("import %d", id), err)
}

// Imports returns a person's imports, the latest first.
func (tx *Tx) Imports(owner archive.PersonID, limit int) (imports []Import, err error) {
	err = tx.each("imports", func(row scanner) error {
		i, err := scanImport(row)
		imports = append(imports, i)
		return err
	}, `SELECT `+importColumns+` FROM import i WHERE i.owner = $1 ORDER BY i.id DESC LIMIT $2`, owner, limit)
	return imports, err
}

const itemColumns = `id, import, name, size, done, finished, receipts`

func (tx *Tx) items(what, query string, args ...any) (items []ImportItem, err error) {
	err = tx.each(what, func(row scanner) error {
		i, err := tx.scanItem(row)
		items = append(items, i)
		return err
	}, query, args...)
	return items, err
}

func (tx *Tx) scanItem(row scanner) (i ImportItem, err error) {
	var finished int64
	var packed []byte
	if err := row.Scan(&i.ID, &i.Import, &i.Name, &i.Size, &i.Done, &finished, &packed); err != nil {
		return i, err
	}
	i.Finished = moment(finished)
	if !i.Done {
		return i, nil
	}
	receipts, err := tx.store.packer.Expand(packed)
	if err != nil {
		return i, fmt.Errorf("receipts (%w): %w", err, Damaged)
	}
	return i, json.Unmarshal(receipts, &i.Receipts)
}

// ImportItems returns the files of an import, in order.
func (tx *Tx) ImportItems(id archive.ImportID) ([]ImportItem, error) {
	return tx.items(fmt.Sprintf("items of import %d", id), `SELECT `+itemColumns+` FROM import_item WHERE import = $1 ORDER BY id`, id)
}

// PendingItems returns files of any import that are not done, the oldest first.
func (tx *Tx) PendingItems(limit int) ([]ImportItem, error) {
	return tx.items("pending items", `SELECT `+itemColumns+` FROM import_item WHERE NOT done ORDER BY id LIMIT $1`, limit)
}

// ItemData returns the content of a file that is not done yet.
func (tx *Tx) ItemData(item int64) ([]byte, error) {
	what := fmt.Sprintf("import item %d", item)
	var body bodyID
	err := tx.one(what, []any{&body}, `SELECT body FROM import_item WHERE id = $1 AND NOT done`, item)
	if err != nil {
		return nil, err
	}
	contents, err := tx.bodies(what, body)
	return contents[body], err
}

// FinishItem notes what became of a file and lets go of its content, which the
// works made of it hold by now. An item that is done is an errs.Conflict error.
// Broken characters in a receipt become U+FFFD: a strange name inside a ZIP must
// not keep an import from ending.
func (tx *Tx) FinishItem(item int64, receipts []archive.Receipt) error {
	what := fmt.Sprintf("import item %d", item)
	var body bodyID
	var done bool
	if err := tx.one(what, []any{&body, &done}, `SELECT body, done FROM import_item WHERE id = $1`, item); err != nil {
		return err
	}
	if done {
		return fmt.Errorf("%s is done: %w", what, errs.Conflict)
	}
	content, err := json.Marshal(receipts)
	if err != nil {
		return err
	}
	err = tx.exec(what, `UPDATE import_item SET body = 0, done = $2, finished = $3, receipts = $4 WHERE id = $1`,
		item, true, tx.now.UnixMicro(), tx.store.packer.Compress(content))
	if err != nil {
		return err
	}
	return tx.dropBodies([]bodyID{body})
}
