package intake

import (
	"slices"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/intake/htmlpage"
	"ficstead/internal/intake/plain"
)

const (
	headerBlocks = 6 // how far down a page's header may begin
	leastLabels  = 2 // different ones that we know, to be a header at all
)

// takeHeader moves the header that people write above a story in a journal,
// "Title: …", "Pairing: …", from the text to where it belongs. What has no field
// goes into the notes, so that no line is lost.
func takeHeader(m *archive.Manuscript) {
	if m.Kind != htmlpage.Kind && !isOffice(m.Kind) || len(m.Chapters) != 1 {
		return
	}
	c := &m.Chapters[0]
	blocks := c.Text.Blocks()
	at, rows, end := findHeader(blocks)
	if rows == nil {
		return
	}
	page := m.Title
	var notes []prose.Block
	for _, row := range rows {
		notes = append(notes, fileRow(m, row)...)
	}
	m.Notes = prose.New(slices.Concat(m.Notes.Blocks(), notes))
	var above []prose.Block
	for _, b := range blocks[:at] {
		if said := line(b.Text()); said != line(page) && said != line(m.Title) {
			above = append(above, b)
		}
	}
	for len(above) == 0 && len(end) > 1 && (end[0].Kind() == prose.Break || end[0].Kind() == prose.Empty) {
		end = end[1:] // parted the header from the story
	}
	c.Text = prose.New(slices.Concat(above, end))
}

// findHeader returns the block that a header begins in, its lines, and what
// follows it. A block of the text may begin in the same paragraph.
func findHeader(blocks []prose.Block) (at int, rows, rest []prose.Block) {
	known := map[string]bool{}
	for i, b := range blocks {
		if rows == nil && i >= headerBlocks {
			break
		}
		pieces := []prose.Block{b}
		if b.Kind() == prose.Paragraph {
			pieces = b.SplitAt(2)
		}
		for j, piece := range pieces {
			lines := headerLines(piece, known)
			if lines == nil && rows != nil {
				rest = slices.Concat(pieces[j:], blocks[i+1:])
				return at, enough(rows, known), rest
			}
			if lines != nil && rows == nil {
				at = i
				if j > 0 || lines[0].Text() == "" {
					return 0, nil, nil
				}
			}
			rows = append(rows, lines...)
		}
	}
	return at, nil, nil // a header without a story is the story
}

func enough(rows []prose.Block, known map[string]bool) []prose.Block {
	if len(known) < leastLabels {
		return nil
	}
	return rows
}

// headerLines returns the lines of a paragraph of labels, or nil: its first line
// that is no title must have one that we know. What has none goes on with the
// line above it.
func headerLines(b prose.Block, known map[string]bool) []prose.Block {
	if b.Kind() != prose.Paragraph {
		return nil
	}
	lines := b.Lines()
	found := 0
	var rows []prose.Block
	for i, l := range lines {
		name, _, ok := plain.Label(line(l.Text()))
		switch {
		case name != "":
			known[name] = true
			found++
			rows = append(rows, l)
		case ok && found > 0, i == 0 && len(lines) > 1, found > 0 && strings.HasPrefix(line(l.Text()), "by "):
			rows = append(rows, l)
		case found > 0:
			rows[len(rows)-1] = prose.Join("\n", rows[len(rows)-1], l)
		default:
			return nil
		}
	}
	if found == 0 {
		return nil
	}
	return rows
}

// fileRow puts one line of a header where it belongs, and returns what is left
// for the notes.
func fileRow(m *archive.Manuscript, row prose.Block) []prose.Block {
	said := line(row.Text())
	name, value, _ := plain.Label(said)
	switch {
	case name == "summary" && m.Summary.IsEmpty():
		m.Summary = prose.New(slices.Concat(m.Summary.Blocks(), []prose.Block{withoutLabel(row)}))
		return nil
	case name == "notes":
		return []prose.Block{withoutLabel(row)}
	case name == "" && said == line(m.Title):
		return nil
	case name == "recipient" && strings.Contains(value, " in "): // of an exchange, which the line names
		name, _, _ := strings.Cut(value, " in ")
		plain.Fill(m, "recipient", name)
	case name != "" && !row.HasImage() && plain.Fill(m, name, value):
		return nil
	}
	return []prose.Block{row}
}

// withoutLabel takes the words before the first colon off, and the colon.
func withoutLabel(b prose.Block) prose.Block {
	runs := slices.Clone(b.Runs())
	for i := range runs {
		_, after, ok := strings.Cut(runs[i].Text, ":")
		runs[i].Text = ""
		if ok {
			runs[i].Text = strings.TrimLeft(after, " \u00a0")
			return b.WithRuns(slices.DeleteFunc(runs, func(r prose.Run) bool { return r.IsText() && r.Text == "" })...)
		}
	}
	return b
}
