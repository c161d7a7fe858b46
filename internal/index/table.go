package index

// table is a list of values by number that is never changed: edit makes the
// next one, which shares the pieces that stayed the same.
type table[T any] struct{ pieces []*[pieceLen]T }

// pieceLen is what is copied when one value changes.
const pieceLen = 256

// at returns value i, the zero value if there is none.
func (t table[T]) at(i uint32) T {
	if p := i / pieceLen; int(p) < len(t.pieces) && t.pieces[p] != nil {
		return t.pieces[p][i%pieceLen]
	}
	var zero T
	return zero
}

// end is beyond the number of every value.
func (t table[T]) end() uint32 { return uint32(len(t.pieces)) * pieceLen }

// each calls f for all values, also the zero ones.
func (t table[T]) each(f func(i uint32, value T)) {
	for p, piece := range t.pieces {
		if piece == nil {
			continue
		}
		for i, value := range piece {
			f(uint32(p)*pieceLen+uint32(i), value)
		}
	}
}

// tableEdit is a table in the making.
type tableEdit[T any] struct {
	table[T]
	own []bool // pieces that no other table has
}

func (t table[T]) edit() *tableEdit[T] {
	return &tableEdit[T]{
		table: table[T]{append([]*[pieceLen]T(nil), t.pieces...)},
		own:   make([]bool, len(t.pieces)),
	}
}

// value returns where value i is kept, to be changed.
func (e *tableEdit[T]) value(i uint32) *T {
	p := int(i / pieceLen)
	for p >= len(e.pieces) {
		e.pieces = append(e.pieces, nil)
		e.own = append(e.own, false)
	}
	if !e.own[p] {
		piece := new([pieceLen]T)
		if e.pieces[p] != nil {
			*piece = *e.pieces[p]
		}
		e.pieces[p], e.own[p] = piece, true
	}
	return &e.pieces[p][i%pieceLen]
}
