package fulltext

// Part is a segment to be merged with others.
type Part struct {
	Docs []Document
	Dead Set
	// Next reads the segment's pieces in order, sealed; nil is the end.
	Next func() (number uint32, sealed []byte, err error)

	numbers []uint32 // what its documents become, gone if they are dead
	directory
	terms []entry
}

// gone is the number of a document that is not taken over.
const gone = 1<<32 - 1

// directory tells which of a part's pieces are blocks.
type directory struct {
	blocks  map[uint32]bool
	pending map[uint32][]byte // pieces of lists whose block is yet to come
}

type entry struct {
	term string
	list List
}

// Merge writes what is left of parts as one segment, and returns its documents.
func Merge(w *Writer, parts []*Part, directories []Directory) ([]Document, error) {
	var docs []Document
	for i, p := range parts {
		p.numbers = make([]uint32, len(p.Docs))
		for doc, d := range p.Docs {
			p.numbers[doc] = gone
			if !p.Dead.Has(uint32(doc)) {
				p.numbers[doc] = uint32(len(docs))
				docs = append(docs, d)
			}
		}
		p.blocks, p.pending = map[uint32]bool{}, map[uint32][]byte{}
		for _, number := range directories[i].numbers {
			p.blocks[number] = true
		}
		if err := p.more(); err != nil {
			return nil, err
		}
	}
	var l lister
	for {
		term, some := least(parts)
		if !some {
			return docs, nil
		}
		l.reset()
		for _, p := range parts {
			if len(p.terms) == 0 || p.terms[0].term != term {
				continue
			}
			if err := p.take(&l); err != nil {
				return nil, err
			}
		}
		if l.docs == 0 {
			continue
		}
		if err := w.add(term, &l); err != nil {
			return nil, err
		}
	}
}

// least is the first term that any part is at.
func least(parts []*Part) (term string, some bool) {
	for _, p := range parts {
		if len(p.terms) > 0 && (!some || p.terms[0].term < term) {
			term, some = p.terms[0].term, true
		}
	}
	return term, some
}

// take adds what p has of its first term to a list, and goes on.
func (p *Part) take(l *lister) error {
	list := p.terms[0].list
	c, near := list.cursor(), 0
	for c.next() {
		if int(c.doc) >= len(p.numbers) {
			c.fail()
			break
		}
		if p.numbers[c.doc] == gone {
			continue
		}
		var places []byte
		if c.to > c.from {
			near = max(0, list.pieceAt(c.from, near))
			var err error
			if places, err = list.stand(stretch{piece: int32(near), from: c.from, to: c.to}); err != nil {
				c.fail()
				break
			}
		}
		l.add(p.numbers[c.doc], places)
	}
	if err := c.err(); err != nil {
		return err
	}
	if p.terms = p.terms[1:]; len(p.terms) == 0 {
		return p.more()
	}
	return nil
}

// more reads on to the end of the next block.
func (p *Part) more() error {
	clear(p.pending)
	for {
		number, sealed, err := p.Next()
		if err != nil || sealed == nil {
			return err
		}
		data, err := Open(sealed)
		if err != nil {
			return err
		}
		if p.blocks[number] {
			return p.read(data)
		}
		p.pending[number] = data
	}
}

func (p *Part) read(block []byte) error {
	return EachTerm(block, func(term string, l List) bool {
		if l.Heads.Data == nil {
			l.Heads.Data = p.pending[l.Heads.Number]
		}
		for i := range l.Places {
			if l.Places[i].Data == nil {
				l.Places[i].Data = p.pending[l.Places[i].Number]
			}
		}
		p.terms = append(p.terms, entry{term, l})
		return true
	})
}
