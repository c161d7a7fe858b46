package zipfile

import (
	"bytes"
	"compress/flate"
	"hash/crc32"
	"io"
)

// The two ways of packing that everybody writes.
const (
	stored   = 0
	deflated = 8
)

// Read unpacks the entry, and refuses to go beyond limit bytes or the limits
// of the archive; limit 0 means the latter only. With ErrDamaged it returns
// what could be read. An error is an *Error. What is returned may be part of the
// file itself, and must not be changed.
func (f *File) Read(limit int64) ([]byte, error) {
	if kind := f.obstacle(); kind != nil {
		return nil, f.refuse(kind)
	}
	bound, kind := f.bound(limit)
	packed := f.archive.data[f.body : f.body+f.Packed]
	var data []byte
	var err error
	if f.method == stored {
		n := min(int64(len(packed)), bound+1)
		data = packed[:n:n]
	} else {
		data, err = inflate(packed, bound, f.Size)
	}
	if int64(len(data)) > bound {
		return nil, f.refuse(kind)
	}
	f.count(int64(len(data)))
	if err != nil || crc32.ChecksumIEEE(data) != f.sum {
		return data, f.refuse(ErrDamaged)
	}
	return data, nil
}

func (f *File) refuse(kind error) error { return &Error{Kind: kind, Entry: printable(f.Name)} }

// obstacle says why the entry cannot be read at all.
func (f *File) obstacle() error {
	switch {
	case f.Encrypted:
		return ErrEncrypted
	case f.method != stored && f.method != deflated:
		return ErrCompressed
	case f.body < 0:
		return ErrDamaged
	}
	return nil
}

// bound is how many bytes the entry may unpack to, and what it is if it does not stop there.
func (f *File) bound(limit int64) (int64, error) {
	a := f.archive
	a.mu.Lock()
	defer a.mu.Unlock()
	if limit <= 0 || limit > a.limits.Entry {
		limit = a.limits.Entry
	}
	if left := a.budget() - a.spent + f.counted; left < limit {
		return max(0, left), ErrBomb
	}
	return limit, ErrBig
}

func (f *File) count(n int64) {
	a := f.archive
	a.mu.Lock()
	defer a.mu.Unlock()
	if n > f.counted {
		a.spent += n - f.counted
		f.counted = n
	}
}

// inflate unpacks at most bound+1 bytes. The claimed size only saves growing.
func inflate(packed []byte, bound, claimed int64) ([]byte, error) {
	const trusted = 1 << 20 // what a lie may cost
	var out bytes.Buffer
	out.Grow(int(min(claimed, bound, trusted)) + bytes.MinRead)
	_, err := io.Copy(&out, io.LimitReader(flate.NewReader(bytes.NewReader(packed)), bound+1))
	return out.Bytes(), err
}
