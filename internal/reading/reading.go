package reading

import (
	"context"

	"ficstead/internal/archive"
	"ficstead/internal/catalogue"
	"ficstead/internal/find"
	"ficstead/internal/intake"
	"ficstead/internal/propose"
	"ficstead/internal/repair/heal"
	"ficstead/internal/store"
)

// Archive is where works are read and what is asked about them, as a viewer.
type Archive struct {
	Store  *store.Store
	Finder *find.Finder
	Viewer archive.Viewer
}

// mostCopies is how many copies beside a work are read: each costs as much as
// the work.
const mostCopies = 3

// Reader returns how a work is read again. The copies beside it are read once,
// however many files it came in.
func (a Archive) Reader(ctx context.Context, w archive.Work) catalogue.Reader {
	var copies []beside
	loaded := false
	return func(o store.Original, choices archive.Choices) (archive.Manuscript, error) {
		m, err := intake.Reread(o, choices)
		if err != nil {
			return m, err
		}
		if !loaded {
			copies, err = a.copies(ctx, w.ID)
			loaded = true
		}
		for _, c := range copies {
			heal.Manuscript(&m, c.chapters, c.name, choices)
		}
		m.Proposals = append(m.Proposals, a.proposals(ctx, w, m.Chapters, o.Name)...)
		return m, err
	}
}

// Proposals are what the archive proposes about a work as it stands now, beside
// those of its file.
func (a Archive) Proposals(ctx context.Context, w archive.Work, chapters []archive.Chapter, file string) []archive.Proposal {
	return a.proposals(ctx, w, chapters, file)
}

func (a Archive) proposals(ctx context.Context, w archive.Work, chapters []archive.Chapter, file string) []archive.Proposal {
	view := propose.View{Context: ctx, Store: a.Store, Finder: a.Finder, Viewer: a.Viewer}
	return propose.For(propose.Subject{File: file, Work: w, Chapters: chapters}, view)
}

// beside is another copy of a work.
type beside struct {
	name     string
	chapters []archive.Chapter
}

// copies reads the files that only stand beside a work, the latest first. What
// cannot be read any more heals nothing.
func (a Archive) copies(ctx context.Context, id archive.WorkID) (copies []beside, err error) {
	var files []store.Original
	err = a.Store.Read(ctx, func(tx *store.Tx) error {
		all, err := tx.Originals(id)
		for _, o := range all {
			if err != nil || len(files) == mostCopies {
				break
			}
			if o.Revision == 0 && !o.Withdrawn {
				o, err = tx.Original(id, o.Sum)
				files = append(files, o)
			}
		}
		return err
	})
	for _, o := range files {
		if m, err := intake.Reread(o, nil); err == nil {
			copies = append(copies, beside{o.Name, m.Chapters})
		}
	}
	return copies, err
}

// Heal reads a work again that a copy came to stand beside, so that what the
// copy knows better is among its suggestions. Nothing is applied. A work that
// cannot be read again stays as it is.
func (a Archive) Heal(ctx context.Context, w archive.Work) error {
	_, err := catalogue.Review(ctx, a.Store, a.Viewer, w.ID, a.Reader(ctx, w), catalogue.Change{})
	return err
}
