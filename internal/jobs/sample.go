package jobs

import (
	"context"
	"log/slog"

	"ficstead/internal/store"
)

// sampled is how many works one transaction takes the samples of: writers wait
// for it no longer than for one large file.
const sampled = 20

// Sample takes the samples of works that an earlier version of the program
// brought in, by which copies of them are found. It returns when there are no
// more, or ctx ends; what it did is done.
func Sample(ctx context.Context, s *store.Store) {
	for more := true; more && ctx.Err() == nil; {
		err := s.Write(ctx, func(tx *store.Tx) (err error) {
			more, err = tx.FillShingles(sampled)
			return err
		})
		if err != nil {
			if ctx.Err() == nil {
				slog.Error("works could not be sampled; copies of them are not found until the next start", "error", err)
			}
			return
		}
	}
}
