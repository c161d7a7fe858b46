package prose

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Report tells what a reading could not keep.
type Report struct {
	Dropped   map[string]int // elements that went with all they hold, by name
	Flattened int            // elements nested deeper than we keep, or beyond the bound on their number; their text is kept
	Images    int            // pictures without an address we keep; their alternative text is kept
	Links     int            // links without an address we keep; their text is kept
	Unclosed  int            // comments, tags and elements whose end is missing, and which are shown for that
}

// drop counts an element that goes with all it holds.
func (r *Report) drop(name string) {
	if r.Dropped == nil {
		r.Dropped = map[string]int{}
	}
	r.Dropped[name]++
}

// furniture are elements that hold no text of a story: nobody misses them.
const furniture = " head title script style noscript template noframes noembed "

// Sentences tells a person what was not kept, as far as a reader could miss it.
func (r Report) Sentences() []string {
	var told []string
	tell := func(n int, one, many string) {
		if n == 1 {
			told = append(told, one)
		} else if n > 1 {
			told = append(told, fmt.Sprintf(many, n))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(r.Dropped)) {
		if !strings.Contains(furniture, " "+name+" ") {
			tell(r.Dropped[name], "One <"+name+"> was left out with what it held.", "%d <"+name+"> were left out with what they held.")
		}
	}
	tell(r.Flattened, "One element was nested too deep to be kept; its text was.", "%d elements were nested too deep to be kept; their text was.")
	tell(r.Images, "One picture had no address that works outside its page.", "%d pictures had no address that works outside their page.")
	tell(r.Links, "One link had no address that works outside its page; its text was kept.", "%d links had no address that works outside their page; their text was kept.")
	tell(r.Unclosed, "One comment, tag or element never ends, and is shown.", "%d comments, tags or elements never end, and are shown.")
	return told
}
