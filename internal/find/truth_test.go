package find

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/text"
	"ficstead/internal/find/query"
	"ficstead/internal/index/segment"
	"ficstead/internal/index/vocabulary"
)

// world is works and tags, asked by looking at each work: the slow truth.
type world struct {
	texts map[archive.WorkID]string // of works that may be looked into; nil if nobody can
	works []archive.Work
	tags  map[archive.TagID]archive.Tag
	links []archive.TagLink
	words *vocabulary.Vocabulary                    // the same tags, as long as they stay
	found map[archive.WorkID]map[archive.TagID]bool // the filters of works, as long as tags and works stay
}

func (w *world) canonical(id archive.TagID) archive.TagID {
	for w.tags[id].Canonical != 0 {
		id = w.tags[id].Canonical
	}
	return id
}

// up returns the canonical tag of id and all metatags above it.
func (w *world) up(id archive.TagID) map[archive.TagID]bool {
	all := map[archive.TagID]bool{w.canonical(id): true}
	for grew := true; grew; {
		grew = false
		for _, l := range w.links {
			parent := w.canonical(l.Parent)
			if l.Sub && all[w.canonical(l.Child)] && !all[parent] {
				all[parent], grew = true, true
			}
		}
	}
	return all
}

func (w *world) filters(work archive.Work) map[archive.TagID]bool {
	all, ok := w.found[work.ID]
	if ok {
		return all
	}
	all = map[archive.TagID]bool{}
	for _, t := range work.Tags {
		for id := range w.up(t.ID) {
			all[id] = true
		}
	}
	if w.found == nil {
		w.found = map[archive.WorkID]map[archive.TagID]bool{}
	}
	w.found[work.ID] = all
	return all
}

func (w *world) has(work archive.Work, id archive.TagID) bool {
	return w.filters(work)[w.canonical(id)]
}

// crossover reports whether the fandoms of a work fall into more than one family.
func (w *world) crossover(work archive.Work) bool {
	fandoms := work.TagsOf(archive.Fandom)
	if len(fandoms) == 0 {
		return false
	}
	family := w.up(fandoms[0].ID)
	for range fandoms {
		for _, t := range fandoms {
			up := w.up(t.ID)
			for id := range up {
				if family[id] {
					for id := range up {
						family[id] = true
					}
					break
				}
			}
		}
	}
	return slices.ContainsFunc(fandoms, func(t archive.Tag) bool { return !family[w.canonical(t.ID)] })
}

// isOf reports whether a work is mainly about a tag.
func (w *world) isOf(work archive.Work, id archive.TagID) bool {
	if w.words == nil {
		w.words = vocabulary.Build(maps.Values(w.tags), slices.Values(w.links))
	}
	var own []archive.TagID
	for _, t := range work.Tags {
		own = append(own, t.ID)
	}
	return slices.Contains(w.words.Focus(nil, own), w.canonical(id))
}

// oneShip reports whether a work has one relationship, beside metatags of it.
func (w *world) oneShip(work archive.Work) bool {
	ships := work.TagsOf(archive.Relationship)
	return slices.ContainsFunc(ships, func(one archive.Tag) bool {
		up := w.up(one.ID)
		return !slices.ContainsFunc(ships, func(other archive.Tag) bool { return !up[w.canonical(other.ID)] })
	})
}

func (w *world) visible(v archive.Viewer) []archive.Work {
	return slices.DeleteFunc(slices.Clone(w.works), func(work archive.Work) bool { return !v.MaySeeWork(work) })
}

// passages returns what stands in a place of a work.
func (w *world) passagesOf(work archive.Work, place string) []string {
	var list []string
	switch place {
	case "title":
		return []string{work.Title}
	case "creator":
		for _, c := range work.Creators {
			list = append(list, c.String())
		}
	case "tags":
		for id := range w.filters(work) { // each with its synonyms
			for other, t := range w.tags {
				if w.canonical(other) == id {
					list = append(list, t.Name)
				}
			}
		}
	case "series":
		for _, p := range work.Series {
			list = append(list, p.Series.Title)
		}
	case "summary":
		return []string{work.Summary.Text()}
	case "notes":
		return []string{work.Notes.Text() + "\n\n" + work.EndNotes.Text()}
	}
	return list
}

func (w *world) standsIn(work archive.Work, place, words string) bool {
	want := " " + strings.Join(text.Terms(words), " ") + " "
	return slices.ContainsFunc(w.passagesOf(work, place), func(p string) bool {
		return strings.Contains(" "+strings.Join(text.Terms(p), " ")+" ", want)
	})
}

