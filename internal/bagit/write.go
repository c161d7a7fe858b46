package bagit

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// declaration is the whole of bagit.txt.
const declaration = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"

// Field is a line of bag-info.txt.
type Field struct{ Label, Value string }

// Writer writes a bag, file by file. The same files in the same order make the
// same bytes.
type Writer struct {
	put     func(name string, data []byte) error
	payload []listed
	known   map[string]bool // names, in lower case: not all disks tell cases apart
	bytes   int64
}

// listed is a line of a manifest.
type listed struct{ sum, name string }

// NewWriter begins a bag whose files go to put, by their names within it.
func NewWriter(put func(name string, data []byte) error) *Writer {
	return &Writer{put: put, known: map[string]bool{}}
}

// Add writes a file below data/.
func (w *Writer) Add(name string, data []byte) error {
	name = "data/" + name
	if err := checkName(name); err != nil {
		return err
	}
	if w.known[strings.ToLower(name)] {
		return fmt.Errorf("%q is in the bag twice", name)
	}
	w.known[strings.ToLower(name)] = true
	w.payload = append(w.payload, listed{sumOf(data), name})
	w.bytes += int64(len(data))
	return w.put(name, data)
}

// Close writes what is beside data/, with info in bag-info.txt.
func (w *Writer) Close(info ...Field) error {
	info = append(info, Field{"Payload-Oxum", fmt.Sprintf("%d.%d", w.bytes, len(w.payload))})
	tags := []struct{ name, text string }{
		{"bag-info.txt", printInfo(info)}, {"bagit.txt", declaration}, {"manifest-sha256.txt", printManifest(w.payload)},
	}
	var list []listed
	var failed []error
	for _, t := range tags {
		list = append(list, listed{sumOf([]byte(t.text)), t.name})
		failed = append(failed, w.put(t.name, []byte(t.text)))
	}
	failed = append(failed, w.put("tagmanifest-sha256.txt", []byte(printManifest(list))))
	return errors.Join(failed...)
}

func printManifest(list []listed) string {
	list = slices.Clone(list)
	slices.SortFunc(list, func(a, b listed) int { return strings.Compare(a.name, b.name) })
	var b strings.Builder
	for _, l := range list {
		b.WriteString(l.sum + "  " + escape(l.name) + "\n")
	}
	return b.String()
}

// printInfo prints fields, each on one line: what would begin another is a space.
func printInfo(info []Field) string {
	var b strings.Builder
	for _, f := range info {
		b.WriteString(f.Label + ": " + strings.Join(strings.Fields(f.Value), " ") + "\n")
	}
	return b.String()
}

func sumOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
