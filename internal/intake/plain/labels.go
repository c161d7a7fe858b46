package plain

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/text"
)

// labels are the usual words before the colon, and the field they mean.
var labels = readLabels()

// isProseField has the fields whose value may stand in the paragraph below.
var isProseField = map[string]bool{"summary": true, "notes": true, "disclaimer": true}

// spelledAs lists the labels of each field, lower-cased.
const spelledAs = `
title: title, story title, fic title, name of story
author: author, authors, author(s), author's name, authors name, written by, by, penname, pen name, author name, creator, creators
fandom: fandom, fandoms, fandom(s), show, series/fandom, category, categories, universe
relationship: pairing, pairings, pairing(s), relationship, relationships, ship, ships, couple, pairing/characters, pairings/characters
character: character, characters, character(s), main characters, starring
rating: rating, rated, ratings
warning: warning, warnings, warning(s), archive warning, archive warnings, content warnings, content warning, trigger warnings, tw
tag: tag, tags, genre, genres, genre(s), keywords, additional tags, additional tag, themes, trope, tropes
summary: summary, description, synopsis, blurb
notes: notes, note, author's note, author's notes, authors note, authors notes, author notes, author note, a/n, an, a/ns, n/a
disclaimer: disclaimer, disclaimers
language: language
series: series, part of, sequel to
words: words, word count, wordcount, length
status: status, completed, complete
posted: date, posted, published, date posted, first posted, publication date, date published, written, date written
updated: updated, last updated, date updated
source: source, url, link, story url, original url, archived at, originally posted at, story link
chapters: chapters, chapter count
recipient: recipient, written for, gift for, for
ours: packaged, publisher, author url, series url, read, hits, reviews
beta: beta, betas, beta reader, beta'd by, beta-reader, betaed by
spoilers: spoilers, spoiler, spoilers for
feedback: feedback, archive, archiving, distribution, email, e-mail, contact, website, timeline, setting, timeframe, time frame, prompt, challenge
`

func readLabels() map[string]string {
	labels := map[string]string{}
	for line := range strings.Lines(strings.TrimSpace(spelledAs)) {
		name, words, _ := strings.Cut(strings.TrimSpace(line), ": ")
		for _, w := range strings.Split(words, ", ") {
			labels[w] = name
		}
	}
	return labels
}

// fillField puts one field into m. It reports false for what belongs to notes.
func fillField(m *archive.Manuscript, f field) bool {
	switch f.name {
	case "fandom":
		addTags(m, archive.Fandom, f.value)
	case "relationship":
		addTags(m, archive.Relationship, f.value)
	case "character":
		addTags(m, archive.CharacterTag, f.value)
	case "warning":
		addTags(m, archive.Warning, f.value)
	case "tag":
		addTags(m, archive.Freeform, f.value)
	case "rating":
		rating := ratingOf(f.value)
		if rating == "" {
			return false
		}
		m.Tags = append(m.Tags, archive.Tag{Kind: archive.Rating, Name: rating})
	case "language":
		m.Language = text.Language(f.value)
		return m.Language != ""
	case "series":
		return addSeries(m, f.value)
	case "words":
		m.WordsClaimed = number(f.value)
		return m.WordsClaimed > 0
	case "status":
		m.Complete = finished.MatchString(f.value)
	case "posted":
		return setTime(&m.Posted, f.value)
	case "updated":
		return setTime(&m.Updated, f.value)
	case "source":
		return setSource(m, f.value)
	case "chapters":
		return setPlanned(m, f.value)
	case "ours": // of the program or site that wrote the file
	case "recipient":
		m.Recipient = append(m.Recipient, splitNames(f.value)...)
	default:
		return false
	}
	return true
}

// addTags adds what is between commas and semicolons. "None" is no tag.
func addTags(m *archive.Manuscript, kind archive.Kind, value string) {
	for _, name := range splitList(value) {
		if key := strings.ToLower(strings.TrimRight(name, ".!")); key != "none" && key != "n/a" && key != "no" && key != "-" {
			m.Tags = append(m.Tags, archive.Tag{Kind: kind, Name: name})
		}
	}
}

// splitList parts at semicolons if there are any, else at commas outside parentheses.
func splitList(value string) []string {
	sep := ','
	if strings.Contains(value, ";") {
		sep = ';'
	}
	var items []string
	depth, start := 0, 0
	add := func(s string) {
		if s = strings.Trim(strings.Join(strings.Fields(s), " "), "*_ "); s != "" {
			items = append(items, s)
		}
	}
	for i, r := range value {
		switch {
		case r == '(' || r == '[':
			depth++
		case r == ')' || r == ']':
			depth--
		case r == sep && depth <= 0:
			add(value[start:i])
			start = i + 1
		}
	}
	add(value[start:])
	return items
}

var and = regexp.MustCompile(`\s+(?:and|&)\s+`)

func splitNames(value string) []string {
	return splitList(and.ReplaceAllString(strings.ReplaceAll(value, "\n", " "), ", "))
}

