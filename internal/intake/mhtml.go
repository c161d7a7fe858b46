package intake

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/textproto"
	"strings"
)

// unwrapMHTML returns the page in a file that a browser saved as "web archive,
// single file": a mail whose first part of the kind HTML is the page.
func unwrapMHTML(data []byte) (page []byte, ok bool) {
	head := data[:min(len(data), 4096)]
	if !bytes.Contains(bytes.ToLower(head), []byte("multipart/related")) || bytes.HasPrefix(bytes.TrimSpace(head), []byte("<")) {
		return nil, false
	}
	r := bufio.NewReader(bytes.NewReader(data))
	header, err := textproto.NewReader(r).ReadMIMEHeader()
	if err != nil {
		return nil, false
	}
	kind, params, err := mime.ParseMediaType(header.Get("Content-Type"))
	if err != nil || kind != "multipart/related" {
		return nil, false
	}
	parts := multipart.NewReader(r, params["boundary"])
	for {
		part, err := parts.NextRawPart()
		if err != nil {
			return nil, false
		}
		if strings.HasPrefix(part.Header.Get("Content-Type"), "text/html") {
			page, _ = io.ReadAll(io.LimitReader(plainBody(part), MaxText+1))
			return page, len(page) > 0
		}
	}
}

func plainBody(part *multipart.Part) io.Reader {
	switch strings.ToLower(part.Header.Get("Content-Transfer-Encoding")) {
	case "quoted-printable":
		return quotedprintable.NewReader(part)
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, part)
	}
	return part
}
