package synthetic

import (
	"math"
	"slices"
	"time"

	"ficstead/internal/archive"
)

// Work is all of a work that costs little; Title, Summary and Chapter make the rest.
type Work struct {
	Index      int // from 0
	ID         archive.WorkID
	Keeper     archive.PersonID
	Visibility archive.Visibility

	Tags     []archive.TagID // as the work has them, synonyms too: by kind in the order of archive.Kinds, each once
	Focus    []archive.TagID // its first relationship and the two of it, or its first character
	Creators []archive.CreatorID
	Series   archive.SeriesID // 0 if it is in none
	Part     int

	Crossover bool // of two fandoms that have no metatag in common
	OneShip   bool // with one relationship

	Language        string
	Complete        bool
	Words, Chapters int
	Kudos, Hits     int
	Comments        int
	Bookmarks       int
	Posted, Updated time.Time // days
	universeOf      []uint32
}

// The streams of dice: what is drawn of one thing never moves another.
const (
	ofTags = iota << 56
	ofNumbers
	ofTitle
	ofSummary
	ofProse
	ofEdits
	ofRequests
)

// Read makes w the work with an index, in its own memory.
func (a *Archive) Read(i int, w *Work) {
	var fandoms [2]int
	w.universeOf, fandoms = a.draw(i, w.universeOf[:0])
	w.Index, w.ID = i, archive.WorkID(i+1)
	w.Tags = w.Tags[:0]
	for _, n := range w.universeOf {
		w.Tags = append(w.Tags, archive.TagID(a.ids[n]))
	}
	a.focus(w)
	w.Crossover = a.root(fandoms[0]) != a.root(fandoms[1])
	d := newDice(a.Seed, ofNumbers|uint64(i))
	a.people(w, &d)
	numbers(w, &d, fandoms[0])
}

// Work returns the work with an index, in memory of its own.
func (a *Archive) Work(i int) Work {
	var w Work
	a.Read(i, &w)
	return w
}

// draw appends the tags of work i, by their numbers in the universe, and tells
// its fandoms: the same one twice if it has only one.
func (a *Archive) draw(i int, tags []uint32) ([]uint32, [2]int) {
	u := a.u
	d := newDice(a.Seed, ofTags|uint64(i))
	from := len(tags)
	add := func(n uint32) {
		if !slices.Contains(tags[from:], n) {
			tags = append(tags, n)
		}
	}
	add(u.base[archive.Rating] + uint32(d.step(.28, .55, .73, .89)))
	add(u.base[archive.Warning] + uint32(d.step(.62, .88, .93, .96, .985)))
	if d.often(12) {
		add(u.base[archive.Warning] + uint32(d.below(6)))
	}
	add(u.base[archive.Category] + uint32(d.step(.47, .72, .9, .96, .985)))
	for k := 0; k < 2 && d.often(15); k++ {
		add(u.base[archive.Category] + uint32(d.below(6)))
	}
	f := [2]int{u.draws.fandom.draw(&d)}
	if f[1] = f[0]; d.often(17) {
		f[1] = u.draws.fandom.draw(&d)
	}
	add(u.base[archive.Fandom] + uint32(f[0]))
	add(u.base[archive.Fandom] + uint32(f[1]))
	var cast [10]uint32
	people := cast[:0]
	ships := [...]int{0, 1, 1, 1, 2, 2, 3, 4}[d.below(8)]
	characters := 2 + int(7*math.Exp(1.3*math.Log(1-d.unit())))
	for range ships {
		in := f[d.below(2)]
		ship := uint32(u.draws.ships[in].draw(&d))
		add(u.base[archive.Relationship] + u.cast[in]*shipsPerCharacter + ship)
		x, y := pair(ship)
		people = append(people, u.cast[in]+x, u.cast[in]+y)
		characters -= 2
	}
	for _, c := range people {
		add(u.base[archive.CharacterTag] + c)
	}
	for range characters {
		in := f[d.below(2)]
		add(u.base[archive.CharacterTag] + u.cast[in] + uint32(u.draws.cast[in].draw(&d)))
	}
	for range 3 + int(19*math.Exp(1.1*math.Log(1-d.unit()))) {
		if d.often(15) { // what a fandom's people like to write
			own := 200 + mix(uint64(f[0])*31+uint64(d.below(12)))%60_000
			add(u.base[archive.Freeform] + uint32(own)%uint32(len(u.freeforms)))
		} else {
			add(u.base[archive.Freeform] + uint32(u.draws.freeform.draw(&d)))
		}
	}
	return tags, f
}

