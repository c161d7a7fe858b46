package textindex

import (
	"context"
	"database/sql"
	"fmt"
	"math/bits"
	"slices"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/fulltext"
	"ficstead/internal/store"
)

// Holding returns the works in whose text a phrase stands, ascending, whoever may
// see them. Works that may not be searched are not among them, nor are those
// that were removed.
func (x *Index) Holding(ctx context.Context, p fulltext.Phrase) ([]archive.WorkID, error) {
	terms := p.Terms()
	if len(terms) == 0 {
		return nil, nil
	}
	var works []archive.WorkID
	err := x.ask(ctx, func(q *question) error {
		found := newWorkSet(q.view)
		err := q.each(terms, nil, func(s *segment, docs fulltext.Set) {
			docs.Each(func(doc uint32) { found.add(s.docs[doc].Work) })
		})
		works = found.list()
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("search texts: %w", err)
	}
	return x.allowed(ctx, works)
}

// Progress tells how much of the text is indexed.
func (x *Index) Progress(ctx context.Context) (p fulltext.Progress, err error) {
	err = x.ask(ctx, func(q *question) error {
		for _, s := range q.view.segments {
			p.Done += s.alive()
		}
		if q.view.filled == filledAll {
			p.Of = p.Done
		}
		return nil
	})
	if err != nil || p.Of > 0 {
		return p, err
	}
	err = x.store.Read(ctx, func(tx *store.Tx) (err error) { p.Of, err = tx.CountTexts(); return err })
	p.Of = max(p.Of, p.Done)
	return p, err
}

// question is one answer being made, of one state of the tables.
type question struct {
	ctx   context.Context
	tx    *sql.Tx
	view  *view
	shelf *shelf
}

// ask runs f on the present state. What makes no sense is noted, to be made anew.
func (x *Index) ask(ctx context.Context, f func(*question) error) error {
	x.open.RLock()
	defer x.open.RUnlock()
	err := func() error {
		tx, err := x.read.BeginTx(ctx, &x.dialect.Reading)
		if err != nil {
			return err
		}
		defer tx.Rollback()
		v, err := x.look(ctx, tx)
		if err != nil {
			return err
		}
		return f(&question{ctx, tx, v, &x.shelf})
	}()
	if err != nil && x.broken(err) {
		x.seen.Lock()
		x.sick = true
		x.seen.Unlock()
	}
	return err
}

// each calls f with every segment and its documents, not crossed out, that hold
// the terms side by side; where within is not nil, of those in it.
func (q *question) each(terms []fulltext.Term, within map[*segment]fulltext.Set, f func(*segment, fulltext.Set)) error {
	lists, err := q.lists(terms, within)
	if err != nil {
		return err
	}
	for i, s := range q.view.segments {
		search, possible := lists[i].search(terms, s)
		if !possible {
			continue
		}
		search.Load = func(pieces []*fulltext.Piece) error { return q.load(s, pieces) }
		search.Within = within[s]
		found, err := search.Find()
		if err != nil {
			return err
		}
		for j := range found {
			found[j] &^= s.dead[j]
		}
		f(s, found)
		if err := q.ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

// found are the lists that a segment has of what is asked for.
type found struct {
	lists map[string]fulltext.List
	forms [][]string // of each term: the words that are meant by it, the term's own first
	pairs []string   // of terms side by side that mean nothing else
}

// search makes of lists what the segment is to be asked; it is not possible if
// one of the words is in no document.
func (f found) search(terms []fulltext.Term, s *segment) (search fulltext.Search, possible bool) {
	search = fulltext.Search{Size: len(s.docs), English: s.english}
	for i, t := range terms {
		var forms []fulltext.Form
		for j, word := range f.forms[i] {
			if l, ok := f.lists[word]; ok {
				forms = append(forms, fulltext.Form{List: l, English: t.Forms && j > 0})
			}
		}
		if len(forms) == 0 {
			return search, false
		}
		search.Slots = append(search.Slots, forms)
	}
	for _, pair := range f.pairs {
		l, ok := f.lists[pair]
		if !ok {
			return search, false
		}
		search.Pairs = append(search.Pairs, l)
	}
	return search, true
}

// pairsOf are the pairs among terms side by side that stand for nothing else.
func pairsOf(terms []fulltext.Term, forms [][]string) (pairs []string) {
	for i := 1; i < len(terms); i++ {
		if terms[i-1].Prefix || terms[i].Prefix || len(forms[i-1]) > 1 || len(forms[i]) > 1 {
			continue
		}
		if pair := fulltext.Pair(terms[i-1].Word, terms[i].Word); pair != "" {
			pairs = append(pairs, pair)
		}
	}
	return pairs
}

// lists reads the lists of terms in every segment.
func (q *question) lists(terms []fulltext.Term, within map[*segment]fulltext.Set) ([]found, error) {
	forms, err := q.forms(terms)
	if err != nil {
		return nil, err
	}
	wanted := map[string]bool{}
	pairs := pairsOf(terms, forms)
	for _, words := range append(slices.Clone(forms), pairs) {
		for _, word := range words {
			wanted[word] = true
		}
	}
	blocks := make([]map[uint32]bool, len(q.view.segments))
	var ids []int64
	for i, s := range q.view.segments {
		blocks[i] = map[uint32]bool{}
		if within != nil && within[s] == nil {
			continue
		}
		for word := range wanted {
			if number, ok := s.directory.Block(word); ok {
				blocks[i][number] = true
			}
		}
		for _, t := range terms {
			if t.Prefix {
				for _, number := range s.directory.Blocks(t.Word) {
					blocks[i][number] = true
				}
			}
		}
		for number := range blocks[i] {
			ids = append(ids, pieceID(s.id, number))
		}
	}
	data, err := q.pieces(ids)
	if err != nil {
		return nil, err
	}
	all := make([]found, len(q.view.segments))
	for i, s := range q.view.segments {
		all[i] = found{map[string]fulltext.List{}, slices.Clone(forms), pairs}
		for number := range blocks[i] {
			if err := all[i].read(data[pieceID(s.id, number)], terms, wanted); err != nil {
				return nil, err
			}
		}
	}
	return all, nil
}

// read takes what is wanted from a block.
func (f *found) read(block []byte, terms []fulltext.Term, wanted map[string]bool) error {
	return fulltext.EachTerm(block, func(word string, l fulltext.List) bool {
		take := wanted[word]
		for i, t := range terms {
			if t.Prefix && word != t.Word && strings.HasPrefix(word, t.Word) && strings.IndexByte(word, ' ') < 0 {
				f.forms[i] = append(slices.Clip(f.forms[i]), word)
				take = true
			}
		}
		if take {
			f.lists[word] = l
		}
		return true
	})
}

// forms returns the words that are meant by each of terms, its own first. What
// begins with one is found out by each segment.
func (q *question) forms(terms []fulltext.Term) ([][]string, error) {
	forms := make([][]string, len(terms))
	at := map[string][]int{}
	var stems []any
	for i, t := range terms {
		forms[i] = []string{t.Word}
		if !t.Forms {
			continue
		}
		stem := fulltext.Stem(t.Word)
		if stem != t.Word {
			forms[i] = append(forms[i], stem)
		}
		if at[stem] == nil {
			stems = append(stems, stem)
		}
		at[stem] = append(at[stem], i)
	}
	for chunk := range slices.Chunk(stems, 200) {
		err := q.rows(`SELECT stem, term FROM text_form WHERE stem IN `+places(1, len(chunk)), chunk, func(scan func(...any) error) error {
			var stem, term string
			err := scan(&stem, &term)
			for _, i := range at[stem] {
				if term != terms[i].Word {
					forms[i] = append(forms[i], term)
				}
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return forms, nil
}

// pieces reads pieces, each of which must be there and be what was written.
func (q *question) pieces(ids []int64) (map[int64][]byte, error) {
	slices.Sort(ids)
	ids = slices.Compact(ids)
	data, missing := make(map[int64][]byte, len(ids)), ids[:0:0]
	for _, id := range ids {
		if kept, ok := q.shelf.take(q.placeOf(id)); ok {
			data[id] = kept
		} else {
			missing = append(missing, id)
		}
	}
	for chunk := range slices.Chunk(missing, 200) {
		args := make([]any, len(chunk))
		for i, id := range chunk {
			args[i] = id
		}
		err := q.rows(`SELECT id, data FROM text_piece WHERE id IN `+places(1, len(chunk)), args, func(scan func(...any) error) error {
			var id int64
			var sealed []byte
			if err := scan(&id, &sealed); err != nil {
				return err
			}
			opened, err := fulltext.Open(sealed)
			if err != nil {
				return err
			}
			data[id] = opened
			q.shelf.add(q.placeOf(id), opened)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	if len(data) < len(ids) {
		return nil, fmt.Errorf("pieces are missing: %w", fulltext.Damaged)
	}
	return data, nil
}

// placeOf is where the piece of a row stands.
func (q *question) placeOf(id int64) place {
	for _, s := range q.view.segments {
		if s.id == id>>32 {
			return place{s, uint32(id)}
		}
	}
	return place{nil, 0}
}

// load reads pieces of lists.
func (q *question) load(s *segment, pieces []*fulltext.Piece) error {
	var ids []int64
	for _, p := range pieces {
		if p.Data == nil {
			ids = append(ids, pieceID(s.id, p.Number))
		}
	}
	if len(ids) == 0 {
		return nil
	}
	data, err := q.pieces(ids)
	for _, p := range pieces {
		if p.Data == nil {
			p.Data = data[pieceID(s.id, p.Number)]
		}
	}
	return err
}

func (q *question) rows(query string, args []any, f func(scan func(...any) error) error) error {
	rows, err := q.tx.QueryContext(q.ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := f(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// workSet collects works, each once. Their numbers are dense.
type workSet []uint64

func newWorkSet(v *view) workSet {
	most := archive.WorkID(0)
	for _, s := range v.segments {
		most = max(most, s.most)
	}
	return make(workSet, most/64+1)
}

func (s workSet) add(work archive.WorkID) { s[work/64] |= 1 << (work % 64) }

func (s workSet) list() []archive.WorkID {
	n := 0
	for _, word := range s {
		n += bits.OnesCount64(word)
	}
	works := make([]archive.WorkID, 0, n)
	for i, word := range s {
		for ; word != 0; word &= word - 1 {
			works = append(works, archive.WorkID(i*64+bits.TrailingZeros64(word)))
		}
	}
	return works
}
