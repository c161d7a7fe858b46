package intake

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"net/textproto"
	"net/url"
	"strings"

	"ficstead/internal/base/bounds"
)

// A file that a browser saved as "web archive, single file" is a mail: its first
// part of the kind HTML is the page, and the others are what the page shows.

const (
	mostParts    = 5000 // of such a file that are looked at
	deepestParts = 3    // that hold others
)

// webArchive is what such a file holds.
type webArchive struct {
	page     []byte
	location string            // of the page
	pictures map[string][]byte // by their addresses, and by "cid:" and what they are called
	parts    int
	size     int // of the pictures
}

// openMHTML reads such a file; ok is false if data is none, or holds no page.
func openMHTML(data []byte) (a *webArchive, ok bool) {
	head := data[:min(len(data), 4096)]
	if !bytes.Contains(bytes.ToLower(head), []byte("multipart/related")) || bytes.HasPrefix(bytes.TrimSpace(head), []byte("<")) {
		return nil, false
	}
	r := bufio.NewReader(bytes.NewReader(data))
	header, err := textproto.NewReader(r).ReadMIMEHeader()
	if err != nil {
		return nil, false
	}
	a = &webArchive{location: header.Get("Snapshot-Content-Location"), pictures: map[string][]byte{}}
	a.readParts(header, r, deepestParts)
	return a, len(a.page) > 0
}

func (a *webArchive) readParts(header textproto.MIMEHeader, body io.Reader, deepest int) {
	kind, params, err := mime.ParseMediaType(header.Get("Content-Type"))
	if err != nil || !strings.HasPrefix(kind, "multipart/") || deepest == 0 {
		return
	}
	parts := multipart.NewReader(body, params["boundary"])
	for a.parts < mostParts {
		part, err := parts.NextRawPart()
		if err != nil {
			return
		}
		a.parts++
		a.readPart(part, deepest)
	}
}

func (a *webArchive) readPart(part *multipart.Part, deepest int) {
	kind, location := strings.ToLower(part.Header.Get("Content-Type")), part.Header.Get("Content-Location")
	switch {
	case strings.HasPrefix(kind, "multipart/"):
		a.readParts(part.Header, part, deepest-1)
	case strings.HasPrefix(kind, "text/html"), strings.HasPrefix(kind, "application/xhtml"):
		if a.page != nil {
			return // a frame
		}
		if a.page = plainBody(part, MaxText); isWeb(location) {
			a.location = location
		}
	case strings.HasPrefix(kind, "image/") && a.size < bounds.FilePictures:
		picture := plainBody(part, bounds.FilePictures-a.size)
		a.size += len(picture)
		a.pictures[location] = picture
		if id := strings.Trim(part.Header.Get("Content-ID"), "<> "); id != "" {
			a.pictures["cid:"+id] = picture
		}
	}
}

// plainBody is what a part says, up to a bound.
func plainBody(part *multipart.Part, most int) []byte {
	data, _ := io.ReadAll(io.LimitReader(part, int64(most)*4+1)) // three letters for one, at worst
	switch strings.ToLower(strings.TrimSpace(part.Header.Get("Content-Transfer-Encoding"))) {
	case "quoted-printable":
		data = unquoted(data)
	case "base64":
		data, _ = io.ReadAll(base64.NewDecoder(base64.StdEncoding, bytes.NewReader(data)))
	}
	return data[:min(len(data), most+1)]
}

// unquoted decodes quoted-printable. What is not well formed stays as it is: the
// page goes on behind it.
func unquoted(data []byte) []byte {
	out := make([]byte, 0, len(data))
	for len(data) > 0 {
		line, rest, more := bytes.Cut(data, []byte("\n"))
		data = rest
		end := bytes.TrimRight(line, " \t\r")
		soft := bytes.HasSuffix(end, []byte("="))
		if soft {
			end = end[:len(end)-1]
		}
		for i := 0; i < len(end); i++ {
			if end[i] == '=' && i+2 < len(end) && isHex(end[i+1]) && isHex(end[i+2]) {
				out = append(out, unhex(end[i+1])<<4|unhex(end[i+2]))
				i += 2
				continue
			}
			out = append(out, end[i])
		}
		if more && !soft {
			out = append(out, '\n')
		}
	}
	return out
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f'
}

func unhex(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return (c | 0x20) - 'a' + 10
}

// source is the page with the address it was saved from, as browsers note it.
func (a *webArchive) source() []byte {
	address := strings.NewReplacer("--", "%2D%2D", ">", "%3E", "<", "%3C", " ", "%20").Replace(a.location)
	if !isWeb(address) || bytes.HasPrefix(a.page, []byte("\xff\xfe")) || bytes.HasPrefix(a.page, []byte("\xfe\xff")) {
		return a.page
	}
	const mark = "\ufeff"
	note := "<!-- saved from url=(0000)" + address + " -->\n"
	if rest, ok := bytes.CutPrefix(a.page, []byte(mark)); ok {
		return []byte(mark + note + string(rest))
	}
	return []byte(note + string(a.page))
}

// beside finds a picture by how the page names it.
func (a *webArchive) beside(src string) []byte {
	if picture := a.pictures[src]; picture != nil {
		return picture
	}
	base, err := url.Parse(a.location)
	if err != nil {
		return nil
	}
	ref, err := base.Parse(src)
	if err != nil {
		return nil
	}
	return a.pictures[ref.String()]
}
