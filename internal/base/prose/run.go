package prose

import (
	"slices"
)

// Run is a stretch of text, a line break, a picture or a target of links, with
// the marks it stands under.
type Run struct {
	Text   string
	Marks  []Mark // from the outermost
	Break  bool   // a line break; Text is ""
	Image  *Image // a picture, or nil; Text is ""
	Anchor string // the target of links #fn-…, or ""; Text is ""
}

// Mark is an inline element: em strong u s small sub sup code kbd mark q cite
// abbr ins del ruby rt rp span a.
type Mark struct {
	Tag   string
	Href  string // of a
	Title string // of abbr
	Lang  string // of span
	Dir   string // of span

	// instance tells two elements that stand side by side from one element:
	// two q are two quotations, two em are one.
	instance int
}

// Image is a picture. Width and height are in CSS pixels, 0 if unknown.
type Image struct {
	Src, Alt      string
	Width, Height int
}

// LineBreak makes the run that ends a line.
func LineBreak() Run { return Run{Break: true} }

// IsText reports whether r is a stretch of text.
func (r Run) IsText() bool { return !r.Break && r.Image == nil && r.Anchor == "" }

// Has reports whether r stands under a mark of that name.
func (r Run) Has(tag string) bool {
	return slices.ContainsFunc(r.Marks, func(m Mark) bool { return m.Tag == tag })
}

// With returns r with one more mark, innermost.
func (r Run) With(tag string) Run {
	r.Marks = append(slices.Clip(r.Marks), Mark{Tag: tag})
	return r
}

// Without returns r without any mark of that name.
func (r Run) Without(tag string) Run {
	r.Marks = slices.DeleteFunc(slices.Clone(r.Marks), func(m Mark) bool { return m.Tag == tag })
	return r
}

func (r *Run) text() string {
	switch {
	case r.Break:
		return "\n"
	case r.Image != nil:
		return r.Image.Alt
	}
	return r.Text
}

// isBlank reports whether r leaves nothing to see but space.
func (r Run) isBlank() bool {
	return r.Image == nil && isBlank(r.Text)
}

// shared returns how many marks a and b have in common from the outermost.
func shared(a, b []Mark) int {
	n := min(len(a), len(b))
	for i := range n {
		if a[i] != b[i] {
			return i
		}
	}
	return n
}
