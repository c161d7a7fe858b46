package measure

// Score are the counts of one file; scores of several are added.
type Score struct {
	Words                   int
	Chars                   int // with spaces
	ErrorsBefore, Errors    int
	Joins                   PRF // spaces that were missing
	ParasBefore, Paras      PRF
	ScenesBefore, Scenes    PRF
	ItalicsBefore, Italics  PRF
	Notes                   PRF
	Chapters                PRF
	ExactBefore, Exact      Share // paragraphs with characters beyond ASCII
	Fields                  Share // of the metadata
	Ranked                  Share // lost breaks among the first twenty that were proposed
	Proposed                PRF   // italics, with those that were proposed
	Parted                  PRF   // paragraphs, with those that were proposed
	Undo, Again, Repeatable Share // files
}

// PRF counts what was found, what was found wrongly and what was not.
type PRF struct{ Right, Wrong, Missed int }

// Share counts successes.
type Share struct{ Right, Of int }

// Precision is 1 if nothing was found.
func (p PRF) Precision() float64 { return ratio(p.Right, p.Right+p.Wrong) }

// Recall is 1 if there was nothing to find.
func (p PRF) Recall() float64 { return ratio(p.Right, p.Right+p.Missed) }

// F1 is their harmonic mean.
func (p PRF) F1() float64 { return ratio(2*p.Right, 2*p.Right+p.Wrong+p.Missed) }

// Any reports whether there was something to find or something was found.
func (p PRF) Any() bool { return p.Right+p.Wrong+p.Missed > 0 }

// Ratio is 1 of nothing.
func (s Share) Ratio() float64 { return ratio(s.Right, s.Of) }

// Add counts one more.
func (s *Share) Add(right bool) {
	s.Of++
	if right {
		s.Right++
	}
}

func ratio(a, b int) float64 {
	if b == 0 {
		return 1
	}
	return float64(a) / float64(b)
}

// CharsBefore and CharsAfter are the parts of the characters that are right.
func (s Score) CharsBefore() float64 { return max(0, 1-ratio(s.ErrorsBefore, max(1, s.Chars))) }

// CharsAfter is the same of what was repaired.
func (s Score) CharsAfter() float64 { return max(0, 1-ratio(s.Errors, max(1, s.Chars))) }

// Sum adds q to p.
func (p *PRF) Sum(q PRF) {
	p.Right, p.Wrong, p.Missed = p.Right+q.Right, p.Wrong+q.Wrong, p.Missed+q.Missed
}

// Sum adds t to s.
func (s *Share) Sum(t Share) { s.Right, s.Of = s.Right+t.Right, s.Of+t.Of }

// Sum adds t to s.
func (s *Score) Sum(t Score) {
	s.Words += t.Words
	s.Chars += t.Chars
	s.ErrorsBefore += t.ErrorsBefore
	s.Errors += t.Errors
	for _, pair := range [...]struct {
		to *PRF
		of PRF
	}{
		{&s.Joins, t.Joins}, {&s.ParasBefore, t.ParasBefore}, {&s.Paras, t.Paras}, {&s.ScenesBefore, t.ScenesBefore}, {&s.Scenes, t.Scenes},
		{&s.ItalicsBefore, t.ItalicsBefore}, {&s.Italics, t.Italics}, {&s.Notes, t.Notes}, {&s.Chapters, t.Chapters}, {&s.Proposed, t.Proposed}, {&s.Parted, t.Parted},
	} {
		pair.to.Sum(pair.of)
	}
	for _, pair := range [...]struct {
		to *Share
		of Share
	}{
		{&s.ExactBefore, t.ExactBefore}, {&s.Exact, t.Exact}, {&s.Fields, t.Fields}, {&s.Ranked, t.Ranked},
		{&s.Undo, t.Undo}, {&s.Again, t.Again}, {&s.Repeatable, t.Repeatable},
	} {
		pair.to.Sum(pair.of)
	}
}
