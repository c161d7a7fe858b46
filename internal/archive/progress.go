package archive

// Progress is how far a work has come.
type Progress uint8

// The states of a work.
const (
	ProgressUnknown Progress = iota // its source does not say
	InProgress
	Complete
)

var progressNames = [...]string{"unknown", "in progress", "complete"}

// String is the state in words, in lower case.
func (p Progress) String() string {
	if int(p) < len(progressNames) {
		return progressNames[p]
	}
	return ""
}

// Progress tells whether a work is complete, as far as its source does. Texts,
// books and pages from anywhere seldom do, and their silence says nothing; a
// site that we know by its works' numbers always says so, and there the silence
// means that more is to come.
func (w Work) Progress() Progress {
	switch {
	case w.Complete:
		return Complete
	case w.ChaptersPlanned > 0, w.Source.Key != "" && !w.Source.IsAddress():
		return InProgress
	}
	return ProgressUnknown
}
