package prose

import "slices"

// tidyRuby takes ruby away where it is none: what a ruby holds must be a text
// and the reading of it, once or several times, the reading perhaps between
// parentheses for those who cannot show ruby.
func tidyRuby(runs []Run) []Run {
	if !slices.ContainsFunc(runs, Run.isRuby) {
		return runs
	}
	for from := 0; from < len(runs); {
		depth := runs[from].rubyDepth()
		end := from + 1
		for depth >= 0 && end < len(runs) && shared(runs[end].Marks, runs[from].Marks) > depth {
			end++
		}
		if depth >= 0 {
			good := rubyEnd(runs[from:end])
			for i := from + good; i < end; i++ {
				runs[i] = runs[i].Without("rt").Without("rp").Without("ruby")
			}
		}
		from = end
	}
	return merge(blankMarks(runs))
}

func (r Run) isRuby() bool { return r.rubyDepth() >= 0 }

// rubyDepth returns how many marks stand outside ruby, or -1.
func (r Run) rubyDepth() int {
	return slices.IndexFunc(r.Marks, func(m Mark) bool { return m.Tag == "ruby" })
}

// rubyEnd returns how many of the runs in one ruby make texts with readings.
func rubyEnd(runs []Run) int {
	good := 0
	for i := 0; i < len(runs); {
		next := func(tag string) (found bool) {
			for ; i < len(runs) && runs[i].rubyPart() == tag; i++ {
				found = found || !runs[i].isBlank()
			}
			return found
		}
		base := next("")
		opened := next("rp")
		reading := next("rt")
		closed := opened && next("rp")
		if !base || !reading || opened != closed {
			return good
		}
		good = i
	}
	return good
}

// rubyPart is "rt" for a reading, "rp" for a parenthesis, "" for what is read.
func (r Run) rubyPart() string {
	switch {
	case r.Has("rt"):
		return "rt"
	case r.Has("rp"):
		return "rp"
	}
	return ""
}
