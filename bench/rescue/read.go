package main

import (
	"strings"

	"ficstead/bench/rescue/damage"
	"ficstead/bench/rescue/measure"
	"ficstead/internal/archive"
	"ficstead/internal/intake"
)

// reading is a file read twice: as the rules decide, and untouched.
type reading struct {
	truth         measure.Flat
	before, after *measure.View
	raw, mended   archive.Manuscript
	source        string
	failed        error
}

// read reads data as users' files are read. What is refused is read as nothing.
func read(name string, data []byte, truth measure.Flat) reading {
	r := reading{truth: truth}
	r.raw, _, r.failed = intake.Read(name, data, archive.RefuseAll())
	var err error
	if r.mended, r.source, err = intake.Read(name, data, nil); err != nil {
		r.failed = err
	}
	if truth.Chars == nil { // nobody knows better than the file
		r.truth = measure.OfManuscript(&r.raw)
	}
	r.before = measure.Look(&r.truth, measure.OfManuscript(&r.raw))
	r.after = measure.Look(&r.truth, measure.OfManuscript(&r.mended))
	return r
}

// print is all prose of a manuscript in one string: what must be equal after undo.
func print(m *archive.Manuscript) string {
	var out strings.Builder
	for _, s := range []string{m.Title, m.Summary.HTML(), m.Notes.HTML(), m.EndNotes.HTML()} {
		out.WriteString(s + "\x00")
	}
	for _, c := range m.Chapters {
		out.WriteString(c.Title + "\x00" + c.Summary.HTML() + "\x00" + c.Notes.HTML() + "\x00" + c.Text.HTML() + "\x00" + c.EndNotes.HTML() + "\x00")
	}
	return out.String()
}

// undone refuses each mend by its ID and reports whether that is the raw text.
func undone(name string, data []byte, r *reading) bool {
	refuse := archive.Choices{}
	for range 4 { // what is refused may show what it hid
		m, _, err := intake.Read(name, data, refuse)
		if err != nil {
			return false
		}
		n := len(refuse)
		for _, mend := range m.Mends {
			if mend.Applied {
				refuse[mend.ID()] = false
			}
		}
		if n == len(refuse) {
			return print(&m) == print(&r.raw)
		}
	}
	return false
}

// again reports whether the mended text, as a page, needs no mend.
func again(r *reading) bool {
	var out strings.Builder
	out.WriteString("<html><head><title>x</title></head><body>")
	for _, c := range r.mended.Chapters {
		out.WriteString(c.Text.HTML())
	}
	out.WriteString("</body></html>")
	m, _, err := intake.Read("again.html", []byte(out.String()), nil)
	if err != nil {
		return false
	}
	for _, mend := range m.Mends {
		if mend.Applied {
			return false
		}
	}
	return true
}

// fields compares the metadata that the file states.
func fields(f *damage.File, m *archive.Manuscript) (s measure.Share) {
	if f.Recipe.Header {
		s.Add(m.Title == f.Truth.Title)
		s.Add(len(m.Creators) == 1 && m.Creators[0].Name == f.Truth.Author)
	}
	if f.Recipe.Characters && len(f.Truth.Names) > 0 {
		s.Add(characters(m) == strings.Join(f.Truth.Names, ", "))
	}
	if f.Recipe.Headings && !f.Recipe.Again {
		for i, c := range f.Truth.Chapters {
			s.Add(i < len(m.Chapters) && m.Chapters[i].Title == c.Title)
		}
	}
	return s
}

func characters(m *archive.Manuscript) string {
	var names []string
	for _, t := range m.Tags {
		if t.Kind == archive.CharacterTag {
			names = append(names, t.Name)
		}
	}
	return strings.Join(names, ", ")
}
