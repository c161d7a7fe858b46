package store

import (
	"crypto/sha256"
	"errors"
	"fmt"

	"ficstead/internal/archive"
	"ficstead/internal/store/packing"
)

// Damaged is what an error wraps when what is stored is no longer what was kept.
var Damaged = packing.Damaged

// bodyID is the row of a body. 0 is the empty content.
type bodyID int64

// sum256 is the SHA-256 of a content, its name.
type sum256 = [sha256.Size]byte

// keepBodies keeps contents for a work and returns their rows, in order.
func (tx *Tx) keepBodies(work archive.WorkID, contents ...[]byte) ([]bodyID, error) {
	ids, err := tx.ensureBodies(contents...)
	if err != nil {
		return nil, err
	}
	holds := [][]any{{work, bodyID(0)}}
	for _, id := range ids {
		if id != 0 {
			holds = append(holds, []any{work, id})
		}
	}
	return ids, tx.insert("hold body", "hold (work, body)", holds, "ON CONFLICT DO NOTHING")
}

// ensureBodies finds contents, and adds those that are new. Somebody must hold
// them before the transaction ends.
func (tx *Tx) ensureBodies(contents ...[]byte) ([]bodyID, error) {
	ids := make([]bodyID, len(contents))
	sums := make([]sum256, len(contents))
	var ask [][]byte
	for i, content := range contents {
		sums[i] = sha256.Sum256(content)
		ask = append(ask, sums[i][:])
	}
	known, err := tx.findBodies(ask)
	if err != nil {
		return nil, err
	}
	for i, content := range contents {
		if len(content) == 0 {
			continue // row 0
		}
		if id := known[sums[i]]; id != 0 {
			err = tx.healBody(id, content)
		} else {
			known[sums[i]], err = tx.addBody(sums[i], content)
		}
		if err != nil {
			return nil, err
		}
		ids[i] = known[sums[i]]
	}
	return ids, nil
}

// healBody keeps a content again whose row was damaged since it was kept.
func (tx *Tx) healBody(id bodyID, content []byte) error {
	if _, err := tx.bodies("known content", id); !errors.Is(err, Damaged) {
		return err
	}
	how, data := tx.store.packer.Pack(content)
	return tx.exec("heal body", `UPDATE body SET size = $2, packing = $3, data = $4 WHERE id = $1`, id, len(content), how, data)
}

// findBodies returns the rows of those sums that are kept already.
func (tx *Tx) findBodies(sums [][]byte) (map[sum256]bodyID, error) {
	known := map[sum256]bodyID{}
	err := eachIn(tx, "bodies", sums, func(row scanner) error {
		var id bodyID
		var sum []byte
		err := row.Scan(&id, &sum)
		if err == nil && len(sum) == sha256.Size {
			known[sum256(sum)] = id
		}
		return err
	}, `SELECT id, sum FROM body WHERE sum IN (*)`)
	return known, err
}

func (tx *Tx) addBody(sum sum256, content []byte) (id bodyID, err error) {
	how, data := tx.store.packer.Pack(content)
	err = tx.one("add body", []any{&id},
		`INSERT INTO body (sum, size, packing, data) VALUES ($1, $2, $3, $4) RETURNING id`,
		sum[:], len(content), how, data)
	return id, err
}

// bodies returns the contents of rows, each verified. A row that is missing or
// whose content is not what was kept is a Damaged error.
func (tx *Tx) bodies(what string, ids ...bodyID) (map[bodyID][]byte, error) {
	contents := map[bodyID][]byte{0: nil}
	var ask []bodyID
	for _, id := range ids {
		if _, ok := contents[id]; !ok {
			contents[id] = nil
			ask = append(ask, id)
		}
	}
	found := 0
	err := eachIn(tx, what, ask, func(row scanner) error {
		found++
		id, content, err := tx.scanBody(row)
		contents[id] = content
		return err
	}, `SELECT id, sum, size, packing, data FROM body WHERE id IN (*)`)
	if err == nil && found < len(ask) {
		err = fmt.Errorf("%s: content is missing: %w", what, Damaged)
	}
	return contents, err
}

// scanBody reads and verifies a row of id, sum, size, packing, data.
func (tx *Tx) scanBody(row scanner) (id bodyID, content []byte, err error) {
	var sum, data []byte
	var size int64
	var how int
	if err := row.Scan(&id, &sum, &size, &how, &data); err != nil {
		return id, nil, err
	}
	content, err = tx.store.packer.Verified(sum, size, how, data)
	return id, content, err
}

// dropBodies removes those bodies of ids that nothing holds any more.
func (tx *Tx) dropBodies(ids []bodyID) error {
	for len(ids) > 0 {
		n := min(len(ids), inChunk)
		var args []any
		for _, id := range ids[:n] {
			args = append(args, id)
		}
		err := tx.exec("remove bodies", `
			DELETE FROM body WHERE id IN `+places(n, 1)+` AND id <> 0
			AND NOT EXISTS (SELECT 1 FROM hold WHERE hold.body = body.id)
			AND NOT EXISTS (SELECT 1 FROM import_item WHERE import_item.body = body.id)`, args...)
		if err != nil {
			return err
		}
		ids = ids[n:]
	}
	return nil
}
