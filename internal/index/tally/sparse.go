package tally

// sparse counts by number, where few of many numbers are counted.
type sparse struct {
	keys  []uint32 // number+1; 0 is a free place
	n     []uint32
	used  []uint32 // places that are taken
	shift uint
}

const firstBits = 8

func (s *sparse) place(key uint32) uint32 {
	const spread = 0x9e3779b1 // the golden ratio, as Knuth multiplies
	i := key * spread >> s.shift
	for s.keys[i] != 0 && s.keys[i] != key+1 {
		if i++; int(i) == len(s.keys) {
			i = 0
		}
	}
	return i
}

func (s *sparse) add(key, n uint32) {
	if 2*len(s.used) >= len(s.keys) {
		s.grow()
	}
	i := s.place(key)
	if s.keys[i] == 0 {
		s.keys[i] = key + 1
		s.used = append(s.used, i)
	}
	s.n[i] += n
}

func (s *sparse) get(key uint32) uint32 {
	if len(s.used) == 0 {
		return 0
	}
	return s.n[s.place(key)] // 0 where it is not
}

func (s *sparse) grow() {
	old := *s
	size := max(1<<firstBits, 2*len(old.keys))
	s.keys, s.n, s.used = make([]uint32, size), make([]uint32, size), make([]uint32, 0, size/2+1)
	for s.shift = 32; size > 1; size /= 2 {
		s.shift--
	}
	for _, i := range old.used {
		s.add(old.keys[i]-1, old.n[i])
	}
}

// each calls f for all numbers that were counted.
func (s *sparse) each(f func(key, n uint32)) {
	for _, i := range s.used {
		f(s.keys[i]-1, s.n[i])
	}
}

// manyKeys is where a table is given back rather than kept.
const manyKeys = 1 << 20

func (s *sparse) clear() {
	if len(s.keys) > manyKeys {
		*s = sparse{}
		return
	}
	for _, i := range s.used {
		s.keys[i], s.n[i] = 0, 0
	}
	s.used = s.used[:0]
}
