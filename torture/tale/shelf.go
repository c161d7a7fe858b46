package tale

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
)

// Content is what a revision of a work says.
type Content struct {
	Version int
	Undone  bool // its mends were undone
}

// State is what an archive holds of a story. The zero value is nothing.
type State struct {
	Revisions []Content // the present one last
	Undo      bool      // it was decided that mends are undone
	Out       bool      // its text is kept out of searches
	Files     []int     // versions whose files are there
	Rescued   bool      // it came with a whole archive, which has its own file of it
	Open      bool      // everybody may see it
}

// Here reports whether there is a work.
func (s State) Here() bool { return len(s.Revisions) > 0 }

// Now is the present revision.
func (s State) Now() Content { return s.Revisions[len(s.Revisions)-1] }

func (s State) String() string {
	if !s.Here() {
		return "not there"
	}
	said := fmt.Sprintf("revision %d", len(s.Revisions))
	if c := s.Now(); c.Undone {
		said += fmt.Sprintf(" (version %d as damaged)", c.Version)
	} else {
		said += fmt.Sprintf(" (version %d)", c.Version)
	}
	return fmt.Sprintf("%s, files %v, kept out of searches %v, open %v", said, s.Files, s.Out, s.Open)
}

func (s State) with(c Content) State {
	s.Revisions = append(slices.Clone(s.Revisions), c)
	return s
}

// Brought is the state after a version was brought in.
func (s State) Brought(version int) State {
	if slices.Contains(s.Files, version) {
		return s // the very file is known
	}
	s = s.with(Content{version, s.Undo})
	s.Files = append(slices.Clone(s.Files), version)
	return s
}

// PutBack is the state after the work was put back as it was in a revision.
func (s State) PutBack(revision int) State {
	if revision == len(s.Revisions) {
		return s
	}
	return s.with(s.Revisions[revision-1])
}

// Decided is the state after it was said whether all mends are to be undone.
func (s State) Decided(undo bool) State {
	s.Undo = undo
	if c := s.Now(); c.Undone != undo {
		return s.with(Content{c.Version, undo})
	}
	return s
}

// SearchedNot is the state after it was said whether searches look inside.
func (s State) SearchedNot(out bool) State { s.Out = out; return s }

// Shown is the state after the archive that it came with was opened or closed.
func (s State) Shown(open bool) State { s.Open = open; return s }

// Equal reports whether two states are one.
func (s State) Equal(o State) bool {
	return s.Undo == o.Undo && s.Out == o.Out && s.Rescued == o.Rescued && s.Open == o.Open &&
		slices.Equal(s.Revisions, o.Revisions) && slices.Equal(s.Files, o.Files)
}

// A Tale is a story and what may be there of it.
type Tale struct {
	Name string
	ID   int64   // of its work, 0 if it was never told
	May  []State // one, if it is known; the acknowledged one first
	busy bool
}

// Sure is the one state that it can be in.
func (t Tale) Sure() bool { return len(t.May) == 1 }

// Shelf is what an archive must hold. It may be used by several at once.
type Shelf struct {
	mu    sync.Mutex
	tales map[string]*Tale
	acked int
	dirty map[string]bool // what was touched since Settled
}

// NewShelf returns an empty one.
func NewShelf() *Shelf { return &Shelf{tales: map[string]*Tale{}, dirty: map[string]bool{}} }

// Acked is how many changes were acknowledged.
func (s *Shelf) Acked() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.acked
}

func (s *Shelf) tale(name string) *Tale {
	t := s.tales[name]
	if t == nil {
		t = &Tale{Name: name, May: []State{{}}}
		s.tales[name] = t
	}
	return t
}

// Tale returns what is known of a story.
func (s *Shelf) Tale(name string) Tale {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := *s.tale(name)
	t.May = slices.Clone(t.May)
	return t
}

// Names are all stories that were ever touched.
func (s *Shelf) Names() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Sorted(maps.Keys(s.tales))
}

// Dirty are those that were touched since the last Settle.
func (s *Shelf) Dirty() map[string]bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.dirty)
}

// Take picks a story that fits, that nobody is at work on and whose state is
// known, by a number of the caller's. It is the caller's until Leave.
func (s *Shelf) Take(pick int, fits func(string, State) bool) (Tale, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var fit []*Tale
	for _, name := range slices.Sorted(maps.Keys(s.tales)) {
		t := s.tales[name]
		if !t.busy && t.Sure() && fits(name, t.May[0]) {
			fit = append(fit, t)
		}
	}
	if len(fit) == 0 {
		return Tale{}, false
	}
	t := fit[pick%len(fit)]
	t.busy = true
	return *t, true
}

// Hold makes a story the caller's until Leave, if it is nobody's.
func (s *Shelf) Hold(name string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.tale(name)
	if t.busy || !t.Sure() {
		return false
	}
	t.busy = true
	return true
}

// Leave lets go of a story.
func (s *Shelf) Leave(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tale(name).busy = false
}

// Begin says that a story is about to become so.
func (s *Shelf) Begin(name string, next State) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.tale(name)
	s.dirty[name] = true
	for _, may := range t.May {
		if may.Equal(next) {
			return
		}
	}
	t.May = append(t.May, next)
}

// Done says that it was acknowledged to be so. An id of 0 is not known.
func (s *Shelf) Done(name string, next State, id int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.tale(name)
	t.May = []State{next}
	s.dirty[name] = true
	s.acked++
	if id != 0 || !next.Here() {
		t.ID = id
	}
}

// Found says how a story was found, by its number among those it may be in.
func (s *Shelf) Found(name string, which int, id int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t := s.tale(name)
	t.May, t.ID = t.May[which:which+1], id
}

// Settle forgets what was touched, and lets go of all: whoever was at work is gone.
func (s *Shelf) Settle() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.dirty)
	for _, t := range s.tales {
		t.busy = false
	}
}

// Copy returns a shelf of its own with the same stories.
func (s *Shelf) Copy() *Shelf {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := NewShelf()
	for name, t := range s.tales {
		one := *t
		one.May, one.busy = slices.Clone(t.May), false
		c.tales[name] = &one
		c.dirty[name] = true
	}
	return c
}

// Say lists states for people.
func Say(may []State) string {
	var said []string
	for _, s := range may {
		said = append(said, s.String())
	}
	return strings.Join(said, ", or ")
}
