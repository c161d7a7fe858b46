package storetest

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"testing"

	"ficstead/internal/store/database"
	"ficstead/internal/store/migrations"
	"ficstead/internal/store/packing"
	"ficstead/internal/store/tables"
)

// Old makes, in the empty database at address, an archive as the program had it
// that knew the first n migrations, with rows in every table.
func Old(t testing.TB, address string, n int) {
	t.Helper()
	all := migrations.All()
	write, read, d, err := database.Open(address, database.Durable)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { write.Close(); read.Close() }()
	tx, err := write.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	if _, err := migrations.Prepare(t.Context(), tx, d); err != nil {
		t.Fatal(err)
	}
	for _, m := range all[:n] {
		if err := migrations.Run(t.Context(), tx, d, m, all); err != nil {
			t.Fatal(err)
		}
	}
	if err := addOld(t.Context(), tx, d, n); err != nil {
		t.Fatal(err)
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
}

// addOld adds the rows of tables that the first n migrations make.
func addOld(ctx context.Context, tx *sql.Tx, d database.Dialect, n int) error {
	open := tables.In(ctx, tx, d)
	list, err := open.All()
	if err != nil {
		return err
	}
	byName := map[string]tables.Table{}
	for _, table := range list {
		byName[table.Name] = table
	}
	for _, r := range oldRows() {
		table, ok := byName[r.table]
		if !ok || r.since > n {
			continue
		}
		if err := open.Add(table, valuesOf(table, r.values)); err != nil {
			return err
		}
	}
	for name, last := range map[string]int64{"body": 9, "work": 9, "tag": 9, "creator": 9, "series": 9, "import": 9, "import_item": 9, "rescue": 9} {
		if table, ok := byName[name]; ok {
			if err := open.SetLast(table, last); err != nil {
				return err
			}
		}
	}
	return nil
}

// valuesOf is a row of a table: what it does not name is zero.
func valuesOf(t tables.Table, named map[string]any) (values []tables.Value) {
	for _, c := range t.Columns {
		v := tables.Value{Kind: c.Kind}
		switch given := named[c.Name].(type) {
		case int:
			v.Int = int64(given)
		case string:
			v.Bytes = []byte(given)
		case []byte:
			v.Bytes = given
		}
		values = append(values, v)
	}
	return values
}

// row is a row that stands in a table since a migration, counted from 1.
type row struct {
	since  int
	table  string
	values map[string]any
}

// oldRows are the rows of one work, and what is around it.
func oldRows() []row {
	named := func(since int, table string, pairs ...any) row {
		r := row{since, table, map[string]any{}}
		for i := 0; i < len(pairs); i += 2 {
			r.values[pairs[i].(string)] = pairs[i+1]
		}
		return r
	}
	body := func(id int, content string) row {
		sum := sha256.Sum256([]byte(content))
		return named(1, "body", "id", id, "sum", sum[:], "size", len(content), "data", content)
	}
	nothing := packing.New().Compress([]byte("[]"))
	const micro = 1_700_000_000_000_000
	return []row{
		body(1, "<p>The lamp was lit.</p>"), body(2, "[]"), body(3, "Title: The Lamp\n\nThe lamp was lit.\n"), body(4, "<p>It was dark.</p>"),
		body(5, "\x89PNG"), body(6, `[{"author":"anna","text":"<p>More!</p>"}]`),
		named(1, "work", "id", 1, "keeper", 1, "visibility", 1, "revision", 1, "title", "The Lamp’s “light” 茶", "recipients", "[]", "collections", "[]",
			"language", "en", "words", 4, "added", micro, "changed", micro, "source_key", "ao3:1", "complete", 1, "chapters_planned", 1),
		named(1, "hold", "work", 1, "body", 0), named(1, "hold", "work", 1, "body", 1), named(1, "hold", "work", 1, "body", 2),
		named(1, "hold", "work", 1, "body", 3), named(1, "hold", "work", 1, "body", 5), named(1, "hold", "work", 1, "body", 6),
		named(1, "chapter", "work", 1, "number", 1, "since", 1, "title", "One", "words", 4, "text", 1),
		named(1, "revision", "work", 1, "number", 1, "changed", micro, "chapters", 1, "words", 4, "mends", 2),
		named(1, "original", "keeper", 1, "body", 3, "work", 1, "revision", 1, "kind", "text", "name", "lamp.txt", "added", micro),
		named(1, "attachment", "work", 1, "body", 5, "media_type", "image/png"),
		named(2, "tag", "id", 1, "kind", 1, "name", "Lights", "key", "lights"), named(2, "tag", "id", 2, "kind", 1, "name", "Lamps", "key", "lamps", "merged", 1, "canonical", 1),
		named(2, "tag_link", "parent", 1, "child", 2),
		named(2, "work_tag", "work", 1, "position", 0, "tag", 1),
		named(2, "creator", "id", 1, "name", "anna", "account", "anna", "key", "anna"), named(2, "work_creator", "work", 1, "position", 0, "creator", 1),
		named(2, "series", "id", 1, "title", "Lamps", "key", "lamps anna"), named(2, "work_series", "work", 1, "position", 0, "series", 1, "number", 1),
		named(3, "change", "work", 1, "seq", 1), named(3, "change", "tag", 1, "seq", 2), named(3, "change", "tag", 2, "seq", 3),
		named(3, "import", "id", 1, "owner", 1, "started", micro),
		named(3, "import_item", "id", 1, "import", 1, "name", "lamp.txt", "size", 35, "finished", micro, "done", 1, "receipts", nothing),
		named(3, "import_item", "id", 2, "import", 1, "name", "dark.html", "size", 19, "body", 4, "receipts", ""),
		named(3, "setting", "key", "look", "value", "dark"),
		named(4, "decision", "work", 1, "content", packing.New().Compress([]byte("{}"))),
		named(4, "reading", "work", 1, "revision", 1, "origin", 1, "chosen", "[]"),
		named(5, "rescue", "id", 1, "keeper", 1, "key", "efiction:tea.example", "kind", "efiction", "name", "Tea", "began", micro, "finished", micro, "report", nothing),
		named(5, "rescued_work", "rescue", 1, "key", "1", "work", 1),
		named(5, "review_list", "work", 1, "rescue", 1, "count", 1, "body", 6),
		named(5, "rescued_person", "rescue", 1, "key", "1", "name", "anna", "creator", 1),
		named(5, "rescued_series", "rescue", 1, "key", "1", "title", "Lamps", "reviews", nothing, "series", 1),
		named(5, "rescued_part", "rescue", 1, "series", "1", "position", 0, "story", "1", "number", 1),
		named(5, "rescued_favourite", "rescue", 1, "person", "1", "target", "1"),
		named(5, "rescued_page", "rescue", 1, "name", "rules", "title", "Rules", "text", "<p>None.</p>"),
		named(6, "shingle", "hash", -5, "work", 1), named(6, "likeness", "work", 1, "other", 1), named(6, "work_key", "keeper", 1, "source_key", "ffn:2", "work", 1),
		named(10, "work_names", "work", 1, "chapters", 1, "tags", "1 1 6 Lights", "creators", "1 4 anna4 anna", "series", "1 5 Lamps1 "),
	}
}
