package listing

import (
	"strings"
)

// Form is the address of the same question in another form.
func (l List) Form(ext string) string {
	q := l.Question
	path, query, asked := strings.Cut(l.Scope.Href(q), "?")
	if asked {
		return path + "." + ext + "?" + query
	}
	return path + "." + ext
}
