package index

import (
	"cmp"
	"encoding/base64"
	"encoding/binary"
	"math"
	"strings"

	"ficstead/internal/archive"
)

// mark is a place in an order: that of a work, which may be gone or changed
// meanwhile.
type mark struct {
	value int64  // in the orders by number
	then  int64  // when it was updated, in the order of what fits
	key   string // in the orders by name
	id    archive.WorkID
}

// compare puts marks in their order.
func (m mark) compare(other mark) int {
	return cmp.Or(cmp.Compare(m.value, other.value), cmp.Compare(m.then, other.then),
		strings.Compare(m.key, other.key), cmp.Compare(m.id, other.id))
}

// Cursors begin with their version, so that what they hold may change.
const cursorVersion = 1

// maxCursor bounds what is read; a longer key is cut.
const (
	maxCursor    = 1000
	maxCursorKey = 300
)

// cursor spells m as a place in an order by by.
func (m mark) cursor(by Sorting) string {
	b := []byte{cursorVersion, byte(by)}
	b = binary.AppendVarint(b, m.value)
	b = binary.AppendVarint(b, m.then)
	b = binary.AppendVarint(b, int64(m.id))
	b = append(b, m.key[:min(len(m.key), maxCursorKey)]...)
	return base64.RawURLEncoding.EncodeToString(b)
}

// parseCursor reads what cursor spells for the same order; false for all else.
func parseCursor(s string, by Sorting) (m mark, ok bool) {
	if len(s) > maxCursor {
		return mark{}, false
	}
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil || len(b) < 2 || b[0] != cursorVersion || Sorting(b[1]) != by {
		return mark{}, false
	}
	b = b[2:]
	var id int64
	for _, n := range []*int64{&m.value, &m.then, &id} {
		var size int
		if *n, size = binary.Varint(b); size <= 0 {
			return mark{}, false
		}
		b = b[size:]
	}
	m.id, m.key = archive.WorkID(id), string(b)
	named := by == ByTitle || by == ByCreator
	return m, id > 0 && id <= math.MaxUint32 && (named || m.key == "") && len(m.key) <= maxCursorKey
}
