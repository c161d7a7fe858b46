package synthetic

import (
	"fmt"
	"strconv"

	"ficstead/internal/archive"
)

// Names are made of a tag's number alone, so that a million need no memory. No
// two tags of a kind have names with the same key: somewhere in each stands its
// number, spelt in syllables or words.

// script is how a fandom's people are called.
type script uint8

const (
	plain script = iota
	accented
	characters // of Chinese and Japanese, with a reading beside them
)

func scriptOf(fandom int) script {
	switch h := mix(uint64(fandom)+313) % 100; {
	case fandom > 2 && h < 6:
		return characters
	case h < 18:
		return accented
	}
	return plain
}

var (
	onsets  = [...]string{"k", "r", "n", "sh", "d", "m", "v", "t", "l", "s", "th", "b", "w", "g", "br", "z"}
	nuclei  = [...]string{"a", "e", "i", "o"}
	accents = [...]string{"á", "é", "í", "ö"}
	closes  = [...]string{"", "", "n", "r", "l", "s", "", "th"}
	signs   = []rune("山川田中木村林森石井上松本原野島崎高橋小大西東北南春夏秋冬花月星空雪風雨海光影剣竜狼姫王白黒青赤金銀玉龍鳳雲天地心夢歌舞葉桃梅竹")
)

// digits spells a number to the base 64 after scrambling it, so that neighbours
// are not alike: 2 digits below 64², 3 below 64³, else 4.
func digits(n uint32) []byte {
	size := 2
	for n >= 1<<(6*size) {
		size++
	}
	x := (n*0x9e3779b1 + 0x5f356495) & (1<<(6*size) - 1)
	list := make([]byte, size)
	for i := range list {
		list[i] = byte(x>>(6*i)) & 63
	}
	return list
}

// invented spells a number as a word that could be a name.
func invented(n uint32, s script) string {
	word := make([]byte, 0, 16)
	list := digits(n)
	for _, digit := range list {
		word = append(word, onsets[digit>>2]...)
		if s == accented && digit&4 != 0 {
			word = append(word, accents[digit&3]...)
		} else {
			word = append(word, nuclei[digit&3]...)
		}
	}
	word = append(word, closes[mix(uint64(n))%uint64(len(closes))]...)
	word[0] -= 'a' - 'A'
	return string(word)
}

// signed spells a number in Chinese characters.
func signed(n uint32) string {
	list := digits(n)
	word := make([]rune, len(list))
	for i, digit := range list {
		word[i] = signs[digit]
	}
	return string(word)
}

var firstNames = [...][]string{
	plain: {"Anna", "Tom", "Mira", "Jonas", "Ellis", "Rowan", "Greta", "Silas", "Nora", "Felix", "Ida", "Max", "Clara", "Hugo", "Wren", "Leo",
		"Maud", "Oscar", "Tess", "Victor", "Ruth", "Simon", "Alma", "Jack", "Vera", "Noah", "Lena", "Theo", "Martha", "Kit", "Sofia", "Dan"},
	accented:   {"Zoë", "José", "Élodie", "Björn", "Anaïs", "Łukasz", "Renée", "Søren", "Inés", "Jürgen", "Chloé", "Mátyás", "Noémie", "André", "Åsa", "Tomáš"},
	characters: {"遥", "蓮", "結衣", "樹", "葵", "湊", "凛", "翔", "美咲", "悠真", "桜", "大和", "芽依", "颯太", "莉子", "健"},
}

// character is the name of a character, counted from the first of all: the
// first and the last part of it.
func (a *Archive) character(n uint32) (first, last string) {
	f, _ := a.u.fandomOf(n)
	s := scriptOf(f)
	if s == characters {
		return signed(n), firstNames[s][mix(uint64(n)+5)%uint64(len(firstNames[s]))]
	}
	return firstNames[s][mix(uint64(n)+5)%uint64(len(firstNames[s]))], invented(n, s)
}

func (a *Archive) fullName(n uint32) string {
	first, last := a.character(n)
	if f, _ := a.u.fandomOf(n); scriptOf(f) == characters {
		return first + last + " | " + invented(n, plain)
	}
	return first + " " + last
}

var (
	ratings    = [...]string{archive.RatingTeen, archive.RatingGeneral, archive.RatingMature, archive.RatingExplicit, archive.RatingNone}
	warnings   = [...]string{"No Archive Warnings Apply", "Creator Chose Not To Use Archive Warnings", "Graphic Depictions Of Violence", "Major Character Death", "Rape/Non-Con", "Underage Sex"}
	categories = [...]string{"M/M", "F/M", "Gen", "F/F", "Multi", "Other"}
)

