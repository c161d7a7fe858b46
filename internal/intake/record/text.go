package record

import (
	"bytes"
	"encoding/json"
	"html"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/repair"
)

// Text is a piece of prose. In JSON it may be a string: HTML if it has any tag or
// entity, else plain text with a blank line between paragraphs.
type Text struct {
	HTML  string // clean and known: nothing is found out about it
	Plain string // likewise, without markup
	// Raw are bytes as they were found, HTML or not, in an encoding to be found out.
	Raw []byte
	// Lines says that where the Raw text has no breaks and no paragraphs of HTML,
	// the ends of lines are meant.
	Lines bool
	// Slashes says that backslashes before quotes are a program's, not the author's.
	Slashes bool
}

// IsZero reports whether there is no text.
func (t Text) IsZero() bool { return t.HTML == "" && t.Plain == "" && len(t.Raw) == 0 }

type textJSON struct {
	HTML    string `json:"html,omitempty"`
	Plain   string `json:"text,omitempty"`
	Raw     string `json:"raw,omitempty"`
	Base64  []byte `json:"base64,omitempty"`
	Lines   bool   `json:"lines,omitempty"`
	Slashes bool   `json:"slashes,omitempty"`
}

// MarshalJSON prints bytes as a string where they are UTF-8.
func (t Text) MarshalJSON() ([]byte, error) {
	if t.Raw == nil && t.Plain == "" && hasMarkup(t.HTML) {
		return bytes.TrimSuffix(encode(t.HTML), []byte("\n")), nil
	}
	out := textJSON{HTML: t.HTML, Plain: t.Plain, Lines: t.Lines, Slashes: t.Slashes}
	if utf8.Valid(t.Raw) {
		out.Raw = string(t.Raw)
	} else {
		out.Base64 = t.Raw
	}
	return bytes.TrimSuffix(encode(out), []byte("\n")), nil
}

// UnmarshalJSON reads a string, or what MarshalJSON prints.
func (t *Text) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '"' {
		var s string
		err := json.Unmarshal(data, &s)
		*t = TextOf(s)
		return err
	}
	var in textJSON
	if err := json.Unmarshal(data, &in); err != nil {
		return err
	}
	*t = Text{HTML: in.HTML, Plain: in.Plain, Raw: in.Base64, Lines: in.Lines, Slashes: in.Slashes}
	if in.Raw != "" {
		t.Raw = []byte(in.Raw)
	}
	return nil
}

// TextOf is a text that is HTML if it has any tag or entity, and plain if not.
func TextOf(s string) Text {
	if hasMarkup(s) {
		return Text{HTML: s}
	}
	return Text{Plain: s}
}

var (
	markup = regexp.MustCompile(`<[/!]?[a-zA-Z][^<]*>|&(?:#\d+|#[xX][0-9a-fA-F]+|[a-zA-Z]+\d*);`)
	breaks = regexp.MustCompile(`(?i)<(?:br|p|div|li|tr|h[1-6]|blockquote)\b`)
	images = regexp.MustCompile(`(?i)(<img\b[^>]*?\bsrc\s*=\s*)("[^"]*"|'[^']*'|[^\s"'>]+)`)
)

func hasMarkup(s string) bool { return strings.ContainsAny(s, "<&") && markup.MatchString(s) }

// Decode makes characters of bytes: a mark, UTF-8 (undone once where it was made
// of UTF-8 taken for Windows-1252), or what repair finds. All that it changes is
// told.
func Decode(raw []byte, choices archive.Choices) (s, encoding string, mends []archive.Mend) {
	raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	if once, ok := undoTwice(raw); ok {
		m := choices.Decide(archive.Mend{
			Rule: "mojibake", Before: around(string(raw)), After: around(string(once)), Confidence: 0.99, Applied: true,
		})
		mends = append(mends, m)
		if m.Applied {
			raw = once
		}
	}
	s, encoding, more := repair.Decode(raw, choices)
	for i := range more {
		more[i].At = 0 // there is no one text to count in
	}
	return s, encoding, append(mends, more...)
}

