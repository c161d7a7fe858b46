package propose

import (
	"cmp"
	"slices"

	"ficstead/internal/archive"
)

// Subject is what proposals are made for.
type Subject struct {
	File     string // path or name of the file it came from, "" if unknown
	Work     archive.Work
	Chapters []archive.Chapter
}

// Archive is what an archive knows of tags, as somebody may see it.
// find.Finder is one.
type Archive interface {
	Characters(word string, limit int) []Character
	Together(kind archive.Kind, limit int, ids ...archive.TagID) []archive.Tag
	Named(kind archive.Kind, name string) (archive.Tag, bool)
	Creator(name string) bool
}

// Character is a character tag with the fandoms of the works that have it, the
// most frequent first. Uses count works.
type Character struct {
	Tag     archive.Tag
	Fandoms []archive.Tag
}

// For returns proposals for what s does not say, the surest of each field
// first. An archive that knows nothing may be nil.
func For(s Subject, a Archive) []archive.Proposal {
	var all []archive.Proposal
	lacks := func(kind archive.Kind) bool { return len(s.Work.TagsOf(kind)) == 0 }
	if s.Work.Language == "" {
		all = append(all, language(s)...)
	}
	all = append(all, fromFile(s, a)...)
	all = append(all, series(s)...)
	if lacks(archive.Rating) {
		all = append(all, rating(s)...)
	}
	if lacks(archive.Warning) {
		all = append(all, warnings(s)...)
	}
	if a != nil && (lacks(archive.Fandom) || lacks(archive.CharacterTag) || lacks(archive.Relationship)) {
		all = append(all, cast(s, a)...)
	}
	slices.SortStableFunc(all, func(p, q archive.Proposal) int {
		if p.Field != q.Field {
			return 0
		}
		return cmp.Compare(q.Confidence, p.Confidence)
	})
	return all
}
