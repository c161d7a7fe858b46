package decode

import (
	"strings"
	"testing"
)

// BenchmarkClean decodes 100,000 words that have nothing to mend.
func BenchmarkClean(b *testing.B) {
	line := "“It wasn’t so,” she said, and looked at the sea (which was grey), as if it were to blame; he said nothing at all – nothing.\n"
	data := []byte(strings.Repeat(line, 100_000/len(strings.Fields(line))))
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		Bytes(data, nil)
	}
}
