package segment

import (
	"encoding/binary"

	"ficstead/internal/archive"
)

// blockRows is how many rows share one beginning that their offsets count from.
const blockRows = 4096

// record is what a segment keeps of a row beside sets, columns and orders: its
// keeper, keys, creators, series, own tags, focus and passages. Own tags and
// focus are places in AppendFilters, counted from 1; own tags that the row is not
// found by are a 0 and their TagID.
type record struct{ b []byte }

func (s *Segment) record(row uint32) record {
	i := row - s.First
	block := s.recordBlock[i/blockRows]
	return record{s.records[block+uint64(s.recordAt[i]) : s.recordBlock[(i+1)/blockRows]+uint64(s.recordAt[i+1])]}
}

// number reads the next number, 0 if the record is damaged.
func (r *record) number() uint64 {
	b := r.b
	switch {
	case len(b) > 0 && b[0] < 0x80: // nearly all numbers are short
		r.b = b[1:]
		return uint64(b[0])
	case len(b) > 1 && b[1] < 0x80:
		r.b = b[2:]
		return uint64(b[0]&0x7f) | uint64(b[1])<<7
	case len(b) > 2 && b[2] < 0x80:
		r.b = b[3:]
		return uint64(b[0]&0x7f) | uint64(b[1]&0x7f)<<7 | uint64(b[2])<<14
	}
	n, size := binary.Uvarint(b)
	if size <= 0 {
		r.b = nil
		return 0
	}
	r.b = b[size:]
	return n
}

// string reads the next bytes with their length before them.
func (r *record) string() []byte {
	n := min(r.number(), uint64(len(r.b)))
	s := r.b[:n]
	r.b = r.b[n:]
	return s
}

// numbers appends the next numbers with their count before them.
func numbers[T ~int64](r *record, dst []T) []T {
	for n := r.number(); n > 0 && len(r.b) > 0; n-- {
		dst = append(dst, T(r.number()))
	}
	return dst
}

func (r *record) skipNumbers() { r.skip(r.number()) }

// skip passes over n numbers.
func (r *record) skip(n uint64) {
	i := 0
	for ; n > 0 && i < len(r.b); i++ {
		if r.b[i] < 0x80 {
			n--
		}
	}
	r.b = r.b[i:]
}

// Keeper returns who keeps the work of a row.
func (s *Segment) Keeper(row uint32) archive.PersonID {
	r := s.record(row)
	return archive.PersonID(r.number())
}

// TitleKey returns what the row is ordered by title by. Callers must not change it.
func (s *Segment) TitleKey(row uint32) []byte {
	r := s.record(row)
	r.number()
	return r.string()
}

// CreatorKey returns what the row is ordered by creator by. Callers must not change it.
func (s *Segment) CreatorKey(row uint32) []byte {
	r := s.record(row)
	r.number()
	r.string()
	return r.string()
}

// afterKeys returns the part of a record behind its keys.
func (s *Segment) afterKeys(row uint32) record {
	r := s.record(row)
	r.number()
	r.string()
	r.string()
	return r
}

// AppendCreators appends the creators of a row.
func (s *Segment) AppendCreators(dst []archive.CreatorID, row uint32) []archive.CreatorID {
	r := s.afterKeys(row)
	return numbers(&r, dst)
}

// AppendSeries appends the series of a row.
func (s *Segment) AppendSeries(dst []archive.SeriesID, row uint32) []archive.SeriesID {
	r := s.afterKeys(row)
	r.skipNumbers()
	return numbers(&r, dst)
}

// AppendOwn appends the tags that the work of a row has itself, in its order.
func (s *Segment) AppendOwn(dst []archive.TagID, row uint32) []archive.TagID {
	var room [64]uint32
	filters := s.AppendFilters(room[:0], row)
	r := s.afterKeys(row)
	r.skipNumbers()
	r.skipNumbers()
	return r.own(dst, s, filters)
}

// own appends own tags, which come next.
func (r *record) own(dst []archive.TagID, s *Segment, filters []uint32) []archive.TagID {
	for n := r.number(); n > 0 && len(r.b) > 0; n-- {
		switch code := r.number(); {
		case code == 0:
			dst = append(dst, archive.TagID(r.number()))
		case code <= uint64(len(filters)):
			dst = append(dst, s.numbering.Tag(filters[code-1]))
		}
	}
	return dst
}

// afterOwn returns the part of a record behind its own tags.
func (s *Segment) afterOwn(row uint32) record {
	r := s.afterKeys(row)
	r.skipNumbers()
	r.skipNumbers()
	for n := r.number(); n > 0 && len(r.b) > 0; n-- {
		if r.b[0] == 0 {
			r.skip(2)
		} else {
			r.skip(1)
		}
	}
	return r
}

// AppendFocus appends the ordinals of the tags that a row is mainly about.
func (s *Segment) AppendFocus(dst []uint32, row uint32) []uint32 {
	var room [64]uint32
	filters := s.AppendFilters(room[:0], row)
	r := s.afterOwn(row)
	for n := r.number(); n > 0 && len(r.b) > 0; n-- {
		if code := r.number(); code > 0 && code <= uint64(len(filters)) {
			dst = append(dst, filters[code-1])
		}
	}
	return dst
}

// Passages returns the words of a row in their order.
func (s *Segment) Passages(row uint32) Passages {
	r := s.afterOwn(row)
	r.skipNumbers()
	return Passages(r.b)
}
