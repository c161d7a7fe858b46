package index

import (
	"testing"

	"ficstead/internal/archive"
)

func TestShuffleIsABijection(t *testing.T) {
	for _, largest := range []archive.WorkID{1, 1000, 1 << 16, 1<<17 + 5} {
		s := newShuffle(7, largest)
		if uint64(largest) >= s.places() {
			t.Fatalf("id %d has no place among %d", largest, s.places())
		}
		taken := make([]bool, s.places())
		for id := range archive.WorkID(s.places()) {
			place := s.place(id)
			if taken[place] || s.at(place) != id {
				t.Fatalf("id %d is at %d, where %d is", id, place, s.at(place))
			}
			taken[place] = true
		}
	}
}

// Ids of one seed must not lead those of another, nor neighbours stay neighbours.
func TestShuffleIsRandom(t *testing.T) {
	a, b := newShuffle(1, 1000), newShuffle(2, 1000)
	near, same := 0, 0
	for id := archive.WorkID(1); id < 1000; id++ {
		if d := int64(a.place(id)) - int64(a.place(id+1)); -100 < d && d < 100 {
			near++
		}
		if a.place(id)>>8 == b.place(id)>>8 {
			same++
		}
	}
	if near > 20 || same > 20 {
		t.Errorf("%d neighbours stay near, %d places are those of another seed", near, same)
	}
}
