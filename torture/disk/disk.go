// Package disk says what may be on a disk after its power was cut, from what a
// program did to it until then.
//
// What a sync covered is there. Of all else each write may be there, or not, or in
// part, in sectors; names of files that were made, renamed or removed since their
// folder was synced may be as before, the earlier changes first. A sync that failed
// promises nothing, also if a later one succeeds: the system may have forgotten what
// it could not write.
package disk

import (
	"cmp"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"

	"ficstead/torture/trace"
)

// sector is what a disk writes whole.
const sector = 512

// A change is one that was made to a file or a folder.
type change struct {
	at int // its number
	trace.Event
	durable, limbo bool
}

// A file is one whatever it is called.
type file struct{ changes []*change }

// A Disk is what was done to one.
type Disk struct {
	files   map[uint64]*file
	folders map[string][]*change // changes of names, by folder
	made    map[*change]*file    // what a Create made
}

// After replays events.
func After(events []trace.Event) *Disk {
	d := &Disk{files: map[uint64]*file{}, folders: map[string][]*change{}, made: map[*change]*file{}}
	for i, e := range events {
		d.apply(&change{at: i, Event: e})
	}
	return d
}

func (d *Disk) apply(c *change) {
	folder := filepath.Dir(c.Path)
	switch c.Kind {
	case trace.Create:
		f := &file{}
		d.files[c.File], d.made[c] = f, f
		d.folders[folder] = append(d.folders[folder], c)
	case trace.Mkdir, trace.Unlink, trace.Rename, trace.Link:
		d.folders[folder] = append(d.folders[folder], c)
	case trace.Write, trace.Truncate:
		if f := d.files[c.File]; f != nil {
			f.changes = append(f.changes, c)
		}
	case trace.Sync:
		if f := d.files[c.File]; f != nil {
			settle(f.changes, c)
		} else {
			settle(d.folders[filepath.Clean(c.Path)], c)
		}
	}
}

// settle has changes survive that a sync covers.
func settle(changes []*change, sync *change) {
	for _, c := range changes {
		switch {
		case c.at >= sync.Upto || c.durable:
		case sync.Failed:
			c.limbo = true
		case !c.limbo:
			c.durable = true
		}
	}
}

// Unsynced is how many writes to the file of that name no sync has covered.
func (d *Disk) Unsynced(path string) (n int) {
	for _, f := range d.tree(func(*change) bool { return true })[path].list() {
		if !f.durable {
			n++
		}
	}
	return n
}

// names is what there is by name: a file, or nil for a folder.
type names map[string]*file

func (f *file) list() []*change {
	if f == nil {
		return nil
	}
	return f.changes
}

// tree says which names there are if only those changes happened that kept says.
func (d *Disk) tree(kept func(*change) bool) names {
	var all []*change
	for _, changes := range d.folders {
		all = append(all, changes...)
	}
	slices.SortFunc(all, func(a, b *change) int { return cmp.Compare(a.at, b.at) })
	there := names{}
	for _, c := range all {
		if !kept(c) {
			continue
		}
		switch c.Kind {
		case trace.Create:
			there[c.Path] = d.made[c]
		case trace.Mkdir:
			there[c.Path] = nil
		case trace.Unlink:
			delete(there, c.Path)
		case trace.Rename, trace.Link:
			if f, ok := there[c.Path]; ok {
				there[c.To] = f
				if c.Kind == trace.Rename {
					delete(there, c.Path)
				}
			}
		}
	}
	return there
}

// Cut writes what is left after the power was cut into a folder. How much of what
// was not synced survives is random.
func (d *Disk) Cut(r *rand.Rand, into string) error {
	lost := map[*change]bool{}
	for _, folder := range slices.Sorted(keys(d.folders)) {
		gone := false
		survives := []float64{0, 0.5, 0.9, 1}[r.IntN(4)]
		for _, c := range d.folders[folder] {
			gone = gone || r.Float64() >= survives
			lost[c] = gone && !c.durable
		}
	}
	there := d.tree(func(c *change) bool { return !lost[c] })
	for _, name := range slices.Sorted(keys(there)) {
		path := filepath.Join(into, name)
		if there[name] == nil {
			if err := os.MkdirAll(path, 0o700); err != nil {
				return err
			}
			continue
		}
		err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, there[name].after(r), 0o600))
		if err != nil {
			return err
		}
	}
	return nil
}

func keys[K comparable, V any](m map[K]V) func(func(K) bool) {
	return func(yield func(K) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// after is what a file holds after the cut.
func (f *file) after(r *rand.Rand) (data []byte) {
	survives := []float64{0, 0.1, 0.5, 0.9, 1}[r.IntN(5)]
	for _, c := range f.changes {
		whole := c.durable || r.Float64() < survives
		torn := !whole && survives > 0 && r.IntN(3) == 0
		switch {
		case c.Kind == trace.Truncate && whole:
			data = resize(data, c.Size)
		case c.Kind == trace.Write && whole:
			data = put(data, c.Data, c.Offset)
		case c.Kind == trace.Write && torn:
			data = tear(data, c, r)
		}
	}
	return data
}

func resize(data []byte, size int64) []byte {
	if size <= int64(len(data)) {
		return data[:size:size]
	}
	return append(data, make([]byte, size-int64(len(data)))...)
}

func put(data, b []byte, at int64) []byte {
	if end := at + int64(len(b)); end > int64(len(data)) {
		data = resize(data, end)
	}
	copy(data[at:], b)
	return data
}

// tear writes some sectors of a write.
func tear(data []byte, c *change, r *rand.Rand) []byte {
	for at := 0; at < len(c.Data); {
		end := min(len(c.Data), at+sector-int((c.Offset+int64(at))%sector))
		if r.IntN(2) == 0 {
			data = put(data, c.Data[at:end], c.Offset+int64(at))
		}
		at = end
	}
	return data
}