var placeNames = map[query.Place][]string{
	query.Anywhere:  {"title", "creator", "tags", "summary", "notes"},
	query.InTitle:   {"title"},
	query.InCreator: {"creator"},
	query.InSummary: {"summary"},
	query.InSeries:  {"series"},
}

// scan is a question answered by looking.
type scan struct {
	*world
	seen  []archive.Work // by the viewer
	now   time.Time
	asked query.Query
	names map[query.Tag][]archive.TagID // once looked up
	stand map[string]bool               // once looked up: work, place and words
}

func (w *world) scan(v archive.Viewer, q Question) *scan {
	asked, _ := query.Parse(q.Query)
	return &scan{w, w.visible(v), q.Now, asked, map[query.Tag][]archive.TagID{}, map[string]bool{}}
}

// answers reports whether a work answers an expression. Heed is false if the
// expression is left out.
func (s *scan) answers(work archive.Work, q query.Q) (yes, heed bool) {
	switch q := q.(type) {
	case query.Const:
		return bool(q), true
	case query.Not:
		yes, heed = s.answers(work, q.Q)
		return !yes, heed
	case query.And:
		return s.all(work, q, true)
	case query.Or:
		return s.all(work, q, false)
	case query.Words:
		return s.answersWords(work, q)
	case query.Tag:
		ids := s.named(q)
		if len(ids) == 0 {
			return s.answersWords(work, query.Words{Text: q.Name})
		}
		return slices.ContainsFunc(ids, func(id archive.TagID) bool { return s.has(work, id) }), true
	case query.Focus:
		ids := append(s.named(query.Tag{Kind: archive.Relationship, Name: q.Name}), s.named(query.Tag{Kind: archive.CharacterTag, Name: q.Name})...)
		if len(ids) == 0 {
			return s.answersWords(work, query.Words{Text: q.Name})
		}
		return slices.ContainsFunc(ids, func(id archive.TagID) bool { return s.isOf(work, id) }), true
	case query.Number:
		return q.Range.Has(measure(work, q.Of.String())), true
	case query.Date:
		return s.onDays(work, q.Of.String(), q.Days), true
	case query.Flag:
		return s.trait(work, q.Of.String()) == q.Yes, true
	case query.Language:
		code := text.Language(q.Name)
		return work.Language == code, code != ""
	case query.Shelf:
		return false, true
	}
	panic(fmt.Sprintf("unknown expression %T", q))
}

// all joins the answers to parts. One that is always so says nothing beside others,
// also where those are left out.
func (s *scan) all(work archive.Work, parts []query.Q, and bool) (yes, heed bool) {
	yes, heed = and, len(parts) > 0
	for _, q := range parts {
		c, is := settled(q)
		heed = heed && is && c == and
	}
	for _, q := range parts {
		one, ok := s.answers(work, q)
		if c, is := settled(q); !ok || is && c == and {
			continue
		}
		heed = true
		if one != and {
			yes = one
		}
	}
	return yes, heed
}

// settled returns what an expression answers whatever the work is.
func settled(q query.Q) (yes, is bool) {
	all := func(parts []query.Q, and bool) (yes, is bool) {
		yes, is = and, true
		for _, q := range parts {
			switch c, ok := settled(q); {
			case ok && c != and:
				return c, true
			case !ok:
				is = false
			}
		}
		return yes, is
	}
	switch q := q.(type) {
	case query.Const:
		return bool(q), true
	case query.Not:
		yes, is = settled(q.Q)
		return !yes, is
	case query.And:
		return all(q, true)
	case query.Or:
		return all(q, false)
	}
	return false, false
}

func (s *scan) answersWords(work archive.Work, q query.Words) (yes, heed bool) {
	if len(text.Terms(q.Text)) == 0 {
		return false, false
	}
	if q.In == query.InStory {
		return s.holds(work, q), s.texts != nil
	}
	return slices.ContainsFunc(placeNames[q.In], func(place string) bool { return s.stands(work, place, q.Text) }), true
}

func (s *scan) stands(work archive.Work, place, words string) bool {
	key := fmt.Sprint(work.ID, place, words)
	yes, ok := s.stand[key]
	if !ok {
		yes = s.standsIn(work, place, words)
		s.stand[key] = yes
	}
	return yes
}

// named returns the tags of a name that some work which is seen has, in any way.
func (s *scan) named(q query.Tag) []archive.TagID {
	ids, ok := s.names[q]
	if ok {
		return ids
	}
	for id, t := range s.tags {
		if (q.Kind == 0 || q.Kind == t.Kind) && text.Key(t.Name) == text.Key(q.Name) &&
			slices.ContainsFunc(s.seen, func(work archive.Work) bool { return s.has(work, id) }) {
			ids = append(ids, id)
		}
	}
	s.names[q] = ids
	return ids
}

