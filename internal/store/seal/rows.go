package seal

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// Seal seals up to limit rows of a table that have a mark, Written or Older, and
// returns how many.
func (t Table) Seal(ctx context.Context, tx *sql.Tx, mark int64, limit int) (int, error) {
	marked, err := t.marked(ctx, tx, mark, limit)
	if err != nil {
		return 0, err
	}
	for _, values := range marked {
		if _, err := tx.ExecContext(ctx, t.set, append([]any{Of(values)}, t.KeyOf(values)...)...); err != nil {
			return 0, err
		}
	}
	return len(marked), nil
}

func (t Table) marked(ctx context.Context, tx *sql.Tx, mark int64, limit int) (list [][]any, err error) {
	rows, err := tx.QueryContext(ctx, t.ask[mark], limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		values, _, err := t.Scan(rows.Scan)
		if err != nil {
			return nil, err
		}
		list = append(list, values)
	}
	return list, rows.Err()
}

// statements spells what Seal asks and sets. The marks stand in the text, for an
// index that holds only marked rows to be used.
func (t Table) statements() (ask map[int64]string, set string) {
	ask = map[int64]string{}
	for _, mark := range []int64{Written, Older} {
		ask[mark] = fmt.Sprintf(`SELECT %s FROM %s WHERE seal = %d ORDER BY %s LIMIT $1`,
			t.List(""), t.Name, mark, strings.Join(t.Key, ", "))
	}
	var where []string
	for i, k := range t.Key {
		where = append(where, fmt.Sprintf("%s = $%d", k, i+2))
	}
	return ask, `UPDATE ` + t.Name + ` SET seal = $1 WHERE ` + strings.Join(where, " AND ")
}
