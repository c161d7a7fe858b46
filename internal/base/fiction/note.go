package fiction

import (
	"regexp"
	"strings"
	"sync"
)

// Note is what a paragraph at the edge of a chapter is besides story.
type Note uint8

// The kinds of notes.
const (
	NoNote    Note = iota
	Labelled       // "A/N: …", "Disclaimer: …": a note begins
	LabelOnly      // "Author's Note": and stands below
	OnTop          // "Summary: …", "Warnings: …": a note above a chapter, not below one
)

var noteLabel = sync.OnceValue(func() *regexp.Regexp {
	always := `a/n|a\.n\.|an(?:/| )?s?\b|author[’']?s?[’']?[ -]*(?:end[ -]*)?notes?|notes? from the author|(?:end|final|closing|opening|beginning|chapter|story)[ -]*notes?|disclaimers?|copyright|` +
		`beta(?:[’']?d|ed)?(?: by)?|note de l[’']auteure?|avertissements?|anmerkung(?:en)? (?:des|der) autor(?:s|in)?|nota del? autora?|nota d[ao] autora?|nota dell[’']autor[ei]|noot van de auteur|od autor(?:a|ki)|` +
		`от автора|примечани[ея](?: автора)?|дисклеймер|haftungsausschluss`
	top := `summary|warnings?|content warnings?|trigger warnings?|tw|cw|spoilers?|rating|rated|pairings?|résumé|zusammenfassung|resumen|resumo|riassunto|предупреждения?`
	return regexp.MustCompile(`(?i)^[*_(\[{~=<>#\s-]*(?:(` + always + `)|(` + top + `))[*_~\])\s]*(?:([:;–—-]+|$)|(\s))`)
})

// NoteOf judges a paragraph by its label. Without a sign behind it, a label must
// be all there is, or "A/N".
func NoteOf(paragraph string) Note {
	const enough = 60 // bytes
	head := strings.TrimSpace(paragraph)
	if head == "" || !mayLabel(head) {
		return NoNote
	}
	m := noteLabel().FindStringSubmatch(head[:min(len(head), enough)])
	if m == nil {
		return NoNote
	}
	name, slash := strings.ToLower(m[1]), strings.HasPrefix(strings.ToLower(m[1]), "a/n")
	bare := len(strings.TrimLeft(m[0], "*_([{~=<>#- ")) >= len(strings.Trim(head, "*_([{~=<>#- :])}")) // nothing behind it
	signed := m[3] != ""
	switch {
	case strings.HasPrefix(name, "an") && !strings.HasPrefix(name, "anm") && !strings.HasPrefix(strings.TrimLeft(head, "*_([{~=<># -"), "AN"):
		return NoNote // the article
	case m[2] != "" && signed && !bare:
		return OnTop
	case m[2] != "":
		return NoNote
	case bare && (signed || slash || len(name) > 4):
		return LabelOnly
	case signed && !bare || slash && m[4] != "":
		return Labelled
	}
	return NoNote
}

// mayLabel is cheap, and says no to nearly every paragraph: labels begin with a
// capital, or a sign, or a small a.
func mayLabel(s string) bool {
	c := s[0]
	return c >= 'A' && c <= 'Z' || c == 'a' || c >= 0x80 || strings.IndexByte("*_([{~=<>#-", c) >= 0
}

// notes are the words that authors speak to their readers with.
var noteWords = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)\b(?:chapters?|chappies?|story|stories|fics?|fanfics?|fanfiction|reviews?|reviewed|reviewers?|readers?|reading this|updates?|updated|updating|enjoy|thanks?|thank you|` +
		`don[’']?t own|do not own|own nothing|owns?|belongs? to|characters?|beta|betas|beta[’']?d|writing|wrote|plot|comments?|commented|kudos|feedback|sorry for|sorry it|hope you|canon|slash|one-?shot|drabble|` +
		`prompt|challenge|sequel|series|fandom|disclaimer|warnings?|spoilers?|flames?|r&r|favou?rited?|followed|followers|cliffhanger|au\b|ooc|typos?|mistakes|english is not|first language|posted|posting|ao3|ffn?|tumblr|livejournal)\b`)
})

// SoundsLikeNote reports whether an author speaks in a paragraph, not a story:
// it speaks of what it stands in, and nobody in it speaks.
func SoundsLikeNote(paragraph string) bool {
	const longest = 2000
	return len(paragraph) < longest && !strings.ContainsAny(paragraph, "“”") && strings.Count(paragraph, `"`) < 4 && noteWords().MatchString(paragraph)
}

var onward = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)(?:\b(?:on|onward|onwards|now,? on|back) (?:with|to) the (?:story|show|fic|chapter|tale|plot)|without further ado|^\W*enjoy\b.{0,20}$|here (?:we|you) go|read on|let the story begin|happy reading|and now[,.… ]+the (?:story|chapter|fic))`)
})

// LeadsOn reports whether a note ends here: "On with the story!"
func LeadsOn(paragraph string) bool {
	const near = 160
	return onward().MatchString(paragraph[max(0, len(paragraph)-near):])
}

var endLine = regexp.MustCompile(`(?i)^[*_~=.\-–—\s(\[<>]*(?:the end|end|fin|finis|ende|fini|конец|to be continued|tbc|end of (?:chapter|part)(?: \S+){0,3}|please (?:read and )?review|review please|owari|koniec|einde)[*_~=.\-–—\s!?…)\]<>]*$`)

// IsEnd reports whether a line says that the story or chapter is over, or asks
// for reviews: it stays in the text.
func IsEnd(line string) bool { return len(line) < 60 && endLine.MatchString(line) }