func measure(work archive.Work, name string) int {
	return map[string]int{
		"words": work.Words, "chapters": len(work.Chapters), "kudos": work.Kudos, "hits": work.Hits,
		"comments": work.Comments, "bookmarks": work.Bookmarks,
	}[name]
}

func moment(work archive.Work, name string) time.Time {
	if name == "posted" {
		return work.Posted
	}
	for _, t := range []time.Time{work.Updated, work.Posted} {
		if !t.IsZero() {
			return t
		}
	}
	return work.Added
}

func (s *scan) onDays(work archive.Work, name string, d DateRange) bool {
	t := moment(work, name)
	first, last := d.Span(s.now)
	day := query.DayOf(t)
	return !t.IsZero() && day >= first && day <= last
}

func (s *scan) trait(work archive.Work, name string) bool {
	return map[string]bool{
		"complete": work.Complete, "crossover": s.crossover(work), "restricted": work.Visibility == archive.Restricted,
		"otp": s.oneShip(work),
	}[name]
}

// passes reports whether a work answers all of q.
func (s *scan) passes(work archive.Work, q Question) bool {
	has := func(id archive.TagID) bool { return s.has(work, id) }
	hasNot := func(id archive.TagID) bool { return !has(id) }
	choice := func(c Choice, yes bool) bool { return c == Either || (c == Yes) == yes }
	yes, heed := s.answers(work, s.asked.Q)
	return (yes || !heed) &&
		!slices.ContainsFunc(q.Include, hasNot) && !slices.ContainsFunc(q.Exclude, has) &&
		(len(q.Any) == 0 || slices.ContainsFunc(q.Any, has)) &&
		!slices.ContainsFunc(q.Focus, func(id archive.TagID) bool { return !s.isOf(work, id) }) &&
		q.Hits.Has(work.Hits) && q.Comments.Has(work.Comments) && q.Bookmarks.Has(work.Bookmarks) &&
		q.Words.Has(work.Words) && q.Chapters.Has(len(work.Chapters)) && q.Kudos.Has(work.Kudos) &&
		(q.Updated.IsZero() || s.onDays(work, "updated", q.Updated)) &&
		(q.Posted.IsZero() || s.onDays(work, "posted", q.Posted)) &&
		choice(q.Complete, work.Complete) && choice(q.Crossover, s.crossover(work)) && choice(q.OneShip, s.oneShip(work)) &&
		choice(q.Restricted, work.Visibility == archive.Restricted) &&
		(len(q.Languages) == 0 || slices.Contains(q.Languages, work.Language)) &&
		(q.Creator == 0 || slices.ContainsFunc(work.Creators, func(c archive.Creator) bool { return c.ID == q.Creator })) &&
		(q.Series == 0 || slices.ContainsFunc(work.Series, func(p archive.Part) bool { return p.Series.ID == q.Series })) &&
		q.Status == ""
}

// wanted lists the words that a question asks for, and where.
func (s *scan) wanted(q query.Q, yes bool) []query.Words {
	var list []query.Words
	switch q := q.(type) {
	case query.Not:
		return s.wanted(q.Q, !yes)
	case query.And:
		for _, part := range q {
			list = append(list, s.wanted(part, yes)...)
		}
	case query.Or:
		for _, part := range q {
			list = append(list, s.wanted(part, yes)...)
		}
	case query.Tag:
		if len(s.named(q)) == 0 {
			return s.wanted(query.Words{Text: q.Name}, yes)
		}
	case query.Focus:
		if len(s.named(query.Tag{Kind: archive.Relationship, Name: q.Name}))+len(s.named(query.Tag{Kind: archive.CharacterTag, Name: q.Name})) == 0 {
			return s.wanted(query.Words{Text: q.Name}, yes)
		}
	case query.Words:
		if yes && q.In != query.InStory && len(text.Terms(q.Text)) > 0 {
			return []query.Words{q}
		}
	}
	return list
}

func (s *scan) fit(work archive.Work, wanted []query.Words) int {
	weights := map[string]int{"title": 8, "creator": 6, "tags": 4, "series": 3, "summary": 2, "notes": 1}
	fit := 0
	for _, q := range wanted {
		best := 0
		for _, place := range placeNames[q.In] {
			if s.stands(work, place, q.Text) {
				best = max(best, weights[place])
			}
		}
		fit += best
	}
	return fit
}

