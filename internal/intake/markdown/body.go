package markdown

import (
	"regexp"
	"strconv"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
)

const longestIntro = 150 // words before the first heading that are no chapter

// readBody makes a title and chapters of the headings in d.
func readBody(m *archive.Manuscript, d prose.Doc) {
	blocks := takeTitle(m, d.Blocks())
	level := chapterLevel(blocks)
	var part []prose.Block
	title, begun := "", false
	flush := func() {
		switch intro := prose.New(part); {
		case begun:
			addChapter(m, title, part)
		case intro.Words() > longestIntro || level == 0:
			addChapter(m, "", part)
		case !intro.IsEmpty():
			m.Notes = prose.New(append(m.Notes.Blocks()[:len(m.Notes.Blocks()):len(m.Notes.Blocks())], part...))
		}
		part = nil
	}
	for _, b := range blocks {
		if b.Kind() == prose.Heading && b.Level() == level {
			flush()
			title, begun = strings.TrimSpace(b.Text()), true
			continue
		}
		part = append(part, b)
	}
	flush()
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
	c.Text = prose.New(blocks)
	c.Words = c.Text.Words()
	m.Chapters = append(m.Chapters, c)
}
