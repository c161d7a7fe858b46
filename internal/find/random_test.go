package find

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/find/query"
)

// now is when questions in tests are asked.
var now = time.Date(2024, 6, 15, 12, 0, 0, 0, time.UTC)

// dice makes worlds and questions.
type dice struct{ *rand.Rand }

func newDice(seed uint64) dice { return dice{rand.New(rand.NewPCG(seed, 7))} }

func (d dice) often(percent int) bool { return d.IntN(100) < percent }

var wordList = strings.Fields("tea Coffee moon river the of Élan stars OR winter's 魔法 not-so sea")

func (d dice) text(most int) string {
	var list []string
	for range d.IntN(most + 1) {
		list = append(list, wordList[d.IntN(len(wordList))])
	}
	return strings.Join(list, " ")
}

func (d dice) day() time.Time {
	if d.often(20) {
		return time.Time{}
	}
	return now.Add(-time.Duration(d.IntN(900)*d.IntN(2)+d.IntN(40)) * 24 * time.Hour).Truncate(24 * time.Hour)
}

const worldTags = 60

// world makes a world of n works and few tags.
func (d dice) world(n int) *world { return d.worldOf(n, worldTags) }

// worldOf makes a world of n works and so many tags, the first ones common.
func (d dice) worldOf(n, tags int) *world {
	w := &world{tags: map[archive.TagID]archive.Tag{}, texts: map[archive.WorkID]string{}}
	for id := archive.TagID(1); int(id) <= tags; id++ {
		w.tags[id] = archive.Tag{ID: id, Kind: archive.Kind(1 + d.IntN(7)), Name: strings.TrimSpace(d.text(3) + fmt.Sprint(" ", d.IntN(20)))}
	}
	for range tags / 2 {
		d.wrangle(w)
	}
	for id := archive.WorkID(1); int(id) <= n; id++ {
		w.works = append(w.works, d.work(w, id))
		if d.often(90) { // the others opted out
			w.texts[id] = d.text(12)
		}
	}
	return w
}

// wrangle merges, parts, links or unlinks a tag, without making circles.
func (d dice) wrangle(w *world) (touched []archive.TagID) {
	a, b := d.tag(w), d.tag(w)
	for w.tags[a].Kind != w.tags[b].Kind {
		b = archive.TagID(1 + d.IntN(len(w.tags)))
	}
	low, high := min(a, b), max(a, b)
	w.found, w.words = nil, nil
	switch d.IntN(6) {
	case 0, 1: // the higher becomes a synonym of the lower, so there are no circles
		if low != high {
			t := w.tags[high]
			t.Canonical = low
			w.tags[high] = t
		}
	case 2:
		t := w.tags[high]
		t.Canonical = 0
		w.tags[high] = t
	case 3, 4:
		l := archive.TagLink{Parent: low, Child: high, Sub: d.often(80)}
		if low != high && !slices.Contains(w.links, l) {
			w.links = append(w.links, l)
		}
	case 5:
		if len(w.links) > 0 {
			i := d.IntN(len(w.links))
			low, high = w.links[i].Parent, w.links[i].Child
			w.links = slices.Delete(slices.Clone(w.links), i, i+1)
		}
	}
	return []archive.TagID{low, high}
}

func (d dice) work(w *world, id archive.WorkID) archive.Work {
	work := archive.Work{
		ID: id, Keeper: archive.PersonID(1 + d.IntN(3)), Visibility: archive.Visibility(d.IntN(4)),
		Title: d.text(4), Summary: prose.FromText(d.text(8)), Notes: prose.FromText(d.text(5)), EndNotes: prose.FromText(d.text(3)),
		Language: []string{"", "en", "de", "zh"}[d.IntN(4)], Complete: d.often(50),
		Words: d.IntN(10) * 500, Kudos: d.IntN(6), Hits: d.IntN(100), Comments: d.IntN(4), Bookmarks: d.IntN(3),
		Chapters: make([]archive.ChapterHead, 1+d.IntN(3)),
		Posted:   d.day(), Updated: d.day(), Added: now,
	}
	for range d.IntN(3) {
		n := d.IntN(5)
		work.Creators = append(work.Creators, archive.Creator{ID: archive.CreatorID(1 + n), Name: wordList[n], Account: wordList[n/2]})
	}
	if d.often(20) {
		n := d.IntN(3)
		work.Series = []archive.Part{{Series: archive.Series{ID: archive.SeriesID(1 + n), Title: wordList[n] + " moon"}}}
	}
	for range d.IntN(9) {
		t := w.tags[d.tag(w)]
		if !slices.ContainsFunc(work.Tags, func(other archive.Tag) bool { return other.ID == t.ID }) {
			work.Tags = append(work.Tags, t)
		}
	}
	return work
}

var viewers = []archive.Viewer{{}, {Person: 1}, {Person: 2}, {Person: 9}, {Person: 3, Moderator: true}}

func (d dice) viewer() archive.Viewer { return viewers[d.IntN(len(viewers))] }