// sorted puts works in order.
func (s *scan) sorted(works []archive.Work, q Question) []archive.Work {
	wanted := s.wanted(query.Simplify(s.asked.Q), true)
	sort := cmp.Or(q.Sort, s.asked.Sort)
	switch {
	case len(wanted) > 0:
		sort = cmp.Or(sort, query.Best)
	case sort == query.Best:
		sort = query.Loved
	case sort == "":
		sort = query.ByUpdated
	}
	unix := func(t time.Time) int64 {
		if t.IsZero() {
			return -1 << 62
		}
		return t.Unix()
	}
	updated := func(a, b archive.Work) int {
		return cmp.Or(cmp.Compare(unix(moment(a, "updated")), unix(moment(b, "updated"))), cmp.Compare(a.ID, b.ID))
	}
	compare := func(a, b archive.Work) int {
		switch sort {
		case query.ByUpdated:
			return updated(a, b)
		case query.ByPosted:
			return cmp.Or(cmp.Compare(unix(a.Posted), unix(b.Posted)), cmp.Compare(a.ID, b.ID))
		case query.ByTitle:
			return cmp.Or(strings.Compare(sortTitle(a.Title), sortTitle(b.Title)), cmp.Compare(a.ID, b.ID))
		case query.ByCreator:
			return cmp.Or(strings.Compare(sortCreator(a), sortCreator(b)), cmp.Compare(a.ID, b.ID))
		case query.Best:
			return cmp.Or(cmp.Compare(s.fit(a, wanted), s.fit(b, wanted)), updated(a, b))
		case query.Loved:
			return cmp.Or(cmp.Compare(loved(a), loved(b)), cmp.Compare(a.ID, b.ID))
		case query.Random:
			return cmp.Compare(shuffle(q.Seed, a.ID), shuffle(q.Seed, b.ID))
		}
		return cmp.Or(cmp.Compare(measure(a, string(sort)), measure(b, string(sort))), cmp.Compare(a.ID, b.ID))
	}
	slices.SortFunc(works, compare)
	if cmp.Or(q.Dir, s.asked.Dir).Of(sort) == query.Descending {
		slices.Reverse(works)
	}
	return works
}

func sortTitle(title string) string {
	key := text.Key(title)
	key = strings.TrimLeft(key, `"'…`)
	return strings.TrimPrefix(strings.TrimPrefix(key, "a "), "the ")
}

func sortCreator(work archive.Work) string {
	var names []string
	for _, c := range work.Creators {
		names = append(names, text.Key(c.String()))
	}
	return strings.Join(names, ", ")
}

func loved(work archive.Work) int64 {
	return int64(segment.Loved(int64(work.Kudos), int64(work.Hits), int64(len(work.Chapters))))
}

// facets counts the tags of works, and lists ten a kind and those chosen.
func (s *scan) facets(works []archive.Work, q Question) map[archive.Kind][]Facet {
	counts := map[archive.TagID]int{}
	for _, work := range works {
		for id := range s.filters(work) {
			counts[id]++
		}
	}
	facets := map[archive.Kind][]Facet{}
	for id, n := range counts {
		kind := s.tags[id].Kind
		facets[kind] = append(facets[kind], Facet{ID: id, Name: s.tags[id].Name, Count: n})
	}
	for kind, list := range facets {
		slices.SortFunc(list, func(a, b Facet) int {
			return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(text.Key(a.Name), text.Key(b.Name)), cmp.Compare(a.ID, b.ID))
		})
		facets[kind] = list[:min(10, len(list))]
	}
	for _, chosen := range []struct {
		ids []archive.TagID
		as  Chosen
	}{{q.Include, Included}, {q.Any, AnyOf}, {q.Exclude, Excluded}} {
		for _, id := range slices.Sorted(slices.Values(chosen.ids)) {
			id = s.canonical(id)
			list := facets[s.tags[id].Kind]
			i := slices.IndexFunc(list, func(f Facet) bool { return f.ID == id })
			if i < 0 && slices.ContainsFunc(s.seen, func(work archive.Work) bool { return s.has(work, id) }) {
				list = append(list, Facet{ID: id, Name: s.tags[id].Name, Count: counts[id]})
				i = len(list) - 1
			}
			if i >= 0 && list[i].Chosen == "" {
				list[i].Chosen = chosen.as
			}
			if len(list) > 0 {
				facets[s.tags[id].Kind] = list
			}
		}
	}
	return facets
}

// shuffle is where a work stands in the order of a seed: four rounds of a Feistel
// network over ids of 16 bits.
func shuffle(seed int64, id archive.WorkID) int {
	mix := func(x uint64) uint64 {
		x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
		x = (x ^ x>>27) * 0x94d049bb133111eb
		return x ^ x>>31
	}
	x, left, right := uint64(seed), uint64(id)>>8, uint64(id)&255
	for range 4 {
		x += 0x9e3779b97f4a7c15
		left, right = right, left^mix(right<<32|mix(x)&(1<<32-1))&255
	}
	return int(left<<8 | right)
}
