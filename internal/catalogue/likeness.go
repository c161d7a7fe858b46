package catalogue

import (
	"context"
	"fmt"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/base/shingle"
	"ficstead/internal/store"
)

// mostCompared is how many works a new one is compared with: those that share
// most of a few samples. A story has not many copies.
const mostCompared = 8

// like is a work that another is like, with its title for people.
type like struct {
	archive.Likeness
	title  string
	source archive.Source
}

// leastRuns is how many different runs of letters a text must have, or what it
// shares with another proves nothing.
const leastRuns = 150

// findLikes compares a work's text with what its keeper may see of the archive.
// self is the work itself where it is here already.
func findLikes(tx *store.Tx, by archive.Viewer, chapters []archive.Chapter, self archive.WorkID, apart map[archive.WorkID]bool) ([]like, error) {
	ids, err := tx.WorksLike(chapters, mostCompared+1)
	if err != nil {
		return nil, err
	}
	var likes []like
	var own shingle.Set
	for _, id := range ids {
		if id == self || apart[id] {
			continue
		}
		known, err := tx.Work(id)
		if err != nil {
			return nil, err
		}
		if !by.MaySeeWork(known) {
			continue
		}
		others, err := tx.Chapters(id)
		if err != nil {
			return nil, err
		}
		if own == nil {
			own = textOf(chapters)
		}
		if len(own) < leastRuns {
			return nil, nil
		}
		if is := compareTexts(own, textOf(others), self, id); is.Alike != archive.Different {
			likes = append(likes, like{is, known.Title, known.Source})
		}
	}
	return likes, nil
}

func textOf(chapters []archive.Chapter) shingle.Set {
	var texts []string
	for _, c := range chapters {
		texts = append(texts, c.Text.Text())
	}
	return shingle.Of(texts...)
}

func compareTexts(a, b shingle.Set, work, other archive.WorkID) archive.Likeness {
	is := shingle.Compare(a, b)
	return archive.Likeness{
		Work: work, Other: other, OfWork: is.OfFirst, OfOther: is.OfSecond,
		Alike: archive.JudgeAlike(is.Jaccard, is.OfFirst, is.OfSecond),
	}
}

// keepLikes notes what a work was found to be like.
func keepLikes(tx *store.Tx, id archive.WorkID, likes []like) error {
	for _, l := range likes {
		if l.Work = id; l.Work == l.Other {
			continue
		}
		if err := tx.SetLikeness(l.Likeness); err != nil {
			return err
		}
	}
	return nil
}

// warning tells people of a work that theirs is like.
func (l like) warning() string {
	switch l.Alike {
	case archive.SameText:
		return fmt.Sprintf("The same story is here as “%s” (%.0f %% of this one stands in it). Both are kept; compare them and choose.", l.title, 100*l.OfWork)
	case archive.Revised:
		return fmt.Sprintf("This looks like another version of “%s”, which is here. Both are kept; compare them and choose.", l.title)
	case archive.PartOf:
		return fmt.Sprintf("All of this stands in “%s”, which is here. Both are kept; compare them and choose.", l.title)
	case archive.Contains:
		return fmt.Sprintf("All of “%s”, which is here, stands in this. Both are kept; compare them and choose.", l.title)
	}
	return ""
}

// status is that of a new work which is like l: copies are duplicates, and what
// only shares text is as new as it was.
func (l like) status(is archive.Status) archive.Status {
	if l.Alike == archive.SameText || l.Alike == archive.Revised {
		return archive.StatusDuplicate
	}
	return is
}

// KeepApart says that two works that are alike are both to be kept, so that
// nobody is asked again; or, with apart false, that the question is open.
func KeepApart(ctx context.Context, s *store.Store, by archive.Viewer, id, other archive.WorkID, apart bool) error {
	return change(ctx, s, by, id, func(tx *store.Tx, w archive.Work) error { return tx.SetApart(w.ID, other, apart) })
}

// Unite makes one work of two that are alike: id stays, with its address and
// everything that people added to it, and takes over what only the other has:
// names, tags, notes and files. With takeText its text becomes the other's, as a
// new revision; either way nothing is lost, for the files of both stay, and the
// revisions of id. The other is removed.
func Unite(ctx context.Context, s *store.Store, by archive.Viewer, id, other archive.WorkID, takeText bool) error {
	return change(ctx, s, by, id, func(tx *store.Tx, w archive.Work) error {
		from, err := tx.Work(other)
		if err != nil {
			return err
		}
		if !by.MayChange(from) || from.ID == w.ID {
			return fmt.Errorf("unite work %d with %d: %w", id, other, errs.Forbidden)
		}
		return unite(tx, w, from, takeText)
	})
}

func unite(tx *store.Tx, w, from archive.Work, takeText bool) error {
	textFrom := w
	if takeText {
		textFrom = from
	}
	chapters, err := tx.Chapters(textFrom.ID)
	if err != nil {
		return err
	}
	mends, err := tx.Mends(textFrom.ID)
	if err != nil {
		return err
	}
	if err := tx.MoveFiles(from.ID, w.ID, takeText); err != nil {
		return err
	}
	united := enrich(from, w)
	if takeText {
		united.ChaptersPlanned, united.Complete, united.Updated = from.ChaptersPlanned, from.Complete, from.Updated
	}
	if united.Source.Key == from.Source.Key && from.Source.Key != w.Source.Key {
		united.Source = w.Source // two works of one keeper may not have one key, even for a moment
	}
	if err := tx.ChangeWork(&united, chapters, mends); err != nil {
		return err
	}
	why := fmt.Sprintf("United with another copy, “%s”.", from.Title)
	if takeText {
		why = fmt.Sprintf("United with another copy, “%s”, whose text it took.", from.Title)
	}
	if err := tx.SetWhy(w.ID, why); err != nil {
		return err
	}
	return tx.RemoveWork(from.ID)
}
