package rescue

import (
	"fmt"
	"slices"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/text"
)

// LeaveOut are the lines of a list of what is not to be brought in: keys of
// stories and people ("efiction:example.org:sid:12", "sid:12", "uid:7"), numbers
// of stories, pennames and e-mail addresses.
type LeaveOut []string

// ParseLeaveOut reads a list, one entry a line. What follows a # at the beginning
// of a line is a remark.
func ParseLeaveOut(data []byte) LeaveOut {
	lines := strings.Split(strings.TrimPrefix(strings.ToValidUTF8(string(data), "\uFFFD"), "\uFEFF"), "\n")
	for i, line := range lines {
		if lines[i] = strings.TrimSpace(line); strings.HasPrefix(lines[i], "#") {
			lines[i] = ""
		}
	}
	return lines
}

// leftOut is a list as it stands to the people of one archive.
type leftOut struct {
	lines  map[string][]int // of the list, by what they say
	people map[string]bool  // keys
	used   []bool           // by line; the list is read by several at once, and this is for people only
	list   LeaveOut
}

func fold(s string) string { return text.Key(strings.TrimSpace(s)) }

func (list LeaveOut) resolve(people []archive.RescuedPerson) leftOut {
	out := leftOut{lines: map[string][]int{}, people: map[string]bool{}, used: make([]bool, len(list)), list: list}
	for i, line := range list {
		if line != "" {
			out.lines[fold(line)] = append(out.lines[fold(line)], i)
		}
	}
	for _, p := range people {
		for _, name := range []string{p.Key, lastTwo(p.Key), p.Name, p.Email} {
			for _, i := range out.lines[fold(name)] {
				out.used[i], out.people[p.Key] = true, true
			}
		}
	}
	return out
}

// lastTwo is "sid:12" of "efiction:example.org:sid:12".
func lastTwo(key string) string {
	at := strings.LastIndexByte(key, ':')
	return key[strings.LastIndexByte(key[:max(at, 0)], ':')+1:]
}

func (out leftOut) says(name string) bool { return name != "" && len(out.lines[fold(name)]) > 0 }

// lists reports whether one of these keys, names and addresses is listed.
func (out leftOut) lists(names ...string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return out.people[name] || out.says(name) || out.says(lastTwo(name)) })
}

// story reports whether a story is to be left out: it is listed, or one of those
// who wrote it is.
func (out leftOut) story(s archive.RescuedStory) bool {
	if len(out.lines) == 0 {
		return false
	}
	number := s.Key[strings.LastIndexByte(s.Key, ':')+1:]
	if out.says(s.Key) || out.says(lastTwo(s.Key)) || out.says(number) {
		return true
	}
	return slices.ContainsFunc(s.People, func(key string) bool { return out.people[key] }) ||
		slices.ContainsFunc(s.Manuscript.Creators, func(c archive.Creator) bool { return out.says(c.Name) })
}

// reviews takes out what listed people wrote about a story.
func (out leftOut) reviews(s *archive.RescuedStory) { s.Reviews = out.withoutReviews(s.Reviews) }

func (out leftOut) withoutReviews(list []archive.Review) []archive.Review {
	if len(out.lines) == 0 {
		return list
	}
	return slices.DeleteFunc(slices.Clone(list), func(r archive.Review) bool { return out.people[r.Person] || out.says(r.Name) })
}

// withoutPeople takes listed people out of an archive, with all that is theirs.
func withoutPeople(a *archive.Rescued, out leftOut) {
	if len(out.people) == 0 {
		return
	}
	a.People = slices.DeleteFunc(slices.Clone(a.People), func(p archive.RescuedPerson) bool { return out.people[p.Key] })
	a.Favourites = slices.DeleteFunc(slices.Clone(a.Favourites), func(f archive.Favourite) bool { return out.people[f.Person] || out.people[f.Of] })
	a.Series = slices.Clone(a.Series)
	for i := range a.Series {
		if out.people[a.Series[i].Owner] {
			a.Series[i].Owner, a.Series[i].Summary = "", archive.RescuedSeries{}.Summary
		}
		a.Series[i].Reviews = out.withoutReviews(a.Series[i].Reviews)
	}
}

// unused are the numbers of lines that name nothing in the archive. They are told
// by number: a line may be somebody's address.
func (out leftOut) unused(stories []string) (lines []string) {
	for i, line := range out.list {
		key := fold(line)
		known := line == "" || out.used[i] || slices.ContainsFunc(stories, func(s string) bool {
			return fold(s) == key || fold(lastTwo(s)) == key || fold(s[strings.LastIndexByte(s, ':')+1:]) == key
		})
		if !known {
			lines = append(lines, fmt.Sprintf("line %d", i+1))
		}
	}
	return lines
}
