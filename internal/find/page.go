package find

import (
	"ficstead/internal/archive"
	"ficstead/internal/find/query"
	"ficstead/internal/index"
)

// Start is the cursor of the beginning of a list.
const Start = "start"

// maxCursor is longer than any cursor.
const maxCursor = 1000

// page is the works on one page of a list, and the ways on from there.
type page struct {
	ids            []archive.WorkID
	number         int // 0: behind a cursor
	next, previous string
	passages       map[archive.WorkID]Passages
	ignored        []Problem
}

// page lists the works that the question asks to see.
func (a *asking) page(answer Answer) (p page, bytes int, err error) {
	found, err := a.solve()
	if err != nil {
		return page{}, 0, err
	}
	o, down := a.orderOf(answer.Sort), answer.Dir == query.Descending
	err = a.whenLight(found.FitEffort(o), func() error {
		p = a.listed(found, o, down, answer)
		return nil
	})
	if err != nil {
		return page{}, 0, err
	}
	p.passages, err = a.passages(p.ids)
	return p, p.size(), err
}

// listed is the page without passages.
func (a *asking) listed(found *index.Found, o index.Order, down bool, answer Answer) (p page) {
	if a.q.After != "" {
		var ok bool
		if p, ok = behind(found, o, down, a.q.After, answer.Per); ok {
			return p
		}
		p.ignored = []Problem{{Field: "after", Message: "“" + clip(a.q.After) + "” leads nowhere in this list; this is its beginning."}}
		answer.Page = 1
	}
	p.number = answer.Page
	p.ids = found.Page(o, down, (p.number-1)*answer.Per, answer.Per)
	if p.number < answer.Pages && len(p.ids) > 0 {
		p.next = found.Cursor(o, p.ids[len(p.ids)-1])
	}
	return p
}

// behind is the page of works behind a cursor; false if that is no cursor.
func behind(found *index.Found, o index.Order, down bool, cursor string, per int) (p page, ok bool) {
	if p.ids, ok = found.After(o, down, cursor, per+1); !ok {
		return page{}, false
	}
	if len(p.ids) > per {
		p.ids = p.ids[:per]
		p.next = found.Cursor(o, p.ids[per-1])
	}
	first := cursor
	if len(p.ids) > 0 {
		first = found.Cursor(o, p.ids[0])
	}
	switch before, _ := found.After(o, !down, first, per+1); {
	case len(before) > per:
		p.previous = found.Cursor(o, before[per])
	case len(before) > 0 || len(p.ids) == 0 && found.Total() > 0:
		p.previous = Start
	}
	return p, true
}

// size is about how many bytes of memory the page takes.
func (p page) size() int {
	n := 200 + 8*len(p.ids)
	for _, in := range p.passages {
		for _, passage := range in.List {
			n += 200 + len(passage.Text) + 16*len(passage.Marks)
		}
	}
	return n
}
