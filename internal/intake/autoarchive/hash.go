package autoarchive

import (
	"io"
	"regexp"
	"strings"
	"time"

	"ficstead/internal/archive"
	"ficstead/internal/base/bounds"
	"ficstead/internal/base/text"
	"ficstead/internal/intake/record"
	"ficstead/internal/repair"
)

// lists are the fields that become tags. Archives name them as they like.
var lists = []struct {
	names []string
	kind  archive.Kind
}{
	{[]string{"Fandom", "Fandoms", "Show", "Series Fandom", "Universe"}, archive.Fandom},
	{[]string{"Pairing", "Pairings", "Relationship", "Relationships"}, archive.Relationship},
	{[]string{"Character", "Characters", "MainCharacters"}, archive.CharacterTag},
	{[]string{"Warning", "Warnings"}, archive.Warning},
	{[]string{"Category", "Categories", "Keywords", "Keyword", "Genre", "Genres", "Classification", "Type", "SpoilerFor", "Spoilers", "Archive"}, archive.Freeform},
}

// understood are the other fields that are read.
var understood = strings.Fields("author email emailauthor title summary notes rating printtime dateprint date dateupdate updated location locationurl storyurl " +
	"filetype offsite series seriesnumber language complete status coauthor beta size wordcount words id file")

// readHash reads an ARCHIVE_DB.pl.
func (a *Archive) readHash(in io.Reader) error {
	data, err := io.ReadAll(in)
	if err != nil {
		return archive.Refusal("The file could be read only in part. Copy it again.")
	}
	s, encoding, _ := repair.Decode(data, nil)
	if encoding != "utf-8" {
		a.note("note", "encoding", "The list was read as "+encoding+".", "ARCHIVE_DB.pl")
	}
	all, whole := entries(s)
	if !whole {
		a.note("loss", "list", "The list ends in the middle of a record: it was cut off there, and whatever followed is missing.", "ARCHIVE_DB.pl")
	}
	for _, e := range all {
		a.addEntry(e)
	}
	return nil
}

func (a *Archive) addEntry(e entry) {
	s := record.Story{
		Title: plain(e.get("Title")), Summary: record.TextOf(e.get("Summary")), Notes: record.TextOf(e.get("Notes")), Language: e.get("Language"),
		Posted: dayOf(e.get("PrintTime", "DatePrint", "Date")), Updated: dayOf(e.get("DateUpdate", "Updated")), Complete: isComplete(e.get("Complete", "Status")),
	}
	if s.Updated.IsZero() {
		s.Updated = s.Posted
	}
	names, emails := several(e.get("Author")), mails(e.get("Email", "EmailAuthor"))
	if len(names) != len(emails) || len(names) == 0 { // "and" may be a part of a name
		names = []string{e.get("Author")}
	}
	for i, name := range names {
		email := ""
		if i < len(emails) {
			email = emails[i]
		}
		s.Creators = append(s.Creators, a.creator(plain(name), email))
	}
	if by := e.get("CoAuthor"); by != "" {
		s.Creators = append(s.Creators, a.creator(plain(by), ""))
	}
	if title := e.get("Series"); title != "" {
		s.Series = []record.Part{{Title: plain(title)}}
	}
	a.tagEntry(&s, e)
	it := item{story: s}
	web := e.get("LocationURL", "StoryURL", "Offsite")
	place := e.get("Location", "File")
	switch {
	case place != "":
		if kind := e.get("FileType"); kind != "" && !strings.HasSuffix(place, "."+kind) {
			place += "." + strings.TrimPrefix(kind, ".")
		}
	case strings.HasPrefix(web, "http"):
		it.story.URL = web
		it.link(web)
	default:
		place = web
	}
	if place != "" {
		it.story.Chapters = []record.Chapter{{Place: 1}}
		it.places = []string{strings.TrimLeft(place, "/.")}
	}
	if len(it.story.Chapters) == 0 {
		it.found = append(it.found, archive.Finding{Level: "loss", About: "missing text", Text: "The list does not say where the text of a story is.", Where: []string{a.key("story", e.id)}, Count: 1})
	}
	a.add(e.id, it)
}

// link makes a story of an address that it stands at.
func (it *item) link(address string) {
	quoted := strings.NewReplacer("&", "&amp;", `"`, "&quot;", "<", "&lt;").Replace(address)
	it.story.Chapters = []record.Chapter{{Place: 1, Text: record.Text{HTML: `<p><a href="` + quoted + `">` + quoted + `</a></p>`}}}
	it.places = []string{""}
	it.found = append(it.found, archive.Finding{Level: "note", About: "bookmarks", Text: "A story stands elsewhere; the archive had a link to it.", Where: []string{address}, Count: 1})
}

func (a *Archive) tagEntry(s *record.Story, e entry) {
	if rating := plain(e.get("Rating")); rating != "" {
		if as, ok := record.RatingOf(rating); ok {
			a.tag(s, "rating", rating, rating, archive.Rating, as)
		} else {
			a.tag(s, "rating", rating, rating, archive.Freeform, "Rating: "+rating)
		}
	}
	for _, f := range e.fields {
		kind, list := archive.Kind(0), text.Key(f.name)
		for _, l := range lists {
			for _, name := range l.names {
				if strings.EqualFold(name, f.name) {
					kind = l.kind
				}
			}
		}
		if kind == 0 {
			if strings.TrimSpace(f.value) != "" && !strings.Contains(" "+strings.Join(understood, " ")+" ", " "+strings.ToLower(f.name)+" ") {
				a.note("doubt", "fields", "A field of the list is not understood; what it says is not brought in.", f.name)
			}
			continue
		}
		for _, name := range separate(f.value) {
			a.tag(s, list, name, name, kind, name)
		}
	}
}

// separate reads a list of names with commas, semicolons or bars between.
func separate(s string) []string {
	var all []string
	for _, name := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' || r == '|' }) {
		if name = plain(name); name != "" && !strings.EqualFold(name, "none") && name != "-" && len(all) < bounds.HashNames {
			all = append(all, name)
		}
	}
	return all
}

var between = regexp.MustCompile(`\s*(?:,|;|&|\band\b)\s*`)

func several(s string) []string {
	var all []string
	for _, name := range between.Split(s, -1) {
		if name = strings.TrimSpace(name); name != "" {
			all = append(all, name)
		}
	}
	return all
}

func mails(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' || r == ' ' || r == '&' })
}

// dayOf reads a date as the scripts wrote it: month, day, and two or four digits
// of the year.
func dayOf(s string) record.Day {
	for _, form := range [...]string{"01/02/06", "1/2/06", "01/02/2006", "1/2/2006"} {
		if t, err := time.Parse(form, s); err == nil {
			return record.Day{Time: t}
		}
	}
	return record.ParseDay(s)
}

func isComplete(s string) bool {
	switch strings.ToLower(s) {
	case "yes", "y", "1", "true", "complete", "completed", "finished":
		return true
	}
	return false
}

// plain is a field as one line without markup.
func plain(s string) string {
	t := record.TextOf(s)
	if t.HTML != "" {
		s = t.Doc().Text()
	}
	return strings.Join(strings.Fields(s), " ")
}