// Name is the name of a tag.
func (a *Archive) Name(id archive.TagID) string {
	n := a.tags[id]
	kind, i := a.u.kind(n)
	switch kind {
	case archive.Rating:
		return ratings[i]
	case archive.Warning:
		return warnings[i]
	case archive.Category:
		return categories[i]
	case archive.Fandom:
		return fandomName(i)
	case archive.Relationship:
		return a.shipName(n)
	case archive.CharacterTag:
		return a.fullName(i)
	}
	return a.freeformName(i)
}

func fandomName(f uint32) string {
	word := invented(f, scriptOf(int(f)))
	if scriptOf(int(f)) == characters {
		return signed(f) + "物語 | " + invented(f, plain)
	}
	switch mix(uint64(f)+21) % 9 {
	case 0:
		return "The " + word + " Chronicles"
	case 1:
		return word + " (TV)"
	case 2:
		return word + " (Video Game)"
	case 3:
		return word + " Series - " + firstNames[plain][f%32] + " " + invented(f/7, plain)
	case 4:
		return "Legends of " + word
	case 5:
		return "The House of " + word + " (Movies)"
	case 6:
		return word + " - All Media Types"
	case 7:
		return word + " & the Seven Lamps"
	}
	return word
}

func (a *Archive) shipName(n uint32) string {
	if a.u.canonical(n) != n {
		return invented(n-a.u.base[archive.Relationship], plain) + "shipping"
	}
	two, between := a.two(n), "/"
	if mix(uint64(n)+3)%5 == 0 {
		between = " & "
	}
	base := a.u.base[archive.CharacterTag]
	return a.fullName(two[0]-base) + between + a.fullName(two[1]-base)
}

var (
	frames = [...]string{"%s %s", "Eventual %s %s", "Alternate Universe - %s %s", "Past %s %s", "%s %s Feelings", "Mentions of %s %s", "%s %s Makes It Worse", "Canon-Typical %s %s",
		"%s %s Trope", "Mutual %s %s", "%s %s to Lovers", "No %s %s We Die", "Post-Canon %s %s", "%s %s Is A Hug", "Light %s %s", "%s %s Fix-It"}
	manner = [...]string{"", "Slow", "Very", "Accidental", "Implied", "Slightly", "Ridiculous", "Inappropriate"}
)

// freeformName spells a number as an adjective and a noun in a frame: 128 of
// each, and as many frames.
func (a *Archive) freeformName(i uint32) string {
	const bits = 7
	low := i * 0x9e3779b1 & (1<<(3*bits) - 1) // the frequent ones are not alike either
	adjective, noun := a.class[adjective][low&127], a.class[noun][low>>bits&127]
	frame := low >> (2 * bits)
	adjective = capital(adjective)
	if m := manner[frame>>4]; m != "" {
		adjective = m + " " + adjective
	}
	return fmt.Sprintf(frames[frame&15], adjective, capital(noun))
}

func capital(word string) string {
	if word[0] >= 'a' && word[0] <= 'z' {
		return string(word[0]-'a'+'A') + word[1:]
	}
	return word
}

// Creator is a creator.
func (a *Archive) Creator(id archive.CreatorID) archive.Creator {
	n := uint32(id)
	name := invented(n, plain)
	switch h := mix(uint64(n) + 99); h % 5 {
	case 0:
		name = a.class[adjective][h>>8%128] + "_" + name
	case 1:
		name += strconv.Itoa(int(h >> 8 % 100))
	case 2:
		name = capital(a.class[noun][h>>8%128]) + "Of" + name
	}
	return archive.Creator{ID: id, Name: name}
}

// SeriesOf is a series.
func (a *Archive) SeriesOf(id archive.SeriesID) archive.Series {
	h := mix(uint64(id) + 8)
	return archive.Series{ID: id, Title: "The " + capital(a.class[adjective][h%128]) + " " + capital(a.class[noun][h>>8%128]) + " of " + invented(uint32(id), plain)}
}

// Title is the title of a work. Several works may have the same.
func (a *Archive) Title(i int) string {
	d := newDice(a.Seed, ofTitle|uint64(i))
	one := func(c class) string { return capital(a.class[c][d.below(len(a.class[c]))]) }
	switch d.below(8) {
	case 0:
		return "The " + one(noun) + " and the " + one(noun)
	case 1:
		return one(noun)
	case 2:
		return one(feeling) + " in a " + one(adjective) + " " + one(noun)
	case 3:
		return "What the " + one(noun) + " Remembers, and Other " + one(plural)
	case 4:
		return "A " + one(adjective) + " " + one(noun)
	case 5:
		return one(adjective) + " " + one(plural) + ", " + one(adjective) + " " + one(plural)
	case 6:
		return one(adverb) + ", " + one(adverb)
	}
	return "All the " + one(adjective) + " " + one(plural) + " of " + invented(uint32(d.below(1<<16)), plain)
}
