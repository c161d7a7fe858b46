package tally

import (
	"bytes"
	"fmt"

	"github.com/RoaringBitmap/roaring/v2"

	"ficstead/internal/archive"
	"ficstead/internal/base/errs"
	"ficstead/internal/base/mapped"
	"ficstead/internal/base/packed"
	"ficstead/internal/index/segment"
)

// array is a list of numbers by the name of its section.
type array struct {
	name string
	at   *[]uint32
}

// arrays lists all numbers of a table but those of ladders.
func (t *Table) arrays() []array {
	all := []array{
		{"tally/full/tags", &t.fulls.tags}, {"tally/full/heads", &t.fulls.heads},
		{"tally/full/small", &t.fulls.small}, {"tally/full/languages", &t.fulls.langs},
		{"tally/cube/starts", &t.cube.starts}, {"tally/cube/pairs", &t.cube.pairs},
	}
	for a := range t.lists {
		l := &t.lists[a]
		name := func(part string) string { return fmt.Sprintf("tally/list/%d/%s", a, part) }
		all = append(all, array{name("tags"), &l.tags}, array{name("sizes"), &l.sizes},
			array{name("starts"), &l.starts}, array{name("rests"), &l.rests}, array{name("entries"), &l.entries})
	}
	return all
}

func ladderName(a Audience, column segment.Column) string {
	return fmt.Sprintf("tally/ladder/%d/%d", a, column)
}

const (
	seesName = "tally/sees/%d"
	mostName = "tally/cube/most"
)

// WriteTo writes t behind its segment.
func (t *Table) WriteTo(w *mapped.Writer) error {
	for _, a := range t.arrays() {
		if err := w.Section(a.name, packed.Bytes(*a.at)); err != nil {
			return err
		}
	}
	if err := w.Section(mostName, packed.Bytes(t.cube.most[:])); err != nil {
		return err
	}
	for a := range t.rungs {
		for _, l := range t.rungs[a] {
			if err := w.Section(ladderName(Audience(a), l.column), packed.Bytes(l.below)); err != nil {
				return err
			}
		}
	}
	for a, sees := range t.sees {
		if err := writeBitmap(w, fmt.Sprintf(seesName, a), sees); err != nil {
			return err
		}
	}
	return nil
}

func writeBitmap(w *mapped.Writer, name string, b *roaring.Bitmap) error {
	if b == nil {
		return nil
	}
	var out bytes.Buffer
	if _, err := b.WriteTo(&out); err != nil {
		return err
	}
	return w.Section(name, out.Bytes())
}

// Open reads the table of base. One that does not fit base is errs.Damaged.
func Open(f *mapped.File, base *segment.Segment) (*Table, error) {
	t := newTable(base)
	for _, a := range t.arrays() {
		*a.at, _ = section(f, a.name)
	}
	most, _ := section(f, mostName)
	copy(t.cube.most[:], most)
	for a := range audiences {
		for _, column := range climbed {
			if below, ok := section(f, ladderName(a, column)); ok {
				t.rungs[a] = append(t.rungs[a], ladder{column, below})
			}
		}
	}
	var err error
	for a := range t.sees {
		if t.sees[a], err = openBitmap(f, fmt.Sprintf(seesName, a)); err != nil {
			return nil, err
		}
	}
	if !t.fits() {
		return nil, fmt.Errorf("counts of the index do not fit it: %w", errs.Damaged)
	}
	return t, nil
}

func section(f *mapped.File, name string) ([]uint32, bool) {
	b, ok := f.Section(name)
	if !ok {
		return nil, false
	}
	return packed.View[uint32](b)
}

func openBitmap(f *mapped.File, name string) (*roaring.Bitmap, error) {
	b, ok := f.Section(name)
	if !ok {
		return nil, nil
	}
	m := roaring.New()
	if _, err := m.FromBuffer(b); err != nil {
		return nil, fmt.Errorf("section %s: %w: %w", name, err, errs.Damaged)
	}
	return m, nil
}

// fits reports whether all lengths and numbers are such that no question can
// lead beyond an end.
func (t *Table) fits() bool {
	known := 0
	for _, kind := range archive.Kinds {
		if s := t.kinds[kind]; t.cube.most[kind] > s.heads || s.heads > s.to-s.from {
			return false
		}
		known += int(t.cube.most[kind])
	}
	cells, languages := len(t.base.Cells()), len(t.base.Languages())
	ok := len(t.cube.starts) == 0 || cells <= maxCells && len(t.cube.starts) == known+1 && rising(t.cube.starts, len(t.cube.pairs))
	full := len(t.fulls.tags)
	ok = ok && len(t.fulls.heads) == full*t.headCount() && len(t.fulls.small) == full*int(t.small) && len(t.fulls.langs) == full*languages
	for a := range t.lists {
		l, tags := &t.lists[a], len(t.lists[a].tags)
		ok = ok && len(l.sizes) == tags && len(l.rests) == tags*KindCount && len(l.entries)%2 == 0 &&
			(tags == 0 || len(l.starts) == tags*KindCount+1 && rising(l.starts, len(l.entries)))
		for i := 0; ok && i < tags; i++ {
			for e := (list{l, i}).of(0); len(e) > 0; e = e[2:] {
				ok = ok && int(e[0]) < languages
			}
		}
		for _, r := range t.rungs[a] {
			ok = ok && len(r.below) == (int(t.small)+known+languages+1)*(rungCount+1)
		}
	}
	return ok
}

// rising reports whether numbers are even steps from 0 to end.
func rising(starts []uint32, end int) bool {
	last := uint32(0)
	for _, at := range starts {
		if at < last {
			return false
		}
		last = at
	}
	return starts[0] == 0 && int(last) == end
}
