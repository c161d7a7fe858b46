package fulltext

import (
	"encoding/binary"

	"ficstead/internal/archive"
)

// mostWorks bounds the numbers of works, of which sets are made.
const mostWorks = 1 << 32

// PackDocuments writes documents for ReadDocuments.
func PackDocuments(docs []Document) []byte {
	var b []byte
	var last Document
	for _, d := range docs {
		english := int64(0)
		if d.English {
			english = 1
		}
		b = binary.AppendVarint(b, int64(d.Work-last.Work))
		b = binary.AppendUvarint(b, uint64(d.Chapter))
		b = binary.AppendVarint(b, (d.Body-last.Body)<<1|english)
		last = d
	}
	return seal(b)
}

// ReadDocuments reads what PackDocuments wrote.
func ReadDocuments(sealed []byte) ([]Document, error) {
	data, err := Open(sealed)
	if err != nil {
		return nil, err
	}
	r := reader{b: data}
	var docs []Document
	var last Document
	for len(r.b) > 0 && !r.broken {
		d := Document{Work: last.Work + archive.WorkID(r.signed()), Chapter: int(r.number(1 << 31))}
		body := r.signed()
		d.Body, d.English = last.Body+body>>1, body&1 == 1
		if d.Work <= 0 || d.Work >= mostWorks {
			r.b, r.broken = nil, true
		}
		docs, last = append(docs, d), d
	}
	return docs, r.err()
}

func (r *reader) signed() int64 {
	v, n := binary.Varint(r.b)
	if n <= 0 {
		r.b, r.broken = nil, true
		return 0
	}
	r.b = r.b[n:]
	return v
}

// PackSet writes a set for ReadSet.
func PackSet(s Set) []byte {
	b := make([]byte, 0, 8*len(s))
	for _, word := range s {
		b = binary.LittleEndian.AppendUint64(b, word)
	}
	return seal(b)
}

// ReadSet reads a set of numbers below n.
func ReadSet(sealed []byte, n int) (Set, error) {
	data, err := Open(sealed)
	if err != nil {
		return nil, err
	}
	s := NewSet(n)
	for i := range s {
		if 8*i+8 <= len(data) {
			s[i] = binary.LittleEndian.Uint64(data[8*i:])
		}
	}
	return s, nil
}
