package frame

import (
	"slices"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/fiction"
	"ficstead/internal/base/prose"
	"ficstead/internal/base/text"
)

// A note is moved out of the text only where its borders are certain enough: it
// begins with its label, among the first or last paragraphs of a chapter, and is
// a small part of it.
const (
	noteBlocks = 5  // from the start or the end
	noteShare  = 25 // of a hundred words
)

// notesAbove takes the notes off the beginning.
func (f *chapter) notesAbove() []prose.Block {
	var notes []prose.Block
	seen := 0
	for i := 0; i < len(f.row) && seen < noteBlocks; i++ {
		if f.isRoom(i) {
			continue
		}
		n := f.noteAt(i)
		if n > 0 && i+n < len(f.row) && f.isSmall(i, i+n) {
			if f.decideNote(i, "notes of the chapter") {
				notes = append(notes, withoutRoom(f.cut(i, i+n))...)
				if i > 0 && i < len(f.row) && f.row[i].Kind() == prose.Break {
					f.row = joined(f.row[:i], f.row[i+1:]) // it ended the note
				}
				i, seen = -1, 0
				continue
			}
			for k := range n {
				f.keep(i + k)
			}
		}
		if f.story(i) {
			break
		}
		seen++
	}
	return notes
}

// noteAt returns how many blocks the note at i has; 0 if none begins there. It
// ends at a scene break, a heading or room, if all up to there sounds like one;
// else with what is labelled.
func (f *chapter) noteAt(i int) int {
	if !f.texts(i) || f.isKept(i) {
		return 0
	}
	is := fiction.NoteOf(f.say(i))
	switch {
	case is == fiction.NoNote:
		return 0
	case is == fiction.LabelOnly && (i+1 == len(f.row) || f.isRoom(i+1) || !isNoteText(f.row[i+1])):
		return 0
	case f.row[i].Kind() == prose.Heading && is != fiction.LabelOnly:
		return 0
	}
	least := 1
	if is == fiction.LabelOnly {
		least = 2
	}
	if fiction.LeadsOn(f.say(i + least - 1)) {
		return least
	}
	for n := least; n <= 2*noteBlocks && i+n < len(f.row); n++ {
		b := f.row[i+n]
		switch {
		case isRoom(b) || b.Kind() == prose.Heading:
			return n
		case !isNoteText(b) || fiction.NoteOf(said(b)) != fiction.NoNote:
			return least
		case fiction.LeadsOn(said(b)):
			return n + 1
		}
	}
	return least
}

// isNoteText reports whether a paragraph may go on with a note.
func isNoteText(b prose.Block) bool {
	switch b.Kind() {
	case prose.Paragraph, prose.List:
		return fiction.SoundsLikeNote(b.Text())
	}
	return false
}

// notesBelow takes the notes off the end. "The End" stays in the text.
func (f *chapter) notesBelow() []prose.Block {
	var notes []prose.Block
	for {
		at, to := f.noteBelow()
		if at <= 0 {
			return notes
		}
		if f.decideNote(at, "end notes of the chapter") {
			notes = joined(withoutRoom(f.cut(at, to)), notes)
			continue
		}
		f.keep(at)
	}
}

// noteBelow returns the last note: from the label to the end. What stands in
// brackets belongs to its place in the text, unless it is the last.
func (f *chapter) noteBelow() (at, to int) {
	to = len(f.row)
	for to > 0 && (f.isRoom(to-1) || fiction.IsEnd(f.say(to-1))) {
		to--
	}
	seen := 0
	for i := to - 1; i > 0 && seen < noteBlocks; i-- {
		if f.isRoom(i) {
			continue
		}
		seen++
		is := fiction.NoteOf(f.say(i))
		if is != fiction.Labelled && is != fiction.LabelOnly || !f.texts(i) || f.isKept(i) {
			continue
		}
		inBrackets := strings.ContainsAny(f.say(i)[:1], "([") && i+1 < to
		if f.onlyRoom(to) {
			to = len(f.row)
		}
		if !inBrackets && !(is == fiction.LabelOnly && i+1 == to) && f.isSmall(i, to) && f.noStory(i+1, to) {
			return i, to
		}
	}
	return -1, 0
}

// onlyRoom reports whether nothing but room stands from block i on.
func (f *chapter) onlyRoom(i int) bool {
	return !slices.ContainsFunc(f.row[i:], func(b prose.Block) bool { return !isRoom(b) })
}

// noStory reports whether nobody speaks and no scene is parted in blocks [from, to).
func (f *chapter) noStory(from, to int) bool {
	for i := from; i < to; i++ {
		switch b := f.row[i]; b.Kind() {
		case prose.Break:
			if i+1 < to {
				return false
			}
		case prose.Paragraph:
			if t := b.Text(); strings.HasPrefix(t, `"`) || strings.HasPrefix(t, "“") {
				return false
			}
		}
	}
	return true
}

// isSmall reports whether blocks [from, to) are a small part of the chapter.
func (f *chapter) isSmall(from, to int) bool {
	note, all := 0, 0
	for i, b := range f.row {
		n := text.Words(b.Text())
		all += n
		if i >= from && i < to {
			note += n
		}
	}
	return note*100 <= noteShare*all
}

func (f *chapter) decideNote(i int, after string) bool {
	m := archive.Mend{Rule: "notes", Before: excerpt(f.say(i)), After: after, Confidence: 0.9, Applied: true}
	return f.decide(m, excerpt(f.say(i)))
}

func withoutRoom(row []prose.Block) []prose.Block {
	for len(row) > 0 && isRoom(row[0]) {
		row = row[1:]
	}
	for len(row) > 0 && isRoom(row[len(row)-1]) {
		row = row[:len(row)-1]
	}
	return row
}
