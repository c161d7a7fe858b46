package intake

import (
	"errors"
	"fmt"

	"ficstead/internal/archive"
	"ficstead/internal/base/epub"
	"ficstead/internal/base/zipfile"
)

// broken is what a person is told when a reader of ours has failed.
const broken = archive.Refusal("This file has brought our reader down, which is our fault and not the file's. Please report it, and try another format of the work.")

// Sentence is what a person is told about an error of Read: what is wrong and
// what to do.
func Sentence(err error) string {
	var refusal archive.Refusal
	if errors.As(err, &refusal) {
		return string(refusal)
	}
	for _, s := range sentences {
		if errors.Is(err, s.kind) {
			return s.sentence
		}
	}
	return "The file could not be read. Download the work again, or try another format of it."
}

// sentences are in this order because kinds wrap each other.
var sentences = []struct {
	kind     error
	sentence string
}{
	{epub.ErrEncrypted, "The EPUB is encrypted (DRM), so that only the shop's own program can open it. Bring a copy without encryption."},
	{epub.ErrNoText, "The EPUB holds no text. Download it again, or try another format of the work."},
	{epub.ErrNot, "The file is no EPUB, or too damaged to be read as one. Download it again, or try another format of the work."},
	{zipfile.ErrEncrypted, "The ZIP is locked with a password. Unpack it, and bring the files in it."},
	{zipfile.ErrBomb, "The file unpacks to far more than it should, which is how harmful files are made. If you trust it, unpack it and bring the files in it."},
	{zipfile.ErrBig, fmt.Sprintf("A file in the ZIP is larger than %d MB. Unpack it, and bring the smaller files in it.", MaxFile>>20)},
	{zipfile.ErrMany, "The ZIP has too many entries. Unpack it, and bring the files in smaller parts."},
	{zipfile.ErrName, "The ZIP holds a name that leads outside of it (such as “../”), which is how harmful files are made. If you trust it, unpack it and bring the files in it."},
	{zipfile.ErrDuplicate, "The ZIP holds two files of the same name. Unpack it, and bring the files in it."},
	{zipfile.ErrOverlap, "The ZIP holds files that lie on top of each other, which is how harmful files are made. If you trust it, unpack it and bring the files in it."},
	{zipfile.ErrLink, "The ZIP holds links instead of files. Make it again from the files themselves."},
	{zipfile.ErrTruncated, "The ZIP ends too early: a part of it is missing. Download it again."},
	{zipfile.ErrCompressed, "The ZIP is packed in a way we do not read. Unpack it, and bring the files in it."},
	{zipfile.ErrDamaged, "The ZIP is damaged. Download it again."},
	{zipfile.ErrNot, "The file is no ZIP. Download it again."},
}
