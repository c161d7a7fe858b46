package propose

import (
	"fmt"
	"path"
	"regexp"
	"strings"
	"sync"

	"ficstead/internal/archive"
	"ficstead/internal/base/text"
)

// fromFile proposes what the name of a file and of its folders say: "Author -
// Title.txt", "Title by Author.txt", and folders that are called as a fandom or
// a creator which the archive knows.
func fromFile(s Subject, a Archive) []archive.Proposal {
	if s.File == "" {
		return nil
	}
	var all []archive.Proposal
	full := strings.ReplaceAll(s.File, `\`, "/")
	if _, member, ok := strings.Cut(full, "!"); ok {
		full = member
	}
	file := path.Base(full)
	name := strings.TrimSuffix(file, path.Ext(file))
	because := fmt.Sprintf("The file is called “%s”.", file)
	propose := func(field, value string, sure float64, because string) {
		if value = strings.TrimSpace(value); value != "" {
			all = append(all, archive.Proposal{Field: field, Value: value, Confidence: sure, Because: because})
		}
	}
	named := len(s.Work.Creators) > 0
	if m := byAuthor().FindStringSubmatch(name); m != nil && !named {
		propose("creator", m[2], 0.6, because)
	} else if m := dashed().FindStringSubmatch(name); m != nil && !named {
		creator, sure := m[1], 0.45
		if a != nil && !a.Creator(m[1]) && a.Creator(m[2]) {
			creator = m[2]
		}
		if a != nil && a.Creator(creator) {
			sure = 0.8
		}
		if text.Key(creator) != text.Key(s.Work.Title) {
			propose("creator", creator, sure, because)
		}
	}
	if a == nil {
		return all
	}
	for folder := range strings.SplitSeq(path.Dir(full), "/") {
		because := fmt.Sprintf("The file was in a folder called “%s”.", folder)
		if t, ok := a.Named(archive.Fandom, folder); ok && len(s.Work.TagsOf(archive.Fandom)) == 0 {
			propose("fandom", t.Name, 0.8, because)
		}
		if a.Creator(folder) && !named {
			propose("creator", folder, 0.8, because)
		}
	}
	return all
}

var (
	byAuthor = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)^(.+?)[\s_]+by[\s_]+([^\s_].*)$`) })
	dashed   = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^([^-–—]+?)\s+[-–—]\s+(.+)$`) })
	ofSeries = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)\b(?:part|book|story|volume|number|no\.|#)\s*#?(\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten)\s+(?:of|in)\s+(?:the|my|a)\s+[“"'‘]?([\p{L}\d][\p{L}\d'’ :&!-]{1,60}?)[”"'’]?\s*(?:series|saga|trilogy|universe|verse|arc|cycle)\b`)
	})
	sequel = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)\b(?:sequel to|follows(?: on from)?|takes place after|set after)\s+(?:my (?:story|fic)\s+)?[“"‘']([^”"’'\n]{2,80})[”"’']`)
	})
)

var numerals = map[string]int{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}

// series proposes the series that a work's own notes tell of.
func series(s Subject) []archive.Proposal {
	if len(s.Work.Series) > 0 {
		return nil
	}
	said := []string{s.Work.Title, s.Work.Summary.Text(), s.Work.Notes.Text()}
	if len(s.Chapters) > 0 {
		said = append(said, s.Chapters[0].Notes.Text(), s.Chapters[0].Summary.Text())
	}
	for _, t := range said {
		if m := ofSeries().FindStringSubmatch(t); m != nil {
			number := m[1]
			if n, ok := numerals[strings.ToLower(number)]; ok {
				number = fmt.Sprint(n)
			}
			return []archive.Proposal{{
				Field: "series", Value: strings.TrimSpace(m[2]) + " #" + number, Confidence: 0.8,
				Because: fmt.Sprintf("It says so: “%s”.", m[0]),
			}}
		}
		if m := sequel().FindStringSubmatch(t); m != nil {
			return []archive.Proposal{{
				Field: "series", Value: strings.TrimSpace(m[1]) + " #2", Confidence: 0.4,
				Because: fmt.Sprintf("It says so: “%s”.", m[0]),
			}}
		}
	}
	return nil
}
