package zipfile

import (
	"bytes"
	"compress/flate"
	"io"
)

// salvage reads the entries one behind the other, without a directory. It
// stops where the file does, and fails only if there is nothing.
func (a *Archive) salvage() error {
	at := int64(bytes.Index(a.data, localMark))
	if at < 0 {
		return &Error{Kind: ErrTruncated}
	}
	for count := 0; at >= 0 && int64(len(a.data))-at > localSize && bytes.HasPrefix(a.data[at:], localMark); count++ {
		if count == a.limits.Entries {
			return &Error{Kind: ErrMany}
		}
		next, err := a.salvageEntry(at)
		if err != nil {
			return err
		}
		at = next
	}
	if len(a.Files) == 0 {
		return &Error{Kind: ErrTruncated}
	}
	return nil
}

// salvageEntry reads the entry whose local header stands at, and returns where
// the next one is.
func (a *Archive) salvageEntry(at int64) (next int64, err error) {
	b := a.data[at:]
	nameLen, extraLen := int64(little.Uint16(b[26:])), int64(little.Uint16(b[28:]))
	if localSize+nameLen+extraLen > int64(len(b)) {
		return -1, nil
	}
	extra := b[localSize+nameLen : localSize+nameLen+extraLen]
	f := &File{
		archive:   a,
		Encrypted: little.Uint16(b[6:])&1 != 0,
		Modified:  dosTime(little.Uint16(b[12:]), little.Uint16(b[10:])),
		method:    little.Uint16(b[8:]),
		sum:       little.Uint32(b[14:]),
		Packed:    int64(little.Uint32(b[18:])),
		Size:      int64(little.Uint32(b[22:])),
		header:    at,
		body:      at + localSize + nameLen + extraLen,
	}
	f.read64(extra)
	if f.Name, err = cleanName(b[localSize:localSize+nameLen], extra); err != nil {
		return 0, err
	}
	next = f.body + f.Packed
	if little.Uint16(b[6:])&8 != 0 { // sizes and sum stand behind the body
		next = f.measure()
	}
	if next < 0 || next > int64(len(a.data)) {
		f.Packed, next = int64(len(a.data))-f.body, -1
	}
	if f.Name[len(f.Name)-1] != '/' {
		a.Files = append(a.Files, f)
	}
	return next, nil
}

// measure unpacks an entry of unknown length to see where it ends, under the
// bounds of all entries, and reads the sizes that stand there.
func (f *File) measure() (next int64) {
	data := f.archive.data
	if f.method != deflated || f.Encrypted {
		f.Packed = 0
		if i := bytes.Index(data[f.body:], localMark); i >= 0 {
			return f.body + int64(i)
		}
		return -1
	}
	packed := bytes.NewReader(data[f.body:])
	bound, _ := f.bound(0)
	n, err := io.Copy(io.Discard, io.LimitReader(flate.NewReader(packed), bound+1))
	f.count(min(n, bound))
	f.Size, f.Packed = n, packed.Size()-int64(packed.Len())
	if err != nil || n > bound {
		return -1
	}
	rest := data[f.body+f.Packed:]
	if bytes.HasPrefix(rest, []byte("PK\x07\x08")) {
		rest = rest[4:]
	}
	if len(rest) < 12 {
		return -1
	}
	f.sum = little.Uint32(rest)
	next = int64(bytes.Index(rest[4:min(len(rest), 64)], localMark))
	if next < 0 {
		return -1
	}
	return int64(len(data)-len(rest)) + 4 + next
}