// focus says what w is mainly about.
func (a *Archive) focus(w *Work) {
	w.Focus = w.Focus[:0]
	ships := 0
	var first, character uint32
	for _, n := range w.universeOf {
		switch kind, _ := a.u.kind(n); {
		case kind == archive.Relationship:
			if ships == 0 {
				first = n
			} else if a.u.canonical(n) == a.u.canonical(first) {
				continue
			}
			ships++
		case kind == archive.CharacterTag && character == 0:
			character = n
		}
	}
	w.OneShip = ships == 1
	if ships == 0 {
		if character != 0 {
			w.Focus = append(w.Focus, archive.TagID(a.ids[character]))
		}
		return
	}
	w.Focus = append(w.Focus, archive.TagID(a.ids[first]))
	for _, c := range a.two(first) {
		if id := archive.TagID(a.ids[c]); slices.Contains(w.Tags, id) && !slices.Contains(w.Focus, id) {
			w.Focus = append(w.Focus, id)
		}
	}
}

// two returns the characters of a relationship.
func (a *Archive) two(ship uint32) [2]uint32 {
	first, i := a.u.first(archive.Relationship, ship-a.u.base[archive.Relationship])
	first /= shipsPerCharacter
	x, y := pair(i)
	base := a.u.base[archive.CharacterTag] + first
	return [2]uint32{base + x, base + y}
}

// root is the topmost metatag of a fandom, as a number among fandoms.
func (a *Archive) root(fandom int) int {
	n := a.u.base[archive.Fandom] + uint32(fandom)
	for up, ok := a.u.metatag(n); ok; up, ok = a.u.metatag(n) {
		n = up
	}
	return int(n)
}

// creatorsPerHundred is how many people write for each hundred works.
const creatorsPerHundred = 25

// CreatorCount is how many creators there are, with ids from 1.
func (a *Archive) CreatorCount() int { return max(1, a.Works*creatorsPerHundred/100) }

// SeriesCount is how many series there are, with ids from 1.
func (a *Archive) SeriesCount() int { return max(1, a.Works/12) }

func (a *Archive) people(w *Work, d *dice) {
	creators := newZipf(a.CreatorCount(), 200)
	w.Creators = append(w.Creators[:0], archive.CreatorID(1+creators.draw(d)))
	if d.often(4) {
		if second := archive.CreatorID(1 + creators.draw(d)); second != w.Creators[0] {
			w.Creators = append(w.Creators, second)
		}
	}
	w.Keeper = archive.PersonID(1 + mix(uint64(w.Creators[0]))%5000)
	if w.Series, w.Part = 0, 0; d.often(15) {
		w.Series, w.Part = archive.SeriesID(1+d.below(a.SeriesCount())), 1+d.below(6)
	}
	switch w.Visibility = archive.Public; d.below(1000) / 10 {
	case 0:
		w.Visibility = archive.Private
	case 1, 2, 3, 4, 5:
		w.Visibility = archive.Restricted
	}
}

// languages are those works are in, the most frequent first.
var languages = [...]string{
	"en", "zh", "es", "ru", "fr", "de", "pt-BR", "it", "pl", "id", "cs", "uk", "ko", "vi", "ja", "hu", "tr", "fi", "nl", "sv", "th", "fil", "ca",
	"ar", "he", "da", "nb", "el", "ro", "hr", "sr", "bg", "lt", "sk", "ms", "fa", "hi", "et", "lv", "cy", "ga", "eo", "la", "eu", "gl", "is",
	"sl", "mk", "sq", "af", "ta", "bn", "ur", "mn", "ka", "hy", "sw", "zu", "yi", "br",
}

var languageDraw = newZipf(len(languages)-1, .5)

// Days of the archive's life.
var (
	begin = time.Date(2008, 1, 1, 0, 0, 0, 0, time.UTC)
	years = 18.8
)

const day = 24 * time.Hour

func numbers(w *Work, d *dice, fandom int) {
	w.Language = languages[0]
	if d.often(12) {
		w.Language = languages[1+languageDraw.draw(d)]
	}
	w.Words = int(math.Min(5e6, 1+2500*math.Exp(1.525*d.normal())))
	w.Complete = d.often(85)
	w.Chapters = 1
	if w.Words > 1500 && d.often(45) {
		w.Chapters = 1 + int(float64(w.Words)/2600*math.Exp(.4*d.normal()))
	}
	hits := 3000 * math.Exp(1.5*d.normal()-.12*math.Log(float64(fandom+3)))
	kudos := hits * .05 * math.Exp(.6*d.normal())
	w.Hits, w.Kudos = int(hits), int(kudos)
	w.Comments, w.Bookmarks = int(kudos*.12*math.Exp(.8*d.normal())), int(kudos*.2*math.Exp(.5*d.normal()))
	last := years * math.Exp(.55*math.Log(1-d.unit())) // the archive grew
	if d.often(60) {                                   // each fandom had its day
		peak := 3 + 15*float64(mix(uint64(fandom)+5)%1000)/1000
		if y := peak + 2.2*d.normal(); y > 0 && y < years {
			last = y
		}
	}
	w.Updated = begin.Add(time.Duration(last*365.25) * day)
	w.Posted = w.Updated
	if w.Chapters > 1 {
		w.Posted = w.Updated.Add(-time.Duration(d.unit()*30*float64(min(w.Chapters, 40))) * day)
	}
	if w.Posted.Before(begin) {
		w.Posted = begin
	}
}
