package intake

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/intake/htmlpage"
	"ficstead/internal/intake/markdown"
	"ficstead/internal/intake/plain"
	"ficstead/internal/repair"
	"ficstead/internal/repair/decode"
)

// foreign are the kinds of files that hold no story we can read, by the bytes
// they begin with (or have at an offset), and what to do about each.
var foreign = []struct {
	at       int
	magic    string
	sentence archive.Refusal
}{
	{0, "%PDF", "This is a PDF, which keeps no paragraphs to read. Download the work as EPUB or HTML, or convert it to EPUB first (Calibre does that)."},
	{60, "TEXtREAd", "This is a Palm book that is locked or packed in a way we do not read. Convert it to EPUB first (Calibre does that)."},
	{0, "TPZ", "This is a Kindle book (Topaz), which is not read yet. Convert it to EPUB first (Calibre does that)."},
	{0, "ITOLITLS", "This is a Microsoft Reader book, which is not read yet. Convert it to EPUB first (Calibre does that)."},
	{0, "ITSF", "This is a Windows help file, which is not read yet. Convert it to EPUB first (Calibre does that)."},
	{0, "\xd0\xcf\x11\xe0", "This is an old Word document, which is not read yet. Open it in a word processor, and save it as HTML or EPUB first."},
	{0, "\x89PNG", onlyPicture}, {0, "\xff\xd8\xff", onlyPicture}, {0, "GIF8", onlyPicture}, {8, "WEBP", onlyPicture},
	{0, "II*\x00", onlyPicture}, {0, "MM\x00*", onlyPicture}, {0, "BM\x00\x00", onlyPicture}, {4, "ftypavif", onlyPicture}, {4, "ftypheic", onlyPicture},
	{0, "MZ", program}, {0, "\x7fELF", program}, {0, "\xca\xfe\xba\xbe", program}, {0, "\xcf\xfa\xed\xfe", program},
	{0, "Rar!", packed}, {0, "7z\xbc\xaf", packed}, {0, "BZh", packed}, {0, "\xfd7zXZ", packed}, {0, "\x28\xb5\x2f\xfd", packed}, {0, "MSCF", packed}, {257, "ustar", packed},
	{0, "ID3", media}, {0, "OggS", media}, {0, "fLaC", media}, {0, "\x1a\x45\xdf\xa3", media}, {4, "ftyp", media}, {8, "WAVE", media}, {8, "AVI ", media},
	{0, "SQLite format 3", "This is a database, not a story. Export the stories from the program it belongs to, and bring those."},
}

const (
	empty       archive.Refusal = "The file is empty. Choose the file again, or download it again."
	noText      archive.Refusal = "The file holds no text. Choose another file, or download it again."
	onlyPicture archive.Refusal = "This is a picture, not a story. Bring the page or book that it belongs to."
	program     archive.Refusal = "This is a program, not a story. Choose another file."
	packed      archive.Refusal = "This is a packed archive other than ZIP. Unpack it, and bring the files in it."
	media       archive.Refusal = "This is sound or film, not a story. Choose another file."
	binary      archive.Refusal = "This is not a text that we can read. If it is a book, convert it to EPUB first (Calibre does that)."
	listing     archive.Refusal = "This is data of a program, not a story. Choose another file."
	aDocument   archive.Refusal = "This is a document of a word processor. Bring it in by itself."
	ofFiles     archive.Refusal = "This is a ZIP of several files. Bring it in to have each of them read, or unpack it."
)

// readText reads a file that is text of some sort. The formats are asked in this
// order: the last takes whatever has words.
func readText(name string, data []byte, choices archive.Choices, beside func(string) []byte) (m archive.Manuscript, source string, places *decode.Places, err error) {
	if len(data) > MaxText {
		return m, "", nil, tooLong
	}
	source, encoding, mends, places := repair.DecodePlaced(data, choices)
	if err := refuseText(source); err != nil {
		return m, "", nil, err
	}
	switch {
	case htmlpage.IsPage(source):
		m, err = readHTML(name, source, beside)
	case markdown.Match(source, name): // may hold some HTML
		if err = errors.Join(checkLines(source), checkTags(source)); err == nil {
			m, err = markdown.Read(source, name)
		}
	case htmlpage.IsMarkedUp(source):
		m, err = readHTML(name, source, beside)
	default:
		if err = checkLines(source); err != nil {
			return m, "", nil, err
		}
		text, more := repair.Text(source, choices)
		mends = append(mends, more...)
		m, err = plain.Read(text, name, choices)
	}
	m.Encoding = encoding
	m.Mends = append(mends, m.Mends...)
	return m, source, places, err
}

// refuseForeign refuses what is known to be no story by its bytes alone.
func refuseForeign(data []byte) error {
	if len(data) == 0 {
		return empty
	}
	if len(data) > MaxFile {
		return archive.Refusal(fmt.Sprintf("The file is larger than %d MB. Bring it in smaller parts.", MaxFile>>20))
	}
	for _, f := range foreign {
		if len(data) > f.at && bytes.HasPrefix(data[f.at:], []byte(f.magic)) {
			return f.sentence
		}
	}
	return nil
}

var (
	dump  = regexp.MustCompile("(?mi)^\\s*(?:(?:CREATE|DROP|LOCK) TABLE\\s+(?:IF \\w+ (?:NOT )?\\w*\\s*)?[`\"\\w{]+|INSERT INTO\\s+[`\"\\w{]+.*(?:VALUES|\\())")
	words = regexp.MustCompile(`\p{L}{2,}`)

	tooOften = regexp.MustCompile(`(?i)^(?:<[^<>]*>\s*)*(?:retry later|too many requests|error 429)\b`)
)

// refuseText refuses what is text but tells no story: data that programs write
// for each other. Noise that is no text at all is for the reader of plain text,
// which knows what words look like.
func refuseText(s string) error {
	head := strings.TrimSpace(s[:min(len(s), 1<<16)])
	switch {
	case strings.TrimSpace(s) == "":
		return noText
	case len(s) < 100 && tooOften.MatchString(head):
		return archive.Refusal("This is what a site answers to those who ask too often, not a story. Wait a few minutes, and download it again.")
	case mayBeDump(head) && dump.MatchString(head):
		return archive.Refusal("This is the dump of a database. If it is that of a whole archive, bring it in from a shell: ficstead import DUMP.sql --stories FOLDER.")
	case (head[0] == '{' || head[0] == '[') && json.Valid([]byte(s)), isTable(head), isForeignXML(head):
		return listing
	case !words.MatchString(s):
		return noText
	}
	return nil
}

// mayBeDump is cheap, and says no to nearly every story.
func mayBeDump(s string) bool {
	for _, words := range [...]string{" TABLE ", "INSERT INTO ", " table ", "insert into "} {
		if strings.Contains(s, words) {
			return true
		}
	}
	return false
}

// isTable reports whether all lines have the same number of tabs, three at least.
func isTable(s string) bool {
	lines := strings.Split(s, "\n")
	if len(lines) > 10 {
		lines = lines[:len(lines)-1] // may be cut
	}
	want := strings.Count(lines[0], "\t")
	for _, line := range lines {
		if strings.Count(line, "\t") != want && strings.TrimSpace(line) != "" {
			return false
		}
	}
	return want >= 3 && len(lines) >= 3
}

// isForeignXML reports whether s is XML of another kind than a page.
func isForeignXML(s string) bool {
	return strings.HasPrefix(s, "<?xml") && !strings.Contains(strings.ToLower(s), "<html")
}
