package index

import "ficstead/internal/index/segment"

// Loved is what ByLoved puts works in order by.
func Loved(kudos, hits, chapters int64) int64 { return int64(segment.Loved(kudos, hits, chapters)) }
