package segment

import "encoding/binary"

// The portable form of roaring bitmaps.
const (
	cookiePlain = 12346
	cookieRuns  = 12347
	arrayMost   = 4096 // rows of a container that is a list
	bitmapBytes = 8192
	noOffsets   = 4 // containers, below which a bitmap with runs lists no offsets
)

// roarer writes bitmaps in the portable form of roaring, straight from lists of
// rows and without a bitmap in between.
type roarer struct{ containers []container }

// container is the rows of a bitmap that have their high halves in common.
type container struct {
	key  uint16
	rows []uint32
	runs int // runs to write, 0 if it is not written as runs
	size int // bytes
}

// append appends the bitmap of rows, which ascend and are counted from first.
func (r *roarer) append(dst []byte, rows []uint32, first uint32) []byte {
	anyRuns := r.cut(rows, first)
	n := len(r.containers)
	at := len(dst)
	if anyRuns {
		dst = binary.LittleEndian.AppendUint32(dst, cookieRuns|uint32(n-1)<<16)
		flags := make([]byte, (n+7)/8)
		for i, c := range r.containers {
			if c.runs > 0 {
				flags[i/8] |= 1 << (i % 8)
			}
		}
		dst = append(dst, flags...)
	} else {
		dst = binary.LittleEndian.AppendUint32(dst, cookiePlain)
		dst = binary.LittleEndian.AppendUint32(dst, uint32(n))
	}
	for _, c := range r.containers {
		dst = binary.LittleEndian.AppendUint16(dst, c.key)
		dst = binary.LittleEndian.AppendUint16(dst, uint16(len(c.rows)-1))
	}
	if !anyRuns || n >= noOffsets {
		offset := len(dst) - at + 4*n
		for _, c := range r.containers {
			dst = binary.LittleEndian.AppendUint32(dst, uint32(offset))
			offset += c.size
		}
	}
	for _, c := range r.containers {
		dst = c.append(dst)
	}
	return dst
}

// cut cuts rows into containers, and decides the form of each.
func (r *roarer) cut(rows []uint32, first uint32) (anyRuns bool) {
	r.containers = r.containers[:0]
	for len(rows) > 0 {
		high := rows[0] >> 16
		n, runs := 1, 1
		for n < len(rows) && rows[n]>>16 == high {
			if rows[n] != rows[n-1]+1 {
				runs++
			}
			n++
		}
		c := container{key: uint16(high + first>>16), rows: rows[:n], size: min(2*n, bitmapBytes)}
		if size := 2 + 4*runs; size < c.size {
			c.runs, c.size, anyRuns = runs, size, true
		}
		r.containers = append(r.containers, c)
		rows = rows[n:]
	}
	return anyRuns
}

func (c container) append(dst []byte) []byte {
	switch {
	case c.runs > 0:
		dst = binary.LittleEndian.AppendUint16(dst, uint16(c.runs))
		for i := 0; i < len(c.rows); {
			from := i
			for i++; i < len(c.rows) && c.rows[i] == c.rows[i-1]+1; i++ {
			}
			dst = binary.LittleEndian.AppendUint16(dst, uint16(c.rows[from]))
			dst = binary.LittleEndian.AppendUint16(dst, uint16(i-from-1))
		}
	case len(c.rows) > arrayMost:
		at := len(dst)
		dst = append(dst, make([]byte, bitmapBytes)...)
		bits := dst[at:]
		for _, row := range c.rows {
			bits[uint16(row)/8] |= 1 << (row % 8)
		}
	default:
		for _, row := range c.rows {
			dst = append(dst, byte(row), byte(row>>8))
		}
	}
	return dst
}
