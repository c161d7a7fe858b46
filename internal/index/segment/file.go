package segment

import (
	"fmt"
	"strings"
	"sync/atomic"

	"github.com/RoaringBitmap/roaring/v2"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/base/mapped"
	"ficstead/internal/base/packed"
)

// form is the version of the sections of a segment.
const form = 1

// section is an array of a segment and where it is in a file.
type section struct {
	name  string
	bytes func() []byte
	view  func([]byte) bool
}

func array[T packed.Flat](name string, at *[]T) section {
	return section{
		"segment/" + name,
		func() []byte { return packed.Bytes(*at) },
		func(b []byte) (ok bool) {
			*at, ok = packed.View[T](b)
			return ok
		},
	}
}

// familyNames are what families are called in files.
var familyNames = [familyCount]string{"tag", "focus", "creator", "series", "keeper", "fact", "term"}

// parts lists all arrays of s that are in files as they are.
func (s *Segment) parts() []section {
	n := s.numbering
	parts := []section{
		array("tags/low", &n.tags.Low), array("tags/wide", &n.tags.Wide), array("tags/uses", &n.uses), array("tags/ascending", &n.byTag),
		array("ids/low", &s.ids.Low), array("ids/wide", &s.ids.Wide), array("ids/ascending", &s.byID),
		array("cell", &s.cellOf),
		array("heads", &s.heads), array("heads/at", &s.headAt), array("tails", &s.tails), array("tails/at", &s.tailAt),
		array("records", &s.records), array("records/at", &s.recordAt), array("records/blocks", &s.recordBlock),
		array("terms", &s.terms.text), array("terms/at", &s.terms.at), array("terms/numbers", &s.terms.number),
	}
	for c := range s.columns {
		name := fmt.Sprintf("column/%d/", c)
		parts = append(parts, array(name+"low", &s.columns[c].Low), array(name+"wide", &s.columns[c].Wide))
	}
	for by := range s.orders {
		name := fmt.Sprintf("order/%d/", by)
		parts = append(parts, array(name+"rows", &s.orders[by].Rows), array(name+"ranks", &s.orders[by].Rank))
	}
	for f := range s.families {
		x, name := &s.families[f], "sets/"+familyNames[f]+"/"
		parts = append(parts, array(name+"numbers", &x.keys), array(name+"at", &x.at), array(name+"lists", &x.lists),
			array(name+"maps/of", &x.mapOf), array(name+"maps/at", &x.mapAt), array(name+"maps", &x.maps))
	}
	return parts
}

// The section of single numbers, by place. Columns, heads and kinds follow.
const (
	metaForm = iota
	metaFirst
	metaRows
	metaTailBytes
	metaIDBase
	metaTagBase
	metaDense // bits: families whose sets are numbered from 0 on
	metaColumns
	metaHeads = metaColumns + int(ColumnCount)
	metaKinds = metaHeads + int(kindCount)
	metaLen   = metaKinds + int(kindCount) + 1
)

func (s *Segment) meta() []int64 {
	m := make([]int64, metaLen)
	m[metaForm], m[metaFirst], m[metaRows], m[metaTailBytes] = form, int64(s.First), int64(s.Len()), int64(s.tailBytes())
	m[metaIDBase], m[metaTagBase] = s.ids.Base, s.numbering.tags.Base
	for f, x := range s.families {
		if x.keys == nil {
			m[metaDense] |= 1 << f
		}
	}
	for c, column := range s.columns {
		m[metaColumns+c] = column.Base
	}
	for k, n := range s.numbering.heads {
		m[metaHeads+k] = int64(n)
	}
	for k, n := range s.numbering.from {
		m[metaKinds+k] = int64(n)
	}
	return m
}

func (s *Segment) tailBytes() int {
	if s.wide {
		return 4
	}
	return 3
}

