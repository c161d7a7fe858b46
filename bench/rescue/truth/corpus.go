package truth

import (
	"bytes"
	"hash/fnv"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Books are the works of the corpus whose form can be known without reading
// them as the program does: none if the folder is not there. They are read at
// run time and belong to nobody here.
func Books(corpus string, part Part) []Work {
	var works []Work
	for _, kind := range []struct {
		folder, ground string
		read           func(name string, data []byte) Work
	}{
		{"groundtruth/standardebooks", "Standard Ebooks", readXHTML},
		{"groundtruth/markdown", "classics, Markdown", readMarkdown},
		{"groundtruth/gutenberg-txt", "classics, wrapped text", readGutenberg},
	} {
		for _, path := range files(filepath.Join(corpus, kind.folder)) {
			name := filepath.Base(path)
			if partOf(kind.ground, name) != part || name == pagedBook {
				continue
			}
			if data, err := os.ReadFile(path); err == nil {
				data = withoutLicence(data)
				w := kind.read(name, data)
				w.Ground, w.Name, w.Part, w.Source = kind.ground, name, part, data
				works = append(works, w)
			}
		}
	}
	return works
}

// pagedBook has the heads and numbers of its pages in the text: it is damaged.
const pagedBook = "pg42.txt"

// withoutLicence cuts what Project Gutenberg puts around a book.
func withoutLicence(data []byte) []byte {
	for _, mark := range []string{"*** START OF", "***START OF"} {
		if _, after, ok := bytes.Cut(data, []byte(mark)); ok {
			_, data, _ = bytes.Cut(after, []byte("\n"))
		}
	}
	for _, mark := range []string{"*** END OF", "***END OF", "End of the Project Gutenberg", "End of Project Gutenberg"} {
		data, _, _ = bytes.Cut(data, []byte(mark))
	}
	return data
}

// Pages are pages of fan fiction archives as they were saved. Nobody knows their
// right form, so they have no chapters and serve for harm only.
func Pages(corpus string, part Part) []Work {
	var works []Work
	for _, kind := range []struct{ pattern, ground string }{
		{"ao3-download/*.html", "AO3"}, {"ao3-download/*.epub", "AO3"}, {"ao3-page/*.html", "AO3"}, {"ffn-page/20*.html", "FanFiction.net"},
	} {
		paths, _ := filepath.Glob(filepath.Join(corpus, kind.pattern))
		for _, path := range paths {
			name := filepath.Base(path)
			if partOf(kind.ground, name) != part || strings.HasPrefix(name, "expected-") {
				continue
			}
			if data, err := os.ReadFile(path); err == nil {
				works = append(works, Work{Ground: kind.ground, Name: name, Part: part, Source: data})
			}
		}
	}
	return works
}

func files(dir string) []string {
	entries, _ := os.ReadDir(dir)
	var paths []string
	for _, e := range entries {
		if !e.IsDir() {
			paths = append(paths, filepath.Join(dir, e.Name()))
		}
	}
	slices.Sort(paths)
	return paths
}

// partOf splits by work, half and half, by nothing but the name. The chapters
// of Standard Ebooks are all of one novel, which is of the test part.
func partOf(ground, name string) Part {
	if ground == "Standard Ebooks" {
		return Test
	}
	name, _, _ = strings.Cut(name, ".")
	name, _, _ = strings.Cut(name, "-era")
	h := fnv.New32a()
	h.Write([]byte(name))
	if h.Sum32()>>7&1 == 0 {
		return Development
	}
	return Test
}

// readMarkdown reads the plain Markdown of the collection: "_x_" is italics,
// "## x" a chapter, "* * *" a scene break.
func readMarkdown(_ string, data []byte) Work {
	var w Work
	text := trimLines(strings.ReplaceAll(strings.TrimPrefix(string(data), "\ufeff"), "\r", "")) // a line of spaces is blank
	for _, p := range strings.Split(text, "\n\n") {
		p = strings.Trim(p, "\n")
		bare := strings.Join(strings.Fields(p), "")
		switch {
		case bare == "":
		case strings.HasPrefix(p, "# Title: "):
			w.Title = p[9:]
		case strings.HasPrefix(p, "## Author: "):
			w.Author = p[11:]
		case strings.HasPrefix(p, "## Year: "), strings.Trim(bare, "-") == "":
		case strings.HasPrefix(p, "#"):
			w.Chapters = append(w.Chapters, Chapter{Title: strings.TrimLeft(p, "# ")})
		default:
			if rest, ok := strings.CutPrefix(p, "-------\n"); ok {
				p = rest
			}
			if len(w.Chapters) == 0 {
				w.Chapters = append(w.Chapters, Chapter{})
			}
			c := &w.Chapters[len(w.Chapters)-1]
			if strings.Trim(bare, "*") == "" {
				c.Text = append(c.Text, Block{Break: true})
			} else {
				c.Text = append(c.Text, underscored(p))
			}
		}
	}
	for i := range w.Chapters {
		w.Chapters[i].Text = trimBreaks(w.Chapters[i].Text)
	}
	w.Chapters = slices.DeleteFunc(w.Chapters, func(c Chapter) bool { return len(c.Text) == 0 })
	return w
}

func trimLines(p string) string {
	lines := strings.Split(p, "\n")
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	return strings.Join(lines, "\n")
}

// underscored reads a paragraph in which underscores are italics. An odd number
// of them are underscores.
func underscored(p string) Block {
	if strings.Count(p, "**") == 2 {
		p = strings.ReplaceAll(p, "**", "")
	}
	if strings.Count(p, "_")%2 == 1 || strings.Contains(p, "__") {
		return Block{Text: p}
	}
	var b Block
	var out strings.Builder
	at, open := 0, -1
	for _, r := range p {
		switch {
		case r != '_':
			out.WriteRune(r)
			at++
		case open < 0:
			open = at
		default:
			if at > open {
				b.Italics = append(b.Italics, Span{open, at})
			}
			open = -1
		}
	}
	b.Text = out.String()
	return b
}

// readGutenberg reads hard-wrapped text: blank lines part paragraphs, and
// indented lines are lines.
func readGutenberg(_ string, data []byte) Work {
	text := string(data)
	if !utf8.Valid(data) {
		text, _ = charmap.Windows1252.NewDecoder().String(text)
	}
	text = strings.ReplaceAll(strings.TrimPrefix(text, "\ufeff"), "\r", "")
	c := Chapter{}
	for _, p := range strings.Split(starred.ReplaceAllString(text, "\n\n$1\n\n"), "\n\n") {
		p = strings.Trim(p, "\n")
		switch bare := strings.Join(strings.Fields(p), ""); {
		case bare == "":
		case strings.Trim(bare, "*") == "":
			c.Text = append(c.Text, Block{Break: true})
		default:
			c.Text = append(c.Text, underscored(unwrap(p)))
		}
	}
	c.Text = trimBreaks(c.Text)
	return Work{Chapters: []Chapter{c}, Wrapped: true}
}

// starred is a line of stars.
var starred = regexp.MustCompile(`(?m)^([ *]*\*[ *]*)$`)

// verse is how long a line of verse is at most.
const verse = 62

// unwrap makes one line of a paragraph, but for verse: indented, short, and most
// lines begin with a capital.
func unwrap(p string) string {
	lines := strings.Split(p, "\n")
	indented, longest, small := 0, 0, 0
	for _, l := range lines {
		if strings.HasPrefix(l, " ") {
			indented++
		}
		if r, _ := utf8.DecodeRuneInString(strings.TrimSpace(l)); unicode.IsLower(r) {
			small++
		}
		longest = max(longest, len(strings.TrimSpace(l)))
	}
	p = trimLines(p)
	if indented*2 > len(lines) && longest <= verse && small*4 <= len(lines) {
		return p
	}
	p = dashed.ReplaceAllString(p, "$1$2")
	return strings.ReplaceAll(p, "\n", " ")
}

// dashed is a dash or hyphen at the end of a line that stands between two words
// without room. The long dash that stands for a name has room behind it.
var dashed = regexp.MustCompile(`([a-z’'][,.;!?]?(?:--?|—))\n(\pL)`)
