package budget

import (
	"fmt"
	"strconv"
	"strings"
)

// A Class is what a request costs the site.
type Class uint8

// The classes.
const (
	Free      Class = iota // style sheets, health: always answered
	Pages                  // one work or less of it, from what is kept
	Lists                  // questions to the index: listings, facets, searches, feeds
	Downloads              // books, made for whoever asks
	Writes                 // whatever changes something
	API                    // the same for programs, which ask faster than people
	Pictures               // within works, dozens on a page
	Classes
)

var names = [Classes]string{"free", "pages", "lists", "downloads", "writes", "api", "pictures"}

func (c Class) String() string { return names[c] }

// A Pace is how much of a class one reader may ask for: Burst at once, and from
// then on PerSecond.
type Pace struct {
	PerSecond float64
	Burst     int
}

// Figures are what one kind of reader may ask for.
type Figures struct {
	Paces [Classes]Pace
	Works int // different ones in a day, 0 for any number
}

// Visitors is for all who come from one network without an account. Two hundred
// people may sit behind one address: a school, a library, a telephone company.
// When each of them turns a page every ten seconds, those are 20 pages a second;
// with a new list every twenty seconds 10 lists; with a book every two minutes
// fewer than 2 downloads. The bursts are for a class that begins together, and
// for one person who opens three hundred tabs within five minutes.
//
// 900 different works a day are four or five for each of the two hundred, and
// more where they read the same ones; of an archive of 100,000 works they are
// less than a hundredth.
var Visitors = Figures{
	Paces: [Classes]Pace{
		Pages: {20, 1200}, Lists: {10, 400}, Downloads: {2, 300}, Writes: {2, 120}, API: {10, 600}, Pictures: {50, 3000},
	},
	Works: 900,
}

// Accounts is for one person, from wherever they come: no more than one page a
// second for five minutes, which nobody reads, with room to spare.
var Accounts = Figures{
	Paces: [Classes]Pace{
		Pages: {5, 600}, Lists: {3, 400}, Downloads: {1, 300}, Writes: {1, 120}, API: {5, 600}, Pictures: {25, 3000},
	},
	Works: 900,
}

// Change returns f with the paces that an operator named: "lists" → "5:200" is
// five a second after two hundred at once; "works" → "2000" is works in a day.
func (f Figures) Change(settings map[string]string) (Figures, error) {
	for name, value := range settings {
		if name == "works" {
			works, err := strconv.Atoi(value)
			if err != nil || works < 0 {
				return f, fmt.Errorf("budget works=%q: give how many different works a day, 0 for any number", value)
			}
			f.Works = works
			continue
		}
		class, ok := classNamed(name)
		if !ok {
			return f, fmt.Errorf("budget %q: there are works, %s", name, strings.Join(names[Pages:], ", "))
		}
		rate, burst, _ := strings.Cut(value, ":")
		perSecond, err := strconv.ParseFloat(rate, 64)
		most, err2 := strconv.Atoi(burst)
		if err != nil || err2 != nil || !(perSecond > 0 && perSecond <= 1e6) || most < 1 {
			return f, fmt.Errorf("budget %s=%q: give how many a second and how many at once, such as %s=5:200", name, value, name)
		}
		f.Paces[class] = Pace{perSecond, most}
	}
	return f, nil
}

func classNamed(name string) (Class, bool) {
	for c := Pages; c < Classes; c++ {
		if names[c] == name {
			return c, true
		}
	}
	return 0, false
}
