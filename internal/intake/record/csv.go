package record

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/base/bounds"
	"ficstead/internal/repair"
)

// columns are what a table may have, by the first of their names; each is read
// whatever its case, and with or without spaces.
var columns = [][]string{
	{"key", "id"}, {"url", "link", "address", "source"}, {"title"}, {"creators", "creator", "authors", "author", "by", "penname"},
	{"recipients", "recipient", "giftedto"}, {"language", "lang"}, {"rating", "rated"}, {"warnings", "warning", "archivewarnings"},
	{"categories", "category"}, {"fandoms", "fandom"}, {"relationships", "relationship", "pairings", "pairing", "ships"},
	{"characters", "character"}, {"tags", "tag", "additionaltags", "freeforms"}, {"collections", "collection"},
	{"series"}, {"series number", "part"}, {"summary"}, {"notes"}, {"end notes"},
	{"chapter", "chapternumber"}, {"chapter title"}, {"chapter summary"}, {"chapter notes"}, {"chapter end notes"},
	{"text", "content", "body", "html", "storytext"}, {"complete", "completed"}, {"chapters planned"},
	{"posted", "published", "date"}, {"updated"}, {"words", "wordcount"}, {"kudos"}, {"hits"}, {"comments"}, {"bookmarks"},
}

var unspaced = strings.NewReplacer(" ", "", "_", "", "-", "")

func squeezed(s string) string {
	return unspaced.Replace(strings.ToLower(strings.TrimSpace(s)))
}

// columnOf is the name of a column as the list has it, "" if there is none.
func columnOf(name string) string {
	name = squeezed(name)
	for _, names := range columns {
		for _, n := range names {
			if squeezed(n) == name {
				return names[0]
			}
		}
	}
	return ""
}

// head reads the first row of a table. It is not ok if data is no table of stories:
// there must be a title and a text, and nothing that is no column of ours.
func head(data []byte) (names []string, comma rune, ok bool) {
	line, _, _ := bytes.Cut(trimmed(data[:min(len(data), 1<<14)]), []byte("\n"))
	for _, comma = range ",;\t" {
		r := csv.NewReader(bytes.NewReader(line))
		r.Comma, r.LazyQuotes = comma, true
		cells, err := r.Read()
		if err != nil || len(cells) < 2 {
			continue
		}
		names, known := make([]string, len(cells)), map[string]bool{}
		for i, cell := range cells {
			names[i] = columnOf(cell)
			if known[names[i]] = true; known[""] {
				break
			}
		}
		if known["title"] && known["text"] && !known[""] {
			return names, comma, true
		}
	}
	return nil, 0, false
}

// MatchTable reports whether data is a table of stories.
func MatchTable(data []byte) bool {
	_, _, ok := head(data)
	return ok
}

// ParseTable reads the stories in a table: a row is a story, or one of its
// chapters where several rows have the same key, address, or title and creators.
// An error is a Refusal that names the line.
func ParseTable(data []byte) ([]Story, error) {
	names, comma, ok := head(data)
	if !ok {
		return nil, archive.Refusal("The table has no columns “title” and “text”, or one that is not known. docs/formats/records.md lists them.")
	}
	s, _, _ := repair.Decode(data, nil)
	r := csv.NewReader(strings.NewReader(strings.TrimSpace(s)))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = comma, true, -1
	var stories []Story
	at, row := map[string]int{}, map[string]string{}
	for first := true; ; first = false {
		cells, err := r.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, archive.Refusal(fmt.Sprintf("The table cannot be read (%v). Save it as CSV in UTF-8 again.", err))
		}
		clear(row)
		for i, cell := range cells[:min(len(cells), len(names))] {
			if cell = strings.TrimSpace(cell); row[names[i]] == "" {
				row[names[i]] = cell
			}
		}
		if first || strings.Join(cells, "") == "" {
			continue
		}
		key := row["key"] + "\x00" + row["url"]
		if key == "\x00" {
			key = row["title"] + "\x00" + row["creators"]
		}
		i, ok := at[key]
		if !ok {
			if len(stories) >= bounds.RecordStories {
				return nil, archive.Refusal(fmt.Sprintf("The table has more than %d stories. Bring it in smaller parts.", bounds.RecordStories))
			}
			i = len(stories)
			at[key] = i
			stories = append(stories, Story{})
		}
		if stories[i].add(row); len(stories[i].Chapters) > bounds.Chapters {
			return nil, archive.Refusal(fmt.Sprintf("The table has more than %d chapters of one story. Bring it in smaller parts.", bounds.Chapters))
		}
	}
	for _, s := range stories {
		slices.SortStableFunc(s.Chapters, func(a, b Chapter) int { return cmp.Compare(a.Place, b.Place) })
	}
	if len(stories) == 0 {
		return nil, archive.Refusal("The table has columns, and no stories below them.")
	}
	return stories, nil
}

