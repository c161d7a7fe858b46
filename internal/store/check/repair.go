package check

import (
	"context"
	"slices"

	"ficstead/internal/store"
)

// Repair makes anew what is derived and stands in the store: the names that lists
// show, and what the log of changes lacks. It never touches what people wrote:
// while something that it would be derived from is damaged, nothing is. It returns
// how many of the damages it cared for.
func Repair(ctx context.Context, s *store.Store, damages []Damage) (repaired int, err error) {
	if slices.ContainsFunc(damages, func(d Damage) bool { return d.Kind == Row || d.Kind == Reference || d.Kind == Database }) {
		return 0, nil
	}
	err = s.Write(ctx, func(tx *store.Tx) error {
		repaired = 0
		for _, d := range damages {
			switch d.Kind {
			case Names:
				if err := tx.GatherNames(d.Works); err != nil {
					return err
				}
			case Log:
				if err := tx.LogMissing(); err != nil {
					return err
				}
			default:
				continue
			}
			repaired++
		}
		return nil
	})
	return repaired, err
}
