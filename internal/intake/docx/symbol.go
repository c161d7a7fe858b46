package docx

import (
	"strconv"
	"strings"

	"ficstead/internal/base/paper"
)

// symbol returns a sign of a font by its code.
func symbol(font, code string) string {
	n, err := strconv.ParseUint(code, 16, 32)
	if err != nil || n < 0x20 {
		return ""
	}
	r := rune(n)
	if sign := paper.Symbol(font, r); sign != 0 {
		return string(sign)
	}
	if r >= 0xF000 && r <= 0xF0FF {
		return "\u25a1" // some ornament that we do not know
	}
	return string(r)
}

// symbols translates text in a font of signs, as far as it is in the place that
// such signs have.
func symbols(font, s string) string {
	if !strings.ContainsFunc(s, isPrivate) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if sign := paper.Symbol(font, r); isPrivate(r) && sign != 0 {
			return sign
		}
		return r
	}, s)
}

func isPrivate(r rune) bool { return r >= 0xF020 && r <= 0xF0FF }
