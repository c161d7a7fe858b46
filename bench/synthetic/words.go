package synthetic

import (
	_ "embed"
	"strings"
)

// class is a class of words.
type class uint8

const (
	noun class = iota
	plural
	adjective
	adverb
	does // what somebody does
	did  // what somebody did to something
	said
	body
	feeling
	stem // of rare words
	tail
	classCount
)

var classNames = [classCount]string{"noun", "nouns", "adjective", "adverb", "does", "did", "said", "body", "feeling", "stem", "tail"}

//go:embed words.txt
var wordList string

// words are the words by class, and tables to draw them by Zipf's law at once.
type words struct {
	class [classCount][]string
	drawn [classCount][1 << 12]uint16
	rare  [1 << 14]uint32 // numbers of rare words
}

func newWords() words {
	var w words
	for line := range strings.Lines(wordList) {
		name, list, _ := strings.Cut(strings.TrimSpace(line), ": ")
		for c := range classCount {
			if classNames[c] == name {
				w.class[c] = strings.Split(list, " | ")
			}
		}
	}
	for c := range classCount {
		z := newZipf(len(w.class[c]), 6)
		for i := range w.drawn[c] {
			w.drawn[c][i] = uint16(z.at((float64(i) + .5) / float64(len(w.drawn[c]))))
		}
	}
	rare := len(w.class[stem]) * len(w.class[stem]) * len(w.class[tail])
	z := newZipf(rare, 40)
	for i := range w.rare {
		w.rare[i] = uint32(z.at((float64(i) + .5) / float64(len(w.rare))))
	}
	return w
}
