package repair

import (
	"ficstead/internal/archive"
	"ficstead/internal/repair/decode"
)

// Decode makes characters of the bytes of a text or HTML file. See decode.Bytes.
func Decode(b []byte, choices archive.Choices) (s, encoding string, mends []archive.Mend) {
	return decode.Bytes(b, choices)
}