// WriteTo writes s. Only a segment that made its numbering can be written, since
// tags that were new later are not.
func (s *Segment) WriteTo(w *mapped.Writer) error {
	if len(s.numbering.later.tags) > 0 {
		return fmt.Errorf("segment with %d tags that were new later cannot be written", len(s.numbering.later.tags))
	}
	small := s.smallSections()
	for _, p := range append(small, s.parts()...) {
		b := p.bytes()
		if len(b) == 0 {
			continue // an empty array has no section
		}
		if err := w.Section(p.name, b); err != nil {
			return err
		}
	}
	return nil
}

// smallSections lists what is not in files as it is in memory.
func (s *Segment) smallSections() []section {
	meta, languages := s.meta(), []byte(strings.Join(s.languages, "\x00"))
	var cells []uint32
	for _, c := range s.cells {
		cells = append(cells, c.N, uint32(c.Language)|uint32(c.Traits)<<16|uint32(c.Visibility)<<24, uint32(len(c.Small)))
		cells = append(cells, c.Small...)
	}
	return []section{array("meta", &meta), array("languages", &languages), array("cells", &cells)}
}

// Open finds a segment in a file. It makes sure that all arrays fit each other
// in length and that the small ones are whole. What is wrong is errs.Damaged.
func Open(f *mapped.File) (*Segment, error) {
	s := &Segment{file: f, numbering: &Numbering{later: &later{}}}
	var meta []int64
	var languages []byte
	var cells []uint32
	small := []section{array("meta", &meta), array("languages", &languages), array("cells", &cells)}
	for _, p := range small {
		if _, ok := f.Section(p.name); ok {
			if err := f.Verify(p.name); err != nil {
				return nil, err
			}
		}
	}
	for _, p := range append(small, s.parts()...) {
		if b, ok := f.Section(p.name); ok && !p.view(b) {
			return nil, fmt.Errorf("section %s is no array: %w", p.name, errs.Damaged)
		}
	}
	if len(meta) != metaLen || meta[metaForm] != form {
		return nil, fmt.Errorf("segment of another form: %w", errs.Damaged)
	}
	s.setMeta(meta)
	if len(languages) > 0 || len(cells) > 0 {
		s.languages = strings.Split(string(languages), "\x00")
	}
	if !s.readCells(cells) || !s.fits(meta) {
		return nil, fmt.Errorf("sections of the segment do not fit each other: %w", errs.Damaged)
	}
	s.numbering.listHeads()
	return s, nil
}

func (s *Segment) setMeta(m []int64) {
	n := s.numbering
	s.First, s.wide, s.ids.Base, n.tags.Base = uint32(m[metaFirst]), m[metaTailBytes] == 4, m[metaIDBase], m[metaTagBase]
	for c := range s.columns {
		s.columns[c].Base = m[metaColumns+c]
	}
	for k := range n.heads {
		n.heads[k] = uint32(m[metaHeads+k])
	}
	for k := range n.from {
		n.from[k] = uint32(m[metaKinds+k])
	}
	for f := range s.families {
		x := &s.families[f]
		if x.keys == nil && m[metaDense]>>f&1 == 0 {
			x.keys = []uint32{}
		}
		x.opened = make([]atomic.Pointer[roaring.Bitmap], len(x.mapOf))
	}
}

// readCells reads all cells, and reports false if they are damaged.
func (s *Segment) readCells(b []uint32) bool {
	for len(b) > 0 {
		if len(b) < 3 || uint64(b[2]) > uint64(len(b)-3) {
			return false
		}
		c := Cell{N: b[0], Language: uint16(b[1]), Traits: Traits(b[1] >> 16), Visibility: archive.Visibility(b[1] >> 24)}
		c.Small, b = b[3:3+b[2]:3+b[2]], b[3+b[2]:]
		if int(c.Language) >= len(s.languages) || c.Visibility > archive.Public {
			return false
		}
		for _, ord := range c.Small {
			if ord >= s.numbering.from[archive.Fandom] {
				return false
			}
		}
		s.cells = append(s.cells, c)
	}
	return true
}
