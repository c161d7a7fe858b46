package signs

import (
	"cmp"
	"slices"
	"strings"

	"ficstead/internal/base/prose"
)

// Make makes changes in a block, which may become several.
func Make(b prose.Block, changes []Change) []prose.Block {
	runs := carve(b, changes)
	if b.Kind() != prose.Paragraph {
		var flat []prose.Run
		for i, part := range runs {
			if i > 0 {
				flat = append(flat, prose.LineBreak())
			}
			flat = append(flat, part.runs...)
		}
		return []prose.Block{b.WithRuns(flat...)}
	}
	var out []prose.Block
	for i, part := range runs {
		if part.scene && i > 0 {
			out = append(out, prose.SceneBreak())
		}
		if isBlankRuns(part.runs) && len(runs) > 1 {
			continue
		}
		is := b.WithRuns(part.runs...)
		if part.center {
			is = is.WithAlign("center")
		}
		if part.quote {
			is = prose.NewQuote(is)
		}
		out = append(out, is)
	}
	return out
}

func isBlankRuns(runs []prose.Run) bool {
	return !slices.ContainsFunc(runs, func(r prose.Run) bool { return r.Image != nil || r.Anchor != "" || strings.TrimSpace(r.Text) != "" })
}

// carved is a paragraph of several that a block became.
type carved struct {
	runs                 []prose.Run
	scene, center, quote bool // a scene ends before it; what it stands under
}

// carver cuts the runs of a block at the edges of changes.
type carver struct {
	parts  []carved
	cuts   []Cut
	marks  []Change // by where they begin
	active []Change
	edges  []int
}

func carve(b prose.Block, changes []Change) []carved {
	v := &carver{parts: make([]carved, 1)}
	for _, c := range changes {
		for _, cut := range c.Cuts {
			v.cuts = append(v.cuts, cut)
			v.edges = append(v.edges, cut.From, cut.To)
		}
		if c.Mark != "" && c.From < c.To {
			v.marks = append(v.marks, c)
			v.edges = append(v.edges, c.From, c.To)
		}
	}
	slices.SortFunc(v.cuts, func(a, b Cut) int { return cmp.Compare(a.From, b.From) })
	slices.SortStableFunc(v.marks, func(a, b Change) int { return cmp.Compare(a.From, b.From) })
	slices.Sort(v.edges)
	at := 0
	for _, r := range b.Runs() {
		n := len(r.Text)
		switch {
		case r.Break:
			n = 1
		case r.Image != nil:
			n = len(r.Image.Alt)
		case r.Anchor != "":
			n = 0
		}
		v.run(r, at, at+n)
		at += n
	}
	return v.parts
}

// run takes a run that is [at, end) of the text.
func (v *carver) run(r prose.Run, at, end int) {
	if !r.IsText() {
		v.enter(at)
		v.put(r)
		return
	}
	for from := at; from < end; {
		for len(v.edges) > 0 && v.edges[0] <= from {
			v.edges = v.edges[1:]
		}
		to := end
		if len(v.edges) > 0 {
			to = min(to, v.edges[0])
		}
		v.enter(from)
		piece := r
		if len(v.cuts) > 0 && v.cuts[0].From <= from {
			if v.cuts[0].From == from {
				v.insert(r, v.cuts[0].Text)
			}
		} else {
			piece.Text = r.Text[from-at : to-at]
			v.put(piece)
		}
		from = to
	}
}

// enter goes to a place: cuts and marks that end before it are done with.
func (v *carver) enter(at int) {
	for len(v.cuts) > 0 && v.cuts[0].To <= at {
		v.cuts = v.cuts[1:]
	}
	v.active = slices.DeleteFunc(v.active, func(c Change) bool { return c.To <= at })
	for len(v.marks) > 0 && v.marks[0].From <= at {
		v.active = append(v.active, v.marks[0])
		v.marks = v.marks[1:]
	}
}

// insert writes what comes in the place of a cut in r.
func (v *carver) insert(r prose.Run, text string) {
	switch text {
	case "":
	case "\n":
		v.put(prose.LineBreak())
	case Paragraph, Scene:
		v.parts = append(v.parts, carved{scene: text == Scene})
	default:
		r.Text = text
		v.put(r)
	}
}

// put writes r under the marks that are open.
func (v *carver) put(r prose.Run) {
	p := &v.parts[len(v.parts)-1]
	for _, c := range v.active {
		switch {
		case c.Mark == Center:
			p.center = true
		case c.Mark == Quote:
			p.quote = true
		case c.Href != "" && !r.Has("a"):
			r.Marks = append(slices.Clip(r.Marks), prose.Mark{Tag: "a", Href: c.Href})
		case c.Href == "" && r.Image == nil && !r.Has(c.Mark):
			r = r.With(c.Mark)
		}
	}
	p.runs = append(p.runs, r)
}
