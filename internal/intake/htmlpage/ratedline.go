package htmlpage

import "ficstead/internal/archive"

// RatedLine reads the line of facts of a story on FanFiction.net, as other
// programs quote it: "Rated: Fiction T - English - Drama - Ann - Chapters: 8 …".
// What the manuscript knows of dates and words stays.
func RatedLine(m *archive.Manuscript, line string) {
	posted, updated, words, complete := m.Posted, m.Updated, m.WordsClaimed, m.Complete
	f := netFacts{line: line, site: "fanfiction.net"}
	f.readLine(m)
	if !posted.IsZero() {
		m.Posted, m.Updated = posted, updated
	}
	if words > 0 {
		m.WordsClaimed = words
	}
	m.Complete = m.Complete || complete
}
