package textindex

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/fulltext"
	"ficstead/internal/store"
)

const (
	batch    = 48 << 20 // bytes of text that are written as one segment
	together = 64       // works or texts that are read at once
)

// CatchUp indexes all that is in the store and not yet in the index. It may take
// long the first time; Progress tells how far it is. Where another process does
// it already, it does nothing.
func (x *Index) CatchUp(ctx context.Context) error {
	x.filling.Lock()
	defer x.filling.Unlock()
	if err := x.heal(ctx); err != nil {
		return err
	}
	x.open.RLock()
	defer x.open.RUnlock()
	done, leads, err := x.lead(ctx)
	if err != nil || !leads {
		return err
	}
	defer done()
	for {
		more, err := x.step(ctx)
		if err != nil && x.broken(err) && !errors.Is(err, store.Damaged) {
			x.seen.Lock()
			x.sick = true // the next time all is made anew
			x.seen.Unlock()
		}
		if err != nil || !more {
			return err
		}
	}
}

// Follow catches up again and again until ctx is done. A failed attempt is made
// again, and failed is told of it.
func (x *Index) Follow(ctx context.Context, every time.Duration, failed func(error)) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		if err := x.CatchUp(ctx); err != nil && ctx.Err() == nil {
			failed(err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// heal makes all anew if something that was read made no sense.
func (x *Index) heal(ctx context.Context) error {
	x.seen.Lock()
	sick := x.sick
	x.seen.Unlock()
	if !sick {
		return nil
	}
	return x.anew(ctx)
}

// lead reports whether this process alone adds to the index, until done is called.
func (x *Index) lead(ctx context.Context) (done func(), leads bool, err error) {
	if x.dialect.Lead == "" {
		return func() {}, true, nil
	}
	conn, err := x.write.Conn(ctx)
	if err != nil {
		return nil, false, err
	}
	if err := conn.QueryRowContext(ctx, x.dialect.Lead).Scan(&leads); err != nil || !leads {
		return nil, false, errors.Join(err, conn.Close())
	}
	return func() {
		after := context.WithoutCancel(ctx)
		if _, err := conn.ExecContext(after, x.dialect.Follow); err != nil {
			conn.Raw(func(any) error { return errors.New("not to be used again: it holds the lock") })
		}
		conn.Close()
	}, true, nil
}

// step adds one segment at most, and reports whether there may be more to add.
func (x *Index) step(ctx context.Context) (more bool, err error) {
	v, err := x.view(ctx)
	if err != nil {
		return false, err
	}
	n := &news{index: x, view: v, builder: fulltext.NewBuilder(), generation: v.generation, filled: v.filled, dead: map[*segment]fulltext.Set{}}
	if v.filled != filledAll {
		err = n.fill(ctx)
	} else {
		err = n.follow(ctx)
	}
	if err != nil || n.generation == v.generation && n.filled == v.filled {
		return false, err
	}
	if err := x.commit(ctx, n); err != nil {
		return false, err
	}
	return true, x.merge(ctx)
}

// view returns the present state of the tables.
func (x *Index) view(ctx context.Context) (v *view, err error) {
	tx, err := x.read.BeginTx(ctx, &x.dialect.Reading)
	if err != nil {
		return nil, err
	}
	defer tx.Rollback()
	return x.look(ctx, tx)
}

// news is what becomes of a view.
type news struct {
	index      *Index
	view       *view
	builder    *fulltext.Builder
	generation int64
	filled     archive.WorkID
	dead       map[*segment]fulltext.Set
}

// fill reads the next works of the store.
func (n *news) fill(ctx context.Context) error {
	for n.builder.Size() < batch {
		err := n.index.store.Read(ctx, func(tx *store.Tx) error {
			works, err := tx.WorkIDs(n.filled, together)
			if err != nil {
				return err
			}
			texts, err := tx.Texts(works)
			if err != nil {
				return err
			}
			if err := n.add(tx, texts); err != nil {
				return err
			}
			n.filled = filledAll
			if len(works) == together {
				n.filled = works[together-1]
			}
			return nil
		})
		if err != nil || n.filled == filledAll {
			return err
		}
	}
	return nil
}

// follow reads the next changes of the store, all of one state: a work that
// changed again meanwhile comes again the next time.
func (n *news) follow(ctx context.Context) error {
	return n.index.store.Read(ctx, func(tx *store.Tx) error {
		for n.builder.Size() < batch {
			changes, err := tx.Changes(n.generation, together)
			if err != nil || len(changes) == 0 {
				return err
			}
			works := worksOf(changes)
			texts, err := tx.Texts(works)
			if err != nil {
				return err
			}
			if err := n.add(tx, n.changed(works, texts)); err != nil {
				return err
			}
			n.generation = changes[len(changes)-1].Seq
		}
		return nil
	})
}

// changed crosses out what is indexed of works and is not in texts, and returns
// those of texts that are not indexed.
func (n *news) changed(works []archive.WorkID, texts []store.Text) []store.Text {
	if len(works) == 0 {
		return nil
	}
	of := map[archive.WorkID]bool{}
	for _, work := range works {
		of[work] = true
	}
	missing := map[fulltext.Document]store.Text{}
	for _, t := range texts {
		missing[document(t)] = t
	}
	for _, s := range n.view.segments {
		for i, d := range s.docs {
			if !of[d.Work] || n.isDead(s, uint32(i)) {
				continue
			}
			if _, ok := missing[d]; ok {
				delete(missing, d)
			} else {
				n.crossOut(s, uint32(i))
			}
		}
	}
	return slices.DeleteFunc(texts, func(t store.Text) bool { _, ok := missing[document(t)]; return !ok })
}

func document(t store.Text) fulltext.Document {
	return fulltext.Document{Work: t.Work, Chapter: t.Chapter, Body: t.Body, English: fulltext.English(t.Language)}
}

func (n *news) isDead(s *segment, doc uint32) bool {
	if dead, ok := n.dead[s]; ok {
		return dead.Has(doc)
	}
	return s.dead.Has(doc)
}

func (n *news) crossOut(s *segment, doc uint32) {
	if n.dead[s] == nil {
		n.dead[s] = slices.Clone(s.dead)
	}
	n.dead[s].Add(doc)
}

// add indexes texts. What is damaged is passed over: it can be found when it has
// been restored.
func (n *news) add(tx *store.Tx, texts []store.Text) error {
	for chunk := range slices.Chunk(texts, together) {
		contents, err := tx.Contents(chunk)
		if errors.Is(err, store.Damaged) && len(chunk) > 1 {
			for i := range chunk {
				if err := n.add(tx, chunk[i:i+1]); err != nil {
					return err
				}
			}
			continue
		}
		if err != nil && !errors.Is(err, store.Damaged) {
			return err
		}
		for _, t := range chunk {
			if content := contents[t.Body]; len(content) > 0 {
				n.builder.Add(document(t), content)
			}
		}
	}
	return nil
}

// errOvertaken is why news are not written: another process wrote first.
var errOvertaken = errors.New("another process has changed the text index")

// commit writes news, unless the tables are no longer what they are news to.
func (x *Index) commit(ctx context.Context, n *news) error {
	err := x.change(ctx, func(tx *sql.Tx) error {
		version, err := x.next(ctx, tx, n.view)
		if err != nil {
			return err
		}
		id := n.view.last + 1
		if len(n.builder.Docs) > 0 {
			if err := x.writeSegment(ctx, tx, id, version, n.builder); err != nil {
				return err
			}
		}
		for s, dead := range n.dead {
			if err := x.bury(ctx, tx, s, dead, version); err != nil {
				return err
			}
		}
		_, err = tx.ExecContext(ctx, `UPDATE text_state SET generation = $1, filled = $2, segments = $3 WHERE one = 1`, n.generation, n.filled, id)
		return err
	})
	if errors.Is(err, errOvertaken) {
		return nil
	}
	return err
}

// next makes the next version of the tables, which are to be as v says.
func (x *Index) next(ctx context.Context, tx *sql.Tx, v *view) (version int64, err error) {
	err = tx.QueryRowContext(ctx, `UPDATE text_state SET version = version + 1 WHERE one = $1 AND version = $2 RETURNING version`, 1, v.version).Scan(&version)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, errOvertaken
	}
	return version, err
}

// bury crosses out documents of a segment, or removes it if none is left.
func (x *Index) bury(ctx context.Context, tx *sql.Tx, s *segment, dead fulltext.Set, version int64) error {
	if dead.Len() < len(s.docs) {
		_, err := tx.ExecContext(ctx, `UPDATE text_segment SET dead = $1, changed = $2 WHERE id = $3`, fulltext.PackSet(dead), version, s.id)
		return err
	}
	return x.remove(ctx, tx, s)
}

func (x *Index) remove(ctx context.Context, tx *sql.Tx, s *segment) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM text_piece WHERE id >= $1 AND id < $2`, pieceID(s.id, 0), pieceID(s.id+1, 0)); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `DELETE FROM text_segment WHERE id = $1`, s.id)
	return err
}

// writeSegment writes what was collected as a segment.
func (x *Index) writeSegment(ctx context.Context, tx *sql.Tx, id, version int64, b *fulltext.Builder) error {
	p := &pieces{ctx: ctx, tx: tx, segment: id}
	w := fulltext.NewWriter(p.put)
	var forms [][2]string
	err := b.Write(w, func(word string) {
		if stem := fulltext.Stem(word); stem != word {
			if _, known := x.forms[word]; !known {
				forms = append(forms, [2]string{stem, word})
			}
		}
	})
	if err != nil {
		return err
	}
	if err := p.finish(w, version, b.Docs, nil); err != nil {
		return err
	}
	return x.addForms(ctx, tx, forms)
}

// addForms notes which words are forms of others.
func (x *Index) addForms(ctx context.Context, tx *sql.Tx, forms [][2]string) error {
	for chunk := range slices.Chunk(forms, 200) {
		var args []any
		for _, form := range chunk {
			args = append(args, form[0], form[1])
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO text_form (stem, term) VALUES `+places(len(chunk), 2)+` ON CONFLICT DO NOTHING`, args...)
		if err != nil {
			return err
		}
	}
	for _, form := range forms {
		x.forms[form[1]] = struct{}{}
	}
	return nil
}
