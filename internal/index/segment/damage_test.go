package segment

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"os"
	"slices"
	"testing"

	"ficstead/internal/base/errs"
	"ficstead/internal/base/mapped"
)

// FuzzOpen writes over bytes of a segment, cuts one section short, and lets all
// sums fit again: Open must not fall for lengths that do not fit each other, and
// must never panic.
func FuzzOpen(f *testing.F) {
	whole, err := os.ReadFile(golden)
	if err != nil {
		f.Fatal(err)
	}
	for i := range uint16(130) {
		f.Add(i, uint32(i)*97, uint64(i)<<i, uint8(i%9))
	}
	f.Fuzz(func(t *testing.T, section uint16, at uint32, value uint64, cut uint8) {
		b := slices.Clone(whole)
		order, sums := binary.NativeEndian, crc32.MakeTable(crc32.Castagnoli)
		table := b[order.Uint64(b[32:]):]
		entry := table[int(section)%(len(table)/64)*64:][:64]
		from, size := order.Uint64(entry[40:]), order.Uint64(entry[48:])
		data := b[from : from+size]
		if len(data) >= 8 {
			order.PutUint64(data[int(at)%(len(data)-7):], value)
		}
		size -= min(size, uint64(cut))
		order.PutUint64(entry[48:], size)
		order.PutUint32(entry[56:], crc32.Checksum(data[:size], sums))
		order.PutUint32(b[48:], crc32.Checksum(table, sums))
		order.PutUint32(b[60:], crc32.Checksum(b[:60], sums))
		file, err := mapped.Parse(b)
		if err != nil {
			t.Fatal(err) // the file itself is whole
		}
		s, err := Open(file)
		name := string(bytes.TrimRight(entry[:40], "\x00"))
		if name == "segment/languages" { // has no length to fit: only its sum tells
			cut = 0
		}
		if err == nil && (s.Len() != 150 || cut > 0 && size > 0) {
			t.Errorf("%s lost %d bytes and nobody minds", name, cut)
		} else if err != nil && !errors.Is(err, errs.Damaged) {
			t.Error(err)
		}
	})
}
