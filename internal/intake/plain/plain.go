package plain

import (
	"fmt"
	"path"
	"regexp"
	"strings"
	"unicode"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/base/text"
)

// Kind is the name of the format.
const Kind = "text"

// SceneBreak is the line that repair leaves where a scene ends.
const SceneBreak = "* * *"

// Read reads the text s, mended, of the file name. The error is an
// archive.Refusal. Choices are what a person said about its mends.
func Read(s, name string, choices archive.Choices) (archive.Manuscript, error) {
	switch {
	case text.Words(s) == 0:
		return archive.Manuscript{}, archive.Refusal("There are no words in this file. Choose the file with the story and try again.")
	case choices != nil: // who decides about mends has been told already
	case !isText(s):
		return archive.Manuscript{}, archive.Refusal("This file is not text, although it has no other form that is known. Save it as text, HTML or EPUB and try again.")
	case isCode(s):
		return archive.Manuscript{}, archive.Refusal("This file looks like a program or a table of data and not like a story. If it is one, save it as HTML and try again.")
	}
	m := archive.Manuscript{Kind: Kind}
	head, body := readHeader(paragraphs(s))
	fare := head.isFanFicFare()
	if fare {
		body = head.takeFare(body)
	}
	readChapters(&m, newStory(body), choices)
	head.fill(&m)
	if fare {
		head.fillFare(&m)
	}
	if m.Title == "" {
		guessTitle(&m, name)
	}
	return m, nil
}

// sample is how much of a file is looked at to see what it is, in bytes.
const sample = 64 << 10

// isText reports whether nearly all of s is what text is made of.
func isText(s string) bool {
	good, bad := 0, 0
	for _, r := range s[:min(len(s), sample)] {
		switch {
		case unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsSpace(r):
			good++
		case r == unicode.ReplacementChar || unicode.IsControl(r) || unicode.Is(unicode.Co, r):
			bad += 5
		}
	}
	return bad*10 <= good
}

// isCode reports whether most lines end as those of programs do, or are rows
// of a table.
func isCode(s string) bool {
	lines, code := 0, 0
	for line := range strings.Lines(s[:min(len(s), sample)]) {
		line = strings.TrimSpace(line)
		if line == "" || len(line) < 3 {
			continue
		}
		lines++
		if strings.ContainsAny(line[len(line)-1:], ";{}") && !entity.MatchString(line) || strings.HasPrefix(line, "#include") || strings.Count(line, `","`) >= 3 || strings.Count(line, "\t") >= 4 {
			code++
		}
	}
	return lines >= 5 && code*2 > lines
}

// entity is the end of a line that is a sign written as an entity.
var entity = regexp.MustCompile(`(?:&#?\w{1,10}|[lrb]dquo|[lr]squo|hellip|[mn]dash|quot|nbsp);$`)

// paragraph is the lines between two blank ones.
type paragraph []string

func paragraphs(s string) []paragraph {
	var ps []paragraph
	var p paragraph
	for line := range strings.Lines(s) {
		line = strings.TrimSpace(line)
		switch {
		case line != "":
			p = append(p, line)
		case len(p) > 0:
			ps, p = append(ps, p), nil
		}
	}
	if len(p) > 0 {
		ps = append(ps, p)
	}
	return ps
}

func (p paragraph) isScene() bool { return len(p) == 1 && p[0] == SceneBreak }

func (p paragraph) String() string { return strings.Join(p, "\n") }

func words(ps []paragraph) int {
	n := 0
	for _, p := range ps {
		n += text.Words(p.String())
	}
	return n
}

// document makes prose of paragraphs. A break at the start or the end divides
// nothing and is left out.
func document(ps []paragraph) prose.Doc {
	for len(ps) > 0 && ps[0].isScene() {
		ps = ps[1:]
	}
	for len(ps) > 0 && ps[len(ps)-1].isScene() {
		ps = ps[:len(ps)-1]
	}
	var blocks []prose.Block
	for _, p := range ps {
		if p.isScene() {
			blocks = append(blocks, prose.SceneBreak())
			continue
		}
		blocks = append(blocks, prose.TextParagraph(p.String()))
	}
	return prose.New(blocks)
}

// guessTitle takes the title from the name of the file, and says so.
func guessTitle(m *archive.Manuscript, name string) {
	title := nameTitle(name)
	if title == "" {
		return
	}
	m.Title = title
	m.Proposals = append(m.Proposals, archive.Proposal{
		Field: "title", Value: title, Confidence: 0.5,
		Because: fmt.Sprintf("The text does not give a title; the file is called “%s”.", base(name)),
	})
	if before, author, ok := strings.Cut(title, " by "); ok && len(m.Creators) == 0 && isName(author) && before != "" {
		m.Title = strings.TrimSpace(before)
		m.Proposals[len(m.Proposals)-1].Value = m.Title
		m.Proposals = append(m.Proposals, archive.Proposal{
			Field: "creators", Value: author, Confidence: 0.6,
			Because: fmt.Sprintf("The file is called “%s”.", base(name)),
		})
	}
}

// base is the last part of a path, or of a member of a ZIP.
func base(name string) string {
	name = name[strings.LastIndexAny(name, `!\`)+1:]
	if name = path.Base(name); name == "." || name == "/" {
		return ""
	}
	return name
}

// nameTitle makes a title of a file's name: "the_long-night.txt" is The long night.
func nameTitle(name string) string {
	name = base(name)
	name = strings.TrimSuffix(name, path.Ext(name))
	if !strings.Contains(name, " ") {
		name = strings.NewReplacer("_", " ", "-", " ", "+", " ", "%20", " ").Replace(name)
	}
	name = strings.Join(strings.Fields(strings.ReplaceAll(name, "_", " ")), " ")
	if text.Words(name) == 0 {
		return ""
	}
	rs := []rune(name)
	rs[0] = unicode.ToUpper(rs[0])
	return string(rs)
}
