package segment

import "ficstead/internal/archive"

// slots numbers tags in the order in which they come.
type slots struct {
	kindOf func(archive.TagID) archive.Kind
	few    map[archive.TagID]slot // while they are few
	pages  [][]slot               // of TagIDs below pagedIDs
	far    map[archive.TagID]slot // the others
	tags   []archive.TagID        // by number
	uses   []uint32               // works that are found by each
}

// slot is the number of a tag, one up, and in the lowest bits its kind: 0 for what
// is left out. The zero slot is of no tag.
type slot uint32

const kindBits = 3

func (s slot) number() uint32     { return uint32(s>>kindBits) - 1 }
func (s slot) kind() archive.Kind { return archive.Kind(s & (1<<kindBits - 1)) }

const (
	fewSlots = 4096
	pageIDs  = 1024
	pagedIDs = 1 << 31
)

// of returns the slot of a tag.
func (s *slots) of(tag archive.TagID) slot {
	if s.pages == nil {
		return s.ofFew(tag)
	}
	if tag < 0 || tag >= pagedIDs {
		if s.far[tag] == 0 {
			s.far[tag] = s.add(tag)
		}
		return s.far[tag]
	}
	if page := int(tag / pageIDs); page < len(s.pages) && s.pages[page] != nil {
		at := &s.pages[page][tag%pageIDs]
		if *at == 0 {
			*at = s.add(tag)
		}
		return *at
	}
	at := s.paged(tag)
	*at = s.add(tag)
	return *at
}

func (s *slots) ofFew(tag archive.TagID) slot {
	if slot := s.few[tag]; slot != 0 {
		return slot
	}
	if len(s.few) < fewSlots {
		if s.few == nil {
			s.few = map[archive.TagID]slot{}
		}
		slot := s.add(tag)
		s.few[tag] = slot
		return slot
	}
	s.pages, s.far = make([][]slot, 1), map[archive.TagID]slot{}
	for tag, slot := range s.few {
		if tag < 0 || tag >= pagedIDs {
			s.far[tag] = slot
		} else {
			*s.paged(tag) = slot
		}
	}
	s.few = nil
	return s.of(tag)
}

// paged returns where the slot of a tag is kept.
func (s *slots) paged(tag archive.TagID) *slot {
	page := int(tag / pageIDs)
	for page >= len(s.pages) {
		s.pages = append(s.pages, nil)
	}
	if s.pages[page] == nil {
		s.pages[page] = make([]slot, pageIDs)
	}
	return &s.pages[page][tag%pageIDs]
}

func (s *slots) add(tag archive.TagID) slot {
	kind := s.kindOf(tag)
	if kind >= kindCount {
		kind = 0
	}
	s.tags, s.uses = append(s.tags, tag), append(s.uses, 0)
	return slot(len(s.tags))<<kindBits | slot(kind)
}
