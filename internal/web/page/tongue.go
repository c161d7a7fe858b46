package page

import (
	"html/template"
	"regexp"

	"ficstead/internal/base/text"
)

// A Tongue is the language and direction of a piece of foreign text, for its
// attributes. Dir is never empty: what is not known the browser finds out.
type Tongue struct{ Lang, Dir string }

// languageTag is what BCP 47 allows, as far as it concerns us.
var languageTag = regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$`)

// TongueOf is the tongue of a BCP 47 tag.
func TongueOf(language string) Tongue {
	if !languageTag.MatchString(language) {
		return Tongue{Dir: "auto"}
	}
	return Tongue{language, text.Dir(language)}
}

// Attrs are the attributes, to be set within a tag.
func (t Tongue) Attrs() template.HTMLAttr {
	attrs := `dir="` + template.HTMLEscapeString(t.Dir) + `"`
	if t.Lang != "" {
		attrs = `lang="` + template.HTMLEscapeString(t.Lang) + `" ` + attrs
	}
	return template.HTMLAttr(attrs)
}
