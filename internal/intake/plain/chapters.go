package plain

import (
	"strings"
	"unicode/utf8"

	"ficstead/internal/archive"
	"ficstead/internal/base/fiction"
)

// mark is a heading and where it stands.
type mark struct {
	fiction.Heading
	at    int // its first paragraph
	end   int // its last, where its title stands below it
	lines int // how many lines of the last belong to it
}

const (
	leastApart   = 40  // words between bare headings: items of a list are closer
	longestIntro = 150 // words before the first heading that are no chapter
)

// story is the paragraphs below the header, with their words counted once.
type story struct {
	ps    []paragraph
	words []int // before each paragraph, and in all
}

func newStory(ps []paragraph) story {
	s := story{ps, make([]int, 1, len(ps)+1)}
	for i := range ps {
		s.words = append(s.words, s.words[i]+words(ps[i:i+1]))
	}
	return s
}

// between counts the words from one paragraph up to another.
func (s story) between(from, to int) int { return s.words[to] - s.words[from] }

// readChapters parts the story at its headings, if they prove each other and
// nobody refused that.
func readChapters(m *archive.Manuscript, s story, choices archive.Choices) {
	marks, below := marksOfContents(s.ps)
	if marks == nil {
		marks, below = withTitles(s.ps, findMarks(s)), s.ps
	}
	if len(marks) > 0 && !decideChapters(m, below[marks[0].at][0], choices) {
		marks, below = nil, s.ps
	}
	ps := below
	if len(marks) == 0 {
		addChapter(m, "", ps)
	} else if intro := withoutHeadings(ps[:marks[0].at]); words(intro) > longestIntro {
		addChapter(m, "", intro)
	} else {
		m.Notes = document(intro)
	}
	above := "" // a division whose first chapter follows at once
	for i, k := range marks {
		end := len(ps)
		if i+1 < len(marks) {
			end = marks[i+1].at
		}
		body := ps[k.end+1 : end]
		if left := ps[k.end][k.lines:]; len(left) > 0 {
			body = append([]paragraph{left}, body...)
		}
		title := k.name(len(m.Chapters) + 1)
		if words(body) == 0 && i+1 < len(marks) {
			above = joinTitles(above, k.Whole)
			continue
		}
		addChapter(m, joinTitles(above, title), body)
		above = ""
	}
	m.Complete = m.Complete || ends(ps)
}

// decideChapters asks whether headings like the first are those of chapters.
func decideChapters(m *archive.Manuscript, first string, choices archive.Choices) bool {
	mend := choices.Decide(archive.Mend{
		Rule: "chapters", Chapter: 1, Before: first, After: "a chapter for each such heading", Confidence: 0.95, Applied: true,
	})
	m.Mends = append(m.Mends, mend)
	return mend.Applied
}

// withoutHeadings drops what is left of a table of contents.
func withoutHeadings(ps []paragraph) []paragraph {
	var out []paragraph
	numbered := 0
	for _, p := range ps {
		if fiction.HeadingOf(p[0]).Kind == fiction.Bare {
			numbered++
		}
	}
	for _, p := range ps {
		said := strings.ToLower(strings.TrimRight(p.String(), ":."))
		if kind := fiction.HeadingOf(p[0]).Kind; kind > fiction.Bare || kind == fiction.Bare && numbered > 1 || said == "contents" || said == "table of contents" {
			continue
		}
		out = append(out, p)
	}
	return out
}

// name is the heading as the title of chapter n. "Chapter 3" says nothing that
// being the third does not.
func (h mark) name(n int) string {
	switch {
	case h.Kind == fiction.Chapter && h.Number == n, h.Kind == fiction.Bare && h.Number == n:
		return h.Title
	}
	return h.Whole
}

func joinTitles(above, title string) string {
	if above == "" || title == "" {
		return above + title
	}
	return above + " – " + title
}

func addChapter(m *archive.Manuscript, title string, ps []paragraph) {
	c := archive.Chapter{Number: len(m.Chapters) + 1, Title: title}
	c.Text = document(ps)
	c.Words = c.Text.Words()
	m.Chapters = append(m.Chapters, c)
}

