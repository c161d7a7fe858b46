package index

import "sync"

// dictionary numbers strings from 0. It only grows, and all snapshots that
// grew from one share it: a number that a snapshot does not know is one of which
// its tables have nothing. What is no longer used goes when the index is built anew.
type dictionary struct {
	mu      sync.RWMutex
	numbers map[string]uint32
	strings []string
}

func newDictionary() *dictionary { return &dictionary{numbers: map[string]uint32{}} }

// find returns the number of s.
func (d *dictionary) find(s string) (uint32, bool) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	n, ok := d.numbers[s]
	return n, ok
}

// string returns the string of a number.
func (d *dictionary) string(n uint32) string {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.strings[n]
}

// add returns the numbers of ss, giving out new ones where there are none.
func (d *dictionary) add(ss ...string) []uint32 {
	numbers := make([]uint32, len(ss))
	if d.known(ss, numbers) {
		return numbers
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	for i, s := range ss {
		n, ok := d.numbers[s]
		if !ok {
			n = uint32(len(d.strings))
			d.numbers[s] = n
			d.strings = append(d.strings, s)
		}
		numbers[i] = n
	}
	return numbers
}

// known fills in numbers if all of ss have one.
func (d *dictionary) known(ss []string, numbers []uint32) bool {
	d.mu.RLock()
	defer d.mu.RUnlock()
	for i, s := range ss {
		n, ok := d.numbers[s]
		if !ok {
			return false
		}
		numbers[i] = n
	}
	return true
}
