package textindex

import "sync"

// shelf keeps pieces that were read lately, so that those of common words are not
// read again for every question. What is on it is never changed.
type shelf struct {
	sync.Mutex
	young, old map[place][]byte
	bytes      int // of the young ones
}

// place is where a piece stands. A segment is another when it was read anew.
type place struct {
	*segment
	number uint32
}

// roomForYoung is how many bytes are young at most. Then these become the old
// ones, and the old ones go.
const roomForYoung = 24 << 20

func (s *shelf) take(at place) ([]byte, bool) {
	s.Lock()
	defer s.Unlock()
	if data, ok := s.young[at]; ok {
		return data, true
	}
	data, ok := s.old[at]
	if ok {
		s.put(at, data)
	}
	return data, ok
}

func (s *shelf) add(at place, data []byte) {
	s.Lock()
	defer s.Unlock()
	s.put(at, data)
}

func (s *shelf) put(at place, data []byte) {
	if at.segment == nil {
		return
	}
	if s.bytes += len(data); s.bytes > roomForYoung || s.young == nil {
		s.young, s.old, s.bytes = map[place][]byte{}, s.young, len(data)
	}
	s.young[at] = data
}

func (s *shelf) empty() {
	s.Lock()
	defer s.Unlock()
	s.young, s.old, s.bytes = nil, nil, 0
}
