package htmlpage

import (
	"strings"

	"golang.org/x/net/html"

	"ficstead/internal/archive"
	"ficstead/internal/base/dom"
)

// readCurrents takes the table that journals put above an entry, of mood, music
// and tags, out of the page. Only the tags tell of the story.
func readCurrents(m *archive.Manuscript, root *html.Node) {
	for _, table := range dom.All(root, "table") {
		rows := dom.All(table, "tr")
		if len(rows) == 0 || !allCurrent(rows) {
			continue
		}
		for _, row := range rows {
			if cell := cells(row); strings.Contains(dom.Text(cell[0]), "ags") {
				for a := range dom.Each(cell[1], "a") {
					addTag(m, dom.Text(a))
				}
			}
		}
		dom.Remove(table)
	}
}

func allCurrent(rows []*html.Node) bool {
	for _, row := range rows {
		cell := cells(row)
		if len(cell) != 2 || dom.First(row, "table") != nil {
			return false
		}
		switch label := strings.ToLower(strings.TrimRight(dom.Text(cell[0]), ": ")); label {
		case "current mood", "current music", "current location", "my mood", "my music", "my location", "mood", "music", "location", "entry tags", "tags", "crossposts":
		default:
			return false
		}
	}
	return true
}

func cells(row *html.Node) []*html.Node { return dom.All(row, "td,th") }