// tag is a tag of w: of many the first ones rather.
func (d dice) tag(w *world) archive.TagID {
	n := len(w.tags)
	if n > worldTags && d.often(80) {
		n = 1 + d.IntN(n)
	}
	return archive.TagID(1 + d.IntN(n))
}

func (d dice) ids(w *world, percent int) (ids []archive.TagID) {
	for d.often(percent) {
		id := d.tag(w)
		if d.often(2) {
			id = archive.TagID(len(w.tags) + 1) // no tag
		}
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

func (d dice) numbers() Range {
	if d.often(80) {
		return Range{}
	}
	r, _ := query.ParseRange([]string{"0", ">1", "<3", "1-3", "1000..", "..2k", "500-2500"}[d.IntN(7)])
	return r
}

func (d dice) days() DateRange {
	if d.often(85) {
		return DateRange{}
	}
	r, _ := query.ParseDays([]string{"2024", "2023..", "<30d", ">2w", "2022-05..2024-05", "<2024-06", "5d..20d"}[d.IntN(7)])
	return r
}

func (d dice) choice() Choice { return []Choice{Either, Either, Either, Either, Yes, No}[d.IntN(6)] }

func (d dice) question(w *world) Question {
	q := Question{
		Include: d.ids(w, 20), Any: d.ids(w, 15), Exclude: d.ids(w, 20),
		Words: d.numbers(), Chapters: d.numbers(), Kudos: d.numbers(), Updated: d.days(), Posted: d.days(),
		Complete: d.choice(), Crossover: d.choice(), Restricted: d.choice(),
		Per: []int{0, 3, 7, 1000}[d.IntN(4)], Page: d.IntN(4), Now: now,
	}
	if d.often(10) {
		q.OneShip, q.Focus = d.choice(), d.ids(w, 40)
	}
	if d.often(10) {
		q.Hits, q.Comments, q.Bookmarks = d.numbers(), d.numbers(), d.numbers()
	}
	if d.often(10) {
		q.Languages = []string{"en", "fr", "zh"}[d.IntN(3):]
	}
	if d.often(5) {
		q.Creator = archive.CreatorID(1 + d.IntN(6))
	}
	if d.often(5) {
		q.Series = archive.SeriesID(1 + d.IntN(4))
	}
	if d.often(2) {
		q.Status = "reading"
	}
	if d.often(50) {
		q.Sort = query.Sorts[d.IntN(len(query.Sorts))]
		q.Seed = int64(d.IntN(3))
	}
	if d.often(30) {
		q.Dir = []Dir{query.Ascending, query.Descending}[d.IntN(2)]
	}
	if d.often(50) {
		q.Query = query.Query{Q: d.expression(w, 3)}.String()
	}
	return q
}

// expression makes expressions of every type there is.
func (d dice) expression(w *world, depth int) query.Q {
	parts := func() (qs []query.Q) {
		for range 2 + d.IntN(2) {
			qs = append(qs, d.expression(w, depth-1))
		}
		return qs
	}
	n := d.IntN(20)
	if depth == 0 {
		n = 4 + d.IntN(16)
	}
	switch n {
	case 0, 1:
		return query.And(parts())
	case 2:
		return query.Or(parts())
	case 3:
		return query.Not{Q: d.expression(w, depth-1)}
	case 4, 5:
		t := w.tags[d.tag(w)]
		return query.Tag{Kind: []archive.Kind{0, t.Kind, archive.Fandom}[d.IntN(3)], Name: strings.ToUpper(t.Name)}
	case 6:
		return query.Tag{Kind: archive.Kind(d.IntN(8)), Name: "river"}
	case 7:
		r, _ := query.ParseRange([]string{"1", ">1000", "1-3"}[d.IntN(3)])
		return query.Number{Of: query.Measure(d.IntN(6)), Range: r}
	case 8:
		r, _ := query.ParseDays([]string{"2024", "<20d", "2023..2024-06-01"}[d.IntN(3)])
		return query.Date{Of: query.Moment(d.IntN(2)), Days: r}
	case 9:
		return query.Flag{Of: query.Trait(d.IntN(4)), Yes: d.often(50)}
	case 10:
		return query.Language{Name: []string{"English", "zh", "Nonsense!"}[d.IntN(3)]}
	case 11:
		return query.Shelf{Status: []string{"", "reading"}[d.IntN(2)]}
	case 12:
		return query.Const(d.often(50))
	case 13:
		return query.Words{In: query.Place(d.IntN(6)), Text: "!!!"}
	case 14:
		t := w.tags[d.tag(w)]
		return query.Focus{Name: t.Name}
	case 15:
		return query.Words{In: query.InStory, Text: []string{"mo*", "moon", "ÉL*", "magic*", "r"}[d.IntN(5)]}
	}
	return query.Words{In: query.Place(max(0, d.IntN(12)-6)), Text: strings.TrimSpace("moon " + d.text(1)), Exact: true}
}
