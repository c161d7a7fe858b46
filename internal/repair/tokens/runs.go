package tokens

import (
	"ficstead/internal/base/prose"
	"ficstead/internal/base/unfuse"
)

// respaced puts spaces into runs at cuts, and what stands in spans under em;
// both are in order. Positions are those of the block's Text.
func respaced(runs []prose.Run, cuts []int, spans []unfuse.Span) []prose.Run {
	var out []prose.Run
	at := 0
	for _, r := range runs {
		if !r.IsText() {
			at += widthOf(r)
			out = append(out, r)
			continue
		}
		for from, end := at, at+len(r.Text); from < end; {
			for len(spans) > 0 && spans[0].To <= from {
				spans = spans[1:]
			}
			for len(cuts) > 0 && cuts[0] < from {
				cuts = cuts[1:]
			}
			if len(cuts) > 0 && cuts[0] == from {
				out = append(out, spaceBetween(out, r))
				cuts = cuts[1:]
			}
			to := end
			if len(cuts) > 0 {
				to = min(to, cuts[0])
			}
			within := len(spans) > 0 && spans[0].From <= from
			switch {
			case within:
				to = min(to, spans[0].To)
			case len(spans) > 0:
				to = min(to, spans[0].From)
			}
			piece := textOf(r, r.Text[from-at:to-at])
			if within && !piece.Has("em") {
				piece = piece.With("em")
			}
			out = append(out, piece)
			from = to
		}
		at += len(r.Text)
	}
	return out
}

// spaceBetween is a space before r, of which it takes the marks, unless the run
// before it has fewer: between two marks, a space is under neither.
func spaceBetween(before []prose.Run, r prose.Run) prose.Run {
	if n := len(before); n > 0 && before[n-1].IsText() && len(before[n-1].Marks) < len(r.Marks) {
		return textOf(before[n-1], " ")
	}
	return textOf(r, " ")
}

// widthOf is how much of a block's Text a run takes that is no text.
func widthOf(r prose.Run) int {
	switch {
	case r.Image != nil:
		return len(r.Image.Alt)
	case r.Anchor != "":
		return 0
	}
	return 1 // a line break
}

func textOf(r prose.Run, text string) prose.Run {
	r.Text = text
	return r
}

// reworded puts words in the place of others that stand in one run each.
func reworded(runs []prose.Run, words []unfuse.Misread) []prose.Run {
	var out []prose.Run
	at := 0
	for _, r := range runs {
		if !r.IsText() {
			at += widthOf(r)
			out = append(out, r)
			continue
		}
		text, end, moved := r.Text, at+len(r.Text), 0
		for len(words) > 0 && words[0].From < end {
			if w := words[0]; w.From >= at && w.To <= end {
				from, to := w.From-at+moved, w.To-at+moved
				text = text[:from] + w.Word + text[to:]
				moved += len(w.Word) - (w.To - w.From)
			}
			words = words[1:]
		}
		out = append(out, textOf(r, text))
		at = end
	}
	return out
}
