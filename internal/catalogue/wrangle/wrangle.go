package wrangle

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/store"
)

// Merge makes from a synonym of into, with all that are synonyms of from.
func Merge(ctx context.Context, s *store.Store, by archive.Viewer, from, into archive.TagID) error {
	return wrangle(ctx, s, by, func(tx *store.Tx) error {
		a, b, err := two(tx, from, into)
		if err != nil {
			return err
		}
		var p errs.Problems
		p.Add(a.Kind != b.Kind, "into", fmt.Sprintf("“%s” is a %s and “%s” a %s: only tags of one kind can be the same.", a.Name, a.Kind, b.Name, b.Kind))
		p.Add(a.Canonical != 0, "from", fmt.Sprintf("“%s” is a synonym already. Take that back first.", a.Name))
		p.Add(from == into || b.Canonical == from, "into", fmt.Sprintf("“%s” stands for “%s” already.", a.Name, b.Name))
		if err := p.Err(); err != nil {
			return err
		}
		if err := tx.SetCanonical(from, into); err != nil {
			return err
		}
		return acyclic(tx, b)
	})
}

// Unmerge makes a synonym its own tag again. What was merged into it before
// it was merged itself stays with it.
func Unmerge(ctx context.Context, s *store.Store, by archive.Viewer, from archive.TagID) error {
	return wrangle(ctx, s, by, func(tx *store.Tx) error {
		t, err := tx.Tag(from)
		if err != nil {
			return err
		}
		if t.Canonical == 0 {
			return errs.Problems{{Field: "from", Message: fmt.Sprintf("“%s” is no synonym.", t.Name)}}
		}
		return tx.SetCanonical(from, 0)
	})
}

// Link puts parent over child: as a subtag if sub, so that whoever asks for
// parent finds child too; else as the fandom that child belongs to.
func Link(ctx context.Context, s *store.Store, by archive.Viewer, parent, child archive.TagID, sub bool) error {
	return wrangle(ctx, s, by, func(tx *store.Tx) error {
		a, b, err := two(tx, parent, child)
		if err != nil {
			return err
		}
		var p errs.Problems
		p.Add(parent == child, "child", "A tag cannot stand over itself.")
		p.Add(sub && a.Kind != b.Kind, "child", fmt.Sprintf("“%s” is a %s and “%s” a %s: a subtag has the kind of the tag over it.", a.Name, a.Kind, b.Name, b.Kind))
		p.Add(!sub && a.Kind != archive.Fandom, "parent", fmt.Sprintf("“%s” is no fandom.", a.Name))
		p.Add(!sub && b.Kind == archive.Fandom, "child", fmt.Sprintf("“%s” is a fandom itself.", b.Name))
		if err := p.Err(); err != nil {
			return err
		}
		err = tx.LinkTags(archive.TagLink{Parent: parent, Child: child, Sub: sub})
		if errors.Is(err, errs.Conflict) {
			return errs.Problems{{Field: "child", Message: fmt.Sprintf("“%s” stands over “%s” already.", a.Name, b.Name)}}
		}
		if err != nil {
			return err
		}
		return acyclic(tx, a)
	})
}

// Unlink takes a link away.
func Unlink(ctx context.Context, s *store.Store, by archive.Viewer, parent, child archive.TagID) error {
	return wrangle(ctx, s, by, func(tx *store.Tx) error { return tx.UnlinkTags(parent, child) })
}

func wrangle(ctx context.Context, s *store.Store, by archive.Viewer, f func(*store.Tx) error) error {
	if !by.MayWrangle() {
		kind := errs.Forbidden
		if by.Person == 0 {
			kind = errs.SignIn
		}
		return fmt.Errorf("wrangle: %w", kind)
	}
	return s.Write(ctx, f)
}

func two(tx *store.Tx, a, b archive.TagID) (first, second archive.Tag, err error) {
	if first, err = tx.Tag(a); err == nil {
		second, err = tx.Tag(b)
	}
	return first, second, err
}

// acyclic looks at the tags as the transaction left them, and fails if t now
// stands over itself. Only t can: nothing did before, and whatever was done was done
// to it.
func acyclic(tx *store.Tx, t archive.Tag) error {
	top, err := canonical(tx, []archive.TagID{t.ID})
	if err != nil {
		return err
	}
	seen := map[archive.TagID]bool{}
	for level := top; len(level) > 0; {
		if level, err = above(tx, level); err != nil {
			return err
		}
		if slices.Contains(level, top[0]) {
			return errs.Problems{{Field: "child", Message: fmt.Sprintf("Then “%s” would stand over itself.", t.Name)}}
		}
		level = slices.DeleteFunc(level, func(id archive.TagID) bool { return seen[id] })
		for _, id := range level {
			seen[id] = true
		}
	}
	return nil
}
