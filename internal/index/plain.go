package index

import "ficstead/internal/index/tally"

// Plain returns s without what was counted beforehand: every question is counted
// anew. It answers the same; what counting beforehand is worth is measured by it.
func (s *Snapshot) Plain() *Snapshot {
	next := *s
	next.table = tally.MakeWith(s.parts[0], s.compareNames, tally.Limits{})
	return &next
}
