package web

import (
	"html/template"
	"regexp"

	"ficstead/internal/base/text"
)

// A tongue is the language and direction of a piece of foreign text, for its
// attributes. Dir is never empty: what is not known the browser finds out.
type tongue struct{ Lang, Dir string }

// languageTag is what BCP 47 allows, as far as it concerns us.
var languageTag = regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$`)

func tongueOf(language string) tongue {
	if !languageTag.MatchString(language) {
		return tongue{Dir: "auto"}
	}
	return tongue{language, text.Dir(language)}
}

// Attrs are the attributes, to be set within a tag.
func (t tongue) Attrs() template.HTMLAttr {
	attrs := `dir="` + template.HTMLEscapeString(t.Dir) + `"`
	if t.Lang != "" {
		attrs = `lang="` + template.HTMLEscapeString(t.Lang) + `" ` + attrs
	}
	return template.HTMLAttr(attrs)
}
