package paper

import "strings"

// The characters of the Symbol font from 0x20 on, as Unicode has them.
const symbolFont = ` !∀#∃%&∍()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_ ` +
	`αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼` + "\x00" + `                                ` +
	`€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑`

var symbolRunes = []rune(symbolFont)

// wingdings are the ones that texts have: what programs put in place of :) and
// ->, and ornaments.
var wingdings = map[byte]rune{
	'J': '☺', 'K': '😐', 'L': '☹', 'M': '💣', 'N': '☠', '"': '✂', '(': '☎', '*': '🖂', '!': '✏', '%': '🔔',
	'l': '●', 'm': '❍', 'n': '■', 'o': '□', 'q': '❑', 's': '⬧', 't': '⧫', 'u': '◆', 'v': '❖', 'w': '⬥',
	'Y': '✡', 'Z': '☪', 'R': '☼', 'S': '💧', 'T': '❄', 'V': '✞', 'X': '✠', '[': '☯', '\\': 'ॐ', ']': '☸', '{': '❀', '|': '✿',
	0x9E: '·', 0x9F: '•', 0xA7: '▪', 0xA8: '◻', 0xAA: '✦', 0xAB: '★', 0xAC: '✶', 0xAE: '✹', 0xAF: '✵',
	0xD8: '➢', 0xDF: '←', 0xE0: '→', 0xE1: '↑', 0xE2: '↓', 0xE7: '⇐', 0xE8: '➔', 0xE9: '⇑', 0xEA: '⇓', 0xEF: '⇦', 0xF0: '⇨', 0xF3: '⬄',
	0xFB: '✗', 0xFC: '✓', 0xFD: '☒', 0xFE: '☑',
}

// Symbol returns the character that a font of signs shows for a code, or 0 if
// the font is none of those or has no such sign. Codes may be those of the
// private place that Word puts them in.
func Symbol(font string, code rune) rune {
	if code >= 0xF000 && code <= 0xF0FF {
		code -= 0xF000
	}
	if code < 0x20 || code > 0xFF {
		return 0
	}
	switch font = strings.ToLower(strings.TrimSpace(font)); {
	case font == "symbol" && int(code)-0x20 < len(symbolRunes):
		if r := symbolRunes[code-0x20]; r != 0 && (r != ' ' || code == ' ') {
			return r
		}
	case font == "wingdings":
		return wingdings[byte(code)]
	}
	return 0
}
