package xmltree

import (
	"bytes"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
)

// Decode makes characters of the bytes of a file, by its mark or by what its
// declaration says, and takes out what no XML may hold. A declaration that the
// bytes give the lie (they are UTF-8) is not believed.
func Decode(data []byte) string {
	out := bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if e := charset(data); e != nil {
		if decoded, err := e.NewDecoder().Bytes(data); err == nil {
			out = decoded
		}
	}
	return Clean(string(bytes.ToValidUTF8(out, []byte("\uFFFD"))))
}

// Clean takes out the characters that no XML may hold.
func Clean(s string) string {
	forbidden := func(r rune) bool {
		return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF
	}
	if strings.IndexFunc(s, forbidden) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if forbidden(r) {
			return -1
		}
		return r
	}, s)
}

// charset returns how data is encoded, or nil for UTF-8.
func charset(data []byte) encoding.Encoding {
	for _, mark := range [...]string{"\xff\xfe", "\xfe\xff", "<\x00?\x00", "\x00<\x00?"} {
		if bytes.HasPrefix(data, []byte(mark)) {
			order := unicode.LittleEndian
			if mark[0] == 0xfe || mark[0] == 0 {
				order = unicode.BigEndian
			}
			return unicode.UTF16(order, unicode.UseBOM)
		}
	}
	name := declared(data)
	if name == "" || strings.HasPrefix(strings.ToLower(name), "utf-16") {
		return nil // it would have shown
	}
	e, err := htmlindex.Get(name)
	if err != nil || e == unicode.UTF8 || isUTF8(data) {
		return nil
	}
	return e
}

// isUTF8 reports whether data is UTF-8 beyond chance: several characters of more
// than one byte, and not one wrong.
func isUTF8(data []byte) bool {
	data = data[:min(len(data), 1<<20)]
	high := 0
	for _, c := range data {
		if c >= 0xC0 {
			high++
		}
	}
	cut := 0
	for cut < min(4, len(data)) && data[len(data)-1-cut]&0xC0 == 0x80 {
		cut++
	}
	head := data[:max(0, len(data)-cut-1)]
	return high >= 4 && bytes.Equal(bytes.ToValidUTF8(head, nil), head)
}

// declared returns the encoding that the XML declaration names.
func declared(data []byte) string {
	head, _, ok := strings.Cut(string(data[:min(len(data), 200)]), "?>")
	_, value, ok2 := strings.Cut(head, "encoding")
	if !ok || !ok2 {
		return ""
	}
	value = strings.TrimLeft(value, " \t\r\n=")
	if value == "" || value[0] != '"' && value[0] != '\'' {
		return ""
	}
	value, _, _ = strings.Cut(value[1:], value[:1])
	return value
}
