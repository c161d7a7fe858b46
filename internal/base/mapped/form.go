package mapped

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"

	"ficstead/internal/base/errs"
)

// The form of the file, version 1.
const (
	magic      = "\x89SECTS\r\n"
	form       = 1
	orderMark  = 0x01020304
	headerLen  = 64
	entryLen   = 64
	nameLen    = 40
	align      = 64
	maxEntries = 65536
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// header is the first 64 bytes of a file.
type header struct {
	version    uint32 // of what the sections hold
	sections   uint32
	generation uint64
	table      uint64 // where the table of sections begins
	size       uint64 // of the whole file
	tableSum   uint32
}

// native writes numbers in the order of this machine: the arrays in the file are
// in that order too.
var native = binary.NativeEndian

func (h header) bytes() []byte {
	b := make([]byte, 0, headerLen)
	b = append(b, magic...)
	b = native.AppendUint32(b, orderMark)
	b = native.AppendUint32(b, form)
	b = native.AppendUint32(b, h.version)
	b = native.AppendUint32(b, h.sections)
	b = native.AppendUint64(b, h.generation)
	b = native.AppendUint64(b, h.table)
	b = native.AppendUint64(b, h.size)
	b = native.AppendUint32(b, h.tableSum)
	b = append(b, make([]byte, headerLen-4-len(b))...)
	return native.AppendUint32(b, crc32.Checksum(b, castagnoli))
}

func parseHeader(b []byte) (h header, err error) {
	switch {
	case len(b) < headerLen:
		return h, damaged("%d bytes are too short", len(b))
	case string(b[:8]) != magic:
		return h, damaged("it is no such file")
	case native.Uint32(b[8:]) != orderMark:
		return h, damaged("its numbers are in the order of another machine")
	case native.Uint32(b[headerLen-4:]) != crc32.Checksum(b[:headerLen-4], castagnoli):
		return h, damaged("the sum of its header is wrong")
	case native.Uint32(b[12:]) != form:
		return h, damaged("its form %d is not known", native.Uint32(b[12:]))
	}
	return header{
		version: native.Uint32(b[16:]), sections: native.Uint32(b[20:]), generation: native.Uint64(b[24:]),
		table: native.Uint64(b[32:]), size: native.Uint64(b[40:]), tableSum: native.Uint32(b[48:]),
	}, nil
}

// section is where a section lies.
type section struct {
	name       string
	from, size uint64
	sum        uint32
}

func (s section) append(b []byte) []byte {
	var name [nameLen]byte
	copy(name[:], s.name)
	b = append(b, name[:]...)
	b = native.AppendUint64(b, s.from)
	b = native.AppendUint64(b, s.size)
	b = native.AppendUint32(b, s.sum)
	return native.AppendUint32(b, 0)
}

// parseTable reads the table of a file, and makes sure that all sections lie in it.
func parseTable(b []byte, h header) (map[string]section, error) {
	size := uint64(len(b))
	switch {
	case h.size != size:
		return nil, damaged("it has %d bytes and not %d", size, h.size)
	case h.sections > maxEntries || h.table < headerLen || h.table > size || size-h.table != uint64(h.sections)*entryLen:
		return nil, damaged("its table does not fit")
	case crc32.Checksum(b[h.table:], castagnoli) != h.tableSum:
		return nil, damaged("the sum of its table is wrong")
	}
	sections := make(map[string]section, h.sections)
	for e := b[h.table:]; len(e) > 0; e = e[entryLen:] {
		s := section{from: native.Uint64(e[nameLen:]), size: native.Uint64(e[nameLen+8:]), sum: native.Uint32(e[nameLen+16:])}
		name, _, _ := bytes.Cut(e[:nameLen], []byte{0})
		s.name = string(name)
		if s.from%align != 0 || s.from < headerLen || s.from > h.table || s.size > h.table-s.from {
			return nil, damaged("its section %q does not lie in it", s.name)
		}
		if _, twice := sections[s.name]; twice || s.name == "" {
			return nil, damaged("it has a section %q twice or without a name", s.name)
		}
		sections[s.name] = s
	}
	return sections, nil
}

func damaged(format string, args ...any) error {
	return fmt.Errorf(format+": %w", append(args, errs.Damaged)...)
}
