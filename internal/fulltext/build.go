package fulltext

import (
	"encoding/binary"
	"maps"
	"slices"

	"ficstead/internal/archive"
)

// Document is a chapter's text as it was indexed.
type Document struct {
	Work    archive.WorkID
	Chapter int
	Body    int64 // names the content: another has another
	English bool  // or of no known language: English words stand for their forms
}

// Builder collects the words of documents, to be written as a segment.
type Builder struct {
	Docs  []Document
	words Words
	terms map[string]*postings
	pairs []*postings
	size  int
}

// NewBuilder returns an empty builder.
func NewBuilder() *Builder {
	return &Builder{terms: map[string]*postings{}, pairs: make([]*postings, (len(commonAt)+1)*(len(commonAt)+1))}
}

// postings are where a term stands, as they are collected: in one stream of
// numbers, twice the distance to the next place, or twice the distance to the
// next document and 1.
type postings struct {
	stream []byte
	doc    uint32 // the last one, from 1
	place  uint32
	common uint8
}

// Size is how many bytes of text were added.
func (b *Builder) Size() int { return b.size }

// Add adds a document by the HTML of its text.
func (b *Builder) Add(d Document, printed []byte) {
	b.Docs = append(b.Docs, d)
	doc := uint32(len(b.Docs))
	place, last := uint32(0), uint8(0)
	EachParagraph(printed, func(text []byte) {
		b.size += len(text)
		b.words.Each(text, func(word []byte) {
			p := b.terms[string(word)]
			if p == nil {
				p = b.add(string(word))
			}
			place++
			if p.doc != doc {
				p.open(doc)
			}
			p.put((place - p.place) << 1)
			p.place = place
			if p.common != 0 && last != 0 {
				b.pair(last, p.common, doc)
			}
			last = p.common
		})
		place++ // so that no phrase goes over the border
		last = 0
	})
}

func (b *Builder) add(word string) *postings {
	p := &postings{common: commonAt[word]}
	b.terms[word] = p
	return p
}

func (b *Builder) pair(first, second uint8, doc uint32) {
	at := int(first)*(len(commonAt)+1) + int(second)
	p := b.pairs[at]
	if p == nil {
		p = &postings{}
		b.pairs[at] = p
	}
	if p.doc != doc {
		p.open(doc)
	}
}

// open begins a document.
func (p *postings) open(doc uint32) {
	p.put((doc-p.doc)<<1 | 1)
	p.doc, p.place = doc, 0
}

func (p *postings) put(n uint32) {
	for n >= 0x80 {
		p.stream = append(p.stream, byte(n)|0x80)
		n >>= 7
	}
	p.stream = append(p.stream, byte(n))
}

// Write writes what was collected as a segment, and calls f with every word.
func (b *Builder) Write(w *Writer, f func(word string)) error {
	for term, at := range commonAt {
		for other, second := range commonAt {
			if p := b.pairs[int(at)*(len(commonAt)+1)+int(second)]; p != nil {
				b.terms[Pair(term, other)] = p
			}
		}
	}
	var l lister
	for _, term := range slices.Sorted(maps.Keys(b.terms)) {
		l.reset()
		b.terms[term].list(&l)
		if err := w.add(term, &l); err != nil {
			return err
		}
		f(term)
	}
	return nil
}

// list makes the list of what was collected.
func (p *postings) list(l *lister) {
	var places []byte
	doc := uint32(0)
	for s := p.stream; len(s) > 0; {
		v, n := binary.Uvarint(s)
		s = s[n:]
		if v&1 == 0 {
			places = appendGap(places, uint32(v>>1))
			continue
		}
		if doc > 0 {
			l.add(doc-1, places)
			places = places[:0]
		}
		doc += uint32(v >> 1)
	}
	l.add(doc-1, places)
}
