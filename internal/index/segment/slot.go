package segment

import "ficstead/internal/archive"

// slots numbers tags in the order in which they come.
type slots struct {
	few   map[archive.TagID]uint32 // while they are few
	pages [][]uint32               // of TagIDs below pagedIDs: slot plus 1
	far   map[archive.TagID]uint32 // the others
	tags  []archive.TagID          // by slot
}

const (
	fewSlots = 4096
	pageIDs  = 1024
	pagedIDs = 1 << 31
)

// of returns the slot of a tag; fresh says that it is a new one.
func (s *slots) of(tag archive.TagID) (slot uint32, fresh bool) {
	if s.pages == nil {
		return s.ofFew(tag)
	}
	if tag < 0 || tag >= pagedIDs {
		slot, ok := s.far[tag]
		if !ok {
			slot = s.add(tag)
			s.far[tag] = slot
		}
		return slot, !ok
	}
	at := s.paged(tag)
	if *at != 0 {
		return *at - 1, false
	}
	slot = s.add(tag)
	*at = slot + 1
	return slot, true
}

func (s *slots) ofFew(tag archive.TagID) (slot uint32, fresh bool) {
	if slot, ok := s.few[tag]; ok {
		return slot, false
	}
	if len(s.few) < fewSlots {
		if s.few == nil {
			s.few = map[archive.TagID]uint32{}
		}
		slot = s.add(tag)
		s.few[tag] = slot
		return slot, true
	}
	s.pages, s.far = make([][]uint32, 1), map[archive.TagID]uint32{}
	for tag, slot := range s.few {
		if tag < 0 || tag >= pagedIDs {
			s.far[tag] = slot
		} else {
			*s.paged(tag) = slot + 1
		}
	}
	s.few = nil
	return s.of(tag)
}

// paged returns where the slot of a tag is kept.
func (s *slots) paged(tag archive.TagID) *uint32 {
	page := int(tag / pageIDs)
	for page >= len(s.pages) {
		s.pages = append(s.pages, nil)
	}
	if s.pages[page] == nil {
		s.pages[page] = make([]uint32, pageIDs)
	}
	return &s.pages[page][tag%pageIDs]
}

func (s *slots) add(tag archive.TagID) uint32 {
	s.tags = append(s.tags, tag)
	return uint32(len(s.tags) - 1)
}
