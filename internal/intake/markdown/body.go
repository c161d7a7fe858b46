package markdown

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
)

const longestIntro = 150 // words before the first heading that are no chapter

// readBody makes a title and chapters of the headings in d. Chapters is their
// number if the metadata tells it, as that of our own files does; else 0.
func readBody(m *archive.Manuscript, d prose.Doc, chapters int) {
	blocks := takeTitle(m, takeLabelled(m, d.Blocks()))
	starts := counted(blocks, chapters)
	if len(starts) == 0 && chapters != 1 {
		starts = headings(blocks, chapterLevel(blocks))
	}
	if len(starts) == 0 {
		addChapter(m, "", blocks)
		return
	}
	readIntro(m, blocks[:starts[0]])
	for i, start := range starts {
		end := len(blocks)
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		addChapter(m, strings.TrimSpace(blocks[start].Text()), blocks[start+1:end])
	}
}

var labelled = regexp.MustCompile(`^(Title|Author|Year|Published):\s+(\S.*)$`)

// takeLabelled takes off headings such as "Title: The Harbour" and "Author: Ann"
// that a file begins with, and the line below them. A year that is no date
// becomes a note.
func takeLabelled(m *archive.Manuscript, blocks []prose.Block) []prose.Block {
	rest, found := blocks, 0
	for len(rest) > 0 && rest[0].Kind() == prose.Heading {
		label := labelled.FindStringSubmatch(strings.TrimSpace(rest[0].Text()))
		switch {
		case label == nil && found == 0, found == 0 && label[1] != "Title":
			return blocks
		case label == nil:
			return rest
		case label[1] == "Title":
			m.Title = label[2]
		case label[1] == "Author":
			m.Creators = append(m.Creators, archive.Creator{Name: label[2]})
		default:
			m.Notes = prose.New(slices.Concat(m.Notes.Blocks(), []prose.Block{prose.TextParagraph(label[0])}))
		}
		found++
		rest = rest[1:]
	}
	if found > 0 && len(rest) > 1 && rest[0].Kind() == prose.Break {
		rest = rest[1:]
	}
	return rest
}

// readIntro keeps what stands before the first heading: a chapter if it is
// long, else notes.
func readIntro(m *archive.Manuscript, blocks []prose.Block) {
	intro := prose.New(blocks)
	switch {
	case intro.Words() > longestIntro:
		addChapter(m, "", blocks)
	case !intro.IsEmpty():
		m.Notes = prose.New(slices.Concat(m.Notes.Blocks(), blocks))
	}
}

// headings returns where the headings of one level are.
func headings(blocks []prose.Block, level int) []int {
	var starts []int
	for i, b := range blocks {
		if b.Kind() == prose.Heading && b.Level() == level {
			starts = append(starts, i)
		}
	}
	return starts
}

// counted returns the headings that say "Chapter 1" to "Chapter n" in order,
// if they are all there: other headings are then within the text.
func counted(blocks []prose.Block, n int) []int {
	var starts []int
	for i, b := range blocks {
		if b.Kind() != prose.Heading || len(starts) == n {
			continue
		}
		if c := chapterTitle.FindStringSubmatch(strings.TrimSpace(b.Text())); c != nil && c[1] == strconv.Itoa(len(starts)+1) {
			starts = append(starts, i)
		}
	}
	if len(starts) < n {
		return nil
	}
	return starts
}

// takeTitle takes a heading off that is the work's title, and the author's name
// below it. Only a heading above all others is one.
func takeTitle(m *archive.Manuscript, blocks []prose.Block) []prose.Block {
	if len(blocks) == 0 || blocks[0].Kind() != prose.Heading {
		return blocks
	}
	first := blocks[0]
	said := strings.TrimSpace(first.Text())
	for _, b := range blocks[1:] {
		if b.Kind() == prose.Heading && b.Level() <= first.Level() && said != m.Title {
			return blocks
		}
	}
	if m.Title != "" && said != m.Title || chapterTitle.MatchString(said) {
		return blocks
	}
	m.Title = said
	blocks = blocks[1:]
	if len(blocks) > 0 && blocks[0].Kind() == prose.Paragraph {
		if by := byline.FindStringSubmatch(strings.TrimSpace(blocks[0].Text())); by != nil {
			if len(m.Creators) == 0 {
				m.Creators = append(m.Creators, archive.Creator{Name: by[1]})
			}
			blocks = blocks[1:]
		}
	}
	return blocks
}

var byline = regexp.MustCompile(`(?i)^by:?\s+([^\n]{1,80})$`)

// chapterLevel is the highest level of heading that there are several of; a
// single one counts where it says that it is a chapter's, or stands first.
func chapterLevel(blocks []prose.Block) int {
	var times [7]int
	single := 0
	for i, b := range blocks {
		if b.Kind() != prose.Heading {
			continue
		}
		times[b.Level()]++
		if single == 0 && (i == 0 || chapterTitle.MatchString(strings.TrimSpace(b.Text()))) {
			single = b.Level()
		}
	}
	for level, n := range times {
		if n >= 2 {
			return level
		}
	}
	return single
}

var chapterTitle = regexp.MustCompile(`(?i)^(?:chapter|part)\s+(\d+)\s*(?:$|[:.–—-]\s*(.*)$)`)

// addChapter adds a chapter. A title that only counts is none.
func addChapter(m *archive.Manuscript, title string, blocks []prose.Block) {
	n := len(m.Chapters) + 1
	if t := chapterTitle.FindStringSubmatch(title); t != nil {
		if said, _ := strconv.Atoi(t[1]); said == n {
			title = strings.TrimSpace(t[2])
		}
	}
	c := archive.Chapter{Number: n, Title: title}
	c.Text = prose.New(takeNotes(&c, blocks))
	c.Words = c.Text.Words()
	m.Chapters = append(m.Chapters, c)
}

// takeNotes takes off what our own files have around the text of a chapter:
// quotes under a label in bold.
func takeNotes(c *archive.Chapter, blocks []prose.Block) []prose.Block {
	for len(blocks) >= 2 && blocks[1].Kind() == prose.Quote {
		switch d := prose.New(blocks[1].Blocks()); labelOf(blocks[0]) {
		case "Chapter Summary":
			c.Summary = d
		case "Chapter Notes":
			c.Notes = d
		default:
			return takeEndNotes(c, blocks)
		}
		blocks = blocks[2:]
	}
	return takeEndNotes(c, blocks)
}

func takeEndNotes(c *archive.Chapter, blocks []prose.Block) []prose.Block {
	n := len(blocks)
	if n >= 2 && blocks[n-1].Kind() == prose.Quote && labelOf(blocks[n-2]) == "Chapter End Notes" {
		c.EndNotes = prose.New(blocks[n-1].Blocks())
		return blocks[:n-2]
	}
	return blocks
}

// labelOf returns the text of a paragraph that is all in bold; else "".
func labelOf(b prose.Block) string {
	for _, r := range b.Runs() {
		if !r.Has("strong") {
			return ""
		}
	}
	if b.Kind() != prose.Paragraph {
		return ""
	}
	return b.Text()
}