// Reread reports whether Decode undoes a second encoding.
func Reread(raw []byte) bool {
	_, ok := undoTwice(raw)
	return ok
}

// undoTwice undoes that the bytes of UTF-8 were taken for Windows-1252, or Latin-1,
// and written as UTF-8 again. It is certain: all characters beyond ASCII must be
// such bytes, and form UTF-8 together.
func undoTwice(raw []byte) ([]byte, bool) {
	if ascii(raw) || !utf8.Valid(raw) {
		return nil, false
	}
	once := make([]byte, 0, len(raw))
	for _, r := range string(raw) {
		switch b, ok := charmap.Windows1252.EncodeRune(r); {
		case r < 0x80, r < 0x100:
			once = append(once, byte(r)) // the databases' Latin-1 has all 256
		case ok:
			once = append(once, b)
		default:
			return nil, false
		}
	}
	return once, utf8.Valid(once)
}

func ascii(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// around is the first place where s is not ASCII, with a few characters around it.
func around(s string) string {
	const some = 24
	runes := []rune(s)
	for i, r := range runes {
		if r >= utf8.RuneSelf {
			return string(runes[max(0, i-some):min(len(runes), i+some)])
		}
	}
	return ""
}

// Unslash takes off the backslashes that PHP put before quotes and backslashes.
func Unslash(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	return strings.NewReplacer(`\\`, `\`, `\'`, `'`, `\"`, `"`).Replace(s)
}

// reading is a record being read.
type reading struct {
	*archive.Manuscript
	choices  archive.Choices
	pictures map[string]string // address in texts → address in prose
}

// prose reads a text. Chapter says where its mends are.
func (r *reading) prose(t Text, chapter int) prose.Doc {
	switch {
	case t.IsZero():
		return prose.Doc{}
	case len(t.Raw) > 0:
		s, encoding, mends := Decode(t.Raw, r.choices)
		for _, m := range mends {
			m.Chapter = chapter
			r.Mends = append(r.Mends, m)
		}
		if r.Encoding == "" || r.Encoding == "utf-8" {
			r.Encoding = encoding
		}
		if t.Slashes {
			s = Unslash(s)
		}
		if t.Lines && !breaks.MatchString(s) {
			s = lines(s)
		}
		return r.Prose(r.showing(s))
	case t.HTML != "":
		return r.Prose(r.showing(clean(t.HTML)))
	}
	return prose.FromText(clean(t.Plain))
}

// clean is for text that was said to be clean, by a stranger.
func clean(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
}

// lines makes paragraphs of blank lines and breaks of line ends.
func lines(s string) string {
	var b strings.Builder
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	open := false
	for line := range strings.Lines(s) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" && open:
			b.WriteString("</p>\n")
			open = false
		case line == "":
		case open:
			b.WriteString("<br>" + line)
		default:
			b.WriteString("<p>" + line)
			open = true
		}
	}
	return b.String()
}

// showing gives the pictures in a text that the record has the addresses of
// attachments.
func (r *reading) showing(s string) string {
	if len(r.pictures) == 0 {
		return s
	}
	return images.ReplaceAllStringFunc(s, func(img string) string {
		m := images.FindStringSubmatch(img)
		if address := r.pictures[html.UnescapeString(strings.Trim(m[2], `"'`))]; address != "" {
			return m[1] + `"` + address + `"`
		}
		return img
	})
}

// Pictures lists the addresses of the pictures that a text shows.
func Pictures(s string) []string {
	var all []string
	for _, m := range images.FindAllStringSubmatch(s, -1) {
		all = append(all, html.UnescapeString(strings.Trim(m[2], `"'`)))
	}
	return all
}

// Doc reads a text that stands alone.
func (t Text) Doc() prose.Doc {
	r := reading{Manuscript: &archive.Manuscript{}}
	return r.prose(t, 0)
}
