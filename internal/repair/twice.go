package repair

import (
	"slices"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/base/shingle"
)

const (
	sameChapter   = 0.9 // likeness; different chapters of a work stay below .15
	leastTwice    = 6   // paragraphs of a text that may have been pasted twice
	leastLetters  = 600 // bytes of a chapter that is looked at
	lengthsDiffer = 10  // at most one in so many letters
)

// pastedTwice offers to drop the second half of a chapter that says the first
// once more, paragraph by paragraph.
func pastedTwice(p *pass, row []prose.Block) []prose.Block {
	half := len(row) / 2
	if !p.story || half < leastTwice {
		return row
	}
	for k := half; k <= half+1; k++ { // a break may stand between
		if len(row)-k > half || !isRepeated(row[:half], row[k:]) {
			continue
		}
		end, begin := lastWords(lastLine(row[half-1])), firstWords(firstLine(row[k]))
		m := archive.Mend{Rule: "pasted-twice", Before: end + "\n\n" + begin, After: end, Confidence: 0.6}
		if p.decide(m, end+"\n"+begin) {
			return slices.Clone(row[:half])
		}
		return row
	}
	return row
}

// isRepeated reports whether the blocks of b say what those of a say.
func isRepeated(a, b []prose.Block) bool {
	if len(a) < len(b) {
		return false
	}
	letters := 0
	for i := range b {
		if a[i].Kind() != b[i].Kind() || textLength(a[i]) != textLength(b[i]) || a[i].Text() != b[i].Text() {
			return false
		}
		letters += textLength(a[i])
	}
	return len(a)-len(b) <= 1 && letters >= leastLetters
}

// doubledChapters offers to drop each chapter that is one before it once more.
func (w *work) doubledChapters(choices archive.Choices) {
	var gone []int
	for _, pair := range w.likePairs() {
		i, j := min(pair[0], pair[1]), max(pair[0], pair[1])
		if shingle.Compare(shingle.Of(chapterText(w.Chapters[i].Text)), shingle.Of(chapterText(w.Chapters[j].Text))).Jaccard < sameChapter {
			continue
		}
		text := beginning(w.Chapters[j].Text)
		m := choices.Decide(archive.Mend{Rule: "doubled-chapter", Chapter: j + 1, Before: text, Confidence: 0.6})
		m.At = max(w.starts[j], 0)
		w.mends = append(w.mends, m)
		if m.Applied && !slices.Contains(gone, j) {
			gone = append(gone, j)
		}
	}
	slices.Sort(gone)
	for _, j := range slices.Backward(gone) {
		w.dropChapter(j)
	}
}

// likePairs lists the chapters of nearly one length whose samples agree. Each is
// compared with a few others at most.
func (w *work) likePairs() [][2]int {
	const most = 8
	lengths, order := make([]int, len(w.Chapters)), []int{}
	for i := range w.Chapters {
		for _, b := range w.Chapters[i].Text.Blocks() {
			lengths[i] += textLength(b)
		}
		if lengths[i] >= leastLetters {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return lengths[a] - lengths[b] })
	samples := map[int][]uint64{}
	sample := func(i int) []uint64 {
		if _, ok := samples[i]; !ok {
			samples[i] = shingle.Sample(chapterText(w.Chapters[i].Text))
		}
		return samples[i]
	}
	var pairs [][2]int
	for k, i := range order {
		for _, j := range order[k+1 : min(len(order), k+1+most)] {
			if (lengths[j]-lengths[i])*lengthsDiffer > lengths[j] {
				break
			}
			if shared := sharedBy(sample(i), sample(j)); shingle.Likely(shared, len(sample(i)), len(sample(j))) {
				pairs = append(pairs, [2]int{i, j})
			}
		}
	}
	return pairs
}

func sharedBy(a, b []uint64) int {
	n := 0
	for _, h := range a {
		_, ok := slices.BinarySearch(b, h)
		n += count(ok)
	}
	return n
}

func chapterText(d prose.Doc) string {
	var out strings.Builder
	eachText(d.Blocks(), func(b prose.Block) {
		out.WriteString(b.Text())
		out.WriteByte('\n')
	})
	return out.String()
}

func (w *work) dropChapter(j int) {
	w.Chapters = slices.Delete(w.Chapters, j, j+1)
	w.starts = slices.Delete(w.starts, j, j+1)
	for i := range w.Chapters {
		w.Chapters[i].Number = i + 1
	}
	for i := range w.mends {
		if w.mends[i].Chapter > j+1 {
			w.mends[i].Chapter--
		}
	}
}
