// Package multiverse makes archives of fandoms that do not exist, and measures
// whether what a work is about is told by the names in its text.
package multiverse

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/prose"
)

// Multiverse is some fandoms with their characters and ships, all made up.
type Multiverse struct{ fandoms []universe }

type universe struct {
	name       string
	characters []string
	ships      [][2]int // the most loved first
}

// New makes n fandoms. First names are so few that several fandoms
// share each; some characters have one name only.
func New(r *rand.Rand, n int) Multiverse {
	syllables := []string{"ma", "ra", "to", "mas", "el", "in", "ka", "dor", "vi", "sa", "be", "lo", "ri", "an", "wen", "jo", "th", "ur"}
	word := func(parts int) string {
		var b strings.Builder
		for range parts {
			b.WriteString(syllables[r.IntN(len(syllables))])
		}
		return strings.ToUpper(b.String()[:1]) + b.String()[1:]
	}
	var firsts []string
	for range n * 6 {
		firsts = append(firsts, word(2+r.IntN(2)))
	}
	var m Multiverse
	for i := range n {
		u := universe{name: fmt.Sprintf("%s %s %d", word(2), word(3), i)}
		for range 8 + r.IntN(12) {
			name := firsts[r.IntN(len(firsts))]
			if r.IntN(5) > 0 {
				name += " " + word(3)
			}
			u.characters = append(u.characters, name)
		}
		for range 6 {
			a, b := zipf(r, len(u.characters)), zipf(r, len(u.characters))
			if a != b {
				u.ships = append(u.ships, [2]int{a, b})
			}
		}
		if len(u.ships) == 0 {
			u.ships = [][2]int{{0, 1}}
		}
		m.fandoms = append(m.fandoms, u)
	}
	return m
}

// zipf draws from n things, the first the most often.
func zipf(r *rand.Rand, n int) int { return int(float64(n) * r.Float64() * r.Float64()) }

// Work tells a story of one fandom in paragraphs: its main pair most of all,
// some others, and people and places that no archive knows.
func (m Multiverse) Work(r *rand.Rand, title string, paragraphs int) (archive.Work, []archive.Chapter, string) {
	u := m.fandoms[zipf(r, len(m.fandoms))]
	ship := u.ships[zipf(r, len(u.ships))]
	cast := []string{u.characters[ship[0]], u.characters[ship[1]]}
	for range 1 + r.IntN(5) {
		if c := u.characters[zipf(r, len(u.characters))]; c != cast[0] && c != cast[1] {
			cast = append(cast, c)
		}
	}
	pair := cast[0] + "/" + cast[1]
	w := archive.Work{Title: title, Tags: []archive.Tag{{Kind: archive.Fandom, Name: u.name}, {Kind: archive.Relationship, Name: pair}}}
	for _, c := range cast {
		w.Tags = append(w.Tags, archive.Tag{Kind: archive.CharacterTag, Name: c})
	}
	strangers := []string{m.fandoms[r.IntN(len(m.fandoms))].characters[0], "Harrowgate", "Brindle"}
	called := func(full string) string {
		first, last, both := strings.Cut(full, " ")
		switch n := r.IntN(10); {
		case !both || n < 7:
			return first
		case n < 9:
			return last
		}
		return full
	}
	var b strings.Builder
	for range paragraphs {
		who := cast[zipf(r, len(cast))]
		other := cast[zipf(r, len(cast))]
		if r.IntN(12) == 0 {
			other = strangers[r.IntN(len(strangers))]
		}
		fmt.Fprintf(&b, "<p>The rain had not stopped when %s came in. Nobody had told %s of it, and then %s laughed.</p>", called(who), called(other), called(who))
	}
	return w, []archive.Chapter{{Text: prose.Parse(b.String())}}, pair
}
