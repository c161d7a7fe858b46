package index

import (
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/text"
	"ficstead/internal/index/segment"
	"ficstead/internal/index/vocabulary"
)

// crowd is an archive in which a few tags are common and many rare, and the
// slow truth about it.
type crowd struct {
	*rand.Rand
	tags  map[archive.TagID]archive.Tag
	links []archive.TagLink
	docs  map[archive.WorkID]Doc
	zipf  *rand.Zipf
}

const crowdTags = 900

func newCrowd(seed uint64, works int) *crowd {
	c := &crowd{Rand: rand.New(rand.NewPCG(seed, 4)), tags: map[archive.TagID]archive.Tag{}, docs: map[archive.WorkID]Doc{}}
	c.zipf = rand.NewZipf(c.Rand, 1.1, 3, crowdTags-1)
	for id := archive.TagID(1); id <= crowdTags; id++ {
		name := fmt.Sprintf("Common %x no %d", uint64(id)*2654435761%500, id%97)
		c.tags[id] = archive.Tag{ID: id, Kind: archive.Kind(1 + id%7), Name: name}
	}
	for id := range archive.WorkID(works) {
		c.docs[id+1] = c.doc(id + 1)
	}
	return c
}

func (c *crowd) doc(id archive.WorkID) Doc {
	d := Doc{
		ID: id, Keeper: archive.PersonID(1 + c.IntN(5)), Visibility: archive.Public, Kudos: c.IntN(50), Hits: c.IntN(1000), Words: c.IntN(100_000),
		Chapters: 1 + c.IntN(9), Complete: c.IntN(2) == 0, Language: []string{"en", "en", "de", ""}[c.IntN(4)],
		Title: fmt.Sprint("The ", c.IntN(500)), Updated: time.Unix(int64(c.IntN(1000)), 0),
		Creators: []archive.Creator{{ID: archive.CreatorID(1 + c.IntN(30)), Name: fmt.Sprint("Person ", c.IntN(30))}},
		Summary:  fmt.Sprintf("moon %d over the river %d", c.IntN(40), c.IntN(7)),
	}
	if c.IntN(8) == 0 {
		d.Visibility = archive.Visibility(c.IntN(4))
	}
	for range 2 + c.IntN(10) {
		if tag := archive.TagID(1 + c.zipf.Uint64()); !slices.Contains(d.Tags, tag) {
			d.Tags = append(d.Tags, tag)
		}
	}
	return d
}

func (c *crowd) words() *vocabulary.Vocabulary {
	return vocabulary.Build(maps.Values(c.tags), slices.Values(c.links))
}

// built returns an index of all of c at once.
func (c *crowd) built() *Snapshot {
	b := NewBuilder(c.words())
	for _, id := range slices.Sorted(maps.Keys(c.docs)) {
		b.Add(c.docs[id])
	}
	return b.Done()
}

// stir changes a few works and tags, and returns the change.
func (c *crowd) stir(works int) (change Change) {
	touched := map[archive.WorkID]bool{}
	for range works {
		id := archive.WorkID(1 + c.IntN(len(c.docs)+10))
		if touched[id] {
			continue
		}
		touched[id] = true
		if c.IntN(4) == 0 {
			delete(c.docs, id)
			change.Removed = append(change.Removed, id)
			continue
		}
		c.docs[id] = c.doc(id)
		change.Docs = append(change.Docs, c.docs[id])
	}
	if c.IntN(3) == 0 {
		change.Tags = append(change.Tags, c.merge())
	}
	if c.IntN(4) == 0 {
		low := archive.TagID(1 + c.IntN(crowdTags-7))
		l := archive.TagLink{Parent: low, Child: low + 7, Sub: true}
		if !slices.Contains(c.links, l) {
			c.links = append(c.links, l)
		}
		change.Linked = append(change.Linked, l.Parent, l.Child)
		for _, l := range c.links {
			if slices.Contains(change.Linked, l.Parent) || slices.Contains(change.Linked, l.Child) {
				change.Links = append(change.Links, l)
			}
		}
	}
	return change
}

