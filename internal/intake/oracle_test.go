package intake

import (
	"archive/zip"
	"bytes"
	"html"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// documents are the books and documents of the corpus, with what a person reads
// off them in the programs they were made for.
var documents = []struct {
	path, kind, title, by string
	chapters              int
}{
	{"docx/block_quotes.docx", "docx", "Some block quotes, in different ways", "Jesse Rosenthal", 1},
	{"docx/char_styles.docx", "docx", "", "Jesse Rosenthal", 1},
	{"docx/comments.docx", "docx", "", "Jesse Rosenthal", 1},
	{"docx/custom-style-reference.docx", "docx", "", "", 1},
	{"docx/deep_normalize.docx", "docx", "", "Jesse Rosenthal", 1},
	{"docx/drop_cap.docx", "docx", "", "Jesse Rosenthal", 1},
	{"docx/german_styled_lists.docx", "docx", "", "Jesse Rosenthal", 1},
	{"docx/hanging_indent.docx", "docx", "", "Masha Rand", 1},
	{"docx/headers.docx", "docx", "A Test of Headers", "Jesse Rosenthal", 1},
	{"docx/image.docx", "docx", "", "eng-dept", 1},
	{"docx/inline_formatting.docx", "docx", "", "Jesse Rosenthal", 1},
	{"docx/lists.docx", "docx", "Some nested lists", "", 1},
	{"docx/metadata.docx", "docx", "This Is the Title", "Mary Ann Evans Aurore Dupin", 1},
	{"docx/normalize.docx", "docx", "", "Jesse Rosenthal", 1},
	{"docx/tabs.docx", "docx", "", "eng-dept", 1},
	{"docx/track_changes_deletion.docx", "docx", "", "eng-dept", 1},
	{"docx/track_changes_insertion.docx", "docx", "", "eng-dept", 1},
	{"docx/track_changes_move.docx", "docx", "", "Jesse Rosenthal", 1},
	{"docx/trailing_spaces_in_formatting.docx", "docx", "", "eng-dept", 1},
	{"docx/trim_last_inline.docx", "docx", "", "Jesse Rosenthal", 1},
	{"docx/unicode.docx", "docx", "", "eng-dept", 1},
	{"odt/bold.odt", "odt", "", "Martin Linnemann", 1},
	{"odt/headers.odt", "odt", "", "Martin Linnemann", 1},
	{"odt/image.odt", "odt", "", "Martin Linnemann", 1},
	{"odt/italic.odt", "odt", "", "Martin Linnemann", 1},
	{"odt/textMixedStyles.odt", "odt", "", "", 1},
	{"odt/trackedChanges.odt", "odt", "", "Martin Linnemann", 1},
	{"rtf/accent.rtf", "rtf", "", "", 1},
	{"rtf/footnote.rtf", "rtf", "", "", 1},
	{"rtf/formatting.rtf", "rtf", "", "", 1},
	{"rtf/heading.rtf", "rtf", "Heading 1", "", 1},
	{"rtf/unicode.rtf", "rtf", "", "", 1},
	{"fb2/notes.fb2", "fb2", "", "", 1},
	{"epub/epub2-ocf-directory-empty-warning.epub", "epub", "Minimal EPUB 2.0", "", 1},
	{"epub/epubcheck-cli-valid.epub", "epub", "Minimal EPUB 3.0", "", 1},
	{"epub/komga-epub3.epub", "epub", "zip", "", 1},
	{"epub/komga-incomplete-theft.epub", "epub", "The Incomplete Theft", "Ralph Burke", 2},
	{"epub/kudos-sample.epub", "epub", "A Test Work", "Test Author", 2},
	{"epub/ocf-filename-utf8-valid.epub", "epub", "Minimal EPUB 3.0", "", 1},
	{"epub/ocf-filepath-utf8-valid.epub", "epub", "Minimal EPUB 3.0", "", 1},
	{"epub/pandoc-epub2_cover.epub", "epub", "Pandoc EPUB Test", "François Martin", 1},
	{"epub/pandoc-features.epub", "epub", "EPUBTEST 0100 - Reflowable Content Tests", sixMakers, 12},
	{"epub/pandoc-formatting.epub", "epub", "EPUBTEST 0101 - Styling Tests", sixMakers, 46},
	{"epub/pandoc-img.epub", "epub", "EPUBTEST 0100 - Reflowable Content Tests", sixMakers, 3},
	{"epub/pandoc-wasteland.epub", "epub", "The Waste Land", "T.S. Eliot", 3},
	{"ao3-download/218676-era2025.epub", "ao3-epub", "Fire and Feather", "nianeyna", 3},
	{"ao3-download/218676.azw3", "ao3-kindle", "Fire and Feather", "nianeyna", 3},
	{"ao3-download/218676.epub", "ao3-epub", "Fire and Feather", "nianeyna", 3},
	{"ao3-download/218676.mobi", "ao3-kindle", "Fire and Feather", "nianeyna", 3},
	{"fanficfare/ao3-24861814.epub", "epub", "Through Your Silver Eyes", "Amora0819", 20},
	{"fanficfare/ffn-4195819.epub", "epub", "Harry Potter and the Unicorn's Curse", "Really Frozen Phoenix", 1},
	{"fanficfare/test1-5.epub", "epub", "Test Story Title 5", "Test Author aa", 9},
	{"fanficfare/test1-5.mobi", "kindle", "Test Story Title 5", "Test Author aa", 9},
	{"epub-broken/ocf-container-not-ocf-error.epub", "docx", "", "", 1},
	{"epub-broken/ocf-filename-character-forbidden-error.epub", "epub", "Minimal EPUB 3.0", "", 1},
	{"epub-broken/ocf-filename-duplicate-after-common-case-folding-error.epub", "epub", "Minimal EPUB 3.0", "", 2},
	{"epub-broken/ocf-filename-not-utf8-error.epub", "epub", "Minimal EPUB 3.0", "", 1},
	{"epub-broken/ocf-filepath-not-utf8-error.epub", "epub", "Minimal EPUB 3.0", "", 1},
	{"epub-broken/ocf-mimetype-file-missing-error.epub", "epub", "Minimal EPUB 3.0", "", 1},
	{"epub-broken/ocf-zip-mimetype-entry-extra-field-error.epub", "epub", "Minimal EPUB 3.0", "", 1},
}

const sixMakers = "Markus Gylling Vincent Gros Toshiaki Koike Marisa DeMeglio Matt Garrish Ori Idan"

// hopeless are the others, and what is said of them.
var hopeless = map[string]string{
	"odt/horizontalRule.odt":      "holds no text",
	"epub/komga-zip-as-epub.epub": "picture",
	"epub-broken/ocf-zip-unreadable-image-with-epub-extension-fatal.epub": "picture",
	"epub-broken/ocf-zip-unreadable-no-end-header-fatal.epub":             "ends too early",
}

// TestDocuments compares each book and document of the corpus with the tables
// above, and its words with those that patterns find in the file.
func TestDocuments(t *testing.T) {
	counted := 0
	for _, d := range documents {
		data, err := os.ReadFile(filepath.Join(corpus, d.path))
		if err != nil {
			t.Skipf("no corpus: %v", err)
		}
		m, _, err := Read("", data, nil)
		if err != nil {
			t.Errorf("%s: %v", d.path, err)
			continue
		}
		var by []string
		said := m.Title + " "
		for _, c := range m.Creators {
			by = append(by, c.Name)
		}
		for _, c := range m.Chapters {
			said += c.Title + " " + html.UnescapeString(anyTag.ReplaceAllString(endsWord.ReplaceAllString(c.Notes.HTML()+c.Text.HTML()+c.EndNotes.HTML(), " "), "")) + " "
		}
		if m.Kind != d.kind || m.Title != d.title || strings.Join(by, " ") != d.by || len(m.Chapters) != d.chapters {
			t.Errorf("%s: got %s %q by %v in %d chapters, want %s %q by %s in %d", d.path, m.Kind, m.Title, by, len(m.Chapters), d.kind, d.title, d.by, d.chapters)
		}
		want, ok := wordsIn(t, d.path, data)
		if !ok {
			continue
		}
		counted++
		if d.path == "docx/metadata.docx" {
			said += m.Summary.Text() + strings.Join(by, " ")
		}
		if got := len(plainWords(said)); abs(got-want) > max(want/100, 2) {
			t.Errorf("%s: %d words, want %d", d.path, got, want)
		}
	}
	for path, want := range hopeless {
		data, err := os.ReadFile(filepath.Join(corpus, path))
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := Read("", data, nil); err == nil {
			t.Errorf("%s was taken in", path)
		} else {
			checkSentence(t, path, Sentence(err), want)
		}
	}
	t.Logf("%d documents, the words of %d counted", len(documents), counted)
}

// TestDocumentsAreAll holds that no book or document of the corpus is missing
// from the tables.
func TestDocumentsAreAll(t *testing.T) {
	known := map[string]bool{}
	for _, d := range documents {
		known[d.path] = true
	}
	for path := range hopeless {
		known[path] = true
	}
	for _, file := range corpusFiles(t) {
		path, _ := filepath.Rel(corpus, file)
		if slices.Contains([]string{".docx", ".odt", ".rtf", ".fb2", ".epub", ".mobi", ".azw3"}, filepath.Ext(path)) && !known[filepath.ToSlash(path)] {
			t.Errorf("%s is in no table", path)
		}
	}
}

func abs(n int) int { return max(n, -n) }

func plainWords(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '’' })
}

