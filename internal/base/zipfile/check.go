package zipfile

import (
	"cmp"
	"slices"
	"strings"
)

// check holds the whole directory against the limits.
func (a *Archive) check() error {
	if err := a.checkNames(); err != nil {
		return err
	}
	if err := a.checkOverlap(); err != nil {
		return err
	}
	return a.checkSizes()
}

// checkNames refuses names that stand for two entries on some system. Where
// they are permitted, only the last of equal ones stays.
func (a *Archive) checkNames() error {
	seen := map[string]bool{}
	for _, f := range slices.Backward(a.Files) {
		key := f.Name
		if !a.limits.Twice {
			key = strings.ToLower(strings.ToUpper(key)) // folds as a file system would
		}
		if seen[key] && !a.limits.Twice {
			return &Error{Kind: ErrDuplicate, Entry: printable(f.Name)}
		}
		seen[key] = true
	}
	if len(seen) < len(a.Files) {
		a.keepLast()
	}
	return nil
}

func (a *Archive) keepLast() {
	last := map[string]*File{}
	for _, f := range a.Files {
		last[f.Name] = f
	}
	a.Files = slices.DeleteFunc(a.Files, func(f *File) bool { return last[f.Name] != f })
}

// checkSizes refuses a file that already says it is a bomb. One that lies is
// caught while it is unpacked.
func (a *Archive) checkSizes() error {
	left := a.budget()
	for _, f := range a.Files {
		if f.Size > left {
			return &Error{Kind: ErrBomb}
		}
		left -= f.Size
	}
	return nil
}

// budget is how many bytes the whole file may unpack to.
func (a *Archive) budget() int64 {
	return min(a.limits.Total, a.limits.Ratio*int64(len(a.data))+a.limits.Slack)
}

// checkOverlap refuses entries that share bytes: that is how a small file is
// made to hold thousands of big ones.
func (a *Archive) checkOverlap() error {
	files := slices.Clone(a.Files)
	slices.SortFunc(files, func(f, g *File) int { return cmp.Compare(f.header, g.header) })
	last := int64(0)
	for _, f := range files {
		if f.body < 0 {
			continue
		}
		if f.header < last {
			return &Error{Kind: ErrOverlap, Entry: printable(f.Name)}
		}
		last = f.body + f.Packed
	}
	return nil
}
