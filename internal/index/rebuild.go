package index

import (
	"context"
)

// An index with more than this many rows beside its base, dead ones included,
// or more than this share of it, answers slower than it could.
const (
	laterRows  = 20_000
	laterShare = 50
	laterNames = 100_000 // beginnings of names of tags
)

// IsStale reports whether the index should be rebuilt.
func (s *Snapshot) IsStale() bool {
	later := 0
	for _, part := range s.parts[1:] {
		later += part.Len()
	}
	if s.dead != nil {
		later += int(s.dead.GetCardinality())
	}
	return later > max(laterRows, s.parts[0].Len()/laterShare) || s.words.Fresh() > laterNames
}

// Rebuilt returns an index of one segment that answers as s does, made of what
// the segments know. It fails only when ctx is done.
func (s *Snapshot) Rebuilt(ctx context.Context) (*Snapshot, error) {
	words := s.words.Compact()
	b := newWhole(words, s.eager)
	n := 0
	for it := s.live.Iterator(); it.HasNext(); n++ {
		if n%checkEvery == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		row := it.Next()
		b.AddRow(s.partOf(row), row, nil)
	}
	return newBase(words, b.Build(), s.eager), ctx.Err()
}
