package seal

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"
)

// Seal seals up to limit rows of a table that are not, and returns how many.
func (t Table) Seal(ctx context.Context, tx *sql.Tx, limit int) (int, error) {
	unsealed, err := t.unsealed(ctx, tx, limit)
	if err != nil || len(unsealed) == 0 {
		return 0, err
	}
	var where []string
	for i, k := range t.Key {
		where = append(where, fmt.Sprintf("%s = $%d", k, i+2))
	}
	set, err := tx.PrepareContext(ctx, `UPDATE `+t.Name+` SET seal = $1 WHERE `+strings.Join(where, " AND "))
	if err != nil {
		return 0, err
	}
	defer set.Close()
	for _, values := range unsealed {
		if _, err := set.ExecContext(ctx, append([]any{Of(values)}, t.KeyOf(values)...)...); err != nil {
			return 0, err
		}
	}
	return len(unsealed), nil
}

func (t Table) unsealed(ctx context.Context, tx *sql.Tx, limit int) (list [][]any, err error) {
	rows, err := tx.QueryContext(ctx, `SELECT `+t.List("")+` FROM `+t.Name+` WHERE seal = 0 ORDER BY `+
		strings.Join(t.Key, ", ")+` LIMIT `+strconv.Itoa(limit))
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
