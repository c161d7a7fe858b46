package synthetic

import (
	"math"
	"slices"
	"time"

	"ficstead/internal/archive"
)

// Kind of a request.
type Kind uint8

// The kinds of requests.
const (
	Single   Kind = iota // the page of one fandom or relationship
	Combined             // tags taken in and left out
	Ranged               // numbers and dates, in all orders
	Broad                // a rating, a category, a language, or everything
	KindCount
)

// KindNames tell of them.
var KindNames = [KindCount]string{"one fandom or relationship", "include and exclude", "range and order", "broad"}

// Order is what works are ordered by; the greatest first, but titles from A.
type Order uint8

// The orders.
const (
	ByUpdated Order = iota
	ByKudos
	ByHits
	ByWords
	ByTitle
	OrderCount
)

// Choice is yes, no, or either.
type Choice uint8

// The choices.
const (
	Either Choice = iota
	Yes
	No
)

// Request is what somebody asks of a listing: the works found, how many they
// are, the most frequent tags of each kind among them, and one page.
type Request struct {
	Kind                  Kind
	Include, Any, Exclude []archive.TagID // as works are found by them: canonical
	Focus                 []archive.TagID
	Languages             []string // one of these
	LeastWords, MostWords int      // 0 is open
	From, Before          time.Time
	Complete, Crossover   Choice
	Order                 Order
	Page                  int // from 1
}

// Requests are n requests by popularity: who asks has a random work in mind, so
// that tags are asked for as often as they are used.
func (a *Archive) Requests(n int) []Request {
	var list []Request
	d := newDice(a.Seed, ofRequests)
	r := &asking{a: a, d: &d}
	for len(list) < n {
		if q, ok := r.request(); ok {
			list = append(list, q)
		}
	}
	return list
}

type asking struct {
	a    *Archive
	d    *dice
	work Work
	tags []archive.TagID
}

// pick picks one of the tags of a kind that work i is found by.
func (r *asking) pick(i int, kind archive.Kind) (archive.TagID, bool) {
	r.a.Read(i, &r.work)
	r.tags = r.a.AppendFilters(r.tags[:0], r.work.Tags)
	r.tags = slices.DeleteFunc(r.tags, func(id archive.TagID) bool { return r.a.Kind(id) != kind })
	if len(r.tags) == 0 {
		return 0, false
	}
	return r.tags[r.d.below(len(r.tags))], true
}

func (r *asking) request() (q Request, ok bool) {
	q.Page = 1
	if r.d.often(20) {
		q.Page = 2 + r.d.below(9)
	}
	i := r.d.below(r.a.Works)
	share := r.d.below(100)
	if share < 90 {
		kind := archive.Fandom
		if r.d.often(30) {
			kind = archive.Relationship
		}
		tag, ok := r.pick(i, kind)
		if !ok {
			return q, false
		}
		q.Include = append(q.Include, tag)
	}
	switch {
	case share < 40:
		q.Kind = Single
	case share < 70:
		q.Kind = Combined
		r.combine(&q, i)
	case share < 90:
		q.Kind = Ranged
		r.ranges(&q)
	default:
		q.Kind = Broad
		r.broaden(&q, i)
	}
	return q, true
}

var combined = [...]archive.Kind{archive.Rating, archive.Category, archive.CharacterTag, archive.Relationship, archive.Freeform, archive.Freeform, archive.Freeform, archive.Fandom}

func (r *asking) combine(q *Request, i int) {
	for range 1 + r.d.below(3) {
		kind := combined[r.d.below(len(combined))]
		if r.d.often(55) {
			if tag, ok := r.pick(i, kind); ok && !slices.Contains(q.Include, tag) {
				q.Include = append(q.Include, tag)
			}
			continue
		}
		tag, ok := r.pick(r.d.below(r.a.Works), kind)
		if ok && !slices.Contains(q.Include, tag) && !slices.Contains(q.Exclude, tag) {
			q.Exclude = append(q.Exclude, tag)
		}
	}
	if r.d.often(12) {
		q.Languages = []string{r.work.Language}
	}
	q.Order = [...]Order{ByUpdated, ByUpdated, ByUpdated, ByKudos, ByHits}[r.d.below(5)]
}

