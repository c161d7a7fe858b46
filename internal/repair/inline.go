package repair

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
	"ficstead/internal/repair/signs"
)

// inline makes of signs in the text what they stand for: emphasis, markup that
// was left as text, quotes, characters.
func inline(p *pass, row []prose.Block) []prose.Block {
	changes := p.readRow(row)
	i := -1
	return replaced(row, func(b prose.Block) ([]prose.Block, bool) {
		i++
		switch {
		case b.Kind() == prose.Quote || b.Kind() == prose.Details: // a row of its own
		case len(b.Blocks()) > 0:
			within := inline(p, b.Blocks())
			return []prose.Block{b.WithBlocks(within...)}, !isRow(within, b.Blocks())
		case changes != nil && len(changes[i]) > 0:
			if made := p.decideChanges(b.Text(), changes[i]); len(made) > 0 {
				return signs.Make(b, made), true
			}
		}
		return nil, false
	})
}

// readRow reads every block of row that holds text; nil if nothing is to change.
func (p *pass) readRow(row []prose.Block) [][]signs.Change {
	var changes [][]signs.Change
	for i, b := range row {
		if len(b.Blocks()) > 0 || !p.mayRead(b) {
			continue
		}
		if read := p.signs.Read(b.Text()); len(read) > 0 {
			if changes == nil {
				changes = make([][]signs.Change, len(row))
			}
			changes[i] = read
		}
	}
	if changes != nil {
		bridge(row, changes)
	}
	return changes
}

// mayRead reports whether b may hold signs that stand for something else. In
// code they never do.
func (p *pass) mayRead(b prose.Block) bool {
	return b.Kind() != prose.Pre && (p.signs.Misread() || holdsSign(b)) && !holdsCode(b)
}

// holdsSign reports whether b is worth reading.
func holdsSign(b prose.Block) bool {
	runs := b.Runs()
	for i := range runs {
		r := &runs[i]
		if signs.Any(r.Text) || r.Image != nil && signs.Any(r.Image.Alt) {
			return true
		}
	}
	return false
}

// holdsCode reports whether code or keys stand in b, where signs are signs.
func holdsCode(b prose.Block) bool {
	for _, r := range b.Runs() {
		if r.Has("code") || r.Has("kbd") {
			return true
		}
	}
	return false
}

// longestBridge is how many paragraphs a tag may reach over.
const longestBridge = 30

// bridge pairs tags that were opened in one paragraph and closed in another.
func bridge(row []prose.Block, changes [][]signs.Change) {
	type place struct{ block, change int }
	open := map[string]place{}
	for i := range row {
		if len(row[i].Blocks()) > 0 {
			clear(open)
		}
		for j := range changes[i] {
			c := &changes[i][j]
			switch {
			case c.Opens != "":
				open[c.Opens] = place{i, j}
			case c.Closes != "":
				from, ok := open[c.Closes]
				delete(open, c.Closes)
				if !ok || i-from.block > longestBridge || from.block == i {
					continue
				}
				settle(&changes[from.block][from.change])
				settle(c)
				for k := from.block + 1; k < i; k++ {
					if text := row[k].Text(); row[k].Kind() != prose.Pre && text != "" {
						changes[k] = append(changes[k], signs.Change{Rule: c.Rule, Mark: c.Mark, To: len(text), Confidence: c.Confidence})
					}
				}
			}
		}
	}
}

func settle(c *signs.Change) { c.Suggested, c.Confidence = false, 0.95 }

// decideChanges asks about changes of a block's text, and returns those to be made.
func (p *pass) decideChanges(text string, changes []signs.Change) []signs.Change {
	var made []signs.Change
	edges := edgesOf(text, changes)
	for i := range changes {
		c := &changes[i]
		from, to := c.Start(), c.End()
		low, _ := slices.BinarySearch(edges, from)
		high, _ := slices.BinarySearch(edges, to+1)
		head, tail := beside(text, from, to, edges[max(0, low-1)], edges[min(high, len(edges)-1)])
		m := archive.Mend{
			Rule: c.Rule, Before: head + text[from:to] + tail, After: head + result(text, c) + tail,
			Confidence: c.Confidence, Applied: !c.Suggested,
		}
		if p.decideOnce(m, text[:from-len(head)], text[from:to]) {
			made = append(made, *c)
		}
	}
	return made
}

// edgesOf lists where text and the cuts of changes begin and end: no mend shows
// words from beyond the cut of another.
func edgesOf(text string, changes []signs.Change) []int {
	edges := []int{0, len(text)}
	for i := range changes {
		for _, cut := range changes[i].Cuts {
			edges = append(edges, cut.From, cut.To)
		}
	}
	slices.Sort(edges)
	return edges
}

