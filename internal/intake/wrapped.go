package intake

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"io"
	"unicode/utf8"

	"ficstead/internal/base/epub"
	"ficstead/internal/base/mobi"
	"ficstead/internal/base/zipfile"
)

// layers is how often what is packed may be packed again.
const layers = 3

// unpacked takes off what programs wrap around single files: gzip, base64, a ZIP
// of one file, and the database of a text for Palm readers.
func unpacked(data []byte) ([]byte, error) {
	for range layers {
		if text, ok := mobi.PalmText(data); ok {
			return text, nil
		}
		switch inner, ok := only(data); {
		case ok:
			data = inner
		case bytes.HasPrefix(data, []byte("\x1f\x8b")):
			z, err := gzip.NewReader(bytes.NewReader(data))
			if err != nil {
				return nil, binary
			}
			data, _ = io.ReadAll(io.LimitReader(z, MaxText+1)) // what came out of a damaged one is read
		default:
			plain, ok := fromBase64(data)
			if !ok {
				return data, nil
			}
			data = plain
		}
	}
	if zipfile.IsPacked(data) && !zipfile.Is(data) {
		return nil, nested
	}
	return data, nil
}

// only returns the one file in a ZIP that holds no other.
func only(data []byte) ([]byte, bool) {
	if !zipfile.Is(data) || epub.Is(data) {
		return nil, false
	}
	z, err := zipfile.Open(data, zipLimits())
	if err != nil || z.Salvaged || sortZIP(z) != ofFiles {
		return nil, false
	}
	entry := lone(z)
	if entry == nil {
		return nil, false
	}
	inner, err := entry.Read(MaxFile)
	return inner, err == nil
}

// lone returns the one member of a ZIP that a person put there, or nil.
func lone(z *zipfile.Archive) (found *zipfile.File) {
	for _, entry := range z.Files {
		if isJunk(entry.Name) {
			continue
		}
		if found != nil {
			return nil
		}
		found = entry
	}
	return found
}

// leastBase64 is how long a text of nothing but base64 must be to be taken for
// it, in bytes. No language writes so many letters without a space.
const leastBase64 = 300

// fromBase64 decodes a text that is base64 and nothing else, if something comes
// out of it that could be a file.
func fromBase64(data []byte) ([]byte, bool) {
	if len(data) < leastBase64 || len(data) > MaxFile {
		return nil, false
	}
	for _, c := range data[:leastBase64] {
		if !isBase64(c) {
			return nil, false
		}
	}
	packed := make([]byte, 0, len(data))
	for _, c := range data {
		switch {
		case c == '\n' || c == '\r' || c == '=':
		case isBase64(c):
			packed = append(packed, c)
		default:
			return nil, false
		}
	}
	plain, err := base64.RawStdEncoding.DecodeString(string(packed))
	if err != nil {
		return nil, false
	}
	known := zipfile.IsPacked(plain) || utf8.Valid(plain) && words.Match(plain) && bytes.ContainsAny(plain, " <")
	return plain, known
}

func isBase64(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/' || c == '=' || c == '\n' || c == '\r'
}