var (
	goneInWord = regexp.MustCompile(`(?s)<w:(del|moveFrom) .*?</w:(?:del|moveFrom)>|<w:instrText.*?</w:instrText>|<wp:posOffset.*?</wp:posOffset>|<wp14:.*?</wp14:\w+>`)
	goneInODT  = regexp.MustCompile(`(?s)<text:tracked-changes>.*?</text:tracked-changes>|<office:annotation.*?</office:annotation>|<svg:\w+>.*?</svg:\w+>`)
	goneInBook = regexp.MustCompile(`(?s)<head>.*?</head>|<binary.*?</binary>|<description>.*?</description>`)
	endsWord   = regexp.MustCompile(`</(?:w:p|text:p|text:h|p|h\d|div|li|td|span|title|section)>|<(?:w:br|w:tab|text:tab|text:line-break|br)\b[^>]*>`)
	rtfGroup   = regexp.MustCompile(`(?s)\{\\\*[^{}]*\}|\{\\(?:fonttbl|colortbl|stylesheet|info)[^{}]*\}`)
	rtfWord    = regexp.MustCompile(`\\'[0-9a-f]{2}|\\[a-z]+-?\d* ?|[{}\r\n]`)
)

// wordsIn counts the words of a file by patterns; not ok where patterns cannot.
func wordsIn(t *testing.T, path string, data []byte) (n int, ok bool) {
	t.Helper()
	part := func(name string) string {
		z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		b, err := fs.ReadFile(z, name)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	said := ""
	switch {
	case strings.HasPrefix(path, "docx/"):
		said = goneInWord.ReplaceAllString(part("word/document.xml"), "")
	case strings.HasPrefix(path, "odt/"):
		said = goneInODT.ReplaceAllString(part("content.xml"), "")
	case strings.HasPrefix(path, "fb2/"):
		said = goneInBook.ReplaceAllString(string(data), "")
	case path == "rtf/accent.rtf", path == "rtf/footnote.rtf":
		said = strings.ReplaceAll(string(data), `\chftn`, " 1 ") // the marks of notes
		said = rtfWord.ReplaceAllString(rtfGroup.ReplaceAllString(said, ""), "")
	case path == "epub/pandoc-wasteland.epub":
		said = goneInBook.ReplaceAllString(part("EPUB/wasteland-content.xhtml"), "")
	default:
		return 0, false
	}
	said = anyTag.ReplaceAllString(endsWord.ReplaceAllString(said, " "), "")
	return len(plainWords(html.UnescapeString(said))), true
}
