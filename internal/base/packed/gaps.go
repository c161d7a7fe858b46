package packed

import "encoding/binary"

// AppendGaps appends an ascending list to dst: its length, its first number, and
// how far each is from the one before, all in variable length.
func AppendGaps(dst []byte, list []uint32) []byte {
	dst = binary.AppendUvarint(dst, uint64(len(list)))
	before := uint32(0)
	for _, n := range list {
		gap := n - before
		before = n
		for gap >= 0x80 {
			dst = append(dst, byte(gap)|0x80)
			gap >>= 7
		}
		dst = append(dst, byte(gap))
	}
	return dst
}

// GapsLen is the length of the list that b begins with.
func GapsLen(b []byte) int {
	n, size := binary.Uvarint(b)
	if size <= 0 || n > uint64(len(b)-size) { // a number takes a byte at least
		return 0
	}
	return int(n)
}

// AppendList appends the list that b begins with to dst, with add added to each.
// A list that is damaged ends where it stops to ascend.
func AppendList(dst []uint32, b []byte, add uint32) []uint32 {
	n := GapsLen(b)
	_, size := binary.Uvarint(b)
	if n == 0 {
		return dst
	}
	b = b[size:]
	before := add
	for i := range n {
		gap, size := uvarint32(b)
		next := before + gap
		if size == 0 || next < before || i > 0 && gap == 0 {
			break
		}
		b = b[size:]
		dst = append(dst, next)
		before = next
	}
	return dst
}

// uvarint32 reads a number of variable length; size is 0 if b has none.
func uvarint32(b []byte) (n uint32, size int) {
	if len(b) > 0 && b[0] < 0x80 {
		return uint32(b[0]), 1
	}
	wide, size := binary.Uvarint(b)
	if size <= 0 || wide > 1<<32-1 {
		return 0, 0
	}
	return uint32(wide), size
}

// AppendUint24 appends the low three bytes of n.
func AppendUint24(dst []byte, n uint32) []byte {
	return append(dst, byte(n), byte(n>>8), byte(n>>16))
}

// Uint24 reads number i of those that AppendUint24 wrote one after the other.
func Uint24(b []byte, i int) uint32 {
	b = b[3*i : 3*i+3]
	return uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16
}
