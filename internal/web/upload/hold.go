package upload

import (
	"context"
	"io"
	"runtime/debug"
	"sync"

	"ficstead/internal/intake"
)

const (
	// heavy is the size in bytes from which files wait for a seat. Nearly all
	// stories are smaller; what is heavy is a collection or no story at all.
	heavy = 8 << 20

	// maxHeavy is how many heavy files are in memory at once: two, so that one
	// that arrives slowly does not keep all others waiting.
	maxHeavy = 2

	firstHold = 64 << 10 // bytes; most stories are not much longer
)

// seats are the places for heavy files.
type seats struct {
	once sync.Once
	free chan struct{}
}

// take waits for a place until ctx ends.
func (s *seats) take(ctx context.Context) error {
	s.once.Do(func() { s.free = make(chan struct{}, maxHeavy) })
	select {
	case s.free <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// A hold is a file in memory while it arrives and is written down.
type hold struct {
	seats  *seats
	whole  int64 // bytes of the upload that it is part of, -1 if not known
	data   []byte
	seated bool
}

// read takes the file in. It reports false, and holds nothing any more, if the
// file is larger than intake takes.
func (h *hold) read(ctx context.Context, r io.Reader) (fits bool, err error) {
	h.data = make([]byte, 0, firstHold)
	for {
		if len(h.data) == cap(h.data) {
			if err := h.grow(ctx); err != nil {
				return false, err
			}
		}
		n, err := r.Read(h.data[len(h.data):cap(h.data)])
		h.data = h.data[:len(h.data)+n]
		if len(h.data) > intake.MaxFile {
			h.data = nil
			return false, nil
		}
		if err == io.EOF {
			return true, nil
		}
		if err != nil {
			return false, err
		}
	}
}

// grow makes room: twice as much while the file is light, then all that may
// come, so that a heavy file is never held twice.
func (h *hold) grow(ctx context.Context) error {
	size := int64(2 * cap(h.data))
	if size > heavy {
		if size = intake.MaxFile + 1; h.whole >= 0 {
			size = min(size, max(h.whole, int64(len(h.data)))+1)
		}
		if !h.seated {
			if err := h.seats.take(ctx); err != nil {
				return err
			}
			h.seated = true
		}
	}
	grown := make([]byte, len(h.data), size)
	copy(grown, h.data)
	h.data = grown
	return nil
}

// release lets go of the file. The memory of a heavy one is given back to the
// system: the program would keep it for the next, which may never come.
func (h *hold) release() {
	h.data = nil
	if h.seated {
		<-h.seats.free
		h.seated = false
		debug.FreeOSMemory()
	}
}
