package decode

import (
	"regexp"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
)

// declarationBytes is how far from the start a charset is looked for. Browsers
// stop at 1,024; saved pages carry scripts before it.
const declarationBytes = 8 << 10

var declaration = regexp.MustCompile(`(?i)<\?xml[^>]{0,200}\sencoding\s*=\s*["']([\w.:-]+)|<meta\b[^>]{0,400}charset\s*=\s*["']?\s*([\w.:-]+)`)

// declaredCharset returns the encoding that an XML declaration or a meta
// element names, and its canonical name; nil if there is none or none we know.
func declaredCharset(b []byte) (encoding.Encoding, string) {
	m := declaration.FindSubmatch(b[:min(len(b), declarationBytes)])
	if m == nil {
		return nil, ""
	}
	e, err := htmlindex.Get(string(m[1]) + string(m[2]))
	if err != nil {
		return nil, ""
	}
	name, err := htmlindex.Name(e)
	if err != nil || name == "replacement" || strings.HasPrefix(name, "utf-16") {
		// A file whose declaration we could read is not in UTF-16.
		return nil, ""
	}
	return e, name
}
