package fiction

import "math"

// A text whose paragraphs were lost is parted where sentences meet as they do
// between paragraphs: somebody else begins to speak, or a paragraph has become
// long. It is a help to readers, not what the author wrote.

// mostSentences bounds how many sentences a paragraph may have.
const mostSentences = 60

// bias asks for rather more paragraphs than fewer.
const bias = 0.5

// lengthens is how much likelier a paragraph ends when it has that size, in
// logarithms: one that began with narration, one that began with speech.
var lengthens = [2][SizeClasses]float64{
	{-0.51, -0.38, -0.16, 0.12, 0.47, 0.3},
	{-0.29, -0.44, 0.45, 0.74, 0.87, 0.9},
}

// Split returns where in text its paragraphs may begin, in bytes, the first left
// out: the division that is likeliest as a whole.
func Split(text string, single bool) []int {
	var places []Met
	w := Walk{Text: text, Single: single, Size: len(text)}
	w.To(len(text), func(m Met) { places = append(places, m) })
	n := len(places) + 1 // 0 is the beginning
	at := make([]int, n)
	speech := make([]Meeting, n) // what a paragraph that begins there begins with
	speech[0] = w.spoken / Spoken
	for i, m := range places {
		at[i+1] = m.At
		if begins := m.Kind % Spoken % beginnings; begins <= speechOfSome {
			speech[i+1] = 1
		}
	}
	best, from := make([]float64, n+1), make([]int, n+1)
	for i := range best {
		best[i] = math.Inf(-1)
	}
	best[0] = 0
	for i := range n {
		within := best[i]
		for j := i + 1; j <= n && j-i <= mostSentences; j++ {
			if j == n { // the end of all
				if within > best[n] {
					best[n], from[n] = within, i
				}
				break
			}
			odds := usualOdds[speech[i]*Spoken+places[j-1].Kind%Spoken] + lengthens[speech[i]][SizeOf(at[j]-at[i])] + bias
			if ends := within - math.Log1p(math.Exp(-odds)); ends > best[j] {
				best[j], from[j] = ends, i
			}
			within -= math.Log1p(math.Exp(odds))
		}
	}
	if math.IsInf(best[n], -1) {
		return nil
	}
	var starts []int
	for i := from[n]; i > 0; i = from[i] {
		starts = append(starts, at[i])
	}
	for i, j := 0, len(starts)-1; i < j; i, j = i+1, j-1 {
		starts[i], starts[j] = starts[j], starts[i]
	}
	return starts
}

// usualOdds are UsualMeetings in logarithms.
var usualOdds = func() (odds [Meetings]float64) {
	for i, m := range UsualMeetings {
		odds[i] = math.Log(m.Between / m.Within)
	}
	return odds
}()
