package zipfile

import (
	"hash/crc32"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"ficstead/internal/base/bounds"
)

// cleanName makes a label of a name as stored, or refuses it. Names are UTF-8,
// or what a program on MS-DOS would have written.
func cleanName(raw, extra []byte) (string, error) {
	name := string(raw)
	if told := unicodeName(raw, extra); told != "" {
		name = told
	}
	if !utf8.ValidString(name) {
		name, _ = charmap.CodePage437.NewDecoder().String(name)
	}
	name = strings.ReplaceAll(name, `\`, "/")
	for strings.HasPrefix(name, "./") {
		name = name[len("./"):]
	}
	if isUnsafe(name) {
		return "", &Error{Kind: ErrName, Entry: printable(name)}
	}
	return name, nil
}

// unicodeName reads Info-ZIP's extra field for names, which holds only for the
// very name it was made for.
func unicodeName(raw, extra []byte) string {
	const tag, head = 0x7075, 5
	body := extraField(extra, tag)
	if len(body) <= head || body[0] != 1 || little.Uint32(body[1:]) != crc32.ChecksumIEEE(raw) {
		return ""
	}
	if name := string(body[head:]); utf8.ValidString(name) {
		return name
	}
	return ""
}

// isUnsafe reports whether a name would leave its folder on some system, or
// hide what it is.
func isUnsafe(name string) bool {
	if name == "" || len(name) > bounds.ZIPName || name[0] == '/' || hasDrive(name) || strings.ContainsFunc(name, unicode.IsControl) {
		return true
	}
	for part := range strings.SplitSeq(name, "/") {
		if part == ".." {
			return true
		}
	}
	return false
}

func hasDrive(name string) bool {
	return len(name) >= 2 && name[1] == ':' && (name[0]|0x20) >= 'a' && (name[0]|0x20) <= 'z'
}

// printable makes a name fit to stand in a sentence.
func printable(name string) string {
	const most = 80
	name = strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return utf8.RuneError
	}, name)
	if runes := []rune(name); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return name
}
