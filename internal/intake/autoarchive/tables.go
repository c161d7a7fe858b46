package autoarchive

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"ficstead/internal/archive"
	"ficstead/internal/intake/record"
	"ficstead/internal/intake/sqldump"
)

// row is a row of a table, by the names of its columns.
type row map[string]string

func (r row) num(name string) int {
	n, _ := strconv.Atoi(r[name])
	return n
}

// used are the tables that are read, by the ends of their names.
var used = strings.Fields("story_links item_authors item_tags stories chapters authors tags")

// columnsOf are the columns of the tables whose dump names none.
var columnsOf = map[string]string{
	"item_tags": "id item_id item_type tag_id",
	"tags":      "id original_tagid original_tag original_type original_parent original_description ao3_tag ao3_tag_type ao3_tag_category ao3_tag_fandom",
}

// tables are the rows of all tables that are read.
type tables map[string][]row

// readTables reads a dump of the tables that importers fill.
func (a *Archive) readTables(in io.Reader) error {
	r, err := sqldump.NewReader(in)
	if err != nil {
		return archive.Refusal(fmt.Sprintf("The dump cannot be read (%v). Check that the file is whole.", err))
	}
	ts := tables{}
	for is := range r.Rows() {
		if name := tableOf(is.Table); name != "" {
			ts[name] = append(ts[name], rowOf(name, is))
		}
	}
	faults, _ := r.Faults()
	for _, f := range faults {
		a.note("loss", "dump", f.Text, fmt.Sprintf("line %d, %s", f.Line, f.Table))
	}
	if err := r.Err(); err != nil {
		a.note("loss", "dump", fmt.Sprintf("The dump could be read only so far (%v): whatever followed is missing.", err), "")
	}
	a.rescued.Partial = ts["stories"] == nil
	a.addTables(ts)
	return nil
}

func tableOf(name string) string {
	for _, u := range used {
		if name = strings.ToLower(name); name == u || strings.HasSuffix(name, "_"+u) {
			return u
		}
	}
	return ""
}

func rowOf(table string, is sqldump.Row) row {
	named := is.Columns
	if named == nil {
		for _, name := range strings.Fields(columnsOf[table]) {
			named = append(named, sqldump.Column{Name: name})
		}
	}
	r := row{}
	for i, v := range is.Values[:min(len(is.Values), len(named))] {
		s, _, _ := record.Decode(v.Bytes, nil)
		r[strings.ToLower(named[i].Name)] = s
	}
	return r
}

// reading is what belongs to stories, by their numbers.
type reading struct {
	authors  map[int]row
	chapters map[int][]row
	byItem   map[string][]int // people of "story 3"
	tagged   map[string][]int
	tags     map[int]row
}

func (a *Archive) addTables(ts tables) {
	r := reading{authors: map[int]row{}, chapters: map[int][]row{}, byItem: map[string][]int{}, tagged: map[string][]int{}, tags: map[int]row{}}
	for _, is := range ts["authors"] {
		r.authors[is.num("id")] = is
	}
	for _, is := range ts["tags"] {
		r.tags[is.num("id")] = is
	}
	for _, is := range ts["chapters"] {
		r.chapters[is.num("story_id")] = append(r.chapters[is.num("story_id")], is)
	}
	for _, is := range ts["item_authors"] {
		at := is["item_type"] + " " + is["item_id"]
		r.byItem[at] = append(r.byItem[at], is.num("author_id"))
	}
	for _, is := range ts["item_tags"] {
		at := is["item_type"] + " " + is["item_id"]
		r.tagged[at] = append(r.tagged[at], is.num("tag_id"))
	}
	for _, is := range ts["stories"] {
		a.addStory(r, is)
	}
	for _, is := range ts["story_links"] {
		a.addLink(r, is)
	}
}

// begin makes what stories and links have in common. It reports false for those
// whose creators did not want them moved.
func (a *Archive) begin(r reading, is row, kind string) (item, bool) {
	if is.num("do_not_import") > 0 {
		a.note("note", "left out", "A story is marked as one that must not be moved; it was left out.", kind+" "+is["id"])
		return item{}, false
	}
	s := record.Story{
		Title: plain(is["title"]), Summary: record.TextOf(is["summary"]), Notes: record.TextOf(is["notes"]), Language: is["language_code"],
		Posted: record.ParseDay(is["date"]), Updated: record.ParseDay(is["updated"]),
	}
	if strings.HasPrefix(is["url"], "http") {
		s.URL = is["url"]
	}
	at := kind + " " + is["id"]
	people := append([]int{is.num("author_id"), is.num("coauthor_id")}, r.byItem[at]...)
	people = people[:min(len(people), archive.MaxNames)]
	for i, id := range people {
		if by, ok := r.authors[id]; ok && !slices.Contains(people[:i], id) {
			s.Creators = append(s.Creators, a.creator(plain(by["name"]), by["email"]))
		}
	}
	a.tagRow(&s, is)
	for _, id := range r.tagged[at] {
		a.tagOriginal(&s, r.tags[id], id)
	}
	return item{story: s}, true
}

