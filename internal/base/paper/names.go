package paper

import (
	"regexp"
	"strings"
)

// nobody are the names that programs write for who they do not know.
var nobody = regexp.MustCompile(`(?i)^(microsoft( office)?( user)?|ms office user|office( user)?|windows( user)?|users?|utilisateur|utente|usuario|benutzer|пользователь|admin(istrator)?|administrateur|owner|author|autor|unknown|anonymous user|customer|(preferred|valued)\b.*customer|guest|default|home|hp|dell|acer|asus|lenovo|toshiba|compaq.*|hewlett.*|student|me|pc|computer|user name|name|none|n/a|python-docx|pandoc|libreoffice.*|openoffice.*|calibre.*|apache poi|docx4j|aspose.*|google docs|template|normal(\.dotm?)?|generated.*|[\W_\d]*)$`)

// unnamed are the titles that programs write for what has none.
var unnamed = regexp.MustCompile(`(?i)^((new |nouveau |neues )?(microsoft )?(word |text |rtf )?(document|dokument|documento?)\s*\d*|untitled.*|unbenannt.*|sans (nom|titre).*|title|titel|titre|template|normal(\.dotm?)?|microsoft word - .*|word document|no title|unknown|[\W_\d]*)$`)

// IsNobody reports whether a name in a file's properties is that of no person.
func IsNobody(name string) bool { return nobody.MatchString(strings.TrimSpace(name)) }

// IsUnnamed reports whether a title in a file's properties is no title.
func IsUnnamed(title string) bool { return unnamed.MatchString(strings.TrimSpace(title)) }