// ratings are the usual marks, of films, of lists and of sites.
var ratings = map[string]string{
	"g": archive.RatingGeneral, "k": archive.RatingGeneral, "k+": archive.RatingGeneral, "pg": archive.RatingGeneral,
	"general": archive.RatingGeneral, "general audiences": archive.RatingGeneral, "all ages": archive.RatingGeneral, "everyone": archive.RatingGeneral, "u": archive.RatingGeneral,
	"t": archive.RatingTeen, "pg-13": archive.RatingTeen, "pg13": archive.RatingTeen, "pg-15": archive.RatingTeen, "teen": archive.RatingTeen, "teens": archive.RatingTeen,
	"teen and up": archive.RatingTeen, "teen and up audiences": archive.RatingTeen, "12": archive.RatingTeen, "15": archive.RatingTeen, "fr13": archive.RatingTeen, "fr15": archive.RatingTeen,
	"m": archive.RatingMature, "r": archive.RatingMature, "mature": archive.RatingMature, "soft r": archive.RatingMature, "hard r": archive.RatingMature, "fr18": archive.RatingMature,
	"nc-17": archive.RatingExplicit, "nc17": archive.RatingExplicit, "x": archive.RatingExplicit, "ma": archive.RatingExplicit, "explicit": archive.RatingExplicit,
	"adult": archive.RatingExplicit, "adults only": archive.RatingExplicit, "18": archive.RatingExplicit, "18+": archive.RatingExplicit, "fr21": archive.RatingExplicit, "nc-18": archive.RatingExplicit, "fram": archive.RatingExplicit,
	"not rated": archive.RatingNone, "unrated": archive.RatingNone,
}

var ratingRest = regexp.MustCompile(`^(?:fiction\s+)?([\w+-]+)\s*(?:[,;:.(–—]|\s-|\sfor\s|/|$)`)

// ratingOf reads "PG-13", "R for violence", "Rated: Fiction M"; "" if unknown.
func ratingOf(value string) string {
	value = strings.ToLower(strings.TrimSpace(value))
	if r := ratings[strings.TrimRight(value, ".! ")]; r != "" {
		return r
	}
	if m := ratingRest.FindStringSubmatch(value); m != nil {
		return ratings[m[1]]
	}
	return ""
}

var finished = regexp.MustCompile(`(?i)^\s*(complete|completed|finished|done|yes)\b`)

var part = regexp.MustCompile(`(?i)^(?:part|book|#|no\.?|story)\s*(\d+)\s+(?:of|in)\s+(?:the\s+series\s+)?(.+)$|^(.+?)\s*[,(\[#-]+\s*(?:part|book|#|no\.?)?\s*(\d+)[)\]]?$`)

// addSeries reads "Part 2 of Name", "Name, #2" and "Name".
func addSeries(m *archive.Manuscript, value string) bool {
	name, n := value, 0
	if p := part.FindStringSubmatch(value); p != nil {
		name = p[2] + p[3]
		n, _ = strconv.Atoi(p[1] + p[4])
	}
	if name = unquote(name); name == "" || strings.EqualFold(name, "none") || strings.Contains(name, "\n") {
		return false
	}
	m.Series = append(m.Series, archive.Part{Series: archive.Series{Title: name}, Number: n})
	return true
}

var digits = regexp.MustCompile(`\d[\d,. ]*`)

func number(value string) int {
	s := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, digits.FindString(value))
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

// dateForms are the dates people write. Days come before months only where no
// other reading is possible, so 03/04/2005 is not read at all.
var dateForms = []string{
	"2006-01-02", "2006-1-2", "2006/01/02", "2006.01.02", time.RFC3339, "2006-01-02 15:04:05", "2006-01-02 15:04",
	"January 2, 2006", "January 2 2006", "Jan 2, 2006", "Jan 2 2006", "2 January 2006", "2 Jan 2006", "January 2006", "02.01.2006", "2.1.2006",
	"Monday, January 2, 2006", "Mon, 02 Jan 2006 15:04:05 -0700",
}

var ordinal = regexp.MustCompile(`(\d)(?:st|nd|rd|th)\b`)

func setTime(t *time.Time, value string) bool {
	value = ordinal.ReplaceAllString(strings.Join(strings.Fields(value), " "), "$1")
	for _, form := range dateForms {
		if is, err := time.Parse(form, value); err == nil && is.Year() > 1900 {
			*t = is.UTC()
			return true
		}
	}
	return false
}

var address = regexp.MustCompile(`https?://[^\s<>"]+`)

// wrapped is an address that a program broke in two at a hyphen.
var wrapped = regexp.MustCompile(`^(https?://\S+-)\s+([\w.~%/-]+)$`)

func setSource(m *archive.Manuscript, value string) bool {
	value = wrapped.ReplaceAllString(value, "$1$2")
	u, err := url.Parse(strings.TrimRight(address.FindString(value), ".,)"))
	if err != nil || u.Host == "" {
		return false
	}
	m.Source.URL = u.String()
	m.Source.Site = strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	return true
}

var ofChapters = regexp.MustCompile(`^\s*(\d+)\s*(?:/|of)\s*(\d+|\?)`)

func setPlanned(m *archive.Manuscript, value string) bool {
	c := ofChapters.FindStringSubmatch(value)
	if c == nil {
		return number(value) > 0
	}
	m.ChaptersPlanned, _ = strconv.Atoi(c[2])
	m.Complete = m.Complete || c[1] == c[2]
	return true
}
