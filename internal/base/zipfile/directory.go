package zipfile

import (
	"bytes"
	"encoding/binary"
	"math"
	"time"
)

// The fixed parts of the records, in bytes.
const (
	localSize     = 30
	entrySize     = 46
	endSize       = 22
	locator64Size = 20
	end64Size     = 56
	maxComment    = 1<<16 - 1
)

var (
	localMark     = []byte("PK\x03\x04")
	entryMark     = []byte("PK\x01\x02")
	endMark       = []byte("PK\x05\x06")
	locator64Mark = []byte("PK\x06\x07")
	end64Mark     = []byte("PK\x06\x06")
)

var little = binary.LittleEndian

// Open reads the directory of a ZIP file. An error is an *Error.
func Open(data []byte, limits Limits) (*Archive, error) {
	a := &Archive{data: data, limits: limits}
	err := a.readDirectory()
	if (is(err, ErrTruncated) || is(err, ErrDamaged)) && limits.Salvage {
		a.Files, a.Salvaged = nil, true
		err = a.salvage()
	}
	if err != nil {
		return nil, err
	}
	if err := a.check(); err != nil {
		return nil, err
	}
	return a, nil
}

func is(err, kind error) bool {
	e, ok := err.(*Error)
	return ok && e.Kind == kind
}

// end is what the end record says of the directory.
type end struct {
	start, size, count int64 // start counts from the beginning of the ZIP proper
	at                 int64 // where the directory must end: the end record, or its 64 bit form
}

func (a *Archive) readDirectory() error {
	e, err := findEnd(a.data)
	if err != nil {
		return err
	}
	if e.count > int64(a.limits.Entries) {
		return &Error{Kind: ErrMany}
	}
	start, base, ok := a.locate(e)
	if !ok {
		return &Error{Kind: ErrDamaged}
	}
	count := int64(0)
	for rest := a.data[start:e.at]; bytes.HasPrefix(rest, entryMark); count++ {
		if count == int64(a.limits.Entries) {
			return &Error{Kind: ErrMany}
		}
		size, err := a.readEntry(rest, base)
		if err != nil {
			return err
		}
		rest = rest[size:]
	}
	if count != e.count {
		return &Error{Kind: ErrDamaged}
	}
	return nil
}

// locate finds where the directory begins, and how many foreign bytes stand
// before the ZIP: offsets do not count what somebody put in front.
func (a *Archive) locate(e end) (start, base int64, ok bool) {
	if e.count == 0 {
		return e.at, 0, true
	}
	for _, start := range [...]int64{e.start, e.at - e.size} {
		if start >= 0 && start < e.at && bytes.HasPrefix(a.data[start:], entryMark) {
			return start, start - e.start, start >= e.start
		}
	}
	return 0, 0, false
}

// findEnd looks for the end record from the back.
func findEnd(data []byte) (end, error) {
	missing := &Error{Kind: ErrNot}
	if Is(data) {
		missing = &Error{Kind: ErrTruncated}
	}
	window := data[max(0, len(data)-endSize-maxComment):]
	i := bytes.LastIndex(window, endMark)
	for i >= 0 && len(window)-i < endSize {
		i = bytes.LastIndex(window[:i], endMark)
	}
	if i < 0 {
		return end{}, missing
	}
	record := window[i:]
	at := int64(len(data) - len(record))
	e := end{
		count: int64(little.Uint16(record[10:])),
		size:  int64(little.Uint32(record[12:])),
		start: int64(little.Uint32(record[16:])),
		at:    at,
	}
	if e.count == math.MaxUint16 || e.size == math.MaxUint32 || e.start == math.MaxUint32 {
		if e64, ok := findEnd64(data, at); ok {
			return e64, nil
		}
	}
	return e, nil
}

// findEnd64 reads the 64 bit form of the end record, which its locator before
// the end record points at.
func findEnd64(data []byte, at int64) (end, bool) {
	if at < locator64Size || !bytes.HasPrefix(data[at-locator64Size:], locator64Mark) {
		return end{}, false
	}
	told := little.Uint64(data[at-locator64Size+8:])
	for _, at := range [...]uint64{told, uint64(at - locator64Size - end64Size)} {
		if at > uint64(len(data)) || uint64(len(data))-at < end64Size || !bytes.HasPrefix(data[at:], end64Mark) {
			continue
		}
		record := data[at:]
		e := end{
			count: int64(little.Uint64(record[32:])),
			size:  int64(little.Uint64(record[40:])),
			start: int64(little.Uint64(record[48:])),
			at:    int64(at),
		}
		return e, e.count >= 0 && e.size >= 0 && e.start >= 0
	}
	return end{}, false
}

