package index

import "ficstead/internal/index/tally"

// Plain returns s without what was counted beforehand: every question is counted
// anew. It answers the same; what counting beforehand is worth is measured by it.
func (s *Snapshot) Plain() *Snapshot {
	next := *s
	next.table = tally.MakeWith(s.parts[0], s.compareNames, tally.Limits{})
	return &next
}

// What an eager index counts beforehand, however few its works are.
const eagerHeads = 40

func eagerLimits() tally.Limits { return tally.Limits{List: 4, Full: 12, Cube: 1} }

// Eager returns s as tests want it. What is made of it from now on has counted
// beforehand all that can be, and has heads for few tags; and all that is known is
// asked in turns, whatever that costs. It answers the same.
func (s *Snapshot) Eager() *Snapshot {
	next := *s
	next.eager = true
	return &next
}
