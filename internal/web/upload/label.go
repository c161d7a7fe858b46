package upload

import (
	"path"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxName is how many characters of a file's name are kept.
const maxName = 180

// escapes are what browsers write for the three characters that would end a
// name in a form: see "multipart/form-data" in the HTML standard. They leave a
// percent sign as it is, so nothing else is decoded.
var escapes = strings.NewReplacer("%22", `"`, "%0D", "\r", "%0A", "\n", "%0d", "\r", "%0a", "\n")

// labelOf makes of a name that anybody may have sent one that can be shown. It
// is only ever a label: no file is opened by it.
func labelOf(name string) string {
	name = escapes.Replace(strings.ToValidUTF8(name, "�"))
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, name)
	name = strings.Join(strings.Fields(name), " ")
	if name == "" || strings.Trim(name, "./") == "" {
		return "file without a name"
	}
	if n := utf8.RuneCountInString(name); n > maxName {
		runes := []rune(name)
		name = string(runes[:maxName/2]) + "…" + string(runes[n-maxName/2:])
	}
	return name
}
