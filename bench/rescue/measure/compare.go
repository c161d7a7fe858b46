package measure

// View is a text seen from the truth: all in places of the truth.
type View struct {
	Flat
	To       []int  // of each character of the truth: which of ours; -1
	from     []int  // of each of ours: which of the truth; -1
	At       []Gap  // before each character of the truth
	Inserted []int  // how many of ours stand before it that the truth has not
	Spans    []Span // italics; {-1, -1} where an end is nowhere in the truth
	truth    *Flat
}

// Look aligns a text to the truth.
func Look(truth *Flat, text Flat) *View {
	n := len(truth.Chars)
	v := &View{Flat: text, To: Align(truth.Chars, text.Chars), from: make([]int, len(text.Chars)), At: make([]Gap, n+1), Inserted: make([]int, n+1), truth: truth}
	for j := range v.from {
		v.from[j] = -1
	}
	for i, j := range v.To {
		if j >= 0 {
			v.from[j] = i
		}
	}
	place := 0 // in the truth
	for j, i := range v.from {
		if i >= 0 {
			place = i
		}
		v.At[place] |= text.Gaps[j]
		if i >= 0 {
			place = i + 1
		} else {
			v.Inserted[place]++
		}
	}
	for _, s := range text.Italics {
		a, b := v.from[s.From], v.from[s.To-1]
		if a < 0 || b < 0 {
			v.Spans = append(v.Spans, Span{-1, -1})
		} else {
			v.Spans = append(v.Spans, Span{a, b + 1})
		}
	}
	return v
}

// Has reports whether character i of the truth is right.
func (v *View) Has(i int) bool { return v.To[i] >= 0 && v.Chars[v.To[i]] == v.truth.Chars[i] }

// Compare counts what of the truth was there before repair and is there after.
// Paragraphs is what counts as a border of paragraphs: Para, or Para|Line for
// files that write both alike.
func Compare(truth *Flat, before, after *View, paragraphs Gap) Score {
	var s Score
	s.Chars = len(truth.Chars)
	for _, g := range truth.Gaps {
		if g&Space != 0 {
			s.Chars++
		}
	}
	s.ErrorsBefore, s.Errors = errors(truth, before), errors(truth, after)
	s.Joins = joins(truth, before, after)
	s.ParasBefore, s.Paras = Places(truth, before, paragraphs), Places(truth, after, paragraphs)
	s.ScenesBefore, s.Scenes = Places(truth, before, Scene), Places(truth, after, Scene)
	s.Chapters = Places(truth, after, Chap)
	s.ItalicsBefore, s.Italics = Spans(truth, before), Spans(truth, after)
	s.Notes = notes(truth, after)
	s.ExactBefore, s.Exact = exact(truth, before), exact(truth, after)
	return s
}

// errors is the edit distance, spaces included.
func errors(truth *Flat, v *View) int {
	n := 0
	for i := range truth.Chars {
		if !v.Has(i) {
			n++
		}
		n += v.Inserted[i]
		if i > 0 && (truth.Gaps[i]^v.At[i])&Space != 0 {
			n++
		}
	}
	return n + v.Inserted[len(truth.Chars)]
}

// joins counts the spaces that were added where one was missing.
func joins(truth *Flat, before, after *View) PRF {
	var p PRF
	for i := 1; i < len(truth.Chars); i++ {
		if before.At[i]&Space != 0 || !before.Has(i) || !before.Has(i-1) {
			continue
		}
		is, should := after.At[i]&Space != 0, truth.Gaps[i]&Space != 0
		p.count(is, should)
	}
	return p
}

func (p *PRF) count(is, should bool) {
	switch {
	case is && should:
		p.Right++
	case is:
		p.Wrong++
	case should:
		p.Missed++
	}
}

// Places compares where a kind of border stands. What begins the text is none.
func Places(truth *Flat, v *View, kind Gap) PRF {
	var p PRF
	for i := 1; i < len(truth.Chars); i++ {
		if kind == Scene && (truth.Gaps[i]|v.At[i])&Chap != 0 {
			continue // a break between chapters is no matter
		}
		p.count(v.At[i]&kind != 0, truth.Gaps[i]&kind != 0)
	}
	return p
}

// Spans compares italics, both ends exact.
func Spans(truth *Flat, v *View) PRF {
	var p PRF
	is := map[Span]bool{}
	for _, s := range v.Spans {
		is[s] = true
	}
	for _, s := range truth.Italics {
		if is[s] {
			p.Right++
		} else {
			p.Missed++
		}
	}
	p.Wrong = len(v.Spans) - p.Right
	return p
}

// notes compares which blocks are notes: nine tenths of one make it one.
func notes(truth *Flat, v *View) PRF {
	var p PRF
	for _, s := range truth.Notes {
		n := 0
		for i := s.From; i < s.To; i++ {
			if j := v.To[i]; j >= 0 && v.Roles[j] == Note {
				n++
			}
		}
		p.count(n*10 >= (s.To-s.From)*9, true)
	}
	for _, s := range v.Notes {
		n := 0
		for j := s.From; j < s.To; j++ {
			if i := v.from[j]; i >= 0 && truth.Roles[i] == Story {
				n++
			}
		}
		if n*2 > s.To-s.From {
			p.Wrong++
		}
	}
	return p
}

// exact counts the paragraphs that hold more than ASCII and are right to the
// last character and space.
func exact(truth *Flat, v *View) Share {
	var s Share
	right, beyond := true, false
	for i := 0; i <= len(truth.Chars); i++ {
		if i == len(truth.Chars) || truth.Gaps[i]&Para != 0 {
			if beyond {
				s.Add(right)
			}
			right, beyond = true, false
			if i == len(truth.Chars) {
				break
			}
		} else if (truth.Gaps[i]^v.At[i])&Space != 0 || v.Inserted[i] > 0 {
			right = false
		}
		beyond = beyond || truth.Chars[i] > 127
		right = right && v.Has(i)
	}
	return s
}
