package index

import (
	"ficstead/internal/archive"
	"ficstead/internal/index/segment"
)

// Expr says which works are asked for. It is one of the types below and no
// other, and never changed once made.
type Expr interface{ expr() }

type (
	// And is answered by works that answer every part; the empty And by all.
	And []Expr
	// Or is answered by works that answer at least one part; the empty Or by none.
	Or []Expr
	// Not is answered by works that do not answer Expr.
	Not struct{ Expr Expr }
	// All is answered by every work.
	All struct{}
	// None is answered by no work.
	None struct{}

	// Tag is answered by works found by a tag: those with the tag, its synonyms,
	// its subtags, and their synonyms.
	Tag archive.TagID
	// Creator is answered by the works of a creator.
	Creator archive.CreatorID
	// Series is answered by the works of a series.
	Series archive.SeriesID
	// Language is answered by works in the language of a code.
	Language string
	// Visibility is answered by works of a visibility.
	Visibility archive.Visibility
	// Range is answered by works in whose column lies a number from Least to
	// Most, both included.
	Range struct {
		Column      Column
		Least, Most int64
	}
	// Words is answered by works that have the terms side by side in one passage
	// of one of the places. The place listed first says most of a work.
	Words struct {
		Places []Place
		Terms  []string
	}
	// Works is answered by those of these works that there are; ascending.
	Works []archive.WorkID
	// Trait is answered by works for which it is so.
	Trait segment.Trait
	// Focus is answered by works that are mainly about a tag.
	Focus archive.TagID
)

func (And) expr()        {}
func (Or) expr()         {}
func (Not) expr()        {}
func (All) expr()        {}
func (None) expr()       {}
func (Tag) expr()        {}
func (Creator) expr()    {}
func (Series) expr()     {}
func (Language) expr()   {}
func (Visibility) expr() {}
func (Trait) expr()      {}
func (Range) expr()      {}
func (Words) expr()      {}
func (Works) expr()      {}
func (Focus) expr()      {}

// The traits.
const (
	Complete  = Trait(segment.Complete)
	Crossover = Trait(segment.Crossover) // of fandoms that have no metatag in common
	OneShip   = Trait(segment.OneShip)   // with one relationship
)
