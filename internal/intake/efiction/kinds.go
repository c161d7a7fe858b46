package efiction

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"ficstead/internal/archive"
)

// What the names that archives give say of what they mean. All of it is a
// proposal, printed as a list that people change.

var (
	genres = strings.Fields("action adventure angst comfort comedy drama family fantasy fluff friendship general gen hurt horror humor humour " +
		"mystery parody poetry romance satire suspense thriller tragedy crime sci-fi limerick filk kink smut books tv television film films " +
		"movies movie anime manga comics cartoons games plays musicals misc miscellaneous other")
	shelves  = regexp.MustCompile(`(?i)^(?:crossovers?|poetry|poems?|challenges?|round robins?|drabbles?|series|miscellaneous|misc|other|others|essays?|non-?fiction|art|songfics?|humou?r|parody|one[- ]?shots?|vignettes?|novels?|short stories|alternate universe|au)$`)
	original = regexp.MustCompile(`(?i)^original(?: fiction| works?| fics?| stories)?$`)
)

// groupings are the categories that name a kind of relationship.
var groupings = []struct {
	pattern *regexp.Regexp
	name    string
}{
	{regexp.MustCompile(`(?i)^(?:f/f|fem(?:me)?[- ]?slash|yuri|girl ?slash)\b`), "F/F"},
	{regexp.MustCompile(`(?i)^(?:m/m|(?:male )?slash|yaoi)\b`), "M/M"},
	{regexp.MustCompile(`(?i)^(?:f/m|m/f|het|heterosexual)\b`), "F/M"},
	{regexp.MustCompile(`(?i)^(?:gen|general|no pairing|none)(?: fic| stories)?$`), "Gen"},
	{regexp.MustCompile(`(?i)^(?:multi|threesomes?|moresomes?|poly(?:amory)?|multiple pairings?)\b`), "Multi"},
}

// categoryOf says what a category most likely is, and its name as a tag.
func categoryOf(name string) (archive.Kind, string) {
	for _, g := range groupings {
		if g.pattern.MatchString(name) {
			return archive.Category, g.name
		}
	}
	switch {
	case isPairing(name):
		return archive.Relationship, name
	case isGenres(name):
		return archive.Freeform, name
	case shelves.MatchString(name), strings.Contains(strings.ToLower(name), "pairing"):
		return archive.Freeform, name
	case original.MatchString(name):
		return archive.Fandom, "Original Work"
	}
	return archive.Fandom, name
}

// isPairing reports whether a name is of the form "A/B", and no pair of genres.
func isPairing(name string) bool {
	parts := strings.Split(name, "/")
	if len(parts) < 2 {
		return false
	}
	for _, part := range parts {
		part = strings.TrimSpace(part)
		if part == "" || slices.Contains(genres, strings.ToLower(part)) {
			return false
		}
		first := []rune(part)[0]
		if !unicode.IsUpper(first) && !unicode.IsDigit(first) && unicode.IsLower(first) {
			return false
		}
	}
	return true
}

// isGenres reports whether a name is "Action/Adventure", and the like.
func isGenres(name string) bool {
	return strings.Contains(name, "/") && !slices.ContainsFunc(strings.Split(name, "/"), func(part string) bool {
		return !slices.Contains(genres, strings.ToLower(strings.TrimSpace(part)))
	})
}

var classKinds = []struct {
	pattern *regexp.Regexp
	kind    archive.Kind
}{
	{regexp.MustCompile(`(?i)warning|squick|trigger`), archive.Warning},
	{regexp.MustCompile(`(?i)pairing|relationship|couple|\bships?\b`), archive.Relationship},
	{regexp.MustCompile(`(?i)fandom|\bshows?\b|canon`), archive.Fandom},
	{regexp.MustCompile(`(?i)character`), archive.CharacterTag},
	{regexp.MustCompile(`(?i)orientation|slash|sexuality|category|type of pairing`), archive.Category},
}

// classKind says what the classes of a type are, by its names.
func classKind(name string) archive.Kind {
	for _, k := range classKinds {
		if k.pattern.MatchString(name) {
			return k.kind
		}
	}
	return archive.Freeform
}

// warningNames are warnings that readers know by another name.
var warningNames = []struct {
	pattern *regexp.Regexp
	name    string
}{
	{regexp.MustCompile(`(?i)^(?:rape|non[- ]?con(?:sensual)?(?: sex(?:ual)?(?: acts?| situations?)?)?|rape/non[- ]?con|sexual assault)$`), "Rape/Non-Con"},
	{regexp.MustCompile(`(?i)^(?:(?:major )?character death|death(?:fic)?)$`), "Major Character Death"},
	{regexp.MustCompile(`(?i)^(?:underage(?: sex)?|chan|shota|lolicon)$`), "Underage Sex"},
	{regexp.MustCompile(`(?i)^(?:graphic|extreme) violence$`), "Graphic Depictions Of Violence"},
	{regexp.MustCompile(`(?i)^(?:none|no warnings?(?: apply)?)$`), "No Archive Warnings Apply"},
	{regexp.MustCompile(`(?i)^(?:(?:author|creator) )?(?:chooses?|chose) not to (?:use )?warn(?:ings)?$`), "Creator Chose Not To Use Archive Warnings"},
}

func warningOf(name string) string {
	for _, w := range warningNames {
		if w.pattern.MatchString(name) {
			return w.name
		}
	}
	return name
}
