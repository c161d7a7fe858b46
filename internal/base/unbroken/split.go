package unbroken

import "math"

const (
	mostSentences = 48 // of a paragraph
	// long is a paragraph, in bytes, that readers would like to end.
	long = 800
	// hopeless is how much likelier another way must be to end the search, in
	// logarithms.
	hopeless = 7
	// Bias asks for rather more paragraphs than fewer.
	Bias = 0.15
)

// Split returns where in text its paragraphs may begin, in bytes, the first left
// out: the division that is likeliest as a whole.
func Split(text string) []int { return Learnt().Split(text, Bias) }

// Split parts text by other weights.
func (n *Net) Split(text string, bias float64) []int {
	row := sentences(text)
	if len(row) < 2 {
		return nil
	}
	var starts []int
	for _, i := range n.best(row, bias) {
		starts = append(starts, row[i].from)
	}
	return starts
}

// best returns the sentences that begin paragraphs, but for the first.
func (n *Net) best(row []sentence, bias float64) []int {
	d := documentOf(row)
	fixed := make([]sum, len(row))
	var cues []cue
	for i := 1; i < len(row); i++ {
		cues = d.at(i, cues[:0])
		fixed[i] = n.Bias
		n.add(&fixed[i], cues)
	}
	score, from := make([]float64, len(row)+1), make([]int, len(row)+1)
	for i := range score {
		score[i] = math.Inf(-1)
	}
	score[0] = 0
	for i := range row {
		n.from(row, fixed, i, bias, score, from)
	}
	var starts []int
	for i := from[len(row)]; i > 0; i = from[i] {
		starts = append(starts, i)
	}
	for i, j := 0, len(starts)-1; i < j; i, j = i+1, j-1 {
		starts[i], starts[j] = starts[j], starts[i]
	}
	return starts
}

// from weighs each end of a paragraph that begins with sentence i.
func (n *Net) from(row []sentence, fixed []sum, i int, bias float64, score []float64, from []int) {
	var p paragraph
	var cues [6]cue
	within := score[i]
	for j := i + 1; j <= len(row) && j-i <= mostSentences; j++ {
		p.add(&row[j-1])
		if j == len(row) {
			if within > score[j] {
				score[j], from[j] = within, i
			}
			return
		}
		p.cues(&row[j], &cues)
		odds := n.odds(&fixed[j], cues[:]) + bias + float64(max(0, row[j].from-row[i].from-long))/1000
		ends := within - math.Log1p(math.Exp(-odds))
		if j-i == mostSentences {
			ends = within
		}
		if ends > score[j] {
			score[j], from[j] = ends, i
		}
		if within -= math.Log1p(math.Exp(odds)); score[j]-within > hopeless {
			return
		}
	}
}
