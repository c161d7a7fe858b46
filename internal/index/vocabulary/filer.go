package vocabulary

import (
	"slices"

	"ficstead/internal/archive"
)

// Filing is by which tags a work is found, and what else its tags say.
type Filing struct {
	Filters   []archive.TagID // as Filters has them
	Focus     []archive.TagID // as Focus has them
	Crossover bool            // as Crosses says
	OneShip   bool            // as OneShip says
}

// Filer files many works, one after the other. It looks at each tag of a work
// once, and remembers which characters relationships name.
type Filer struct {
	words      *Vocabulary
	filing     Filing
	main       []archive.TagID
	characters []archive.TagID
	fandoms    []answer
	ships      []answer
	filed      int
	names      []uint64 // nil while few works were filed
}

// NewFiler returns a filer of works.
func (v *Vocabulary) NewFiler() *Filer { return &Filer{words: v} }

// File files a work with these tags, in the order in which its creator listed
// them. What it returns holds until the next one.
func (f *Filer) File(own []archive.TagID) Filing {
	f.fandoms, f.ships, f.characters, f.main = f.fandoms[:0], f.ships[:0], f.characters[:0], f.main[:0]
	filters := f.filing.Filters[:0]
	for _, id := range own {
		a := answer(0)
		if known(id) {
			a = f.words.answers.at(uint32(id))
		}
		filters = f.words.appendFiled(filters, id, a)
		switch archive.Kind(a >> kindShift) {
		case archive.Fandom:
			f.fandoms = once(f.fandoms, a)
		case archive.Relationship:
			if len(f.main) == 0 {
				f.main = append(f.main, id)
			}
			f.ships = once(f.ships, a)
		case archive.CharacterTag:
			f.characters = append(f.characters, id)
		}
	}
	insertionSort(filters)
	f.filing.Filters = slices.Compact(filters)
	f.filing.Focus = f.words.Filters(f.filing.Focus[:0], f.mainly())
	f.filing.Crossover = f.words.cross(f.fandoms)
	f.filing.OneShip = f.words.areOne(f.ships)
	f.filed++
	return f.filing
}

// mainly returns what the work is mainly about, of its own tags.
func (f *Filer) mainly() []archive.TagID {
	return mainly(f.main, f.characters, f.isNamed)
}

const (
	fewFiled  = 1000 // where remembering is more work than comparing
	nameBits  = 18   // so many pairs are remembered, as a power of two
	isKept    = 2    // of what is remembered: that there is something
	isMention = 1    // and that the character is named
)

// isNamed reports whether a relationship names a character.
func (f *Filer) isNamed(ship, character archive.TagID) bool {
	if f.filed < fewFiled {
		return f.words.mentions(ship, character)
	}
	if f.names == nil {
		f.names = make([]uint64, 1<<nameBits)
	}
	const spread = 0x9e3779b97f4a7c15 // the golden ratio
	pair := uint64(ship)<<30 | uint64(character)<<2 | isKept
	at := &f.names[pair*spread>>(64-nameBits)]
	if *at|isMention != pair|isMention {
		if *at = pair; f.words.mentions(ship, character) {
			*at |= isMention
		}
	}
	return *at&isMention != 0
}
