package vocabulary

import (
	"encoding/binary"
	"slices"

	"ficstead/internal/base/text"
)

// names are the names of tags and their keys, one record after the other: four
// bytes of the tag's number, the key's length and the style, the key, and what the
// style asks for. A record is known by its position; none has position 0. A tag with
// a new name has a new record, and the old one is of no tag any more.
type names struct{ arena[byte] }

// The styles: what makes the name of the key.
const (
	plainName  = iota // nothing: they are the same
	raisedName        // a bit for each byte of the key that is a capital letter in the name
	ownName           // the name itself, after its length
)

func newNames() names { return names{newArena([]byte{0})} }

// put adds the record of a tag.
func (n *names) put(id uint32, name string) (at uint32, ok bool) {
	key := text.Key(name)
	record := binary.LittleEndian.AppendUint32(nil, id)
	style, rest := plainName, []byte(nil)
	if name != key {
		if style, rest = raisedName, raised(name, key); rest == nil {
			style, rest = ownName, append(binary.AppendUvarint(nil, uint64(len(name))), name...)
		}
	}
	record = binary.AppendUvarint(record, uint64(len(key))<<2|uint64(style))
	record = append(record, key...)
	return n.add(append(record, rest...)...)
}

// raised returns the bits of capital letters, nil if more than these differs.
func raised(name, key string) []byte {
	if len(name) != len(key) {
		return nil
	}
	bits := make([]byte, (len(key)+7)/8)
	for i := range len(key) {
		switch c := key[i]; {
		case name[i] == c:
		case 'a' <= c && c <= 'z' && name[i] == c-'a'+'A':
			bits[i/8] |= 1 << (i % 8)
		default:
			return nil
		}
	}
	return bits
}

// record returns a tag's number, its key, and what follows it; nothing where
// there is no record.
func (n *names) record(at uint32) (id uint32, key []byte, style int, rest []byte) {
	b := n.from(at)
	if len(b) < 5 || at == 0 {
		return 0, nil, 0, nil
	}
	id = binary.LittleEndian.Uint32(b)
	size, used := uint64(b[4]), 1
	if size >= 0x80 {
		size, used = binary.Uvarint(b[4:])
	}
	if used <= 0 || size>>2 > uint64(len(b)-4-used) {
		return 0, nil, 0, nil
	}
	b, style, size = b[4+used:], int(size&3), size>>2
	return id, b[:size:size], style, b[size:]
}

// id returns the tag that a record is of.
func (n *names) id(at uint32) uint32 {
	if b := n.from(at); len(b) >= 4 && at != 0 {
		return binary.LittleEndian.Uint32(b)
	}
	return 0
}

// key returns the key of a record. Callers must not change it.
func (n *names) key(at uint32) []byte {
	_, key, _, _ := n.record(at)
	return key
}

// name returns the name as first written.
func (n *names) name(at uint32) string {
	_, key, style, rest := n.record(at)
	switch style {
	case raisedName:
		if len(rest) < (len(key)+7)/8 {
			return string(key)
		}
		name := slices.Clone(key)
		for i := range name {
			if rest[i/8]>>(i%8)&1 == 1 {
				name[i] -= 'a' - 'A'
			}
		}
		return string(name)
	case ownName:
		if size, used := binary.Uvarint(rest); used > 0 && size <= uint64(len(rest)-used) {
			return string(rest[used : used+int(size)])
		}
	}
	return string(key)
}
