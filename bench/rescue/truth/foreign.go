package truth

import (
	"embed"
	"strings"
)

//go:embed foreign
var foreign embed.FS

// Foreign are works in other languages than English, by the tag of the language:
// "ja", "zhs" and "zht" (in simple and in full characters), "ru", "fr", "de", "es".
func Foreign(part Part) map[string]Work {
	works := map[string]Work{}
	files, _ := foreign.ReadDir("foreign")
	for _, f := range files {
		language, of, _ := strings.Cut(strings.TrimSuffix(f.Name(), ".txt"), "-")
		if of != string(part) {
			continue
		}
		data, err := foreign.ReadFile("foreign/" + f.Name())
		if err != nil {
			panic(err) // embedded
		}
		w := parse(string(data))
		w.Ground, w.Part, w.Name = "other languages", part, language
		works[language] = w
	}
	return works
}
