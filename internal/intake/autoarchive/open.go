package autoarchive

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/bounds"
	"ficstead/internal/base/errs"
	"ficstead/internal/base/text"
	"ficstead/internal/intake/record"
)

// Kind is the kind of all that is read here.
const Kind = "automated-archive"

// Files is the folder of the archive, or a ZIP of it. Paths have slashes.
type Files interface {
	// Read returns a file, or errs.NotFound.
	Read(path string) ([]byte, error)
	// Find returns all paths whose last part is name, in order.
	Find(name string) []string
}

// Options are what a person decided.
type Options struct {
	Name string           // of the archive, which nothing in it says; keys are made of it
	Tags archive.TagRules // what becomes of its fields; nil for what seems best
}

var (
	hashed = regexp.MustCompile(`%FILES\s*=\s*\(`)
	tabled = regexp.MustCompile("(?i)(?:INSERT INTO|CREATE TABLE(?: IF NOT EXISTS)?)\\s+[`\"]?(?:\\w+_)?(?:story_links|item_tags|item_authors|stories)\\b")
	known  = regexp.MustCompile("(?i)do_not_import|item_tags|story_links")
)

// Match reports whether text begins like one of the forms; the first megabyte is
// enough.
func Match(head []byte) bool {
	return hashed.Match(head) || mayBeTabled(head) && tabled.Match(head) && known.Match(head)
}

// mayBeTabled is cheap, and says no to nearly every story: it looks for the
// beginnings of what known looks for.
func mayBeTabled(head []byte) bool {
	for rest := head; ; {
		before, after, found := bytes.Cut(rest, []byte("_"))
		if !found {
			return false
		}
		for _, word := range [...]string{"item", "story", "do"} {
			if len(before) >= len(word) && bytes.EqualFold(before[len(before)-len(word):], []byte(word)) {
				return true
			}
		}
		rest = after
	}
}

// Archive is an archive that was opened. Its methods may be called by several
// goroutines at once, if those of its Files may.
type Archive struct {
	slug    string
	files   Files
	rescued archive.Rescued
	rules   archive.TagRules
	chosen  map[rule]archive.TagRules
	keys    []string
	items   map[string]item
	people  map[string]string // keys by name and e-mail
	taken   map[string]int    // keys of people, and how many have them
	ruled   map[rule]bool     // what is in rules
}

type rule struct{ list, id string }

// item is a story before it is read.
type item struct {
	story  record.Story
	places []string // where the text of each chapter may be, "" where the record has it
	found  []archive.Finding
}

// Open reads an ARCHIVE_DB.pl, or a dump of the tables that were made of one. Files
// may be nil. An error is a Refusal.
func Open(in io.Reader, files Files, o Options) (*Archive, error) {
	a := &Archive{
		slug: record.Slug(o.Name), files: files, items: map[string]item{}, people: map[string]string{}, taken: map[string]int{}, ruled: map[rule]bool{}, chosen: map[rule]archive.TagRules{},
		rescued: archive.Rescued{Key: Kind + ":" + record.Slug(o.Name), Kind: Kind, Site: archive.RescuedSite{Name: o.Name}, Found: map[string]int{}},
	}
	for _, r := range o.Tags {
		a.chosen[rule{r.List, r.ID}] = append(a.chosen[rule{r.List, r.ID}], r)
	}
	head := make([]byte, 1<<16)
	n, err := io.ReadFull(in, head)
	if err != nil && err != io.EOF && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, archive.Refusal(fmt.Sprintf("The file cannot be read (%v).", err))
	}
	in = io.MultiReader(bytes.NewReader(head[:n]), io.LimitReader(in, bounds.HashInput))
	if hashed.Match(head[:n]) {
		err = a.readHash(in)
	} else {
		err = a.readTables(in)
	}
	if err != nil {
		return nil, err
	}
	if len(a.keys) == 0 {
		return nil, archive.Refusal("No stories are in it. Choose ARCHIVE_DB.pl, or a dump with the tables stories and chapters.")
	}
	a.rescued.Partial = a.rescued.Partial || slices.ContainsFunc(a.rescued.Findings, func(f archive.Finding) bool { return f.Level == "loss" })
	a.rescued.Found["stories"], a.rescued.Found["members"] = len(a.keys), len(a.rescued.People)
	return a, nil
}

func (a *Archive) key(kind, id string) string {
	return Kind + ":" + a.slug + ":" + kind + ":" + strings.ReplaceAll(id, ":", "-")
}

func (a *Archive) note(level, about, sentence, where string) {
	a.rescued.Findings = archive.MergeFindings(a.rescued.Findings, archive.Finding{Level: level, About: about, Text: sentence, Where: []string{where}, Count: 1})
}

