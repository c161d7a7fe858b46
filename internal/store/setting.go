package store

import (
	"errors"

	"ficstead/internal/base/errs"
)

// Setting returns what was set under key; what was never set is "".
func (tx *Tx) Setting(key string) (value string, err error) {
	err = tx.one("setting "+key, []any{&value}, `SELECT value FROM setting WHERE key = $1`, key)
	if errors.Is(err, errs.NotFound) {
		return "", nil
	}
	return value, err
}

// SetSetting keeps value under key.
func (tx *Tx) SetSetting(key, value string) error {
	if err := checkText("setting "+key, key, value); err != nil {
		return err
	}
	return tx.exec("setting "+key, `INSERT INTO setting (key, value) VALUES ($1, $2)
		ON CONFLICT (key) DO UPDATE SET seal = 0, value = excluded.value`, key, value)
}