// readEntry reads one directory entry and returns its size in the directory.
func (a *Archive) readEntry(b []byte, base int64) (int, error) {
	if len(b) < entrySize {
		return 0, &Error{Kind: ErrDamaged}
	}
	nameLen, extraLen, commentLen := int(little.Uint16(b[28:])), int(little.Uint16(b[30:])), int(little.Uint16(b[32:]))
	size := entrySize + nameLen + extraLen + commentLen
	if len(b) < size {
		return 0, &Error{Kind: ErrDamaged}
	}
	rawName, extra := b[entrySize:entrySize+nameLen], b[entrySize+nameLen:entrySize+nameLen+extraLen]
	f := &File{
		archive:   a,
		Encrypted: little.Uint16(b[8:])&1 != 0,
		Modified:  dosTime(little.Uint16(b[14:]), little.Uint16(b[12:])),
		method:    little.Uint16(b[10:]),
		sum:       little.Uint32(b[16:]),
		Packed:    int64(little.Uint32(b[20:])),
		Size:      int64(little.Uint32(b[24:])),
		header:    int64(little.Uint32(b[42:])),
	}
	f.read64(extra)
	name, err := cleanName(rawName, extra)
	if err != nil {
		return 0, err
	}
	f.Name = name
	if isOdd(b) {
		return 0, &Error{Kind: ErrLink, Entry: name}
	}
	f.header += base
	f.findBody()
	if name[len(name)-1] != '/' {
		a.Files = append(a.Files, f)
	}
	return size, nil
}

// read64 takes the sizes that did not fit from the ZIP64 extra field, which
// holds only those, in this order.
func (f *File) read64(extra []byte) {
	body := extraField(extra, 0x0001)
	for _, v := range [...]*int64{&f.Size, &f.Packed, &f.header} {
		if *v == math.MaxUint32 && len(body) >= 8 {
			*v = int64(little.Uint64(body))
			body = body[8:]
		}
	}
}

// extraField returns the body of the extra field with that tag, or nil.
func extraField(extra []byte, tag uint16) []byte {
	for len(extra) >= 4 {
		size := int(little.Uint16(extra[2:]))
		if size > len(extra)-4 {
			return nil
		}
		if little.Uint16(extra) == tag {
			return extra[4 : 4+size]
		}
		extra = extra[4+size:]
	}
	return nil
}

// findBody finds the packed bytes behind the local header, whose names and
// extra fields may be of other lengths than the directory's.
func (f *File) findBody() {
	f.body = -1
	data := f.archive.data
	if f.header < 0 || f.header > int64(len(data))-localSize || f.Packed < 0 || f.Size < 0 {
		return
	}
	local := data[f.header:]
	if !bytes.HasPrefix(local, localMark) {
		return
	}
	body := f.header + localSize + int64(little.Uint16(local[26:])) + int64(little.Uint16(local[28:]))
	if body <= int64(len(data)) && f.Packed <= int64(len(data))-body {
		f.body = body
	}
}

// isOdd reports whether a directory entry is a link, a device, a pipe or a
// socket, by the mode that programs on Unix write.
func isOdd(b []byte) bool {
	const unix, macOS, kindMask, regular, folder = 3, 19, 0xf000, 0x8000, 0x4000
	if system := b[5]; system != unix && system != macOS {
		return false
	}
	kind := little.Uint32(b[38:]) >> 16 & kindMask
	return kind != 0 && kind != regular && kind != folder
}

// dosTime reads a date and time as MS-DOS wrote them.
func dosTime(date, clock uint16) time.Time {
	if date == 0 {
		return time.Time{}
	}
	return time.Date(int(date>>9)+1980, time.Month(date>>5&0xf), int(date&0x1f),
		int(clock>>11), int(clock>>5&0x3f), int(clock&0x1f)*2, 0, time.UTC)
}
