package zipfile

import (
	"bytes"
	"errors"
	"strings"
	"sync"
	"time"

	"ficstead/internal/base/bounds"
)

// The kinds of refusal. An Error wraps one of them.
var (
	ErrNot        = errors.New("not a ZIP file")
	ErrTruncated  = errors.New("the ZIP file ends too early")
	ErrDamaged    = errors.New("the ZIP file is damaged")
	ErrMany       = errors.New("the ZIP file has too many entries")
	ErrBomb       = errors.New("the ZIP file expands beyond the bound")
	ErrBig        = errors.New("the entry is too big")
	ErrName       = errors.New("the ZIP file holds an unsafe name")
	ErrDuplicate  = errors.New("the ZIP file holds a name twice")
	ErrOverlap    = errors.New("the ZIP file holds overlapping entries")
	ErrLink       = errors.New("the ZIP file holds a link or a device")
	ErrEncrypted  = errors.New("the entry is encrypted")
	ErrCompressed = errors.New("the entry is packed in a way we do not read")
)

// Error is a refusal: its kind, and the entry it is about.
type Error struct {
	Kind  error
	Entry string // "" if it is about the whole file
}

func (e *Error) Error() string {
	if e.Entry == "" {
		return e.Kind.Error()
	}
	return e.Kind.Error() + ": " + e.Entry
}

func (e *Error) Unwrap() error { return e.Kind }

// Limits are the bounds a file is read under.
type Limits struct {
	Entries int   // directory entries, folders among them
	Entry   int64 // bytes that one entry may unpack to
	Total   int64 // bytes that all entries together may unpack to
	Ratio   int64 // unpacked bytes for each byte of the file, above Slack
	Slack   int64

	// Twice permits names that are equal, or differ only in case. Of equal
	// ones the last counts, as when the entries are unpacked in order.
	Twice bool
	// Salvage reads a file whose directory is lost entry by entry, as far as it goes.
	Salvage bool
}

// Bounds are the limits for a ZIP of stories.
func Bounds() Limits {
	return Limits{Entries: bounds.ZIPEntries, Entry: bounds.ZIPEntry, Total: bounds.ZIPTotal, Ratio: bounds.ZIPRatio, Slack: bounds.ZIPSlack}
}

// Archive is an opened ZIP file. It may be read by several goroutines.
type Archive struct {
	Files    []*File // in the order of the directory; folders are left out
	Salvaged bool    // the directory was lost, so that there may have been more

	data   []byte
	limits Limits

	mu    sync.Mutex
	spent int64 // bytes unpacked so far, each entry counted once at its longest
}

// File is one entry.
type File struct {
	Name      string // with slashes; a label, never a path
	Size      int64  // as the directory claims
	Packed    int64
	Modified  time.Time // as written, in no known zone; zero if the entry has none
	Encrypted bool

	archive *Archive
	method  uint16
	sum     uint32
	header  int64 // where the local header begins
	body    int64 // where the packed bytes begin; -1 if the local header is damaged
	counted int64 // of archive.spent
}

// Is reports whether data begins like a ZIP file.
func Is(data []byte) bool {
	return bytes.HasPrefix(data, []byte("PK\x03\x04")) || bytes.HasPrefix(data, []byte("PK\x05\x06"))
}

// IsPacked reports whether data begins like an archive of any known sort, so
// that archives within archives can be refused.
func IsPacked(data []byte) bool {
	for _, magic := range [...]string{
		"PK\x03\x04", "PK\x05\x06", "PK\x07\x08", "Rar!\x1a\x07", "7z\xbc\xaf\x27\x1c",
		"\x1f\x8b\x08", "BZh", "\xfd7zXZ\x00", "\x28\xb5\x2f\xfd", "MSCF\x00\x00", "\x1f\x9d",
	} {
		if strings.HasPrefix(string(data[:min(len(data), 8)]), magic) {
			return true
		}
	}
	return len(data) > 262 && string(data[257:262]) == "ustar"
}

// File returns the entry of that name, or else one whose name differs only in
// case, or nil.
func (a *Archive) File(name string) *File {
	var alike *File
	for _, f := range a.Files {
		if f.Name == name {
			return f
		}
		if alike == nil && strings.EqualFold(f.Name, name) {
			alike = f
		}
	}
	return alike
}
