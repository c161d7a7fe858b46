package efiction

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"ficstead/internal/archive"
)

// readSeries reads series and their parts, and gives each story its places.
func (d *Dump) readSeries() {
	at := map[int]int{}
	d.tables["series"].each(func(r row) {
		id := r.num("seriesid")
		if _, twice := at[id]; twice || id <= 0 {
			return
		}
		s := archive.RescuedSeries{Key: d.key("seriesid", id), Title: d.slashed.text("series", r, "title"), Open: r.num("isopen") > 0}
		if s.Title == "" {
			s.Title = fmt.Sprintf("Series %d", id)
		}
		s.Summary = doc(d.slashed.prose("series", r, "summary"))
		if uid := r.num("uid"); uid > 0 {
			s.Owner = d.key("uid", uid)
		}
		at[id] = len(d.series)
		d.series = append(d.series, s)
	})
	d.readParts(at)
	d.breakCircles(at)
	for i := range d.series {
		d.number(i)
	}
}

// readParts reads which story or series is in which.
func (d *Dump) readParts(at map[int]int) {
	seen := map[[3]int]bool{}
	d.tables["inseries"].each(func(r row) {
		id, sid, sub := r.num("seriesid"), r.num("sid"), r.num("subseriesid")
		if seen[[3]int{id, sid, sub}] {
			return
		}
		seen[[3]int{id, sid, sub}] = true
		i, ok := at[id]
		part := archive.RescuedPart{Number: max(0, r.num("inorder")), Confirmed: flag(r, "confirmed")}
		_, isSeries := at[sub]
		switch {
		case ok && sid > 0 && d.stories[sid] != nil:
			part.Story = d.key("sid", sid)
		case ok && sid <= 0 && isSeries && sub != id:
			part.Series = d.key("seriesid", sub)
		default:
			d.note("note", "series", "A part of a series is a story or a series that is not in the dump.", fmt.Sprintf("series %d, story %d, series %d", id, sid, sub))
			return
		}
		d.series[i].Parts = append(d.series[i].Parts, part)
	})
}

// breakCircles takes out parts that make a series a part of itself.
func (d *Dump) breakCircles(at map[int]int) {
	byKey := map[string]int{}
	for _, i := range at {
		byKey[d.series[i].Key] = i
	}
	state := make([]byte, len(d.series)) // 1: above the one that is looked at, 2: done
	type step struct{ series, part int }
	for start := range d.series {
		stack := []step{{start, 0}}
		for len(stack) > 0 {
			top := &stack[len(stack)-1]
			s := &d.series[top.series]
			if state[top.series] = 1; top.part >= len(s.Parts) {
				state[top.series] = 2
				stack = stack[:len(stack)-1]
				continue
			}
			part := s.Parts[top.part]
			if part.Series == "" {
				top.part++
				continue
			}
			next := byKey[part.Series]
			if state[next] == 1 {
				d.note("doubt", "series", "A series is a part of itself; that part was left out.", s.Key)
				s.Parts[top.part] = archive.RescuedPart{}
			}
			top.part++
			if state[next] == 0 {
				stack = append(stack, step{next, 0})
			}
		}
	}
}

// number puts the parts of a series in order. Where the archive's own numbers
// stand twice or are missing, the order is counted anew.
func (d *Dump) number(at int) {
	s := &d.series[at]
	s.Parts = slices.DeleteFunc(s.Parts, func(p archive.RescuedPart) bool { return p.Story == "" && p.Series == "" })
	slices.SortStableFunc(s.Parts, func(a, b archive.RescuedPart) int { return cmp.Compare(a.Number, b.Number) })
	sound := true
	for i, p := range s.Parts {
		sound = sound && p.Number > 0 && (i == 0 || s.Parts[i-1].Number != p.Number)
	}
	if !sound {
		d.note("note", "series", "The parts of a series are numbered twice or not at all; they were counted in the order in which they stand.", s.Key)
		for i := range s.Parts {
			s.Parts[i].Number = i + 1
		}
	}
	for _, p := range s.Parts {
		if p.Story != "" && p.Confirmed {
			is := d.stories[numberOf(p.Story)]
			is.parts = append(is.parts, place{at, p.Number})
		}
	}
}

// place is the place of a story in a series.
type place struct{ series, number int }

// numberOf is the number at the end of a key.
func numberOf(key string) int {
	n, _ := strconv.Atoi(key[strings.LastIndexByte(key, ':')+1:])
	return n
}