// decideOnce is decide for what stands in a text behind lead. What was decided
// of the same damage in an earlier pass over the same prose is neither told nor
// done again: a person refused it, or was asked.
func (p *pass) decideOnce(m archive.Mend, lead, damage string) bool {
	const most = 40
	key := m.Rule + "\x00" + damage
	if was, ok := p.attempt.was(key); ok && (was.refused || !m.Applied) {
		return false
	}
	proposed := m.Applied
	before := len(p.found)
	applied := p.decide(m, m.Before)
	if len(p.found) == before {
		return false
	}
	start := max(0, len(lead)-most)
	for start < len(lead) && !utf8.RuneStart(lead[start]) {
		start++
	}
	last := &p.found[len(p.found)-1]
	last.lead, last.damage = lead[start+strings.LastIndexByte(lead[start:], '\n')+1:], damage
	if !applied {
		p.attempt.decided[key] = decision{p.attempt.pass, proposed}
	}
	return applied
}

// memory is what was decided about each piece of prose, in all rounds.
type memory struct {
	part  int // the piece that is gone over, counted from 1 in each round
	round int
	mends int // noted in all, as far as bounds.Mends
	parts map[int]map[string]decision
}

// decision is what was decided in a pass, where it was not to act.
type decision struct {
	pass    int
	refused bool // by a person; else it was only a suggestion
}

// attempt is the passes over a piece of prose that are not yet known to settle.
type attempt struct {
	*memory
	pass    int
	decided map[string]decision
}

// was is what was decided in an earlier pass.
func (a *attempt) was(key string) (decision, bool) {
	if d, ok := a.decided[key]; ok && d.pass < a.pass {
		return d, true
	}
	d, ok := a.parts[a.part][key]
	return d, ok
}

// keep remembers the decisions.
func (a *attempt) keep() {
	if len(a.decided) == 0 {
		return
	}
	if a.parts[a.part] == nil {
		a.parts[a.part] = map[string]decision{}
	}
	maps.Copy(a.parts[a.part], a.decided)
}

// beside returns the words around text[from:to], within [low, high) and the line.
func beside(text string, from, to, low, high int) (head, tail string) {
	low += strings.LastIndexByte(text[low:from], '\n') + 1
	if n := strings.IndexByte(text[to:high], '\n'); n >= 0 {
		high = to + n
	}
	start, end := max(low, from-around), min(high, to+around)
	for start > low && start < from && text[start-1] != ' ' || start < from && !utf8.RuneStart(text[start]) {
		start++
	}
	for end < high && end > to && text[end] != ' ' || end > to && end < len(text) && !utf8.RuneStart(text[end]) {
		end--
	}
	return strings.TrimLeft(text[start:from], " "), strings.TrimRight(text[to:end], " ")
}

// asShown writes the cuts that end paragraphs and scenes as people see them.
var asShown = strings.NewReplacer(signs.Paragraph, "\n\n", signs.Scene, "<hr>")

// result is what a change makes of what it shows.
func result(text string, c *signs.Change) string {
	from, to := c.Start(), c.End()
	var out strings.Builder
	open, shut := "", ""
	if c.Mark != "" {
		open, shut = "<"+c.Mark+">", "</"+c.Mark+">"
	}
	at := from
	put := func(s string, is string) {
		out.WriteString(asShown.Replace(s))
		out.WriteString(is)
	}
	switch {
	case c.Opens != "":
		put("", open)
	case c.Closes != "":
		put("", shut)
	case len(c.Cuts) == 0:
		put(open, text[from:to]+shut)
	case len(c.Cuts) == 1:
		put(c.Cuts[0].Text, "")
	default:
		for i, cut := range c.Cuts {
			out.WriteString(text[at:cut.From])
			if i > 0 {
				out.WriteString(shut)
				open = ""
			}
			put(cut.Text, open)
			at = cut.To
		}
	}
	return out.String()
}

// addSigns notes what the signs of b say about the document.
func (e *evidence) addSigns(b prose.Block) {
	if b.Kind() != prose.Pre && (holdsSign(b) || holdsBeyond(b)) && !holdsCode(b) {
		e.signs.Add(b.Text())
	}
}

// holdsBeyond reports whether b holds what is beyond ASCII.
func holdsBeyond(b prose.Block) bool {
	return slices.ContainsFunc(b.Runs(), func(r prose.Run) bool {
		for i := range len(r.Text) {
			if r.Text[i] >= utf8.RuneSelf {
				return true
			}
		}
		return false
	})
}

// eachLine yields the text of all blocks that may hold signs.
func (e *evidence) eachLine(yield func(string)) {
	for _, d := range e.docs {
		eachText(d.Blocks(), func(b prose.Block) {
			if b.Kind() != prose.Pre {
				yield(b.Text())
			}
		})
	}
}