// add takes what a row says: of the story what is not known yet, and a chapter.
// It makes no maps, because a table may have a million rows.
func (s *Story) add(row map[string]string) {
	s.addNames(row)
	s.addCounts(row)
	for _, f := range [...]struct {
		column string
		field  *Text
	}{{"summary", &s.Summary}, {"notes", &s.Notes}, {"end notes", &s.EndNotes}} {
		if f.field.IsZero() {
			*f.field = TextOf(row[f.column])
		}
	}
	switch strings.ToLower(row["complete"]) {
	case "yes", "true", "1", "y", "complete", "completed", "x":
		s.Complete = true
	}
	if text := row["text"]; text != "" || row["chapter title"] != "" {
		s.Chapters = append(s.Chapters, Chapter{
			Title: row["chapter title"], Summary: TextOf(row["chapter summary"]), Notes: TextOf(row["chapter notes"]),
			Text: TextOf(text), EndNotes: TextOf(row["chapter end notes"]), Place: count(row["chapter"]),
		})
	}
}

// addNames takes the names and tags of a row.
func (s *Story) addNames(row map[string]string) {
	for _, f := range [...]struct {
		column string
		field  *string
	}{{"key", &s.Key}, {"url", &s.URL}, {"title", &s.Title}, {"language", &s.Language}} {
		if *f.field == "" {
			*f.field = row[f.column]
		}
	}
	for _, f := range [...]struct {
		column string
		field  *List
	}{
		{"recipients", &s.Recipients}, {"rating", &s.Rating}, {"warnings", &s.Warnings}, {"categories", &s.Categories}, {"fandoms", &s.Fandoms},
		{"relationships", &s.Relationships}, {"characters", &s.Characters}, {"tags", &s.Tags}, {"collections", &s.Collections},
	} {
		if len(*f.field) == 0 {
			*f.field = names(row[f.column])
		}
	}
	if len(s.Creators) == 0 {
		for _, name := range names(row["creators"]) {
			s.Creators = append(s.Creators, Creator{Name: name})
		}
	}
	if len(s.Series) == 0 && row["series"] != "" {
		s.Series = []Part{{Title: row["series"], Number: count(row["series number"])}}
	}
}

// addCounts takes the numbers and days of a row.
func (s *Story) addCounts(row map[string]string) {
	for _, f := range [...]struct {
		column string
		field  *int
	}{{"chapters planned", &s.Planned}, {"words", &s.Words}, {"kudos", &s.Kudos}, {"hits", &s.Hits}, {"comments", &s.Comments}, {"bookmarks", &s.Bookmarks}} {
		if *f.field == 0 {
			*f.field = count(row[f.column])
		}
	}
	for _, f := range [...]struct {
		column string
		field  *Day
	}{{"posted", &s.Posted}, {"updated", &s.Updated}} {
		if day := row[f.column]; day != "" && f.field.IsZero() {
			*f.field = ParseDay(day)
		}
	}
}

// names reads a list of names: what semicolons or bars stand between.
func names(s string) List {
	return cleaned(strings.FieldsFunc(s, func(r rune) bool { return r == ';' || r == '|' }))
}

var ungrouped = strings.NewReplacer(",", "", ".", "", " ", "")

func count(s string) int {
	if s == "" {
		return 0
	}
	n, err := strconv.Atoi(ungrouped.Replace(s))
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// WriteTable prints stories as a table with a row for each chapter.
func WriteTable(w io.Writer, stories []archive.Manuscript) error {
	out := csv.NewWriter(w)
	row := make([]string, len(columns))
	for i, names := range columns {
		row[i] = names[0]
	}
	if err := out.Write(row); err != nil {
		return err
	}
	for _, m := range stories {
		fields := tableFields(m)
		for i, c := range m.Chapters {
			fields["chapter"], fields["chapter title"] = strconv.Itoa(i+1), c.Title
			fields["chapter summary"], fields["chapter notes"] = c.Summary.HTML(), c.Notes.HTML()
			fields["text"], fields["chapter end notes"] = c.Text.HTML(), c.EndNotes.HTML()
			for j, names := range columns {
				row[j] = fields[names[0]]
			}
			if err := out.Write(row); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}

// tableFields are what each row of a story says alike.
func tableFields(m archive.Manuscript) map[string]string {
	s := StoryOf(m)
	fields := map[string]string{
		"key": s.Key, "url": s.URL, "title": s.Title, "language": s.Language, "summary": m.Summary.HTML(), "notes": m.Notes.HTML(), "end notes": m.EndNotes.HTML(),
	}
	for column, list := range map[string]List{
		"recipients": s.Recipients, "rating": s.Rating, "warnings": s.Warnings, "categories": s.Categories, "fandoms": s.Fandoms,
		"relationships": s.Relationships, "characters": s.Characters, "tags": s.Tags, "collections": s.Collections,
	} {
		fields[column] = strings.Join(list, "; ")
	}
	var by []string
	for _, c := range s.Creators {
		by = append(by, c.Name)
	}
	fields["creators"] = strings.Join(by, "; ")
	if len(s.Series) > 0 {
		fields["series"] = s.Series[0].Title
		fields["series number"] = nonzero(s.Series[0].Number)
	}
	if s.Complete {
		fields["complete"] = "yes"
	}
	for column, n := range map[string]int{"chapters planned": s.Planned, "words": s.Words, "kudos": s.Kudos, "hits": s.Hits, "comments": s.Comments, "bookmarks": s.Bookmarks} {
		fields[column] = nonzero(n)
	}
	for column, d := range map[string]Day{"posted": s.Posted, "updated": s.Updated} {
		if !d.IsZero() {
			fields[column] = d.Format("2006-01-02")
		}
	}
	return fields
}

func nonzero(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