// merge makes a tag a synonym of a lower one, or parts it again.
func (c *crowd) merge() archive.Tag {
	t := c.tags[archive.TagID(8+c.IntN(60))]
	if t.Canonical != 0 {
		t.Canonical = 0
	} else {
		t.Canonical = t.ID - 7
	}
	c.tags[t.ID] = t
	return t
}

// expr makes an expression.
func (c *crowd) expr(depth int) Expr {
	parts := func() (list []Expr) {
		for range c.IntN(4) {
			list = append(list, c.expr(depth-1))
		}
		return list
	}
	n := c.IntN(18)
	if depth == 0 {
		n = 5 + c.IntN(13)
	}
	switch n {
	case 0, 1:
		return And(parts())
	case 2, 3:
		return Or(parts())
	case 4:
		return Not{c.expr(depth - 1)}
	case 5:
		return All{}
	case 6:
		return Trait(c.IntN(3))
	case 7:
		return Language([]string{"en", "de", "", "fr"}[c.IntN(4)])
	case 8, 9:
		least := int64(c.IntN(100_000))
		return Range{WordCount, least, least + int64(c.IntN(100_000))}
	case 10:
		return Range{[]Column{Kudos, Updated, Posted, Chapters}[c.IntN(4)], int64(c.IntN(20)), int64(c.IntN(60))}
	case 11:
		var ids Works
		for range c.IntN(30) {
			ids = append(ids, archive.WorkID(c.IntN(len(c.docs)+20)))
		}
		slices.Sort(ids)
		return ids
	case 12:
		return Focus(1 + c.zipf.Uint64())
	case 13:
		places := []Place{InTitle, InCreator, InTags, InSummary, InNotes}
		return Words{places[:1+c.IntN(5)], [][]string{{"moon"}, {"no"}, {"the", "river"}, {"common", "1a"}, {"no", "5"}, {"over"}}[c.IntN(6)]}
	case 14:
		return Creator(1 + c.IntN(31))
	case 15:
		return Visibility(c.IntN(4))
	}
	return Tag(1 + c.zipf.Uint64())
}

// truth answers by looking at each work.
type truth struct {
	*crowd
	words *vocabulary.Vocabulary
}

func (c *crowd) truth() truth { return truth{c, c.words()} }

func (t truth) find(v archive.Viewer, e Expr) []Doc {
	var found []Doc
	for _, id := range slices.Sorted(maps.Keys(t.docs)) {
		if d := t.docs[id]; v.MaySee(d.Keeper, d.Visibility) && t.answers(d, e) {
			found = append(found, d)
		}
	}
	return found
}

func (t truth) answers(d Doc, e Expr) bool {
	switch e := e.(type) {
	case All:
		return true
	case None:
		return false
	case And:
		return !slices.ContainsFunc(e, func(e Expr) bool { return !t.answers(d, e) })
	case Or:
		return slices.ContainsFunc(e, func(e Expr) bool { return t.answers(d, e) })
	case Not:
		return !t.answers(d, e.Expr)
	case Tag:
		return slices.Contains(t.words.Filters(nil, d.Tags), t.words.Canonical(archive.TagID(e)))
	case Focus:
		return slices.Contains(t.words.Focus(nil, d.Tags), t.words.Canonical(archive.TagID(e)))
	case Creator:
		return d.Creators[0].ID == archive.CreatorID(e)
	case Language:
		return d.Language == string(e)
	case Visibility:
		return d.Visibility == archive.Visibility(e)
	case Trait:
		return [...]bool{Complete: d.Complete, Crossover: t.words.Crosses(d.Tags), OneShip: t.words.OneShip(d.Tags)}[e]
	case Range:
		n := d.numbers()[e.Column]
		return n >= e.Least && n <= e.Most
	case Works:
		return slices.Contains(e, d.ID)
	case Words:
		return slices.ContainsFunc(e.Places, func(p Place) bool { return t.says(d, p, e.Terms) })
	}
	panic(fmt.Sprintf("%T", e))
}

