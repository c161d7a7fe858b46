package segment

import "ficstead/internal/archive"

// Trait is what a work is or is not.
type Trait uint8

// The traits.
const (
	Complete  Trait = iota
	Crossover       // of fandoms that do not belong together
	OneShip         // it has one relationship
	TraitCount
)

// Traits is a set of traits.
type Traits uint8

// Has reports whether t is among the traits.
func (ts Traits) Has(t Trait) bool { return ts>>t&1 != 0 }

func traitsOf(is ...bool) (ts Traits) {
	for t, yes := range is {
		if yes {
			ts |= 1 << t
		}
	}
	return ts
}

// Cell is what many works have in common.
type Cell struct {
	Small      []uint32 // ordinals of ratings, warnings and categories, ascending
	Language   uint16   // in Languages
	Traits     Traits
	Visibility archive.Visibility
	N          uint32 // rows that are in this cell
}

// Cells lists all cells, the most frequent first. Callers must not change them.
func (s *Segment) Cells() []Cell { return s.cells }

// CellOf returns the cell of each row, from row First on.
func (s *Segment) CellOf() []uint32 { return s.cellOf }

// Cell returns the cell of a row.
func (s *Segment) Cell(row uint32) Cell { return s.cells[s.cellOf[row-s.First]] }

// Languages lists the codes of all languages of a segment, ascending.
func (s *Segment) Languages() []string { return s.languages }

// LanguageOf returns the code of the language of a cell.
func (s *Segment) LanguageOf(c Cell) string { return s.languages[c.Language] }
