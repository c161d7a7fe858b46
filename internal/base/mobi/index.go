package mobi

import (
	"bytes"
	"math/bits"

	"ficstead/internal/base/bounds"
)

// entry is a row of an index: its name, and numbers by their tags.
type entry struct {
	name string
	tags map[int][]int
}

// index is a table that lies in several records: how rows are written, the
// rows, and texts that they refer to.
type index struct {
	entries []entry
	texts   [][]byte
}

const (
	maxIndexRecords = 2000
)

// readIndex reads the index that begins at a record.
func (r *reader) readIndex(at int) (x index) {
	head := bytesAt(r.row(at))
	if !bytes.HasPrefix(head, []byte("INDX")) {
		return x
	}
	tags, control := readTags(head, head.u32(4))
	if len(tags) == 0 {
		return x
	}
	rows := min(head.u32(24), maxIndexRecords)
	for i := range rows {
		x.readRows(bytesAt(r.row(at+1+i)), tags, control)
	}
	for i := range min(head.u32(52), maxIndexRecords) {
		x.texts = append(x.texts, r.row(at+1+rows+i))
	}
	return x
}

// tag says how one number of a row is written.
type tag struct {
	number, values int
	mask           byte
	last           bool // the next control byte follows
}

func readTags(head bytesAt, at int) (tags []tag, control int) {
	if !bytes.Equal(head.slice(at, 4), []byte("TAGX")) {
		return nil, 0
	}
	size := head.u32(at + 4)
	control = head.u32(at + 8)
	for i := at + 12; i+4 <= min(at+size, len(head)); i += 4 {
		tags = append(tags, tag{int(head[i]), int(head[i+1]), head[i+2], head[i+3] == 1})
	}
	return tags, min(control, 16)
}

// readRows reads the rows in one record.
func (x *index) readRows(b bytesAt, tags []tag, control int) {
	if !bytes.HasPrefix(b, []byte("INDX")) {
		return
	}
	places, n := b.u32(20), b.u32(24)
	for i := range min(n, (len(b)-places-4)/2) {
		at := b.u16(places + 4 + 2*i)
		next := places
		if i+1 < n {
			next = b.u16(places + 4 + 2*(i+1))
		}
		if at <= 0 || at >= next || next > len(b) || len(x.entries) >= bounds.MobiIndex {
			continue
		}
		row := b[at:next]
		name := int(row[0])
		if 1+name+control > len(row) {
			continue
		}
		x.entries = append(x.entries, entry{string(row[1 : 1+name]), readValues(row[1+name:], tags, control)})
	}
}

// readValues reads the numbers of a row.
func readValues(row []byte, tags []tag, control int) map[int][]int {
	type claim struct{ tag, count, size, values int }
	var claims []claim
	at, byteAt := control, 0
	for _, t := range tags {
		if t.last {
			byteAt++
			continue
		}
		if byteAt >= control || t.mask == 0 {
			continue
		}
		value := row[byteAt] & t.mask
		switch {
		case value == 0:
		case value == t.mask && bits.OnesCount8(t.mask) > 1:
			var size int
			size, at = number(row, at)
			claims = append(claims, claim{t.number, 0, size, t.values})
		default:
			claims = append(claims, claim{t.number, int(value >> bits.TrailingZeros8(t.mask)), 0, t.values})
		}
	}
	found := map[int][]int{}
	for _, c := range claims {
		end := len(row)
		if c.count == 0 {
			end = min(at+c.size, len(row))
		}
		for n := 0; at < end && (c.count == 0 || n < c.count*c.values); n++ {
			var v int
			v, at = number(row, at)
			found[c.tag] = append(found[c.tag], v)
		}
	}
	return found
}

// number reads a number of seven bits a byte, the last of which is marked.
func number(b []byte, at int) (n, next int) {
	for i := 0; i < 4 && at < len(b); i++ {
		c := b[at]
		at++
		n = n<<7 | int(c&0x7F)
		if c&0x80 != 0 {
			break
		}
	}
	return n, at
}

// label returns a text by its place: the record and the byte in it.
func (x *index) label(at int) []byte {
	record := at >> 16
	if at < 0 || record >= len(x.texts) {
		return nil
	}
	b := x.texts[record]
	at &= 0xFFFF
	if at >= len(b) {
		return nil
	}
	size, start := number(b, at)
	return bytesAt(b).slice(start, size)
}

// value returns the nth number of a tag, or -1.
func (e entry) value(tag, n int) int {
	if n < len(e.tags[tag]) {
		return e.tags[tag][n]
	}
	return -1
}
