package vocabulary

import (
	"fmt"
	"io"
	"math"
	"slices"

	"ficstead/internal/base/errs"
	"ficstead/internal/base/mapped"
	"ficstead/internal/base/packed"
)

// form is the version of the sections, which docs/formats/snapshot-tags.md describes.
const form = 1

// WriteTo writes sections whose names begin with "tags/". What came since all was
// put in order is put in order for that: Compact and Weigh should have been.
func (v *Vocabulary) WriteTo(w *mapped.Writer) error {
	if len(v.runs) > 0 {
		v = v.Compact()
	}
	out := output{w: w}
	array(&out, "form", []uint32{form, uint32(v.count)})
	out.pages("answers", v.answers)
	out.pages("direct", v.direct)
	out.pages("records", v.records)
	out.arena("names", v.names.base, v.names.tail)
	out.arena("closures", packed.Bytes(v.closures.base), packed.Bytes(v.closures.tail))
	out.relation("synonyms", v.synonyms.compact())
	out.relation("above", v.above.compact())
	out.relation("below", v.below.compact())
	out.starts(&v.starts)
	var ends, ids []uint32
	for _, list := range v.popular {
		ids = append(ids, list...)
		ends = append(ends, uint32(len(ids)))
	}
	array(&out, "popular.ends", ends)
	array(&out, "popular", ids)
	return out.err
}

// output writes sections until one fails.
type output struct {
	w   *mapped.Writer
	err error
}

func (out *output) stream(name string, f func(to io.Writer) error) {
	if out.err == nil {
		out.err = out.w.Stream("tags/"+name, f)
	}
}

func array[T packed.Flat](out *output, name string, s ...[]T) {
	out.stream(name, func(to io.Writer) error {
		for _, s := range s {
			if _, err := to.Write(packed.Bytes(s)); err != nil {
				return err
			}
		}
		return nil
	})
}

func (out *output) arena(name string, base, tail []byte) { array(out, name, base, tail) }

func (out *output) pages(name string, p pages[uint32]) {
	var numbers []uint32
	var all [][]uint32
	p.each(func(first uint32, page *[pageLen]uint32) {
		numbers, all = append(numbers, first/pageLen), append(all, page[:])
	})
	array(out, name+".pages", numbers)
	array(out, name, all...)
}

func (out *output) relation(name string, r relation) {
	array(out, name+".from", r.from)
	array(out, name+".offsets", r.offsets)
	array(out, name+".to", r.to)
}

func (out *output) starts(s *starts) {
	var ends []uint32
	var at [][]uint32
	var off [][]uint16
	var weights, peaks [][]weight
	n := 0
	for i := range s {
		l := &s[i]
		n += l.len()
		ends, at, off = append(ends, uint32(n)), append(at, l.at[:l.len()]), append(off, l.off[:l.len()])
		weights, peaks = append(weights, l.weights), append(peaks, l.peaks...)
	}
	array(out, "starts.ends", ends)
	array(out, "starts.at", at...)
	array(out, "starts.off", off...)
	array(out, "starts.weights", weights...)
	array(out, "starts.peaks", peaks...)
}

// Open returns the vocabulary that WriteTo wrote. It reads little of it, and holds
// f. What is damaged in a way that does not show at once makes answers wrong, and
// nothing worse.
func Open(f *mapped.File) (*Vocabulary, error) {
	in := input{f: f}
	v := &Vocabulary{file: f}
	head := in.numbers("form")
	if len(head) != 2 || head[0] != form {
		in.damaged("form")
		return nil, in.err
	}
	v.count = int(head[1])
	v.answers, v.direct, v.records = in.pages("answers"), in.pages("direct"), in.pages("records")
	v.names = names{newArena(in.bytes("names"))}
	v.closures = newArena(in.numbers("closures"))
	v.synonyms, v.above, v.below = in.relation("synonyms"), in.relation("above"), in.relation("below")
	in.starts(&v.starts)
	ids := in.numbers("popular")
	for kind, part := range in.parts("popular", len(v.popular), len(ids)) {
		v.popular[kind] = ids[part[0]:part[1]:part[1]]
	}
	if v.names.len() > math.MaxUint32 || v.closures.len() > math.MaxUint32 {
		in.damaged("names")
	}
	return v, in.err
}

// input reads sections; one that is missing or cannot be is told once, and empty.
type input struct {
	f   *mapped.File
	err error
}

func (in *input) damaged(name string) {
	if in.err == nil {
		in.err = fmt.Errorf("section %q: %w", "tags/"+name, errs.Damaged)
	}
}

func (in *input) bytes(name string) []byte {
	b, ok := in.f.Section("tags/" + name)
	if !ok {
		in.damaged(name)
	}
	return b
}

func view[T packed.Flat](in *input, name string) []T {
	s, ok := packed.View[T](in.bytes(name))
	if !ok {
		in.damaged(name)
	}
	return s
}

func (in *input) numbers(name string) []uint32 { return view[uint32](in, name) }

func (in *input) pages(name string) pages[uint32] {
	numbers, all := in.numbers(name+".pages"), in.numbers(name)
	if len(all) != len(numbers)*pageLen {
		in.damaged(name)
		return nil
	}
	var p pages[uint32]
	for i, n := range numbers {
		if n > MaxTag/pageLen || int(n) < len(p) {
			in.damaged(name)
			return nil
		}
		p = append(p, make(pages[uint32], int(n)-len(p))...)
		p = append(p, (*[pageLen]uint32)(all[i*pageLen:]))
	}
	return p
}

func (in *input) relation(name string) relation {
	r := relation{from: in.numbers(name + ".from"), offsets: in.numbers(name + ".offsets"), to: in.numbers(name + ".to")}
	if len(r.offsets) != len(r.from)+1 && len(r.from) > 0 {
		in.damaged(name)
	}
	return r
}

// parts returns where each of the lists that stand one after the other begins and ends.
func (in *input) parts(name string, lists, size int) [][2]int {
	ends := in.numbers(name + ".ends")
	if len(ends) != lists || !slices.IsSorted(ends) || int(ends[lists-1]) != size {
		in.damaged(name)
		return nil
	}
	parts, from := make([][2]int, lists), 0
	for i, end := range ends {
		parts[i], from = [2]int{from, int(end)}, int(end)
	}
	return parts
}

func (in *input) starts(s *starts) {
	at, off := in.numbers("starts.at"), view[uint16](in, "starts.off")
	weights, peaks := view[weight](in, "starts.weights"), view[weight](in, "starts.peaks")
	if len(off) != len(at) || len(weights) != 0 && len(weights) != len(at) {
		in.damaged("starts.off")
		return
	}
	for i, part := range in.parts("starts", len(s), len(at)) {
		from, to := part[0], part[1]
		s[i] = list{at: at[from:to:to], off: off[from:to:to]}
		if len(weights) == 0 {
			continue
		}
		s[i].weights = weights[from:to:to]
		for n := to - from; n > 1<<peakShift; {
			n = (n-1)>>peakShift + 1
			if n > len(peaks) {
				in.damaged("starts.peaks")
				return
			}
			s[i].peaks = append(s[i].peaks, peaks[:n:n])
			peaks = peaks[n:]
		}
	}
}
