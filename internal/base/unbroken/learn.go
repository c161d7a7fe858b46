package unbroken

// Example is one place where a paragraph might begin: what is seen there, and
// whether one did.
type Example struct {
	cues   []cue
	Begins bool
}

// Examples reads a text whose paragraphs begin at the places in begins, bytes of
// text; lost counts those that can never be found.
func Examples(text string, begins map[int]bool) (all []Example, lost int) {
	row := sentences(text)
	if len(row) == 0 {
		return nil, len(begins)
	}
	d := documentOf(row)
	var p paragraph
	p.add(&row[0])
	found := 0
	for i := 1; i < len(row); i++ {
		var cues [6]cue
		p.cues(&row[i], &cues)
		e := Example{append(d.at(i, nil), cues[:]...), begins[row[i].from]}
		all = append(all, e)
		if e.Begins {
			found++
			p = paragraph{}
		}
		p.add(&row[i])
	}
	return all, len(begins) - found
}

// Rows are the rows of the weights that an example adds up.
func (e *Example) Rows(do func(row int)) {
	for _, c := range e.cues {
		do(int(c))
	}
}

// Odds are those of an example, in logarithms.
func (n *Net) Odds(e *Example) float64 {
	all := n.Bias
	return n.odds(&all, e.cues)
}
