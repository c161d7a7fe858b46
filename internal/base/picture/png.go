package picture

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
)

// isBarePNG reports whether data has the chunks that pixels need and no others,
// each whole, and nothing behind its end.
func isBarePNG(data []byte) bool {
	rest, ok := bytes.CutPrefix(data, []byte("\x89PNG\r\n\x1a\n"))
	for ok && len(rest) >= 12 {
		n := int64(binary.BigEndian.Uint32(rest))
		if n+12 > int64(len(rest)) || crc32.ChecksumIEEE(rest[4:8+n]) != binary.BigEndian.Uint32(rest[8+n:]) {
			return false
		}
		switch string(rest[4:8]) {
		case "IHDR", "PLTE", "tRNS", "IDAT":
		case "IEND":
			return len(rest) == 12
		default:
			return false
		}
		rest = rest[12+n:]
	}
	return false
}
