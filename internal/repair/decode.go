package repair

import (
	"ficstead/internal/archive"
	"ficstead/internal/repair/decode"
)

// Decode makes characters of the bytes of a text or HTML file. See decode.Bytes.
func Decode(b []byte, choices archive.Choices) (s, encoding string, mends []archive.Mend) {
	return decode.Bytes(b, choices)
}

// DecodePlaced is Decode, and knows where what it returns stood before it was mended.
func DecodePlaced(b []byte, choices archive.Choices) (s, encoding string, mends []archive.Mend, places *decode.Places) {
	return decode.Placed(b, choices)
}
