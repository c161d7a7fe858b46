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
	var room [256]byte
	return n.add(appendRecord(room[:0], id, name)...)
}

// appendRecord appends the record of a tag.
func appendRecord(dst []byte, id uint32, name string) []byte {
	key := text.Key(name)
	dst = binary.LittleEndian.AppendUint32(dst, id)
	style, start := plainName, len(dst)
	if name != key {
		style = raisedName
	}
	dst = append(binary.AppendUvarint(dst, uint64(len(key))<<2|uint64(style)), key...)
	if style == plainName {
		return dst
	}
	if raised, ok := appendRaised(dst, name, key); ok {
		return raised
	}
	dst = append(binary.AppendUvarint(dst[:start], uint64(len(key))<<2|ownName), key...)
	return append(binary.AppendUvarint(dst, uint64(len(name))), name...)
}

// appendRaised appends the bits of capital letters; ok is false if more than these
// differs.
func appendRaised(dst []byte, name, key string) (raised []byte, ok bool) {
	if len(name) != len(key) {
		return nil, false
	}
	for from := 0; from < len(key); from += 8 {
		bits := byte(0)
		for i := from; i < min(from+8, len(key)); i++ {
			switch c := key[i]; {
			case name[i] == c:
			case 'a' <= c && c <= 'z' && name[i] == c-'a'+'A':
				bits |= 1 << (i % 8)
			default:
				return nil, false
			}
		}
		dst = append(dst, bits)
	}
	return dst, true
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
