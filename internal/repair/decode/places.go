package decode

import (
	"slices"
	"sort"
	"unicode/utf8"

	"ficstead/internal/archive"
)

// stretch says that a text, from at on up to the next, stood from origin on in the
// plain reading; or all of it in place of what stood there. Both count bytes.
type stretch struct {
	at, origin int
	instead    bool
}

// stretches are in order.
type stretches []stretch

// origin returns where the byte at stood.
func (s stretches) origin(at int) int {
	i := sort.Search(len(s), func(i int) bool { return s[i].at > at }) - 1
	switch {
	case i < 0:
		return at
	case s[i].instead:
		return s[i].origin
	}
	return s[i].origin + at - s[i].at
}

// edited are the stretches once edits, in order, are made in a text of size bytes.
func (s stretches) edited(edits []Edit, size int) stretches {
	if len(s) == 0 {
		s = stretches{{}}
	}
	out := make(stretches, 0, len(s)+2*len(edits))
	done, moved, k := 0, 0, 0
	copyTo := func(end int) {
		if done < end {
			for k+1 < len(s) && s[k+1].at <= done {
				k++
			}
			out = append(out, stretch{done + moved, s.origin(done), s[k].instead})
			for ; k+1 < len(s) && s[k+1].at < end; k++ {
				next := s[k+1]
				next.at += moved
				out = append(out, next)
			}
		}
		done = end
	}
	for _, e := range edits {
		copyTo(e.From)
		if e.Text != "" {
			out = append(out, stretch{e.From + moved, s.origin(e.From), true})
		}
		moved += len(e.Text) - (e.To - e.From)
		done = e.To
	}
	copyTo(size)
	return append(out, stretch{size + moved, s.origin(size), false})
}

// Places knows where the characters of a mended text stood in its plain reading:
// the bytes as the encoding that was found reads them, CR LF being one line feed.
// Nil stands for a text that is its plain reading.
type Places struct {
	Plain   string
	stretch stretches // of code points
}

// places counts what the stretches of s say in code points of plain.
func (s stretches) places(text, plain string) *Places {
	p := &Places{Plain: plain, stretch: slices.Clone(s)}
	at, origin, runes, stood := 0, 0, 0, 0
	for i := range p.stretch {
		k := &p.stretch[i]
		runes += utf8.RuneCountInString(text[at:k.at])
		stood += utf8.RuneCountInString(plain[origin:k.origin])
		at, origin = k.at, k.origin
		k.at, k.origin = runes, stood
	}
	return p
}

// Move makes mends that tell their place in the mended text tell it in the plain one.
func (p *Places) Move(mends []archive.Mend) {
	if p == nil {
		return
	}
	for i := range mends {
		mends[i].At = p.stretch.origin(mends[i].At)
	}
}
