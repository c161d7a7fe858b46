package textindex

import (
	"context"
	"database/sql"
	"fmt"

	"ficstead/internal/archive"
	"ficstead/internal/fulltext"
)

// view is the state of the tables.
type view struct {
	version    int64
	generation int64
	filled     archive.WorkID // -1: all
	last       int64          // number of the last segment
	segments   []*segment
}

// segment is what is held in memory of one. It is never changed.
type segment struct {
	id        int64
	changed   int64
	size      int64
	docs      []fulltext.Document
	dead      fulltext.Set
	english   fulltext.Set
	directory fulltext.Directory
	most      archive.WorkID // the greatest
}

// filledAll is where a filling is that is done.
const filledAll = archive.WorkID(-1)

// look returns the state that tx sees.
func (x *Index) look(ctx context.Context, tx *sql.Tx) (*view, error) {
	x.seen.Lock()
	last := x.seen.view
	x.seen.Unlock()
	v := &view{}
	err := tx.QueryRowContext(ctx, `SELECT version, generation, filled, segments FROM text_state WHERE one = $1`, 1).
		Scan(&v.version, &v.generation, &v.filled, &v.last)
	if err != nil {
		return nil, fmt.Errorf("text index: %w", err)
	}
	if last != nil && last.version == v.version {
		return last, nil
	}
	if err := v.load(ctx, tx, last); err != nil {
		return nil, err
	}
	x.seen.Lock()
	defer x.seen.Unlock()
	if x.seen.view == nil || x.seen.version < v.version {
		x.seen.view = v
	}
	return v, nil
}

// load reads the segments, those anew that are not as they were last.
func (v *view) load(ctx context.Context, tx *sql.Tx, last *view) error {
	known := map[[2]int64]*segment{}
	if last != nil {
		for _, s := range last.segments {
			known[[2]int64{s.id, s.changed}] = s
		}
	}
	rows, err := tx.QueryContext(ctx, `SELECT id, changed FROM text_segment WHERE id > $1 ORDER BY id`, 0)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		s := &segment{}
		if err := rows.Scan(&s.id, &s.changed); err != nil {
			return err
		}
		if old := known[[2]int64{s.id, s.changed}]; old != nil {
			s = old
		}
		v.segments = append(v.segments, s)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for _, s := range v.segments {
		if s.docs == nil {
			if err := s.load(ctx, tx); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *segment) load(ctx context.Context, tx *sql.Tx) error {
	var directory, documents, dead []byte
	err := tx.QueryRowContext(ctx, `SELECT size, directory, documents, dead FROM text_segment WHERE id = $1`, s.id).
		Scan(&s.size, &directory, &documents, &dead)
	if err != nil {
		return err
	}
	if s.directory, err = fulltext.ReadDirectory(directory); err != nil {
		return err
	}
	if s.docs, err = fulltext.ReadDocuments(documents); err != nil {
		return err
	}
	if s.dead, err = fulltext.ReadSet(dead, len(s.docs)); err != nil {
		return err
	}
	s.english = fulltext.NewSet(len(s.docs))
	for i, d := range s.docs {
		if d.English {
			s.english.Add(uint32(i))
		}
		s.most = max(s.most, d.Work)
	}
	return nil
}

// alive is how many documents of s are not crossed out.
func (s *segment) alive() int { return len(s.docs) - s.dead.Len() }

// pieceID is the row of a piece.
func pieceID(segment int64, number uint32) int64 { return segment<<32 | int64(number) }
