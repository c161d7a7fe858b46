package bagit

import (
	"fmt"
	"path"
	"strings"
	"unicode/utf8"
)

// maxName is the longest name of a file, in bytes, that any disk takes.
const maxName = 1024

var (
	escaper   = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	unescaper = strings.NewReplacer("%25", "%", "%0D", "\r", "%0d", "\r", "%0A", "\n", "%0a", "\n")
)

// escape spells a name in a manifest, whose lines end with a line feed.
func escape(name string) string { return escaper.Replace(name) }

func unescape(name string) string { return unescaper.Replace(name) }

// checkName refuses names that could lead out of a bag on any system.
func checkName(name string) error {
	switch {
	case name == "" || len(name) > maxName || !utf8.ValidString(name) || strings.ContainsAny(name, "\x00\\"),
		strings.HasPrefix(name, "/"), strings.HasPrefix(name, "~"), path.Clean(name) != name, name == "..", strings.HasPrefix(name, "../"),
		len(name) > 1 && name[1] == ':':
		return fmt.Errorf("the name %.80q leads out of the bag, or is none that every disk can have", name)
	}
	return nil
}
