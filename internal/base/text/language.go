package text

import (
	"strings"
	"sync"
)

// byName finds a language by the Key of each of its names. It is made when
// somebody asks: most runs of the program never do.
var byName = sync.OnceValue(func() map[string]int {
	names := map[string]int{}
	for i, l := range languages {
		all := l.native + "|" + l.english
		for name := range strings.SplitSeq(all, "|") {
			if _, taken := names[Key(name)]; !taken {
				names[Key(name)] = i
			}
		}
		if first, others, ok := strings.Cut(l.native, "|"); ok {
			// As archives print two scripts: "Kurdî | کوردی".
			second, _, _ := strings.Cut(others, "|")
			for _, sep := range []string{" | ", " / "} {
				names[Key(first+sep+second)] = i
				names[Key(second+sep+first)] = i
			}
		}
	}
	return names
})

// byCode finds a language by each of its codes.
var byCode = sync.OnceValue(func() map[string]int {
	codes := map[string]int{}
	for i, l := range languages {
		codes[strings.ToLower(l.code)] = i
		for _, code := range strings.Fields(l.codes) {
			codes[code] = i
		}
	}
	return codes
})

// Language returns the BCP 47 code of a language written in English, in the
// language itself, or as a code of any standard ("Русский", "Russian", "rus",
// "ru-RU"). It is "" if the language is unknown. Well-formed codes that the
// table does not have are kept as they are.
func Language(name string) string {
	name = strings.TrimSpace(name)
	if i, ok := asWritten(name); ok {
		return languages[i].code
	}
	if i, ok := byName()[strings.TrimRight(Key(name), ",.")]; ok {
		return languages[i].code
	}
	code := strings.ReplaceAll(name, "_", "-")
	if i, ok := byCode()[strings.ToLower(code)]; ok {
		return languages[i].code
	}
	primary, rest, tagged := strings.Cut(code, "-")
	if !wellFormed(code) || !tagged {
		return ""
	}
	i, ok := byCode()[strings.ToLower(primary)]
	if !ok {
		return ""
	}
	return languages[i].code + canonicalSubtags(rest)
}

// asWritten finds a language whose name is written as in the table, which is
// what nearly all files do, without making byName.
func asWritten(name string) (i int, ok bool) {
	for i, l := range languages {
		for _, names := range [...]string{l.native, l.english} {
			for known := range strings.SplitSeq(names, "|") {
				if known == name {
					return i, true
				}
			}
		}
	}
	return 0, false
}

// wellFormed reports whether code could be a BCP 47 tag.
func wellFormed(code string) bool {
	if len(code) < 2 || len(code) > 35 {
		return false
	}
	for i, part := range strings.Split(code, "-") {
		if part == "" || len(part) > 8 {
			return false
		}
		for _, c := range []byte(part) {
			isLetter := c|0x20 >= 'a' && c|0x20 <= 'z'
			if !isLetter && (i == 0 || c < '0' || c > '9') {
				return false
			}
		}
	}
	return true
}

// canonicalSubtags writes scripts as Hant, regions as TW, all else in lower case.
func canonicalSubtags(rest string) string {
	var b strings.Builder
	for part := range strings.SplitSeq(strings.ToLower(rest), "-") {
		switch len(part) {
		case 2:
			part = strings.ToUpper(part)
		case 4:
			part = strings.ToUpper(part[:1]) + part[1:]
		}
		b.WriteString("-" + part)
	}
	return b.String()
}

// LanguageName returns what the speakers of a language call it, or the code
// itself if it is unknown.
func LanguageName(code string) string {
	if l, ok := find(code); ok {
		name, _, _ := strings.Cut(l.native, "|")
		return name
	}
	return code
}

// EnglishName returns the English name of a language, or the code itself if it
// is unknown.
func EnglishName(code string) string {
	if l, ok := find(code); ok {
		name, _, _ := strings.Cut(l.english, "|")
		return name
	}
	return code
}

// find looks for code, and for shorter and shorter beginnings of it.
func find(code string) (language, bool) {
	code = strings.ToLower(code)
	for code != "" {
		if i, ok := byCode()[code]; ok {
			return languages[i], true
		}
		code = code[:max(strings.LastIndexByte(code, '-'), 0)]
	}
	return language{}, false
}

// rightToLeft lists languages and scripts written from right to left.
const rightToLeft = " ar arc ckb dv fa he ota ps syr ug ur yi sd nqo " +
	" arab hebr syrc thaa nkoo adlm mand samr rohg "

// Dir returns "rtl" for the code of a language that is written from right to
// left, else "ltr". A script in the code decides.
func Dir(code string) string {
	parts := strings.Split(strings.ToLower(code), "-")
	is := func(part string) bool { return part != "" && strings.Contains(rightToLeft, " "+part+" ") }
	for _, part := range parts[1:] {
		if len(part) == 1 {
			break // what follows is private
		}
		if len(part) == 4 && part[0] > '9' {
			if is(part) {
				return "rtl"
			}
			return "ltr"
		}
	}
	if is(parts[0]) {
		return "rtl"
	}
	return "ltr"
}
