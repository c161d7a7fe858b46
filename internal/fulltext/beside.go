package fulltext

// Occurrences are all places of a word in a segment.
type Occurrences struct {
	docs   []uint32
	ends   []int // in places, of each document
	places []uint32
}

// Occurrences reads the places of a word of the search, as it is written.
func (s *Search) Occurrences(slot int) (o Occurrences, err error) {
	if len(s.Slots[slot]) == 0 || s.Slots[slot][0].English {
		return o, nil // only forms of it are there
	}
	form := &s.Slots[slot][0]
	var pieces []*Piece
	for i := range form.Places {
		pieces = append(pieces, &form.Places[i])
	}
	if err := s.Load(pieces); err != nil {
		return o, err
	}
	c, near := form.cursor(), 0
	for c.next() {
		stand := stretch{from: c.from, to: c.to, piece: int32(max(0, form.pieceAt(c.from, near)))}
		near = int(stand.piece)
		if o.places, err = form.appendPlaces(o.places, stand); err != nil {
			return o, err
		}
		o.docs, o.ends = append(o.docs, c.doc), append(o.ends, len(o.places))
	}
	return o, c.err()
}

// Beside returns the documents in which b stands so many words behind a, or one
// more.
func Beside(a, b Occurrences, words uint32) (docs []uint32) {
	i, j := 0, 0
	for i < len(a.docs) && j < len(b.docs) {
		switch {
		case a.docs[i] < b.docs[j]:
			i++
		case a.docs[i] > b.docs[j]:
			j++
		default:
			if beside(a.of(i), b.of(j), words) {
				docs = append(docs, a.docs[i])
			}
			i, j = i+1, j+1
		}
	}
	return docs
}

// of are the places in a document.
func (o *Occurrences) of(i int) []uint32 {
	from := 0
	if i > 0 {
		from = o.ends[i-1]
	}
	return o.places[from:o.ends[i]]
}

func beside(a, b []uint32, words uint32) bool {
	j := 0
	for _, place := range a {
		for j < len(b) && b[j] < place+words {
			j++
		}
		if j == len(b) {
			return false
		}
		if b[j] <= place+words+1 {
			return true
		}
	}
	return false
}
