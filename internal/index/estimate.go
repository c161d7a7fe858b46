package index

import (
	"slices"

	"ficstead/internal/index/segment"
)

// Estimate is about how many works must be looked at one by one to answer e.
// Of sets many at once are, so they hardly count.
func (s *Snapshot) Estimate(e Expr) int { return s.cost(e, s.all) }

// atOnce is how many rows of sets are looked at in the time of one.
const atOnce = 64

// readInTime is how many rows are looked at in the time in which the name of a
// tag is read.
const readInTime = 10

// rankedInTime is how many places in an order are compared in the time of one.
const rankedInTime = 16

// names is how many names of tags must be read for words.
func (s *Snapshot) names(w Words) int {
	if len(w.Terms) == 0 || !slices.Contains(w.Places, InTags) {
		return 0
	}
	return s.words.SayingEffort(w.Terms)
}

// cost is Estimate where only so many works are left to look at.
func (s *Snapshot) cost(e Expr, in int) (n int) {
	switch e := e.(type) {
	case And:
		in = min(in, s.estimate(e, estimateDepth))
		for _, part := range e {
			n += s.cost(part, in)
		}
		return n
	case Or:
		for _, part := range e {
			n += s.cost(part, in)
		}
		return n
	case Not:
		return s.cost(e.Expr, in) + in/partedInTime
	case Range:
		return min(in, s.rowsBetween(e), s.all/4) / rankedInTime
	case Works:
		return len(e)
	case Words:
		if !s.hasSaid(e.Terms) {
			n = s.names(e) * readInTime
		}
		if len(e.Terms) > 1 {
			return n + min(in, s.rowEffort(e))
		}
	}
	return n + min(in, s.estimate(e, 1))/atOnce
}

// estimateDepth is how deep estimates look into nested expressions, so that
// estimating at each level costs no more than answering.
const estimateDepth = 4

// estimate is about how many works answer e.
func (s *Snapshot) estimate(e Expr, depth int) int {
	if depth == 0 {
		return s.all
	}
	switch e := e.(type) {
	case And:
		least := s.all
		for _, part := range e {
			least = min(least, s.estimate(part, depth-1))
		}
		return least
	case Or:
		sum := 0
		for _, part := range e {
			if sum += s.estimate(part, depth-1); sum >= s.all {
				return s.all
			}
		}
		return sum
	case All, Not:
		return s.all
	case None:
		return 0
	case Range:
		return s.rowsBetween(e)
	case Works:
		return len(e)
	case Words:
		if len(e.Terms) > 1 {
			return s.rowEffort(e)
		}
		return s.termUses(e)
	}
	var room [16]*segment.Set
	return total(s.sets(room[:0], e))
}

// rowsBetween is how many rows stand in a range.
func (s *Snapshot) rowsBetween(r Range) (n int) {
	if r.Column >= segment.ColumnCount {
		return 0
	}
	for _, part := range s.parts {
		from, to := part.Interval(r.Column, r.Least, r.Most)
		n += int(to - from)
	}
	return n
}

// termUses is how many rows have a term in one of the places.
func (s *Snapshot) termUses(w Words) (n int) {
	if len(w.Terms) == 0 {
		return 0
	}
	for _, place := range w.Places {
		if place == InTags {
			n += s.all / tagsOfWork // names of tags are not looked up for an estimate
			continue
		}
		var room [16]*segment.Set
		n += total(s.termSets(room[:0], place, w.Terms[0]))
	}
	return min(n, s.all)
}

// Effort is how many works Find must at most look into for a phrase, or read
// names of tags in their time; 0 for a single word.
func (s *Snapshot) Effort(w Words) int {
	if len(w.Terms) < 2 {
		return 0
	}
	return s.rowEffort(w) + s.names(w)*readInTime
}

// rowEffort is how many of them are looked into one by one.
func (s *Snapshot) rowEffort(w Words) (effort int) {
	for _, place := range w.Places {
		if place == InTags {
			continue // the names of tags are read once, not work by work
		}
		least := s.all
		for _, term := range w.Terms {
			var room [16]*segment.Set
			least = min(least, total(s.termSets(room[:0], place, term)))
		}
		effort += least
	}
	return effort
}
