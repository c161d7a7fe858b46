package sqldump

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/encoding/unicode"

	"ficstead/internal/base/bounds"
	"ficstead/internal/base/zipfile"
)

// Why a dump cannot be unpacked.
var (
	ErrSeveral = errors.New("the ZIP holds several dumps")
	ErrNone    = errors.New("the ZIP holds no dump")
)

// unwrap takes off gzip, ZIP, marks of byte order and UTF-16.
func unwrap(src io.Reader) (io.Reader, error) {
	for range 3 {
		b := bufio.NewReaderSize(src, 64<<10)
		head, err := b.Peek(4)
		if err != nil && err != io.EOF && len(head) == 0 {
			return nil, err
		}
		src = b
		switch {
		case bytes.HasPrefix(head, []byte("\x1f\x8b")):
			if src, err = gzip.NewReader(b); err != nil {
				return nil, fmt.Errorf("gzip: %w", err)
			}
		case zipfile.Is(head):
			if src, err = unzip(b); err != nil {
				return nil, err
			}
		case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
			// PowerShell writes so what it is given by a program
			return unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Reader(b), nil
		case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
			_, err = b.Discard(3)
			return b, err
		default:
			return b, nil
		}
	}
	return src, nil
}

// unzip opens the one dump in a ZIP.
func unzip(src io.Reader) (io.Reader, error) {
	data, err := io.ReadAll(io.LimitReader(src, bounds.DumpZIP+1))
	if err != nil {
		return nil, err
	}
	if len(data) > bounds.DumpZIP {
		return nil, &zipfile.Error{Kind: zipfile.ErrBig}
	}
	limits := zipfile.Bounds()
	limits.Entry, limits.Total, limits.Salvage, limits.Twice = 2<<30, 4<<30, true, true
	z, err := zipfile.Open(data, limits)
	if err != nil {
		return nil, err
	}
	var dump *zipfile.File
	for _, f := range z.Files {
		name := strings.ToLower(f.Name)
		if strings.HasPrefix(name, "__macosx/") || !strings.HasSuffix(name, ".sql") && !strings.HasSuffix(name, ".sql.gz") {
			continue
		}
		if dump != nil {
			return nil, fmt.Errorf("%w: %s and %s", ErrSeveral, dump.Name, f.Name)
		}
		dump = f
	}
	if dump == nil {
		return nil, ErrNone
	}
	text, err := dump.Read(0)
	if err != nil && !errors.Is(err, zipfile.ErrDamaged) {
		return nil, err
	}
	return bytes.NewReader(text), nil
}
