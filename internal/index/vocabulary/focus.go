package vocabulary

import (
	"bytes"

	"ficstead/internal/archive"
)

// How many characters a work without a relationship is mainly about, and how many
// at most one with a relationship.
const (
	mainCharacters = 2
	mainOfShip     = 8
)

// Focus appends to dst the tags that a work with these tags, in the order in which
// its creator listed them, is mainly about; ascending, and each is among Filters.
//
// People list what matters first. So a work is about the first relationship listed,
// and about those of its characters that the relationship names: whose own name,
// or canonical name, is a part of the relationship's (“Draco Malfoy” of “Draco
// Malfoy/Harry Potter”) or has all words of one (“Draco/Harry”). A work without a
// relationship, or one whose relationship names none of its characters, is about
// the first two characters listed. Synonyms stand for their canonical tags, and
// what is true of a tag is true of the metatags above it.
func (v *Vocabulary) Focus(dst, own []archive.TagID) []archive.TagID {
	var room [1 + mainOfShip]archive.TagID
	var people [fewTags]archive.TagID
	main, characters := room[:0], people[:0]
	for _, id := range own {
		switch v.Kind(id) {
		case archive.Relationship:
			if len(main) == 0 {
				main = append(main, id)
			}
		case archive.CharacterTag:
			characters = append(characters, id)
		}
	}
	return v.Filters(dst, mainly(main, characters, v.mentions))
}

// mainly appends to main, the first relationship if there is one, those of the
// characters that it names, or else the first ones.
func mainly(main, characters []archive.TagID, mentions func(ship, character archive.TagID) bool) []archive.TagID {
	ships := len(main)
	if ships > 0 {
		for _, id := range characters {
			if len(main) < 1+mainOfShip && mentions(main[0], id) {
				main = append(main, id)
			}
		}
	}
	if len(main) == ships {
		main = append(main, characters[:min(len(characters), mainCharacters)]...)
	}
	return main
}

// mentions reports whether a relationship names a character, as it was tagged or
// by its canonical name.
func (v *Vocabulary) mentions(ship, character archive.TagID) bool {
	key, canonical := v.key(ship), []byte(nil)
	if c := v.Canonical(ship); c != ship {
		canonical = v.key(c)
	}
	name := bareName(v.key(character))
	if isNamed(key, name) || isNamed(canonical, name) {
		return true
	}
	c := v.Canonical(character)
	if c == character {
		return false
	}
	name = bareName(v.key(c))
	return isNamed(key, name) || isNamed(canonical, name)
}

// isNamed reports whether one of the parts of a relationship's key is a name.
func isNamed(ship, name []byte) bool {
	ship = bareName(ship)
	for len(ship) > 0 {
		part := ship
		if i := bytes.IndexAny(ship, "/&"); i >= 0 {
			part, ship = ship[:i], ship[i+1:]
		} else {
			ship = nil
		}
		if part = bareName(bytes.TrimSpace(part)); len(part) > 0 && hasWords(name, part) {
			return true
		}
	}
	return false
}

// hasWords reports whether name has all words of part, as words.
func hasWords(name, part []byte) bool {
	if bytes.Equal(name, part) {
		return true
	}
	if len(part) > len(name) {
		return false
	}
	for word := range bytes.FieldsSeq(part) {
		if !hasWord(name, word) {
			return false
		}
	}
	return true
}

func hasWord(name, word []byte) bool {
	for from := 0; ; {
		i := bytes.Index(name[from:], word)
		if i < 0 {
			return false
		}
		start, end := from+i, from+i+len(word)
		if (start == 0 || name[start-1] == ' ') && (end == len(name) || name[end] == ' ') {
			return true
		}
		from = start + 1
	}
}

// bareName is a name without what stands behind it to tell it from others of that
// name: “Loki (Marvel)”.
func bareName(key []byte) []byte {
	if i := bytes.Index(key, []byte(" (")); i > 0 && key[len(key)-1] == ')' {
		return key[:i]
	}
	return key
}
