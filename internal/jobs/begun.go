package jobs

import (
	"context"
	"encoding/json"

	"ficstead/internal/store"
)

// begunKey is the setting that says which files are in hand and how often each
// was: JSON of item to count. A file that is done is taken out of it, so it
// never has more entries than hands.
const begunKey = "import files in hand"

func changeBegun(tx *store.Tx, change func(map[int64]int)) error {
	text, err := tx.Setting(begunKey)
	if err != nil {
		return err
	}
	begun := map[int64]int{}
	if text != "" {
		if err := json.Unmarshal([]byte(text), &begun); err != nil {
			return err
		}
	}
	change(begun)
	said, err := json.Marshal(begun)
	if err != nil {
		return err
	}
	return tx.SetSetting(begunKey, string(said))
}

// begin counts one more attempt at a file, and returns how many there were.
func begin(tx *store.Tx, item int64) (count int, err error) {
	err = changeBegun(tx, func(begun map[int64]int) {
		begun[item]++
		count = begun[item]
	})
	return count, err
}

func end(tx *store.Tx, item int64) error {
	return changeBegun(tx, func(begun map[int64]int) { delete(begun, item) })
}

// leave takes an attempt back that ended because the program was told to stop,
// which is no fault of the file. It must happen although the context has ended.
func (m *Importer) leave(item int64) error {
	return m.store.Write(context.Background(), func(tx *store.Tx) error { return end(tx, item) })
}
