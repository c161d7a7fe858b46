package find

import (
	"ficstead/internal/archive"
	"ficstead/internal/base/text"
	"ficstead/internal/find/query"
	"ficstead/internal/index"
)

// shortNames are what people call the tags that every work chooses from.
var shortNames = map[archive.Kind]map[string]string{
	archive.Rating: {
		"g": archive.RatingGeneral, "general": archive.RatingGeneral, "gen": archive.RatingGeneral,
		"t": archive.RatingTeen, "teen": archive.RatingTeen,
		"m":    archive.RatingMature,
		"e":    archive.RatingExplicit,
		"none": archive.RatingNone, "nr": archive.RatingNone, "unrated": archive.RatingNone,
	},
	archive.Warning: {
		"none":     "No Archive Warnings Apply",
		"unsaid":   "Creator Chose Not To Use Archive Warnings",
		"cnw":      "Creator Chose Not To Use Archive Warnings",
		"violence": "Graphic Depictions Of Violence",
		"death":    "Major Character Death",
		"mcd":      "Major Character Death",
		"underage": "Underage Sex",
		"noncon":   "Rape/Non-Con",
		"rape":     "Rape/Non-Con",
	},
	archive.Category: {
		"ff": "F/F", "fm": "F/M", "mf": "F/M", "m/f": "F/M", "mm": "M/M", "general": "Gen",
	},
}

// tagExpr finds the works of a tag by its name, with all its synonyms and
// subtags. A name that is no tag is looked up as words.
func (a *asking) tagExpr(q query.Tag, wanted bool) index.Expr {
	var sets index.Or
	for _, t := range a.tagsNamed(q.Kind, q.Name) {
		a.named[t.ID] = t
		sets = append(sets, index.Tag(t.ID))
	}
	if len(sets) > 0 {
		return sets
	}
	kind := "tag"
	if q.Kind != 0 {
		kind = q.Kind.String()
	}
	a.problem("q", "There is no %s “%s”; it was looked up as words.", kind, clip(q.Name))
	a.noTags = append(a.noTags, q)
	return a.wordsExpr(query.Words{Text: q.Name, Exact: true}, wanted)
}

// focusExpr finds the works that are mainly about a relationship or character.
// A name that is neither is looked up as words.
func (a *asking) focusExpr(q query.Focus, wanted bool) index.Expr {
	var sets index.Or
	for _, kind := range []archive.Kind{archive.Relationship, archive.CharacterTag} {
		for _, t := range a.tagsNamed(kind, q.Name) {
			a.named[t.ID] = t
			sets = append(sets, index.Focus(t.ID))
		}
	}
	if len(sets) > 0 {
		return sets
	}
	a.problem("q", "There is no relationship or character “%s”; it was looked up as words.", clip(q.Name))
	a.noTags = append(a.noTags, query.Tag{Name: q.Name})
	return a.wordsExpr(query.Words{Text: q.Name, Exact: true}, wanted)
}

// tagsNamed returns the tags of a name that the viewer may know of.
func (a *asking) tagsNamed(kind archive.Kind, name string) []archive.Tag {
	tags := a.known(a.state.TagsNamed(kind, name))
	if full, ok := shortNames[kind][text.Key(name)]; ok && len(tags) == 0 {
		tags = a.known(a.state.TagsNamed(kind, full))
	}
	return tags
}

func (a *asking) known(tags []archive.Tag) []archive.Tag {
	var known []archive.Tag
	for _, t := range tags {
		if t, ok := a.state.knownTag(a.seen, t.ID); ok {
			known = append(known, t)
		}
	}
	return known
}

// knownTag returns a tag as one may know it who sees the given works: not at
// all if none of them is found by it; by its canonical tag's name if they are
// found by that alone.
func (s *state) knownTag(seen *index.Found, id archive.TagID) (archive.Tag, bool) {
	t, ok := s.Tag(id)
	works := seen.CountOf(id)
	if !ok || works == 0 {
		return archive.Tag{}, false
	}
	if canonical := s.Canonical(id); canonical != id && !seen.Has(id) {
		t, ok = s.Tag(canonical)
	}
	t.Uses = works
	return t, ok
}
