package plain

import (
	"regexp"
	"slices"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
)

// isFanFicFare recognises a text that FanFicFare wrote by a label that no person
// puts above a story.
func (h *header) isFanFicFare() bool {
	return slices.ContainsFunc(h.fields, func(f field) bool { return f.label == "Packaged" && strings.HasPrefix(f.value, "20") })
}

// takeFare takes from the text what the program wrote around it: the rest of the
// summary, which is the last of its labels, and the line that ends the file.
func (h *header) takeFare(ps []paragraph) []paragraph {
	for i, f := range h.fields {
		if f.name == "rating" && ratingOf(f.value) == "" {
			h.fields[i].name = "ours" // the site's own, see fillFare
		}
	}
	if n := len(ps); n > 0 && ps[n-1].String() == "End file." {
		ps = ps[:n-1]
	}
	contents := slices.IndexFunc(ps[:min(len(ps), maxFareSummary)], func(p paragraph) bool { return p.String() == "TABLE OF CONTENTS" })
	last := &h.fields[len(h.fields)-1]
	if contents <= 0 || last.name != "summary" {
		return ps
	}
	for _, p := range ps[:contents] {
		last.value += "\n\n" + p.String()
	}
	return ps[contents:]
}

// maxFareSummary is how many paragraphs a summary may have.
const maxFareSummary = 50

// fillFare puts into m what only the labels of the program tell, and the notes of
// chapters in their places.
func (h *header) fillFare(m *archive.Manuscript) {
	for _, f := range h.fields {
		switch {
		case f.label == "Rating" && f.name == "ours":
			m.Tags = append(m.Tags, archive.Tag{Kind: archive.Rating, Name: f.value})
		case f.label == "Series URL" && len(m.Series) == 1:
			m.Series[0].Series.URL = f.value
		case f.label == "Author URL" && len(m.Creators) == 1:
			m.Creators[0].URL = wrapped.ReplaceAllString(f.value, "$1$2")
		}
	}
	for i, t := range m.Tags {
		if t.Kind == archive.Freeform && slices.Contains(categories, t.Name) {
			m.Tags[i].Kind = archive.Category
		}
	}
	if m.Complete {
		m.ChaptersPlanned = len(m.Chapters)
	}
	for i := range m.Chapters {
		takeFareNotes(&m.Chapters[i])
	}
}

var categories = []string{"F/F", "F/M", "Gen", "M/M", "Multi"}

var fareNote = regexp.MustCompile(`^\*\*(Summary|Notes?) for the Chapter:\*\*$`)

// takeFareNotes moves the quotes under the program's labels into the fields of
// the chapter. Those that begin the text are notes before it.
func takeFareNotes(c *archive.Chapter) {
	var text, summary, before, after []prose.Block
	blocks := c.Text.Blocks()
	for i := 0; i < len(blocks); i++ {
		said := strings.TrimSpace(blocks[i].Text())
		m := fareNote.FindStringSubmatch(said)
		if m == nil {
			text = append(text, fareHeading(blocks[i], said))
			continue
		}
		into := &before
		switch {
		case m[1] == "Summary":
			into = &summary
		case len(text) > 0:
			into = &after
		}
		for ; i+1 < len(blocks) && strings.HasPrefix(blocks[i+1].Text(), ">"); i++ {
			if line := strings.TrimSpace(strings.TrimPrefix(blocks[i+1].Text(), ">")); line != "" {
				*into = append(*into, prose.TextParagraph(line))
			}
		}
	}
	c.Text, c.Summary = prose.New(text), prose.New(summary)
	c.Notes, c.EndNotes = prose.New(before), prose.New(after)
}

// fareHeading makes a heading of what the program writes for one.
func fareHeading(b prose.Block, said string) prose.Block {
	title := strings.TrimLeft(said, "#")
	if level := len(said) - len(title); level >= 1 && level <= 6 && strings.HasPrefix(title, " ") && b.Kind() == prose.Paragraph {
		return prose.NewHeading(level, prose.Run{Text: strings.TrimSpace(title)})
	}
	return b
}
