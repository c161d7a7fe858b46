package intake

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/epub"
	"ficstead/internal/base/zipfile"
)

const (
	nested  archive.Refusal = "This is an archive within an archive. Unpack it, and bring the files in it."
	hollow  archive.Refusal = "The ZIP holds no files of stories. Choose another one."
	cutZIP  archive.Refusal = "The ZIP ends too early: what could be read of it was taken, and the rest is missing. Download it again."
	badFile archive.Refusal = "This file in the ZIP is damaged. Make or download the ZIP again."
	locked  archive.Refusal = "This file in the ZIP is locked with a password. Unpack the ZIP, and bring the files in it."
)

// Expand returns the files that are in a ZIP of files, the works in a file that
// holds several, or f alone.
// The error says what is wrong with the ZIP as a whole; there may be files that
// could be read nevertheless.
func Expand(f File) (files []File, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			files, err = nil, fmt.Errorf("%w (%v)", broken, fault)
		}
	}()
	data, err := f.Data()
	if err != nil || len(data) > MaxFile {
		return []File{f.holding(data, err)}, nil
	}
	if works := severalIn(f.Name, data); works != nil {
		return works, nil
	}
	if !zipfile.Is(data) || epub.Is(data) {
		return []File{f.holding(data, err)}, nil
	}
	z, err := zipfile.Open(data, zipLimits())
	if err != nil {
		return nil, err
	}
	if bag := zipBag(z); bag != nil {
		return Bag(context.Background(), f.Name, bag)
	}
	if sortZIP(z) != ofFiles {
		return []File{f.holding(data, nil)}, nil
	}
	members := membersOf(f.Name, z)
	switch {
	case z.Salvaged:
		return members, cutZIP
	case len(members) == 0:
		return nil, hollow
	}
	return members, nil
}

// holding returns f with its data at hand, so that it is read once only.
func (f File) holding(data []byte, err error) File {
	f.Data = func() ([]byte, error) { return data, err }
	return f
}

func membersOf(name string, z *zipfile.Archive) []File {
	byName := map[string]*zipfile.File{}
	for _, entry := range z.Files {
		byName[entry.Name] = entry
	}
	var members []File
	for _, entry := range z.Files {
		if isJunk(entry.Name) {
			continue
		}
		members = append(members, File{
			Name:   name + "!" + entry.Name,
			Data:   func() ([]byte, error) { return unpack(entry) },
			Beside: beside(entry.Name, byName),
		})
	}
	return members
}

// unpack reads a member. What is packed again is not opened, for there is no end
// to that; an EPUB is packed, but a story.
func unpack(entry *zipfile.File) ([]byte, error) {
	data, err := entry.Read(MaxFile)
	switch {
	case errors.Is(err, zipfile.ErrEncrypted):
		return nil, locked
	case errors.Is(err, zipfile.ErrDamaged), errors.Is(err, zipfile.ErrTruncated):
		return nil, badFile
	case err != nil:
		return nil, err
	case zipfile.IsPacked(data) && !bytes.HasPrefix(data, []byte("\x1f\x8b")) && !epub.Is(data) && isOfFiles(data):
		return nil, nested
	}
	return data, nil
}

// isOfFiles tells an archive of files from a document that is packed as one, or
// packed alone.
func isOfFiles(data []byte) bool {
	z, err := zipfile.Open(data, zipLimits())
	return err != nil || sortZIP(z) == ofFiles && lone(z) == nil
}

// beside finds the members that a page of the same ZIP shows.
func beside(page string, byName map[string]*zipfile.File) func(string) []byte {
	return func(src string) []byte {
		entry := byName[within(page, src)]
		if entry == nil {
			return nil
		}
		data, err := entry.Read(maxPictures)
		if err != nil {
			return nil
		}
		return data
	}
}

// companions are the files that pages need and that tell nothing themselves.
var companions = map[string]bool{
	".css": true, ".js": true, ".woff": true, ".woff2": true, ".ttf": true, ".otf": true, ".eot": true, ".map": true, ".ico": true,
}

// isJunk reports whether a member is none of the person's making: what systems
// leave in ZIPs, hidden files, and what browsers save beside a page.
func isJunk(name string) bool {
	base := path.Base(name)
	for part := range strings.SplitSeq(name, "/") {
		if part == "__MACOSX" || strings.HasPrefix(part, ".") && part != "." && part != ".." {
			return true
		}
	}
	return IsCompanion(name) || strings.EqualFold(base, "Thumbs.db") || strings.EqualFold(base, "desktop.ini")
}

// companionDirs are how browsers, in the languages they speak, call the folder
// that they save beside a page.
var companionDirs = []string{"_files", "-files", ".files", "_fichiers", "-Dateien", "_archivos", "_arquivos", "_file", "_bestanden", "_pliki", "-filer"}

func isCompanionDir(dir string) bool {
	for part := range strings.SplitSeq(dir, "/") {
		for _, end := range companionDirs {
			if len(part) > len(end) && strings.HasSuffix(part, end) {
				return true
			}
		}
	}
	return false
}

// IsCompanion reports whether a file, by its path, is one that a browser saved
// beside a page and that tells nothing itself.
func IsCompanion(name string) bool {
	return companions[strings.ToLower(path.Ext(name))] || isCompanionDir(path.Dir(name))
}

func isZIP(err error) bool {
	var fault *zipfile.Error
	return errors.As(err, &fault)
}