func (a *Archive) addStory(r reading, is row) {
	it, ok := a.begin(r, is, "story")
	if !ok {
		return
	}
	chapters := r.chapters[is.num("id")]
	slices.SortStableFunc(chapters, func(x, y row) int {
		return cmp.Or(cmp.Compare(x.num("position"), y.num("position")), cmp.Compare(x.num("id"), y.num("id")))
	})
	for _, c := range chapters {
		chapter := record.Chapter{Title: plain(c["title"]), Notes: record.TextOf(c["notes"]), Place: c.num("position"), ID: c.num("id")}
		if strings.TrimSpace(c["text"]) != "" {
			chapter.Text = record.Text{Raw: []byte(c["text"]), Lines: true}
		}
		it.story.Chapters = append(it.story.Chapters, chapter)
		at := c["url"]
		if at == "" {
			at = fmt.Sprintf("%d.txt", c.num("id"))
		}
		it.places = append(it.places, strings.TrimLeft(at, "/."))
	}
	if len(chapters) == 0 && is["url"] != "" && it.story.URL == "" {
		it.story.Chapters, it.places = []record.Chapter{{Place: 1}}, []string{strings.TrimLeft(is["url"], "/.")}
	}
	if len(it.story.Chapters) == 0 {
		it.found = append(it.found, archive.Finding{Level: "loss", About: "missing text", Text: "A story has no chapters in the dump.", Where: []string{a.key("story", is["id"])}, Count: 1})
	}
	a.add(is["id"], it)
}

func (a *Archive) addLink(r reading, is row) {
	it, ok := a.begin(r, is, "story_link")
	if !ok || is["url"] == "" {
		return
	}
	it.link(is["url"])
	a.add("link-"+is["id"], it)
}

// tagRow reads the columns that name tags.
func (a *Archive) tagRow(s *record.Story, is row) {
	if rating := plain(is["rating"]); rating != "" {
		if as, ok := record.RatingOf(rating); ok {
			a.tag(s, "rating", rating, rating, archive.Rating, as)
		} else {
			a.tag(s, "rating", rating, rating, archive.Freeform, "Rating: "+rating)
		}
	}
	for column, kind := range columnKinds {
		for _, name := range separate(is[column]) {
			a.tag(s, column, name, name, kind, name)
		}
	}
}

var columnKinds = map[string]archive.Kind{
	"warnings": archive.Warning, "categories": archive.Category, "fandoms": archive.Fandom, "relationships": archive.Relationship,
	"characters": archive.CharacterTag, "tags": archive.Freeform,
}

// tagOriginal reads a row of tags: what wranglers made of it, or what it was.
func (a *Archive) tagOriginal(s *record.Story, is row, id int) {
	if is == nil {
		a.note("doubt", "lists", "A story has a tag that is not in the list of tags; it was left out.", fmt.Sprintf("tag %d", id))
		return
	}
	old := plain(is["original_tag"])
	list := strings.ToLower(cmp.Or(is["original_type"], "tag"))
	kind, name := kindOf(list), old
	if as := plain(is["ao3_tag"]); as != "" {
		name = as
		if is["ao3_tag_type"] != "" {
			kind = kindOf(strings.ToLower(is["ao3_tag_type"]))
		}
	} else if kind == archive.Rating {
		as, ok := record.RatingOf(old)
		if !ok {
			kind, as = archive.Freeform, "Rating: "+old
		}
		name = as
	}
	if name != "" {
		a.tag(s, list, strconv.Itoa(id), old, kind, name)
	}
	for _, fandom := range separate(is["ao3_tag_fandom"]) {
		s.AddTag(archive.Fandom, fandom)
	}
}

// kindOf reads the words for kinds that these tables use.
func kindOf(s string) archive.Kind {
	switch {
	case strings.HasPrefix(s, "rating"):
		return archive.Rating
	case strings.HasPrefix(s, "warning"):
		return archive.Warning
	case strings.HasPrefix(s, "categor"):
		return archive.Category
	case strings.HasPrefix(s, "fandom"):
		return archive.Fandom
	case strings.HasPrefix(s, "relation"), strings.HasPrefix(s, "pairing"):
		return archive.Relationship
	case strings.HasPrefix(s, "character"):
		return archive.CharacterTag
	}
	return archive.Freeform
}