// findMarks returns the headings that the document as a whole proves: chapters
// and divisions if there are two or the one stands at the top, fiction.Bare numbers
// only if they count from one and stand apart.
func findMarks(s story) []mark {
	ps := s.ps
	var strong, weak []mark
	for i, p := range ps {
		if p.isScene() || len(p) > 3 && fiction.HeadingOf(p[0]).Kind < fiction.Named || len(p) > 1 && fiction.HeadingOf(p[1]).Kind > fiction.Bare ||
			len(p) > 2 && fiction.HeadingOf(p[1]).Kind == fiction.Bare && fiction.HeadingOf(p[2]).Kind == fiction.Bare {
			continue // verse that begins with a number, or a table of contents
		}
		h := fiction.HeadingOf(p[0])
		switch {
		case h.Kind == fiction.NoHeading:
		case h.Kind == fiction.Bare:
			weak = append(weak, mark{h, i, i, 1})
		default:
			strong = append(strong, mark{h, i, i, 1})
		}
	}
	strong = withoutContents(s, strong)
	if chapters := ofKind(strong, fiction.Chapter); len(chapters) > 0 && !rising(chapters) {
		strong = nil
	}
	const top = 3 // paragraphs
	switch {
	case len(strong) >= 2, len(strong) == 1 && strong[0].at < top:
		return strong
	}
	return countFromOne(s, weak)
}

func ofKind(marks []mark, kind fiction.HeadingKind) []mark {
	var out []mark
	for _, k := range marks {
		if k.Kind == kind {
			out = append(out, k)
		}
	}
	return out
}

// rising reports whether chapters count upwards, but for a few slips and for
// starting again in each part.
func rising(marks []mark) bool {
	falls := 0
	for i := 1; i < len(marks); i++ {
		if marks[i].Number != 0 && marks[i].Number <= marks[i-1].Number && marks[i].Number != 1 {
			falls++
		}
	}
	return falls*5 <= len(marks)
}

// withoutContents drops a table of contents: headings with nothing below them
// that stand again further down. Below the last of them a preface may stand.
func withoutContents(s story, marks []mark) []mark {
	again := map[string]int{}
	for _, k := range marks {
		again[contentsKey(k)]++
	}
	var out []mark
	dropped := 0 // in a row
	for i, k := range marks {
		key := contentsKey(k)
		again[key]--
		empty := i+1 < len(marks) && s.between(k.at+1, marks[i+1].at) == 0
		if again[key] > 0 && (empty || dropped > 1) {
			if dropped++; !empty {
				dropped = 0
			}
			continue
		}
		dropped = 0
		out = append(out, k)
	}
	return out
}

func contentsKey(k mark) string {
	if k.Number > 0 {
		return string(rune('0'+k.Kind)) + fiction.SpellRoman(min(k.Number, 5000))
	}
	return strings.ToLower(k.Whole)
}

// countFromOne returns the bare headings that count 1, 2, 3 …, each with a
// piece of story between.
func countFromOne(s story, weak []mark) []mark {
	var row []mark
	skipped := 0 // since the last: the rest of a table of contents
	for _, k := range weak {
		switch {
		case k.Number == 1 && len(row) == 1 && skipped > 1:
			row[0], skipped = k, 0
		case k.Number != len(row)+1:
			skipped++
		case len(row) > 0 && s.between(row[len(row)-1].at+1, k.at) < leastApart:
			skipped++
		case len(s.ps[k.at]) > 1 && k.Title != "": // an item of a list
		default:
			row = append(row, k)
		}
	}
	if len(row) < 2 {
		return nil
	}
	return row
}

// withTitles gives chapters the short line below their number as title, where
// most chapters of the document have one.
func withTitles(ps []paragraph, marks []mark) []mark {
	titled := make([]string, len(marks))
	n := 0
	for i, k := range marks {
		if k.Title == "" && k.Kind != fiction.Named {
			titled[i] = titleBelow(ps, k)
		}
		if titled[i] != "" {
			n++
		}
	}
	if n*10 < len(marks)*6 {
		return marks
	}
	for i, title := range titled {
		if title == "" {
			continue
		}
		k := &marks[i]
		k.Title = title
		k.Whole += ": " + title
		if len(ps[k.at]) > 1 {
			k.lines = 2
		} else {
			k.end++
		}
	}
	return marks
}

func titleBelow(ps []paragraph, k mark) string {
	line := ""
	switch p := ps[k.at]; {
	case len(p) == 2:
		line = p[1]
	case len(p) == 1 && k.at+2 < len(ps) && len(ps[k.at+1]) == 1:
		line = ps[k.at+1][0]
	}
	const longest = 60
	if line != "" && line == strings.ToUpper(line) {
		line = strings.TrimRight(line, ".")
	}
	if line == "" || line == SceneBreak || utf8.RuneCountInString(line) > longest || !isTitle(line) || !isCapitals(line) {
		return ""
	}
	return strings.Trim(line, `"“”*_~ `)
}

// ends reports whether the last words say that the story is over.
func ends(ps []paragraph) bool {
	for i := len(ps) - 1; i >= 0 && i >= len(ps)-3; i-- {
		switch strings.ToLower(strings.Trim(ps[i].String(), "*_~=-.!()<>[] –—")) {
		case "the end", "end", "fin", "finis", "ende", "конец", "fini":
			return true
		}
	}
	return false
}
