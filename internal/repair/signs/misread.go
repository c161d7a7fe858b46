package signs

// misreadings are the edits that package decode proposes for text which did not
// come as bytes that it saw.
func (l *line) misreadings() {
	for _, e := range l.misread.Edits(l.text) {
		l.add(Change{Rule: e.Rule, Cuts: []Cut{{e.From, e.To, e.Text}}, Confidence: e.Confidence, Suggested: e.Suggested})
	}
}

// Misread reports whether any of the document was, so that text without signs
// has to be Read too.
func (e *Evidence) Misread() bool { return e.misread.Found() }
