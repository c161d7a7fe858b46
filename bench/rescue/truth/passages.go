package truth

import (
	"embed"
	"path"
	"strings"
)

//go:embed passages
var passages embed.FS

// Passages are the works written here, of one part.
//
// Their notation: "# title", "by author", "names: a, b" at the top; "## title"
// begins a chapter, "N: " a note of it, "E: " a note at its end; "==" is a scene
// break; blank lines part paragraphs; braces are italics.
func Passages(part Part) []Work {
	files, err := passages.ReadDir("passages/" + string(part))
	if err != nil {
		return nil
	}
	var works []Work
	for _, f := range files {
		data, err := passages.ReadFile(path.Join("passages", string(part), f.Name()))
		if err != nil {
			panic(err) // embedded
		}
		w := parse(string(data))
		w.Ground, w.Part, w.Name = "passages", part, strings.TrimSuffix(f.Name(), ".txt")
		works = append(works, w)
	}
	return works
}

func parse(s string) Work {
	var w Work
	chapter := func() *Chapter {
		if len(w.Chapters) == 0 {
			w.Chapters = append(w.Chapters, Chapter{})
		}
		return &w.Chapters[len(w.Chapters)-1]
	}
	for _, p := range strings.Split(strings.TrimSpace(s), "\n\n") {
		if strings.HasPrefix(p, "# ") {
			for _, line := range strings.Split(p, "\n") {
				switch {
				case strings.HasPrefix(line, "# "):
					w.Title = line[2:]
				case strings.HasPrefix(line, "by "):
					w.Author = line[3:]
				case strings.HasPrefix(line, "names: "):
					w.Names = strings.Split(line[7:], ", ")
				}
			}
			continue
		}
		switch c := chapter; {
		case strings.HasPrefix(p, "## "):
			w.Chapters = append(w.Chapters, Chapter{Title: p[3:]})
		case strings.HasPrefix(p, "N: "):
			c().Notes = append(c().Notes, Paragraph(p[3:]))
		case strings.HasPrefix(p, "E: "):
			c().EndNotes = append(c().EndNotes, Paragraph(p[3:]))
		case p == "==":
			c().Text = append(c().Text, Block{Break: true})
		default:
			c().Text = append(c().Text, Paragraph(p))
		}
	}
	return w
}
