package find

import (
	"context"
	"fmt"
	"slices"

	"ficstead/internal/archive"
	"ficstead/internal/index"
	"ficstead/internal/store"
)

// atOnce is how many changes are read in one piece.
const atOnce = 1000

// catchUp applies all changes after those that are in now. It reads one state
// of the store, so that no work is seen with tags from before and no tag with
// links from after.
func catchUp(ctx context.Context, s *store.Store, now state) (next state, err error) {
	if err := now.from.usable(); err != nil {
		return now, err
	}
	defer now.from.guard(&err)()
	next = now
	err = s.Read(ctx, func(tx *store.Tx) error {
		for {
			changes, err := tx.Changes(next.generation, atOnce)
			if err != nil || len(changes) == 0 {
				return err
			}
			c, err := load(tx, changes)
			if err != nil {
				return err
			}
			next.Snapshot, next.generation = next.With(c), changes[len(changes)-1].Seq
		}
	})
	if err != nil {
		return now, fmt.Errorf("catch up: %w", err)
	}
	return next, nil
}

// load reads what changed, as it is now.
func load(tx *store.Tx, changes []store.Change) (c index.Change, err error) {
	var works []archive.WorkID
	var tags []archive.TagID
	for _, change := range changes {
		if change.Work != 0 {
			works = append(works, change.Work)
		}
		if change.Tag != 0 {
			tags = append(tags, change.Tag)
		}
	}
	if c.Tags, err = tx.Tags(distinct(tags)); err != nil {
		return c, err
	}
	if len(tags) > 0 {
		c.Linked = distinct(tags)
		if c.Links, err = tx.TagLinksOf(c.Linked); err != nil {
			return c, err
		}
	}
	return c, loadWorks(tx, distinct(works), &c)
}

// loadWorks reads works; those that are not there any more are removed.
func loadWorks(tx *store.Tx, ids []archive.WorkID, c *index.Change) error {
	found, err := tx.Works(ids)
	if err != nil {
		return err
	}
	there := make(map[archive.WorkID]bool, len(found))
	for _, w := range found {
		there[w.ID] = true
		c.Docs = append(c.Docs, docOf(w))
		c.Tags = append(c.Tags, w.Tags...)
	}
	for _, id := range ids {
		if !there[id] {
			c.Removed = append(c.Removed, id)
		}
	}
	return nil
}

func distinct[ID archive.WorkID | archive.TagID](ids []ID) []ID {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	return slices.Compact(ids)
}
