package record

import (
	"bytes"
	"encoding/json"

	"ficstead/internal/archive"
)

// Several returns the stories in data if it is JSON or a table that has more than
// one: a list, a line for each, a whole archive, or rows. Else it is nil.
func Several(data []byte) []Story {
	var stories []Story
	switch start := trimmed(data); {
	case len(start) == 0:
		return nil
	case start[0] == '[':
		stories = listed(start)
	case start[0] == '{':
		stories = lined(start)
	case MatchTable(data):
		stories, _ = ParseTable(data)
	}
	if len(stories) < 2 {
		return nil
	}
	return stories
}

// listed reads a JSON list of stories.
func listed(data []byte) (stories []Story) {
	var all []json.RawMessage
	if json.Unmarshal(data, &all) != nil {
		return nil
	}
	for _, one := range all {
		if !MatchStory(one) {
			return nil
		}
		if s, err := ParseStory(one); err == nil {
			stories = append(stories, s)
		}
	}
	return stories
}

// lined reads lines that are stories each, or lines of an archive.
func lined(data []byte) (stories []Story) {
	isArchive := Match(data)
	for one := range bytes.Lines(data) {
		if one = bytes.TrimSpace(one); len(one) == 0 {
			continue
		}
		var l line
		switch {
		case isArchive:
			if json.Unmarshal(one, &l) == nil && l.Story != nil {
				stories = append(stories, *l.Story)
			}
		case !MatchStory(one):
			return nil
		default:
			if s, err := ParseStory(one); err == nil {
				stories = append(stories, s)
			}
		}
	}
	return stories
}

// Read reads one story, in JSON or as a table. It is not ok if data is neither.
func Read(data []byte, choices archive.Choices) (m archive.Manuscript, ok bool, err error) {
	var s Story
	start := trimmed(data[:min(len(data), 64)])
	switch {
	case len(start) == 0:
		return m, false, nil
	case start[0] == '{' && MatchStory(data):
		s, err = ParseStory(data)
	case start[0] == '[':
		list := listed(trimmed(data))
		if len(list) != 1 {
			return m, false, nil
		}
		s = list[0]
	case start[0] == '{' && Match(data):
		list := lined(trimmed(data))
		if len(list) == 0 {
			return m, true, archive.Refusal("This is a whole archive without stories. Choose the file that has them.")
		}
		s = list[0]
	case start[0] != '{' && MatchTable(data):
		var rows []Story
		if rows, err = ParseTable(data); err == nil {
			s = rows[0]
		}
	default:
		return m, false, nil
	}
	if err != nil {
		return m, true, err
	}
	return s.Manuscript(choices), true, nil
}