// add puts a story on the list.
func (a *Archive) add(id string, it item) {
	key := a.key("story", id)
	if _, twice := a.items[key]; twice {
		a.note("doubt", "stories", "A story is there twice; the first was taken.", key)
		return
	}
	it.story.Key, it.story.Kind = key, Kind
	if it.story.Title == "" {
		it.story.Title = "Untitled"
	}
	a.keys = append(a.keys, key)
	a.items[key] = it
	a.rescued.Found["chapters"] += len(it.story.Chapters)
}

// creator finds the person of a name and an e-mail address, and adds those that
// are new.
func (a *Archive) creator(name, email string) record.Creator {
	if name == "" {
		name = "Anonymous"
	}
	id := text.Key(name)
	if email = strings.ToLower(strings.TrimSpace(email)); strings.Contains(email, "@") {
		id += " " + email
	} else {
		email = ""
	}
	if a.people[id] == "" {
		key := a.key("person", record.Slug(name)) // which must not tell the address
		if a.taken[key]++; a.taken[key] > 1 {
			key = fmt.Sprintf("%s~%d", key, a.taken[key])
		}
		a.people[id] = key
		a.rescued.People = append(a.rescued.People, archive.RescuedPerson{Key: key, Name: name, Email: email, Author: true})
	}
	return record.Creator{Name: name, Key: a.people[id]}
}

// tag gives a story what becomes of an entry of a list: what was chosen, or what
// kind and name propose.
func (a *Archive) tag(s *record.Story, list, id, old string, kind archive.Kind, name string) {
	at := rule{list, id}
	rules := a.chosen[at]
	if len(rules) == 0 {
		rules = archive.TagRules{{List: list, ID: id, Old: old, Kind: kind.String(), Name: name}}
		a.chosen[at] = rules
	}
	if !a.ruled[at] {
		a.ruled[at] = true
		a.rules = append(a.rules, rules...)
	}
	for _, r := range rules {
		if kind, ok := archive.ParseKind(r.Kind); ok {
			s.AddTag(kind, r.Name)
		} else if r.Kind == archive.RuleCollection {
			s.Collections = append(s.Collections, r.Name)
		}
	}
}

// Rescued is all but the stories.
func (a *Archive) Rescued() archive.Rescued { return a.rescued }

// Tags is what becomes of each value of its lists.
func (a *Archive) Tags() archive.TagRules { return a.rules }

// Keys are the identities of all stories, in order.
func (a *Archive) Keys() []string { return a.keys }

// Story reads one story; NotFound if there is none of that key.
func (a *Archive) Story(key string) (archive.RescuedStory, error) {
	it, ok := a.items[key]
	if !ok {
		return archive.RescuedStory{}, fmt.Errorf("story %s: %w", key, errs.NotFound)
	}
	s := it.story
	s.Chapters = slices.Clone(s.Chapters)
	found := it.found
	for i, at := range it.places {
		if at == "" || !s.Chapters[i].Text.IsZero() {
			continue
		}
		data, sentence := a.file(at)
		if data == nil {
			found = archive.MergeFindings(found, archive.Finding{Level: "loss", About: "missing text", Text: sentence, Where: []string{key + ": " + at}, Count: 1})
			continue
		}
		s.Chapters[i].Text = record.Text{Raw: data, Lines: true}
	}
	r := s.Rescued()
	r.Findings = found
	return r, nil
}

// Stories reads all stories in the order of Keys: range over it.
func (a *Archive) Stories(yield func(archive.RescuedStory, error) bool) {
	for _, key := range a.keys {
		if s, err := a.Story(key); !yield(s, err) {
			return
		}
	}
}

// file reads the file of a story: where it should be, or by its name if that is
// the only one.
func (a *Archive) file(at string) (data []byte, sentence string) {
	const gone = "The text of a story is not in the folder."
	if a.files == nil {
		return nil, gone
	}
	places := []string{at}
	if found := a.files.Find(at[strings.LastIndex(at, "/")+1:]); len(found) == 1 {
		places = append(places, found[0])
	} else {
		for _, f := range found {
			if strings.HasSuffix("/"+f, "/"+at) {
				places = append(places, f)
			}
		}
	}
	for _, p := range places {
		if data, err := a.files.Read(p); err == nil && len(bytes.TrimSpace(data)) > 0 {
			if len(data) > bounds.Part {
				return nil, fmt.Sprintf("The file of a story is larger than %d MB.", bounds.Part>>20)
			}
			return data, ""
		}
	}
	return nil, gone
}
