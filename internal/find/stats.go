package find

// Stats are how a Finder does, for operators.
type Stats struct {
	Generation int64
	Parts      []int // works in each part of the index, the base first
	Asked, Had int64 // how often an answer was looked up, and how often it was kept
	Kept       int   // bytes of answers that are kept
	Heavy      int   // heavy questions that are being answered
	Waiting    int   // heavy questions that wait
}

// Stats returns how f does now.
func (f *Finder) Stats() Stats {
	now := f.current.Load()
	s := Stats{Generation: now.generation, Parts: now.Parts(), Heavy: len(f.gate.inside), Waiting: len(f.gate.waiting)}
	now.answers.mu.Lock()
	defer now.answers.mu.Unlock()
	s.Asked, s.Had, s.Kept = now.answers.asked, now.answers.had, now.answers.bytes
	return s
}
