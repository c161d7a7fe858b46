package export

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxFileName leaves room for " (1)" and for systems that encrypt names, which
// take 143 bytes.
const maxFileName = 120

// FileName is a name for b that every system takes: "Title - Creator.epub".
// ext is without the point.
func FileName(b Book, ext string) string {
	stem := fileSafe(b.title())
	if by := fileSafe(joinNames(b.creators())); by != "" && stem != "" {
		stem += " - " + by
	}
	stem = trimFileName(cut(stem, maxFileName))
	if stem == "" {
		stem = "Untitled"
	}
	if isReserved(stem) {
		stem = "_" + stem
	}
	return stem + "." + ext
}

// fileSafe makes s harmless: what any system forbids becomes a hyphen or
// nothing, and so do the marks that turn the direction, which can make
// "txt.exe" look like "exe.txt".
func fileSafe(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(`<>:"/\|?*`, r):
			return '-'
		case unicode.IsSpace(r):
			return ' '
		case r == utf8.RuneError, unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs):
			return -1
		}
		return r
	}, norm.NFC.String(s))
	return trimFileName(strings.Join(strings.Fields(s), " "))
}

// trimFileName takes away what must not stand at an end: points hide a file or
// vanish, a hyphen at the front looks like an option, a tilde like a home.
func trimFileName(s string) string { return strings.TrimLeft(strings.Trim(s, " .-"), "~") }

// cut shortens s to at most n bytes of whole letters with their accents.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !isStart(s[n:]) {
		n--
	}
	return s[:n]
}

// isStart reports whether a letter begins where s does.
func isStart(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return utf8.RuneStart(s[0]) && !unicode.Is(unicode.M, r) && !unicode.In(r, unicode.Sk)
}

// isReserved reports whether Windows keeps that name for a device.
func isReserved(stem string) bool {
	name, _, _ := strings.Cut(strings.ToUpper(stem), ".")
	name = strings.TrimSpace(name)
	switch name {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$":
		return true
	}
	if len(name) < 4 {
		return false
	}
	rest := name[3:]
	return (name[:3] == "COM" || name[:3] == "LPT") && (len(rest) == 1 && rest >= "0" && rest <= "9" || rest == "¹" || rest == "²" || rest == "³")
}