func (t truth) says(d Doc, p Place, terms []string) bool {
	var texts []string
	switch p {
	case InTitle:
		texts = []string{d.Title}
	case InCreator:
		texts = []string{d.Creators[0].Name}
	case InSummary:
		texts = []string{d.Summary}
	case InTags:
		for _, id := range t.words.Filters(nil, d.Tags) {
			texts = append(texts, t.tags[id].Name)
			for _, synonym := range t.words.Synonyms(id) {
				texts = append(texts, t.tags[synonym].Name)
			}
		}
	}
	phrase := " " + strings.Join(terms, " ") + " "
	return slices.ContainsFunc(texts, func(s string) bool {
		return strings.Contains(" "+strings.Join(text.Terms(s), " ")+" ", phrase)
	})
}

// sorted puts works in order.
func (t truth) sorted(docs []Doc, o Order, down bool) []archive.WorkID {
	slices.SortFunc(docs, func(a, b Doc) int {
		c := 0
		switch o.By {
		case ByTitle:
			c = strings.Compare(TitleKey(a.Title), TitleKey(b.Title))
		case ByCreator:
			c = strings.Compare(CreatorKey(a.Creators), CreatorKey(b.Creators))
		case ByLoved:
			c = cmp.Compare(segment.Loved(int64(a.Kudos), int64(a.Hits), int64(a.Chapters)), segment.Loved(int64(b.Kudos), int64(b.Hits), int64(b.Chapters)))
		case Fitting:
			c = cmp.Or(cmp.Compare(t.fit(a, o), t.fit(b, o)), a.Updated.Compare(b.Updated))
		case Shuffled:
			s := newShuffle(o.Seed, 1)
			c = cmp.Compare(s.place(a.ID), s.place(b.ID))
		default:
			c = cmp.Compare(a.numbers()[o.By], b.numbers()[o.By])
		}
		return cmp.Or(c, cmp.Compare(a.ID, b.ID))
	})
	var ids []archive.WorkID
	for _, d := range docs {
		ids = append(ids, d.ID)
	}
	if down {
		slices.Reverse(ids)
	}
	return ids
}

func (t truth) fit(d Doc, o Order) (fit uint32) {
	for _, w := range o.Looks {
		for _, p := range w.Places {
			if t.says(d, p, w.Terms) {
				fit += o.Weights[p]
				break
			}
		}
	}
	return fit
}

// counts counts the filter tags of a kind, in the order of CountAll.
func (t truth) counts(docs []Doc, kind archive.Kind) []Count {
	n := map[archive.TagID]int{}
	for _, d := range docs {
		for _, id := range t.words.Filters(nil, d.Tags) {
			if t.words.Kind(id) == kind {
				n[id]++
			}
		}
	}
	var list []Count
	for id, n := range n {
		list = append(list, Count{id, n})
	}
	slices.SortFunc(list, func(a, b Count) int {
		return cmp.Or(cmp.Compare(b.N, a.N), t.words.CompareNames(a.Tag, b.Tag))
	})
	return list
}

func (c *crowd) order() Order {
	o := Order{By: Sorting(c.IntN(int(Fitting) + 1)), Seed: int64(c.IntN(3))}
	if o.By == Fitting {
		o.Weights = [PlaceCount]uint32{InTitle: 8, InTags: 4, InSummary: 2}
		o.Looks = []Words{{[]Place{InTitle, InTags, InSummary}, []string{"5"}}, {[]Place{InTags, InSummary}, []string{"no"}}, {[]Place{InSummary}, []string{"moon"}}}
	}
	return o
}

func (c *crowd) viewer() archive.Viewer {
	return []archive.Viewer{{}, {Person: 1}, {Person: 3}, {Person: 9}, {Person: 2, Moderator: true}, {Moderator: true}}[c.IntN(6)]
}
