package textindex

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"strings"

	"ficstead/internal/fulltext"
)

const (
	fanIn     = 4         // segments of one size that become one
	smallest  = 64 << 10  // bytes below which all segments are of one size
	largest   = 256 << 20 // bytes of a segment that is merged no more
	readAhead = 32        // pieces
)

// size is the logarithm of how large a segment is, to the base of fanIn.
func (s *segment) tier() int {
	n := 0
	for size := s.left(); size > smallest; size /= fanIn {
		n++
	}
	return n
}

// left is about how many bytes a segment is without what is crossed out.
func (s *segment) left() int64 { return s.size * int64(s.alive()) / int64(len(s.docs)) }

// ripe returns segments that should become one: several of about one size, or
// one of which most is crossed out.
func (v *view) ripe() []*segment {
	tiers := map[int][]*segment{}
	for _, s := range v.segments {
		if 2*s.alive() < len(s.docs) {
			return []*segment{s}
		}
		if s.left() > largest {
			continue
		}
		tier := s.tier()
		if tiers[tier] = append(tiers[tier], s); len(tiers[tier]) == fanIn {
			return tiers[tier]
		}
	}
	return nil
}

// merge merges segments until none is ripe.
func (x *Index) merge(ctx context.Context) error {
	for {
		v, err := x.view(ctx)
		if err != nil {
			return err
		}
		ripe := v.ripe()
		if ripe == nil {
			return nil
		}
		err = x.change(ctx, func(tx *sql.Tx) error { return x.unite(ctx, tx, v, ripe) })
		if errors.Is(err, errOvertaken) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := x.shrink(ctx); err != nil {
			return err
		}
	}
}

// shrink gives back the room of segments that were merged.
func (x *Index) shrink(ctx context.Context) error {
	if x.dialect.Shrink == "" {
		return nil
	}
	rows, err := x.write.QueryContext(ctx, x.dialect.Shrink)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() { // each is a page
	}
	return rows.Err()
}

// unite makes one segment of several.
func (x *Index) unite(ctx context.Context, tx *sql.Tx, v *view, segments []*segment) error {
	version, err := x.next(ctx, tx, v)
	if err != nil {
		return err
	}
	p := &pieces{ctx: ctx, tx: tx, segment: v.last + 1}
	w := fulltext.NewWriter(p.put)
	var parts []*fulltext.Part
	var directories []fulltext.Directory
	for _, s := range segments {
		r := &pieceReader{ctx: ctx, db: x.read, segment: s.id}
		parts = append(parts, &fulltext.Part{Docs: s.docs, Dead: s.dead, Next: r.next})
		directories = append(directories, s.directory)
	}
	docs, err := fulltext.Merge(w, parts, directories)
	if err != nil {
		return err
	}
	if err := p.finish(w, version, docs, nil); err != nil {
		return err
	}
	for _, s := range segments {
		if err := x.remove(ctx, tx, s); err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, `UPDATE text_state SET segments = $1 WHERE one = 1`, p.segment)
	return err
}

// pieces writes the pieces of a segment, several with one statement.
type pieces struct {
	ctx     context.Context
	tx      *sql.Tx
	segment int64
	args    []any
	size    int64
}

// atOnce is how many pieces one statement writes.
const atOnce = 16

func (p *pieces) put(number uint32, sealed []byte) error {
	p.args = append(p.args, pieceID(p.segment, number), sealed)
	p.size += int64(len(sealed))
	if len(p.args) < 2*atOnce {
		return nil
	}
	return p.flush()
}

func (p *pieces) flush() error {
	if len(p.args) == 0 {
		return nil
	}
	_, err := p.tx.ExecContext(p.ctx, `INSERT INTO text_piece (id, data) VALUES `+places(len(p.args)/2, 2), p.args...)
	p.args = p.args[:0]
	return err
}

// finish writes what is left, and the segment itself.
func (p *pieces) finish(w *fulltext.Writer, version int64, docs []fulltext.Document, dead fulltext.Set) error {
	directory, err := w.Finish()
	if err != nil {
		return err
	}
	if err := p.flush(); err != nil {
		return err
	}
	_, err = p.tx.ExecContext(p.ctx, `INSERT INTO text_segment (id, changed, size, directory, documents, dead) VALUES ($1, $2, $3, $4, $5, $6)`,
		p.segment, version, p.size, directory, fulltext.PackDocuments(docs), fulltext.PackSet(dead))
	return err
}

// places are those of n rows of some values: ($1, $2), ($3, $4).
func places(rows, values int) string {
	var b strings.Builder
	for i := range rows * values {
		switch {
		case i == 0:
			b.WriteString("(")
		case i%values == 0:
			b.WriteString("), (")
		default:
			b.WriteString(", ")
		}
		b.WriteString("$" + strconv.Itoa(i+1))
	}
	return b.String() + ")"
}

// pieceReader reads the pieces of a segment in order.
type pieceReader struct {
	ctx     context.Context
	db      *sql.DB
	segment int64
	from    int64 // the next id to ask for
	ids     []int64
	data    [][]byte
	ended   bool
}

func (r *pieceReader) next() (number uint32, sealed []byte, err error) {
	if len(r.ids) == 0 && !r.ended {
		if err := r.more(); err != nil {
			return 0, nil, err
		}
	}
	if len(r.ids) == 0 {
		return 0, nil, nil
	}
	number, sealed = uint32(r.ids[0]), r.data[0]
	r.ids, r.data = r.ids[1:], r.data[1:]
	return number, sealed, nil
}

func (r *pieceReader) more() error {
	r.from = max(r.from, pieceID(r.segment, 0))
	rows, err := r.db.QueryContext(r.ctx, `SELECT id, data FROM text_piece WHERE id >= $1 AND id < $2 ORDER BY id LIMIT $3`,
		r.from, pieceID(r.segment+1, 0), readAhead)
	if err != nil {
		return err
	}
	defer rows.Close()
	r.ids, r.data = nil, nil
	for rows.Next() {
		var id int64
		var data []byte
		if err := rows.Scan(&id, &data); err != nil {
			return err
		}
		r.ids, r.data, r.from = append(r.ids, id), append(r.data, data), id+1
	}
	r.ended = len(r.ids) < readAhead
	return rows.Err()
}