func (r *asking) ranges(q *Request) {
	if r.d.often(60) {
		q.LeastWords = int(1000 * math.Pow(100, r.d.unit()))
		if r.d.often(50) {
			q.MostWords = q.LeastWords * (2 + r.d.below(10))
		}
	}
	if r.d.often(40) {
		q.From = begin.Add(time.Duration(r.d.unit()*17*365.25) * day)
		if r.d.often(50) {
			q.Before = q.From.AddDate(1+r.d.below(3), 0, 0)
		}
	}
	if r.d.often(40) {
		q.Complete = Yes
	}
	if r.d.often(20) {
		q.Crossover = Choice(1 + r.d.below(2))
	}
	q.Order = Order(r.d.below(int(OrderCount)))
}

func (r *asking) broaden(q *Request, i int) {
	if r.d.often(70) {
		switch k := r.d.below(4); k {
		case 0, 1, 2:
			if tag, ok := r.pick(i, [...]archive.Kind{archive.Rating, archive.Rating, archive.Category}[k]); ok {
				q.Include = append(q.Include, tag)
			}
		default:
			q.Languages = []string{r.a.Work(i).Language}
		}
	}
	q.Order = Order(r.d.below(int(OrderCount)))
}

// Bad is a request of the list of the worst.
type Bad struct {
	Name string
	Request
}

// Most returns the n-th tag of a kind in the order of frequency, from 0, and
// its canonical one where it is a synonym.
func (a *Archive) Most(kind archive.Kind, n int) archive.TagID {
	return archive.TagID(a.ids[a.u.canonical(a.u.base[kind]+uint32(n))])
}

// Worst are requests that cost the most: much is found, and nothing of it could
// have been counted before.
func (a *Archive) Worst() []Bad {
	fandom, second := a.Most(archive.Fandom, 0), a.Most(archive.Fandom, 1)
	rating, other := a.Most(archive.Rating, 0), a.Most(archive.Rating, 1)
	category, free, free2 := a.Most(archive.Category, 0), a.Most(archive.Freeform, 0), a.Most(archive.Freeform, 1)
	tags := func(ids ...archive.TagID) []archive.TagID { return ids }
	year := func(n int) time.Time { return begin.AddDate(n, 0, 0) }
	list := []Bad{
		{"largest fandom, complete, by kudos", Request{Include: tags(fandom), Complete: Yes, Order: ByKudos}},
		{"largest fandom and a rating", Request{Include: tags(fandom, rating)}},
		{"largest fandom and a rating, not the largest freeform", Request{Include: tags(fandom, other), Exclude: tags(free), Order: ByHits}},
		{"largest fandom, 2,500 words or more", Request{Include: tags(fandom), LeastWords: 2500, Order: ByWords}},
		{"second fandom, one year", Request{Include: tags(second), From: year(12), Before: year(13)}},
		{"rating, complete, by kudos", Request{Include: tags(rating), Complete: Yes, Order: ByKudos}},
		{"rating and category", Request{Include: tags(rating, category)}},
		{"rating, English, not the largest freeform", Request{Include: tags(rating), Languages: []string{"en"}, Exclude: tags(free)}},
		{"everything of 2,500 words or more", Request{LeastWords: 2500, Order: ByWords}},
		{"everything of 2,500 to 10,000 words, by kudos", Request{LeastWords: 2500, MostWords: 10_000, Order: ByKudos}},
		{"everything of one year, by kudos", Request{From: year(12), Before: year(13), Order: ByKudos}},
		{"largest freeform", Request{Include: tags(free)}},
		{"largest and second freeform", Request{Include: tags(free, free2)}},
		{"everything but a rating", Request{Exclude: tags(rating)}},
		{"four languages", Request{Languages: []string{"zh", "es", "ru", "fr"}}},
		{"all but English, complete, by title", Request{Languages: languages[1:], Complete: Yes, Order: ByTitle}},
		{"one of three fandoms and a rating", Request{Any: tags(fandom, second, a.Most(archive.Fandom, 2)), Include: tags(rating)}},
		{"one of four freeforms", Request{Any: tags(free, free2, a.Most(archive.Freeform, 2), a.Most(archive.Freeform, 3)), Order: ByKudos}},
		{"about the first relationship", Request{Focus: tags(a.Most(archive.Relationship, 0))}},
		{"about the first character, complete", Request{Focus: tags(a.Most(archive.CharacterTag, 0)), Complete: Yes}},
		{"crossovers", Request{Crossover: Yes, Order: ByHits}},
		{"rating, category, warning, complete, no crossover, English", Request{
			Include: tags(rating, category, a.Most(archive.Warning, 0)), Complete: Yes, Crossover: No, Languages: []string{"en"}, Order: ByTitle}},
	}
	for i := range list {
		list[i].Page = 1
	}
	return list
}
