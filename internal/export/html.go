package export

import (
	_ "embed" // the style
	"encoding/base64"
	"fmt"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/epub"
	"ficstead/internal/base/prose"
)

//go:embed page.css
var pageStyle string

// HTML prints b as one file in the structure of an AO3 download, pictures
// within. Several works stand one behind the other, with numbered frames.
func HTML(b Book) ([]byte, error) {
	var out strings.Builder
	out.WriteString("<!DOCTYPE html>\n<html" + languageAttributes(b.language(), b.dir()) + ">\n<head>\n<meta charset=\"utf-8\">\n" +
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
		epub.Escape(b.windowTitle()) + "</title>\n<style>\n" + pageStyle + "</style>\n</head>\n<body>\n")
	if len(b.Works) != 1 {
		b.writeList(&out)
	}
	taken := map[string]bool{}
	for i, bound := range b.Works {
		mark := ""
		if len(b.Works) > 1 {
			mark = fmt.Sprintf("-%d", i+1)
			out.WriteString(`<div class="work" id="work` + mark + `"` + languageAttributes(bound.language(), dirOf(bound.language())) + ">\n")
		}
		out.WriteString(bound.html(mark, taken))
		if len(b.Works) > 1 {
			out.WriteString("</div>\n")
		}
	}
	out.WriteString("</body>\n</html>\n")
	return []byte(out.String()), nil
}

func languageAttributes(lang, dir string) string {
	s := ""
	if lang != "" {
		s += ` lang="` + epub.Escape(lang) + `"`
	}
	if dir != "" {
		s += ` dir="` + epub.Escape(dir) + `"`
	}
	return s
}

// windowTitle is "Title - Creators - Fandom", as AO3 has it.
func (b Book) windowTitle() string {
	parts := []string{b.title()}
	if by := joinNames(b.creators()); by != "" {
		parts = append(parts, by)
	}
	if len(b.Works) == 1 {
		switch fandoms := b.Works[0].Work.TagsOf(archive.Fandom); {
		case len(fandoms) > 3:
			parts = append(parts, "Multifandom")
		case len(fandoms) > 0:
			var names []string
			for _, t := range fandoms {
				names = append(names, t.Name)
			}
			parts = append(parts, strings.Join(names, ", "))
		}
	}
	return strings.Join(parts, " - ")
}

// writeList writes the title of a book of several works, and what is in it.
func (b Book) writeList(out *strings.Builder) {
	out.WriteString("<div id=\"works\">\n<h1>" + epub.Escape(b.title()) + "</h1>\n<ol>\n")
	for i, bound := range b.Works {
		fmt.Fprintf(out, "<li><a href=\"#work-%d\">%s</a>", i+1, epub.Escape(titleOf(bound.Work)))
		if by := joinNames(bound.Work.Creators); by != "" {
			out.WriteString(" by " + epub.Escape(by))
		}
		out.WriteString("</li>\n")
	}
	out.WriteString("</ol>\n</div>\n")
}

func (b Bound) html(mark string, taken map[string]bool) string {
	m := &markup{bound: b, mark: mark, image: b.dataImage, print: prose.Doc.Print, taken: taken}
	m.links.end = "#endnotes" + mark
	m.links.chapterEnd = func(n int) string { return fmt.Sprintf("#endnotes%d%s", n, mark) }
	m.preface()
	m.write(`<div id="chapters`, mark, "\" class=\"userstuff chapters\">\n")
	for _, c := range b.Chapters {
		m.chapter(c)
	}
	m.write("</div>\n")
	m.afterword()
	return m.b.String()
}

// dataImage puts a picture into the page. One at another address stays a
// link: what is taken away asks nobody for anything.
func (b Bound) dataImage(src, _ string) string {
	a, ok := b.attachment(src)
	if !ok {
		return ""
	}
	p, ok := newPicture(a.Data)
	if !ok {
		return ""
	}
	return "data:" + p.mediaType + ";base64," + base64.StdEncoding.EncodeToString(p.data)
}

// attachment returns the picture that src stands for.
func (b Bound) attachment(src string) (archive.Attachment, bool) {
	sum, ours := strings.CutPrefix(src, "image:")
	a, ok := b.Images[sum]
	return a, ours && ok && len(a.Data) > 0
}
